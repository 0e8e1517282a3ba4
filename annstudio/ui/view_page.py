"""Some live views beside each other, with a line that says what to look for: as a tab, or in a window of their own."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent, QContextMenuEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from annstudio.ui.fitting import Fitting
from annstudio.ui.fonts import text_font
from annstudio.ui.views.view import View

_LEAST_PAGE = QSize(230, 100)
_HINT_FROM = 210
"""Height of a page from which on it has room for a line that says what to look for."""
_BETWEEN = 18
_WINDOW = QSize(900, 560)


class ViewPage(QWidget):
    """As many views as there is room for, and the line below them.

    Args:
        hint: the line.
    """

    def __init__(self, hint: str) -> None:
        super().__init__()
        self.setProperty("role", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.views: list[View] = []
        self._row = QWidget()
        self._hint = QLabel(hint)
        self._hint.setProperty("role", "muted")
        self._hint.setFont(text_font(12))
        self._hint.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 10, 14, 6)
        column.setSpacing(4)
        column.addWidget(self._row, 1)
        self.more = QToolButton()
        self.more.setAutoRaise(True)
        self.more.setText("⋯")
        self.more.setFixedHeight(18)
        self.more.setAccessibleName(self.tr("Save, copy or enlarge these views"))
        self.more.setToolTip(self.more.accessibleName())
        foot = QHBoxLayout()
        foot.addWidget(self._hint, 1)
        foot.addWidget(self.more)
        column.addLayout(foot)
        column.setSizeConstraint(QVBoxLayout.SizeConstraint.SetNoConstraint)

    @property
    def seen(self) -> list[View]:
        """The views in view."""
        return [view for view in self.views if view.isVisible()]

    def add_views(self, views: Sequence[tuple[View, int]]) -> None:
        """Place views from left to right, with their shares of the room; the first stays in a narrow page."""
        layout = QHBoxLayout(self._row)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(_BETWEEN)
        for view, share in views:
            layout.addWidget(view, share)
            view.show()
            self.views.append(view)

    def fit(self) -> None:
        """Leave out what there is no room for, from now on."""
        Fitting(self._row, [view.setVisible for view in reversed(self.views[1:])]).fit()

    def minimumSizeHint(self) -> QSize:
        """Make do with little room."""
        return _LEAST_PAGE

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the line up where it would cost the views too much."""
        super().resizeEvent(event)
        for widget in (self._hint, self.more):
            widget.setVisible(self.height() >= _HINT_FROM)


class ViewWindow(QWidget):
    """A page in a window of its own, for a second screen or a projector; it goes when it is closed.

    Args:
        page: what it shows.
        title: of the window.
        parent: the main window.
    """

    closed = Signal()
    menu_wanted = Signal(object, object)
    """See ViewTabs.menu_wanted."""

    def __init__(self, page: ViewPage, title: str, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self.page = page
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(page)
        page.more.clicked.connect(
            lambda: self.menu_wanted.emit(page.seen, page.more.mapToGlobal(page.more.rect().topLeft()))
        )
        self.resize(_WINDOW)
        self._go_to_another_screen(parent)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Tell that nobody looks any more."""
        super().closeEvent(event)
        self.closed.emit()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Ask for the menu of the view under the mouse, or by key of all in view."""
        views = views_at(self, event) or self.page.seen
        if views:
            self.menu_wanted.emit(views, event.globalPos())

    def _go_to_another_screen(self, parent: QWidget) -> None:
        others = [screen for screen in parent.screen().virtualSiblings() if screen is not parent.screen()]
        if others:
            self.setGeometry(others[0].availableGeometry().adjusted(40, 60, -40, -40))


def views_at(widget: QWidget, event: QContextMenuEvent) -> list[View]:
    """Return the view under the mouse; none where a key has asked."""
    child = widget.childAt(event.pos()) if event.reason() is QContextMenuEvent.Reason.Mouse else None
    while child is not None and not isinstance(child, View):
        child = child.parentWidget()
    return [child] if isinstance(child, View) else []
