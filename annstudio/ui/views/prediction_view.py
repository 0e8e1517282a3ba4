"""The view of predictions: the picture that suits the data."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from annstudio.data.prepare import Prepared
from annstudio.data.sources import sources
from annstudio.project.model import Project
from annstudio.training.snapshot import Snapshot
from annstudio.ui.views.boundary_view import BoundaryView
from annstudio.ui.views.dot import Predictor
from annstudio.ui.views.fit_view import FitView
from annstudio.ui.views.score_view import ScoreView
from annstudio.ui.views.view import View


class PredictionView(QStackedWidget):
    """Boundary for two features, fitted curve for one, figures for more."""

    dot_moved = Signal(float, float)
    """(x, y) in the data's own units: the student has moved their dot."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Predictions"))
        self._boundary, self._fit, self._score = BoundaryView(), FitView(), ScoreView()
        self._features = 2
        self._by_features: dict[int, View] = {1: self._fit, 2: self._boundary}
        self._boundary.dot_moved.connect(self.dot_moved)
        for view in (self._boundary, self._fit, self._score):
            self.addWidget(view)

    @property
    def view(self) -> View:
        """The picture shown."""
        return self._by_features.get(self._features, self._score)

    def show_project(self, project: Project, prepared: Prepared | None = None) -> None:
        """Follow an edit; see View.show_project."""
        self._features = sources[str(project.data["source"])].schema.inputs
        for view in (self._boundary, self._fit, self._score):
            view.show_project(project, prepared)
        self.setCurrentWidget(self.view)

    def show_snapshot(self, snapshot: Snapshot | None) -> None:
        """Follow the run; see View.show_snapshot."""
        for view in (self._boundary, self._fit, self._score):
            view.show_snapshot(snapshot)

    def select_node(self, node_id: str | None) -> None:
        """Predictions are those of the whole network, whatever is selected."""

    def set_predictor(self, predict: Predictor | None) -> None:
        """Take exact answers from here; called in the window's thread."""
        for view in (self._boundary, self._fit, self._score):
            view.set_predictor(predict)
