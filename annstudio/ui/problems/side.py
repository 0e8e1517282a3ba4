"""The place beside the network where the list of problems opens."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QSettings, Qt, Signal
from PySide6.QtWidgets import QSplitter, QWidget

from annstudio.project.critic import Finding
from annstudio.ui.document import Document

if TYPE_CHECKING:
    from annstudio.ui.problems.panel import ProblemsPanel

_KEY = "window/problems"


class ProblemsSide(QSplitter):
    """Makes room for the list, so that it never covers a card; it is open next time if it was left open.

    Args:
        main: what the list stands beside.
        document: what fixes are applied to.

    Attributes:
        panel: the list; None until it is first opened.
    """

    layer_chosen = Signal(str)
    """(node id): the user wants to see this layer."""
    setting_chosen = Signal(str, str)
    """(owner, key): the user wants to see this setting."""
    shown = Signal(bool)
    """Whether the list is open, when that has changed."""
    left = Signal()
    """The keyboard wants to go back to the network."""

    def __init__(self, main: QWidget, document: Document, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._document = document
        self._findings: tuple[Finding, ...] = ()
        self._open = False
        self.panel: ProblemsPanel | None = None
        self.setHandleWidth(1)
        self.setChildrenCollapsible(False)
        self.addWidget(main)
        self.setStretchFactor(0, 1)

    def restore(self) -> None:
        """Be open if it was so when the program was last left."""
        if QSettings().value(_KEY, False, type=bool):
            self._show_panel()

    def show_findings(self, findings: Sequence[Finding]) -> None:
        """List these, now or when the list opens."""
        self._findings = tuple(findings)
        if self.panel is not None and self._open:
            self.panel.show_findings(self._findings)

    def show_panel(self) -> None:
        """Open the list, unless it is open, and move the keyboard there."""
        self._show_panel().take_focus()
        QSettings().setValue(_KEY, True)

    def set_open(self, open_: bool) -> None:
        """Open the list and move the keyboard there, or close it and move the keyboard back."""
        if open_:
            self.show_panel()
        else:
            self._hide_panel()

    def _show_panel(self) -> "ProblemsPanel":
        panel = self._made()
        panel.show_findings(self._findings)
        panel.show()
        self._tell(True)
        return panel

    def _hide_panel(self) -> None:
        if self.panel is not None:
            self.panel.hide()
        QSettings().setValue(_KEY, False)
        self._tell(False)
        self.left.emit()

    def _tell(self, open_: bool) -> None:
        if open_ != self._open:
            self._open = open_
            self.shown.emit(open_)

    def _made(self) -> "ProblemsPanel":
        """Return the list, made when it is first opened, so that the window appears sooner."""
        if self.panel is None:
            from annstudio.ui.problems.panel import ProblemsPanel

            self.panel = ProblemsPanel(self._document)
            self.panel.layer_chosen.connect(self.layer_chosen)
            self.panel.setting_chosen.connect(self.setting_chosen)
            self.panel.close_clicked.connect(self._hide_panel)
            self.panel.left.connect(self.left)
            self.addWidget(self.panel)
            self.setStretchFactor(1, 0)
        return self.panel
