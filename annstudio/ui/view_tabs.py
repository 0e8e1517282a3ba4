"""The live views below the canvas: all at a glance, or one of them large."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from numpy.typing import NDArray
from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QTabWidget, QWidget

from annstudio.core.calls import Array
from annstudio.data.prepare import Prepared
from annstudio.project.model import Project
from annstudio.training.snapshot import Snapshot, snapshot_for
from annstudio.ui.document import Document
from annstudio.ui.fitting import Fitting
from annstudio.ui.run_controller import first_error, still_shown
from annstudio.ui.views.view import View

if TYPE_CHECKING:
    from annstudio.ui.views.prediction_view import PredictionView

_LEAST_PAGE = QSize(230, 100)

Predict = Callable[[NDArray[Any]], Array | None]


class ViewTabs(QTabWidget):
    """Makes each tab's views when the tab is first looked at.

    Args:
        document: whose project the views show.
        predict: answers of the network to inputs in the data's own units.
    """

    node_clicked = Signal(str)
    """(node id): a layer was clicked in a view that shows layers."""
    pin_wanted = Signal()
    unpin_wanted = Signal()

    def __init__(self, document: Document, predict: Predict, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._document, self._predict = document, predict
        self._blocked = first_error(document.project) is not None
        self._latest: Snapshot | None = None
        self._pinned: Snapshot | None = None
        self._node_id: str | None = None
        self._views: dict[int, list[View]] = {}
        self._predictions: list[PredictionView] = []
        self._dot: tuple[float, float] | None = None
        """Where the student has put the dot; it is the same one in every tab."""
        self._started = False
        self.setDocumentMode(True)
        self.setAccessibleName(self.tr("Live views"))
        self._pages: list[QWidget] = []
        names = (
            self.tr("Overview"),
            self.tr("Cost"),
            self.tr("Predictions"),
            self.tr("Weights"),
            self.tr("Side by side"),
        )
        for name in names:
            page = _Page()
            page.setProperty("role", "panel")
            page.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
            self._pages.append(page)
            self.addTab(page, name)
        self._makers = (self._overview, self._cost, self._prediction, self._weights, self._side_by_side)
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
            self.setCurrentIndex(self._makers.index(self._side_by_side))
        for view in self._all_views():
            view.show_pinned(snapshot)

    def select_node(self, node_id: str | None) -> None:
        """Point out this layer in the views that show layers."""
        self._node_id = node_id
        for view in self._all_views():
            view.select_node(node_id)

    def _all_views(self) -> list[View]:
        return [view for views in self._views.values() for view in views]

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

    def _on_current_changed(self, index: int) -> None:
        if self._started and index not in self._views:
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
        layout = QHBoxLayout(self._pages[index])
        layout.setContentsMargins(14, 10, 14, 10)
        layout.setSpacing(18)
        self._views[index] = []
        for view, share in self._makers[index]():
            layout.addWidget(view, share)
            view.show()
            self._views[index].append(view)
            self._catch_up(view)
        # In a narrow window the first view is the one that stays.
        Fitting(self._pages[index], [view.setVisible for view in reversed(self._views[index][1:])]).fit()

    def _catch_up(self, view: View) -> None:
        """Bring a new view to where the others are."""
        view.show_project(self._document.project, self._prepared)
        view.show_blocked(self._blocked)
        view.select_node(self._node_id)
        view.show_snapshot(self._snapshot)
        view.show_pinned(self._pinned)

    def _overview(self) -> list[tuple[View, int]]:
        parts = ((self._cost, 4), (self._prediction, 4), (self._weights, 3))
        return [(make()[0][0], share) for make, share in parts]

    def _cost(self) -> list[tuple[View, int]]:
        from annstudio.ui.views.loss_view import LossView

        return [(LossView(), 1)]

    def _prediction(self) -> list[tuple[View, int]]:
        from annstudio.ui.views.prediction_view import PredictionView

        view = PredictionView()
        view.set_predictor(self._predict)
        self._follow_dot(view)
        return [(view, 1)]

    def _follow_dot(self, view: "PredictionView") -> None:
        view.dot_moved.connect(self._on_dot_moved)
        self._predictions.append(view)

    def _weights(self) -> list[tuple[View, int]]:
        from annstudio.ui.views.weights_view import WeightsView

        view = WeightsView()
        view.node_clicked.connect(self.node_clicked)
        return [(view, 1)]

    def _side_by_side(self) -> list[tuple[View, int]]:
        from annstudio.ui.views.side_by_side import SideBySide

        view = SideBySide(self._predict)
        view.node_clicked.connect(self.node_clicked)
        view.pin_wanted.connect(self.pin_wanted)
        view.unpin_wanted.connect(self.unpin_wanted)
        for prediction in view.predictions:
            self._follow_dot(prediction)
            # Both are in view: where the dot goes in one, it goes in the other.
            prediction.dot_moved.connect(self._share_dot)
        return [(view, 1)]


class _Page(QWidget):
    """What a tab shows: as many of its views as there is room for."""

    def minimumSizeHint(self) -> QSize:
        return _LEAST_PAGE
