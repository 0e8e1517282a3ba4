"""All edits since the project was opened, in a small window of their own."""

from PySide6.QtCore import QEvent, QPoint, QSize
from PySide6.QtGui import QUndoStack
from PySide6.QtWidgets import QDialog, QLabel, QUndoView, QVBoxLayout, QWidget

from annstudio.ui.icons import icon
from annstudio.ui.theme import theme_of

_SIZE = QSize(300, 380)
_ICON = QSize(16, 16)
_SHARE = 0.9
"""At most so much of a small screen is covered."""
_ASIDE = 20
"""How far from the main window's upper right corner it comes up: beside the canvas."""


class HistoryWindow(QDialog):
    """Lists the edits by name, the last one at the bottom; a click on one goes to the project as it was after it.

    It stays open beside the main window, which goes on working.

    Args:
        stack: of the document.
        parent: the main window.
    """

    def __init__(self, stack: QUndoStack, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("History"))
        self.view = QUndoView(stack)
        self.view.setEmptyLabel(self.tr("Start"))
        self.view.setAccessibleName(self.tr("Edits"))
        self.view.setIconSize(_ICON)
        hint = QLabel(
            self.tr("Click an edit to go back to it, or forward again. The icon marks what is saved or opened.")
        )
        hint.setProperty("role", "muted")
        hint.setWordWrap(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(14, 14, 14, 14)
        layout.setSpacing(10)
        layout.addWidget(hint)
        layout.addWidget(self.view, 1)
        self._stand_beside(parent)
        self._color_icon()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme."""
        if event.type() == QEvent.Type.PaletteChange:
            self._color_icon()
        super().changeEvent(event)

    def _stand_beside(self, parent: QWidget) -> None:
        """Take a place that covers none of the canvas's tools, as far as the screen reaches."""
        screen = self.screen().availableGeometry()
        self.resize(_SIZE.boundedTo(screen.size() * _SHARE))
        place = parent.geometry().topRight() - QPoint(self.width() + _ASIDE, -5 * _ASIDE)
        lowest = screen.top() + round(screen.height() * _SHARE) - self.height()
        self.move(max(screen.left(), place.x()), min(place.y(), lowest))

    def _color_icon(self) -> None:
        self.view.setCleanIcon(icon("save", theme_of(self.palette()).muted))
