"""What a room of the window is, beside the one in which networks are built."""

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from annstudio.training.snapshot import Snapshot

_LEAST_HEIGHT = 262


class Room(QWidget):
    """A place to look at things, the run's among them. It works only while it is looked at.

    Attributes:
        snapshot: what the run has come to; None while there is none.
    """

    told = Signal(str)
    """(sentence: str): something to know, for the status line."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.snapshot: Snapshot | None = None

    def show_snapshot(self, snapshot: Snapshot | None) -> None:
        """Follow the run."""
        self.snapshot = snapshot
        if self.isVisible():
            self.look()

    def look(self) -> None:
        """Take up what the run has come to; called when there is something new, and whenever the room is entered."""

    def shut_down(self) -> None:
        """Call off what is being computed."""

    def minimumSizeHint(self) -> QSize:
        """Make do with little height: the room does not make the window higher than the one for building does."""
        least = super().minimumSizeHint()
        return QSize(least.width(), min(least.height(), _LEAST_HEIGHT))

    def showEvent(self, event: QShowEvent) -> None:
        """Take up what has happened meanwhile."""
        super().showEvent(event)
        self.look()
