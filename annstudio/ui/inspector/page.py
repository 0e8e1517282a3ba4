"""What the pages of the inspector share: a column that scrolls up and down if it must, and never sideways."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from annstudio.training.snapshot import Snapshot
from annstudio.ui.document import Document
from annstudio.ui.inspector.form import Form

_MARGIN = 14


class Page(QScrollArea):
    """A tab of the inspector. Its content is made when it is first looked at, so that the window appears soon."""

    def __init__(self, document: Document, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document = document
        self.form: Form | None = None
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

    def showEvent(self, event: QShowEvent) -> None:
        """Make the content."""
        super().showEvent(event)
        if self.form is None:
            self._build()

    def _build(self) -> None:
        """Fill the column and set the form."""
        raise NotImplementedError

    def show_snapshot(self, snapshot: Snapshot | None) -> None:
        """Show what of a run belongs on this page, which is in view; most pages show nothing of it."""

    def commit(self) -> None:
        """Take what was typed but not confirmed yet."""
        if self.form is not None:
            self.form.commit()

    def add_rule(self) -> None:
        """Add a thin line between two parts of the page."""
        rule = QFrame()
        rule.setProperty("role", "rule")
        self.column.addWidget(rule)
