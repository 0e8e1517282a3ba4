"""The view of predictions: the picture that suits the data."""

import numpy as np
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from annstudio.data.dataset import Array
from annstudio.data.prepare import Prepared
from annstudio.project.model import Project
from annstudio.training.snapshot import Snapshot
from annstudio.ui.translate import translate
from annstudio.ui.views.boundary_view import BoundaryView
from annstudio.ui.views.dot import Predictor
from annstudio.ui.views.exporting import Table
from annstudio.ui.views.fit_view import FitView
from annstudio.ui.views.score_view import ScoreView
from annstudio.ui.views.slice_view import SliceView
from annstudio.ui.views.view import View


class PredictionView(View):
    """Boundary for two features, fitted curve for one; for more, figures or a slice through the features."""

    dot_moved = Signal(float, float)
    """(x, y) in the data's own units: the student has moved their dot."""
    sample_moved = Signal()
    """It is another sample that the student's dot stands for; see `sample`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self.setAccessibleName(self.tr("Predictions"))
        self._boundary, self._fit, self._score, self._slice = BoundaryView(), FitView(), ScoreView(), SliceView()
        self._views = (self._boundary, self._fit, self._score, self._slice)
        self._sliced = False
        names = [self.tr("Figures"), self.tr("Slice")]
        self._choices = [view.header.add_choice(names, self._on_choice) for view in (self._score, self._slice)]
        self._by_features: dict[int, View] = {1: self._fit, 2: self._boundary}
        self._boundary.dot_moved.connect(self.dot_moved)
        for picture in (self._boundary.picture, self._slice.picture):
            picture.dot_moved.connect(self.sample_moved)
            picture.dot_placed.connect(self.sample_moved)
        self._stack = QStackedWidget()
        for view in self._views:
            self._stack.addWidget(view)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._stack)

    @property
    def view(self) -> View:
        """The picture that suits the data."""
        features = self.schema.inputs if self.schema is not None else 2
        return self._by_features.get(features, self._slice if self._sliced else self._score)

    def _on_choice(self, number: int) -> None:
        self._sliced = number == 1
        for switches in self._choices:
            switches[number].setChecked(True)
        self._stack.setCurrentWidget(self.view)
        self._choices[number][number].setFocus()
        self.sample_moved.emit()

    def show_project(self, project: Project, prepared: Prepared | None = None) -> None:
        """Follow an edit; see View.show_project."""
        super().show_project(project, prepared)
        self._stack.setCurrentWidget(self.view)
        for view in self._views:
            view.show_project(project, prepared)

    def show_snapshot(self, snapshot: Snapshot | None) -> None:
        """Follow the run; see View.show_snapshot."""
        super().show_snapshot(snapshot)
        for view in self._views:
            view.show_snapshot(snapshot)

    def show_blocked(self, blocked: bool) -> None:
        """Follow whether the project may run; see View.show_blocked."""
        super().show_blocked(blocked)
        for view in self._views:
            view.show_blocked(blocked)

    def numbers(self) -> "Table | None":
        """Return the network's answers over the grid of the picture; see View.numbers."""
        if self.view is self._slice:
            return self._slice.numbers()
        snapshot = self.snapshot
        if snapshot is None or snapshot.surface is None or snapshot.extent is None or self.schema is None:
            return None
        rows, columns, outputs = snapshot.surface.shape
        across = np.linspace(*snapshot.extent[0], columns)
        up = np.linspace(*snapshot.extent[1], rows)
        places = np.stack(np.meshgrid(across, up), axis=-1).reshape(rows * columns, 2)[:, : self.schema.inputs]
        names = [translate(column.name) for column in self.schema.features]
        answers = snapshot.surface.reshape(rows * columns, outputs)
        return Table(
            [*names, *(f"answer_{k + 1}" for k in range(outputs))], map(np.ndarray.tolist, np.hstack([places, answers]))
        )

    def set_predictor(self, predict: Predictor | None) -> None:
        """Take exact answers from here; called in the window's thread."""
        for view in self._views:
            view.set_predictor(predict)

    @property
    def sample(self) -> Array | None:
        """The features that the student's dot stands for, (1, features), in the data's own units; None without one."""
        if self.view is self._slice:
            return self._slice.sample
        dot = self._boundary.dot if self.view is self._boundary else None
        return None if dot is None else np.array([[dot.x, dot.y]])

    def move_dot(self, x: float, y: float) -> None:
        """Bring the student's dot here, in the data's own units, where there is one."""
        self._boundary.picture.move_dot(x, y)

    def _refresh(self) -> None:
        """Do nothing: the picture refreshes itself."""
