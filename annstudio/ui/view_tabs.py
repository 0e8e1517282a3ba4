"""The live views below the canvas: all at a glance, or one of them large."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QTabWidget, QWidget

from annstudio.data.prepare import Prepared
from annstudio.project.model import Project
from annstudio.training.snapshot import Snapshot, snapshot_for
from annstudio.ui.document import Document
from annstudio.ui.kept_runs import KeptRuns
from annstudio.ui.run_controller import first_error, still_shown
from annstudio.ui.tabs import tabs
from annstudio.ui.tabs.base import Predict
from annstudio.ui.translate import translate
from annstudio.ui.view_page import ViewPage, ViewWindow, views_at
from annstudio.ui.views.view import View

if TYPE_CHECKING:
    from annstudio.ui.views.prediction_view import PredictionView


class ViewTabs(QTabWidget):
    """Makes each tab's views when the tab is first looked at.

    Args:
        document: whose project the views show.
        predict: answers of the network to inputs in the data's own units.
        kept: the runs that are kept with the project.
    """

    node_clicked = Signal(str)
    """(node id): a layer was clicked in a view that shows layers."""
    pin_wanted = Signal()
    unpin_wanted = Signal()
    closing = Signal()
    keep_wanted = Signal()
    restore_wanted = Signal(object)
    """(project: Project): the student wants this one back."""
    window_opened = Signal(QWidget)
    """(window), one that shows a tab by itself."""
    menu_wanted = Signal(object, object)
    """(views: list[View], place: QPoint on the screen): what can be done with them?"""

    def __init__(self, document: Document, predict: Predict, kept: KeptRuns, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.kept = kept
        self._document, self.predict = document, predict
        self._blocked = first_error(document.project) is not None
        self._latest: Snapshot | None = None
        self._pinned: Snapshot | None = None
        self._node_id: str | None = None
        self._windows: list[ViewPage] = []
        """What is shown in windows of their own."""
        self._predictions: list[PredictionView] = []
        self._dot: tuple[float, float] | None = None
        """Where the student has put the dot; it is the same one in every tab."""
        self._started = False
        self.setDocumentMode(True)
        self.setAccessibleName(self.tr("Live views"))
        self._tabs = list(tabs.values())
        self._pages = [ViewPage(translate(tab.info.summary)) for tab in self._tabs]
        for tab, page in zip(self._tabs, self._pages, strict=True):
            page.more.clicked.connect(self._on_menu)
            self.setTabToolTip(self.addTab(page, translate(tab.info.label)), translate(tab.info.summary))
        self.currentChanged.connect(self._on_current_changed)
        document.changed.connect(self._on_document_changed)

    def start(self) -> None:
        """Make the views of the tab in view; until then the tabs are empty, so that the window paints soon."""
        self._started = True
        self._on_current_changed(self.currentIndex())

    def show_snapshot(self, snapshot: Snapshot | None) -> None:
        """Hand to every view what is to be shown of a run; None when there is none."""
        self._latest = snapshot
        shown = still_shown(snapshot, self._document.project)
        for view in self._all_views():
            view.show_snapshot(shown)

    def show_pinned(self, snapshot: Snapshot | None) -> None:
        """Keep this moment beside the one that is shown, and bring it up; None for none."""
        self._pinned = snapshot
        if snapshot is not None:
            self.setCurrentIndex([tab.info.key for tab in self._tabs].index("side_by_side"))
        for view in self._all_views():
            view.show_pinned(snapshot)

    def select_node(self, node_id: str | None) -> None:
        """Point out this layer in the views that show layers."""
        self._node_id = node_id
        for view in self._all_views():
            view.select_node(node_id)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Ask for the menu of the view under the mouse, or by key of all in view."""
        views = views_at(self, event) or self._pages[self.currentIndex()].seen
        if views:
            self.menu_wanted.emit(views, event.globalPos())

    def open_window(self) -> None:
        """Show the tab in view once more, in a window of its own, until that is closed."""
        tab = self._tabs[self.currentIndex()]
        page = ViewPage(translate(tab.info.summary))
        page.add_views(tab().views(self))
        title = self.tr("{tab} – ANN Studio").format(tab=translate(tab.info.label))
        window = ViewWindow(page, title, self.window())
        window.menu_wanted.connect(self.menu_wanted)
        window.closed.connect(partial(self._forget, page))
        self.closing.connect(window.close)
        self._windows.append(page)
        for view in page.views:
            self._catch_up(view)
        self.window_opened.emit(window)
        window.show()
        page.fit()
        QTimer.singleShot(0, self._share_dot)

    def _forget(self, page: ViewPage) -> None:
        self._windows.remove(page)
        for view in page.views:
            view.retire()
        gone = [view for view in self._predictions if page.isAncestorOf(view)]
        self._predictions = [view for view in self._predictions if view not in gone]

    def _on_menu(self) -> None:
        page = self._pages[self.currentIndex()]
        self.menu_wanted.emit(page.seen, page.more.mapToGlobal(page.more.rect().topLeft()))

    def _all_views(self) -> list[View]:
        return [view for page in (*self._pages, *self._windows) for view in page.views]

    def _on_document_changed(self, before: Project, after: Project) -> None:
        if after.computes_as(before):
            return
        if before.data != after.data:
            self._dot = None
        self._blocked = first_error(after) is not None
        for view in self._all_views():
            view.show_project(after, self._prepared)
            view.show_blocked(self._blocked)
            # Where the new data are on their way, the old picture stays until they come: it would only flicker.
            if view.snapshot is not self._snapshot and (self._blocked or self._snapshot is not None):
                view.show_snapshot(self._snapshot)

    @property
    def _snapshot(self) -> Snapshot | None:
        """The latest snapshot, if it is of the project's data."""
        return snapshot_for(self._latest, self._document.project)

    @property
    def _prepared(self) -> Prepared | None:
        return self._snapshot.prepared if self._snapshot is not None else None

    def follow_dot(self, view: "PredictionView", beside: bool = False) -> None:
        """Keep the student's dot the same in all tabs; see Host.follow_dot."""
        view.dot_moved.connect(self._on_dot_moved)
        self._predictions.append(view)
        if beside:
            view.dot_moved.connect(self._share_dot)

    def _on_current_changed(self, index: int) -> None:
        if self._started and not self._pages[index].views:
            self._fill(index)
        # A view that comes up has its data only when it has been shown.
        QTimer.singleShot(0, self._share_dot)

    def _on_dot_moved(self, x: float, y: float) -> None:
        self._dot = x, y

    def _share_dot(self) -> None:
        if self._dot is not None:
            for view in self._predictions:
                view.move_dot(*self._dot)

    def _fill(self, index: int) -> None:
        page = self._pages[index]
        page.add_views(self._tabs[index]().views(self))
        for view in page.views:
            self._catch_up(view)
        page.fit()

    def _catch_up(self, view: View) -> None:
        """Bring a new view to where the others are."""
        view.show_project(self._document.project, self._prepared)
        view.show_blocked(self._blocked)
        view.select_node(self._node_id)
        view.show_snapshot(self._snapshot)
        view.show_pinned(self._pinned)
