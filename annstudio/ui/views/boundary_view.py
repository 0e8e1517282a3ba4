"""The decision boundary over two features."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from annstudio.data.dataset import Schema, Task
from annstudio.data.prepare import Part, Prepared
from annstudio.ui.strokes import Range
from annstudio.ui.theme import Theme
from annstudio.ui.translate import translate
from annstudio.ui.views.backdrop import Plane
from annstudio.ui.views.colors import class_color
from annstudio.ui.views.dot import Dot, Predictor
from annstudio.ui.views.header import Key
from annstudio.ui.views.plane import PlanePicture
from annstudio.ui.views.plane_options import PlaneOptions
from annstudio.ui.views.view import TitledView

_MARGIN = 0.1


class BoundaryView(TitledView):
    """What the network answers all over the plane, the data on top, and the student's own dot."""

    dot_moved = Signal(float, float)
    """(x, y) in the data's own units."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self.setAccessibleName(self.tr("Decision boundary"))
        self.picture = PlanePicture(self.tr("Decision boundary; the arrow keys move your own point"))
        self.picture.dot_moved.connect(self.dot_moved)
        self._predict: Predictor | None = None
        self.options = PlaneOptions(self.header, self.picture.show_held_out, self._invalidate)
        self.set_body(self.picture)

    @property
    def dot(self) -> Dot | None:
        """The student's dot; None before there are data."""
        return self.picture.dot

    def set_predictor(self, predict: Predictor | None) -> None:
        """Take the exact answers at the dot from here; called in the window's thread."""
        self._predict = predict
        self.picture.set_predictor(predict)

    def _answers(self, part: Part) -> NDArray[np.floating] | None:
        return self._predict(part.raw) if self._predict is not None else None

    def _refresh(self) -> None:
        prepared = self.prepared
        regression = self.schema is not None and self.schema.task is Task.REGRESSION
        self.header.set_title(self.tr("Prediction") if regression else self.tr("Boundary"))
        if prepared is None or prepared.data.schema.inputs != 2:
            self.header.set_caption()
            self.picture.show_plane(None, self.resting(""))
            return
        schema = prepared.data.schema
        self.header.set_caption(*class_keys(self.theme, schema))
        self.options.suit(prepared)
        snapshot = self.snapshot
        if snapshot is None or snapshot.extent is None:
            x, y = data_extent(prepared)
            self.picture.show_plane(Plane(prepared, (x, y)))
        else:
            answered = ((part, self._answers(part)) for part in self.options.parts(prepared))
            wrong = self.options.wrong_places(schema, answered, snapshot.loss)
            hard, answers = self.options.hard.isChecked(), snapshot.loss.answers
            self.picture.show_plane(Plane(prepared, snapshot.extent, snapshot.surface, answers, hard, wrong))


def class_keys(theme: Theme, schema: Schema) -> list[Key]:
    """Return a legend of the classes, or what is predicted where there are none."""
    if not schema.classes:
        return [Key(translate(schema.target.name))]
    count = len(schema.classes)
    return [
        Key(translate(name), class_color(theme, number, count), mark=number)
        for number, name in enumerate(schema.classes)
    ]


def data_extent(prepared: Prepared) -> list[Range]:
    """Return the range of every feature with a margin around it."""
    inputs = prepared.data.inputs
    low, high = inputs.min(axis=0), inputs.max(axis=0)
    margin = [_MARGIN * (b - a) or 1.0 for a, b in zip(low, high, strict=True)]
    return [(float(a - m), float(b + m)) for a, b, m in zip(low, high, margin, strict=True)]
