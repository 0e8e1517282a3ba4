"""Where the list of problems opens: beside the network, or in the place of the views below it."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QSettings, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSplitter, QStackedWidget, QWidget

from annstudio.project.critic import Finding
from annstudio.ui.document import Document

if TYPE_CHECKING:
    from annstudio.ui.problems.panel import ProblemsPanel

_KEY = "window/problems"
_LEAST = 590
"""Width from which there is room for the list beside the network."""


class ProblemsSide(QSplitter):
    """Makes room for the list, so that it never covers a card; it is open next time if it was left open.

    In a narrow window the list stands in the place of the views: a network of which next to nothing is seen would
    not tell where the problem is.

    Args:
        main: what the list stands beside.
        views: shows what the list takes the place of in a narrow window.
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

    def __init__(self, main: QWidget, views: QStackedWidget, document: Document, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._main, self._views, self._document = main, views, document
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

    def minimumSizeHint(self) -> QSize:
        """Be as narrow as the network may be: the list gives way."""
        return self._main.minimumSizeHint().expandedTo(self._main.minimumSize())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Move the list to where there is room for it."""
        super().resizeEvent(event)
        if self.panel is not None and self._open:
            self._place(self.panel)

    def _show_panel(self) -> "ProblemsPanel":
        panel = self._made()
        panel.show_findings(self._findings)
        self._place(panel)
        self._tell(True)
        return panel

    def _hide_panel(self) -> None:
        if self.panel is not None:
            self.panel.hide()
            self._views.setCurrentIndex(0)
        QSettings().setValue(_KEY, False)
        self._tell(False)
        self.left.emit()

    def _place(self, panel: "ProblemsPanel") -> None:
        """Show the list where there is room for it; the keyboard goes with it."""
        place = self if self.width() >= _LEAST else self._views
        if panel.parentWidget() is not place:
            had_focus = panel.isAncestorOf(panel.focusWidget() or self)
            place.addWidget(panel)
            if had_focus:
                panel.take_focus()
        panel.show()
        self._views.setCurrentIndex(self._views.indexOf(panel) if place is self._views else 0)

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
        return self.panel
