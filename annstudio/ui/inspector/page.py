"""What the pages of the inspector share: a column that scrolls up and down if it must, and never sideways."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from annstudio.training.snapshot import Snapshot

_MARGIN = 14


class Page(QScrollArea):
    """A tab of the inspector."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        content = QWidget()
        whole, self.column = QVBoxLayout(content), QVBoxLayout()
        whole.setContentsMargins(_MARGIN, 12, _MARGIN, _MARGIN)
        whole.addLayout(self.column)
        whole.addStretch(1)
        self.column.setSpacing(8)
        self.setWidget(content)

    def show_snapshot(self, snapshot: Snapshot) -> None:
        """Show what of a run belongs on this page; most pages show nothing of it."""

    def commit(self) -> None:
        """Take what was typed but not confirmed yet."""

    def add_rule(self) -> None:
        """Add a thin line between two parts of the page."""
        rule = QFrame()
        rule.setProperty("role", "rule")
        self.column.addWidget(rule)
