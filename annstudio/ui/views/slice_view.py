"""The network's answers over a plane through more than two features."""

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QSizePolicy, QWidget

from annstudio.data.dataset import Array, Task
from annstudio.data.prepare import Prepared
from annstudio.data.projection import Projection, along_components, along_features, projected, telling_features
from annstudio.engine.losses.base import Loss
from annstudio.training.surface import SIDES
from annstudio.ui.translate import translate
from annstudio.ui.views.backdrop import Plane
from annstudio.ui.views.boundary_view import class_keys, data_extent
from annstudio.ui.views.dot import Predictor
from annstudio.ui.views.exporting import Table
from annstudio.ui.views.header import Key
from annstudio.ui.views.plane import PlanePicture
from annstudio.ui.views.plane_options import PlaneOptions
from annstudio.ui.views.view import TitledView

_MOST_WORK = 1e8
"""Multiply-adds for one picture, some milliseconds of the window's thread."""
_COARSEST = 12
_LETTERS, _WIDEST = 6, 220


class SliceView(TitledView):
    """Two features or the principal components as axes; the other features stand at their means."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self.setAccessibleName(self.tr("Slice through the features"))
        self._predict: Predictor | None = None
        self._projection: Projection | None = None
        self._flat: Prepared | None = None
        self._of: Prepared | None = None
        self._surface: NDArray[np.floating] | None = None
        self.picture = PlanePicture(self.tr("Slice through the features; the arrow keys move your own point"))
        self.components = self.header.add_switch(
            self.tr("PCA"),
            self.tr("Principal components: the plane in which the samples are spread out most"),
            self._on_components,
        )
        self.options = PlaneOptions(self.header, self.picture.show_held_out, self._invalidate)
        self.axes = _AxesRow()
        self.axes.across.activated.connect(self._on_axis)
        self.axes.up.activated.connect(self._on_axis)
        self._column.addWidget(self.axes)
        self.set_body(self.picture)

    def set_predictor(self, predict: Predictor | None) -> None:
        """Take the answers from here; called in the window's thread."""
        self._predict = predict
        self.picture.set_predictor(self._answer if predict is not None else None)

    @property
    def sample(self) -> Array | None:
        """The features at the student's dot, (1, features); None before there are data."""
        dot = self.picture.dot
        if dot is None or self._projection is None:
            return None
        return self._projection.lift(np.array([[dot.x, dot.y]]))

    def numbers(self) -> "Table | None":
        """Return the answers over the grid, with all features; see View.numbers."""
        surface, projection, schema = self._surface, self._projection, self.schema
        if surface is None or projection is None or schema is None:
            return None
        places = self._lattice(len(surface))
        answers = surface.reshape(len(places), -1)
        names = [translate(column.name) for column in (*projection.columns, *schema.features)]
        rows = np.hstack([places, projection.lift(places), answers])
        return Table([*names, *(f"answer_{k + 1}" for k in range(answers.shape[1]))], map(np.ndarray.tolist, rows))

    def _on_components(self, on: bool) -> None:
        self.axes.setVisible(not on)
        self._of = None
        self._invalidate()

    def _on_axis(self) -> None:
        self.axes.keep_apart()
        self._of = None
        self._invalidate()

    def _refresh(self) -> None:
        prepared = self.prepared
        if prepared is None or prepared.data.schema.inputs < 3:
            self.picture.show_plane(None, self.resting(""))
            return
        self._look_from(prepared)
        projection, flat = self._projection, self._flat
        assert projection is not None
        assert flat is not None
        regression = prepared.data.schema.task is Task.REGRESSION
        self.header.set_title(self.tr("Prediction") if regression else self.tr("Boundary"))
        self.header.set_caption(*class_keys(self.theme, prepared.data.schema), Key(self._told(projection)))
        x, y = data_extent(flat)
        self._surface = self._asked()
        loss = Loss if self.snapshot is None else self.snapshot.loss
        self.options.suit(prepared)
        plane = Plane(flat, (x, y), self._surface, loss.answers, self.options.hard.isChecked())
        self.picture.show_plane(replace(plane, wrong=self._wrong(prepared, flat, loss)))

    def _wrong(self, prepared: Prepared, flat: Prepared, loss: type[Loss]) -> Array:
        """Return where samples stand that are answered wrongly: they themselves, and not their places in the plane."""
        predict = self._predict or (lambda _: None)
        pairs = zip(self.options.parts(flat), self.options.parts(prepared), strict=True)
        return self.options.wrong_places(flat.data.schema, ((seen, predict(part.raw)) for seen, part in pairs), loss)

    def _look_from(self, prepared: Prepared) -> None:
        """Find the plane for new data, or where the student wants another one."""
        if prepared is self._of:
            return
        schema = prepared.data.schema
        if self._flat is None or self.axes.names != [translate(column.name) for column in schema.features]:
            self.axes.offer([translate(column.name) for column in schema.features], *telling_features(prepared))
            self.components.setChecked(schema.image_shape is not None)
        if self.components.isChecked():
            self._projection = along_components(prepared.train.raw)
        else:
            self._projection = along_features(prepared, self.axes.across.currentIndex(), self.axes.up.currentIndex())
        self._flat, self._of = projected(prepared, self._projection), prepared

    def _told(self, projection: Projection) -> str:
        if np.isnan(projection.share):
            return self.tr("other inputs at their means; samples lie before and behind this plane")
        share = round(100 * projection.share)
        return self.tr("{percent} % of the spread; samples lie before and behind this plane").format(percent=share)

    def _asked(self) -> NDArray[np.floating] | None:
        """Return the answers all over the plane, (rows, columns, outputs); None before there is a network."""
        snapshot = self.snapshot
        if snapshot is None or snapshot.compiled is None or self._predict is None or self.schema is None:
            return None
        work = snapshot.compiled.network.multiply_adds
        side = next((side for side in SIDES if side * side * work <= _MOST_WORK), _COARSEST)
        outputs = self._answer(self._lattice(side))
        if outputs is None or outputs.shape[1] != self.schema.outputs:
            return None
        return outputs.reshape(side, side, -1)

    def _lattice(self, side: int) -> Array:
        assert self._flat is not None
        axes = np.meshgrid(*(np.linspace(*ends, side) for ends in data_extent(self._flat)))
        return np.column_stack([axis.ravel() for axis in axes])

    def _answer(self, places: Array) -> NDArray[np.floating] | None:
        """Return the network's answers at places of the plane, (places, outputs)."""
        if self._projection is None or self._predict is None:
            return None
        return self._predict(self._projection.lift(np.asarray(places, np.float64)))


class _AxesRow(QWidget):
    """Chooses the features along the axes."""

    def __init__(self) -> None:
        super().__init__()
        self.names: list[str] = []
        self.across, self.up = QComboBox(), QComboBox()
        self._shown = (0, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        named = (("→", self.tr("Feature across"), self.across), ("↑", self.tr("Feature upwards"), self.up))
        for arrow, name, box in named:
            label = QLabel(arrow)
            label.setProperty("role", "muted")
            box.setAccessibleName(name)
            box.setToolTip(name)
            box.setMaximumWidth(_WIDEST)
            box.setProperty("role", "small")
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            box.setMinimumContentsLength(_LETTERS)
            box.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
            row.addWidget(label)
            row.addWidget(box, 1000)
        row.addStretch(1)

    def offer(self, names: list[str], across: int, up: int) -> None:
        """Offer these features, two of them chosen."""
        self.names, self._shown = names, (across, up)
        for box, chosen in ((self.across, across), (self.up, up)):
            with QSignalBlocker(box):
                box.clear()
                box.addItems(names)
                box.setCurrentIndex(chosen)

    def keep_apart(self) -> None:
        """Where both axes have come to the same feature, the other axis takes the one that this one had."""
        chosen = [self.across.currentIndex(), self.up.currentIndex()]
        if chosen[0] == chosen[1]:
            moved = 0 if chosen[0] != self._shown[0] else 1
            chosen[1 - moved] = self._shown[moved]
            (self.across, self.up)[1 - moved].setCurrentIndex(chosen[1 - moved])
        self._shown = (chosen[0], chosen[1])
