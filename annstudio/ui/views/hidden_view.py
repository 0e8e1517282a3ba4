"""The samples as the last hidden layer sees them, and the straight cuts of the output layer."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray
from PySide6.QtWidgets import QWidget

from annstudio.core.texts import QT_TRANSLATE_NOOP
from annstudio.data.dataset import Array, Column, DataSet
from annstudio.data.prepare import Part, Prepared
from annstudio.data.projection import Projection, along_components, along_features, projected, turned_like
from annstudio.data.scale import Scaler
from annstudio.training.hidden import HiddenSpace, has_hidden_space, samples_to_ask, source_of, unit_columns
from annstudio.training.snapshot import Snapshot
from annstudio.ui.views.backdrop import Plane
from annstudio.ui.views.boundary_view import class_keys, data_extent
from annstudio.ui.views.exporting import Table
from annstudio.ui.views.header import Key
from annstudio.ui.views.plane import PlanePicture
from annstudio.ui.views.plane_options import PlaneOptions
from annstudio.ui.views.view import TitledView

_SIDE = 48
_DIRECTIONS = (
    Column(QT_TRANSLATE_NOOP("annstudio", "direction 1")),
    Column(QT_TRANSLATE_NOOP("annstudio", "direction 2")),
)


class HiddenView(TitledView):
    """Both units of the last hidden layer as axes, or the plane of the principal components of its many."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self.setAccessibleName(self.tr("Hidden space"))
        self._space: HiddenSpace | None = None
        self._projection: Projection | None = None
        self._seen: Prepared | None = None
        """The samples with the units of the hidden layer for features."""
        self._before: tuple[int, Array] | None = None
        """Where the samples stood last time, and in which run."""
        self._sample: Callable[[], Array | None] = lambda: None
        self.picture = PlanePicture(self.tr("Hidden space; the arrow keys move your own point"))
        self.picture.set_predictor(self._answer)
        self.options = PlaneOptions(self.header, self.picture.show_held_out, self._invalidate)
        self.set_body(self.picture)

    def follow(self, sample: Callable[[], Array | None]) -> None:
        """Keep the dot where the last hidden layer sees this sample, (1, features) in the data's own units."""
        self._sample = sample

    def follow_on(self) -> None:
        """Bring the dot to where the sample is now."""
        if self.isVisible():
            self._place_dot()

    def numbers(self) -> "Table | None":
        """Return the values of the last hidden layer for each sample that is shown, and its targets."""
        if self._seen is None:
            return None
        train = self._seen.train
        names = [f"unit_{k + 1}" for k in range(train.raw.shape[1])]
        names += [f"target_{k + 1}" for k in range(train.targets.shape[1])]
        return Table(names, map(np.ndarray.tolist, np.hstack([train.raw, train.targets])))

    def _refresh(self) -> None:
        self.header.set_title(self.tr("Last hidden layer"))
        self._seen = None
        snapshot, prepared = self.snapshot, self.prepared
        if snapshot is None or prepared is None or snapshot.compiled is None or snapshot.flat is None:
            self._say(self.resting(self.tr("Press Run: how the hidden layer sees the samples appears here.")))
        elif source_of(snapshot.compiled.network) < 0:
            self._say(self.tr("There is no hidden layer yet: drag a Dense layer between Input and Output."))
        elif not has_hidden_space(snapshot.compiled.network):
            self._say(self.tr("This network is too large to look inside while it trains."))
        else:
            self._space = HiddenSpace(snapshot.compiled, snapshot.flat)
            self._show(self._space, snapshot, prepared)

    def _say(self, sentence: str) -> None:
        self.header.set_caption()
        self.picture.show_plane(None, sentence)

    def _show(self, space: HiddenSpace, snapshot: Snapshot, prepared: Prepared) -> None:
        if space.units < 2:
            self._say(self.tr("The last hidden layer has a single unit: with two or more there is a plane to see."))
            return
        assert snapshot.compiled is not None
        self._seen = seen = _seen_by(space, prepared, samples_to_ask(snapshot.compiled.network))
        if seen is None:
            self._say(self.tr("The values of the hidden layer are no longer finite numbers."))
            return
        self._projection = projection = self._plane_of(seen, snapshot.run)
        flat = projected(seen, projection)
        self._before = snapshot.run, flat.train.raw
        self.header.set_caption(*class_keys(self.theme, prepared.data.schema), Key(self._told(projection)))
        x, y = data_extent(flat)
        axes = np.meshgrid(np.linspace(*x, _SIDE), np.linspace(*y, _SIDE))
        surface = self._answer(np.column_stack([axis.ravel() for axis in axes])).reshape(_SIDE, _SIDE, -1)
        self.options.suit(flat)
        answered = ((part, space.answers(part.inputs)) for part in self.options.parts(flat) if len(part.raw))
        wrong = self.options.wrong_places(flat.data.schema, answered, snapshot.loss)
        hard = self.options.hard.isChecked()
        self.picture.show_plane(Plane(flat, (x, y), surface, snapshot.loss.answers, hard, wrong))
        self._place_dot()

    def _plane_of(self, seen: Prepared, run: int) -> Projection:
        """Return the plane to be shown; while a run is on it turns as little as can be."""
        values = seen.train.raw
        if values.shape[1] == 2:
            return along_features(seen, 0, 1)
        projection = replace(along_components(values), columns=_DIRECTIONS)
        before = self._before
        if before is None or before[0] != run or before[1].shape != (len(values), 2):
            return projection
        return turned_like(projection, values, before[1])

    def _told(self, projection: Projection) -> str:
        if np.isnan(projection.share):
            return ""
        share = round(100 * projection.share)
        return self.tr("plane of the principal components: {percent} % of the spread").format(percent=share)

    def _place_dot(self) -> None:
        prepared, sample = self.prepared, self._sample()
        if sample is None or prepared is None or sample.shape[1] != prepared.data.schema.inputs:
            self.picture.hold_dot(None)
        elif self._space is not None and self._projection is not None:
            values = self._space.values(prepared.scaler.transform(sample))
            self.picture.hold_dot(self._space.answers(values)[0])
            x, y = self._projection.project(values)[0]
            self.picture.move_dot(float(x), float(y))

    def _answer(self, places: NDArray[np.float64]) -> NDArray[np.floating]:
        """Return what the output layer answers at places of the plane, (places, outputs)."""
        assert self._space is not None
        assert self._projection is not None
        return self._space.answers(self._projection.lift(np.asarray(places, np.float64)))


def _seen_by(space: HiddenSpace, prepared: Prepared, most: int) -> Prepared | None:
    """Return data with what comes into the output layer for features, of so many samples of each part at most.

    None where some of it is not a finite number.
    """
    train, validation, test = (
        _part(space, part, most) for part in (prepared.train, prepared.validation, prepared.test)
    )
    inputs = np.vstack([train.raw, validation.raw, test.raw])
    if not np.isfinite(inputs).all():
        return None
    targets = np.vstack([train.targets, validation.targets, test.targets])
    schema = replace(prepared.data.schema, features=unit_columns(space.units), image_shape=None)
    data = DataSet(schema, inputs, targets)
    return Prepared(data, train, validation, test, Scaler.identity(space.units))


def _part(space: HiddenSpace, part: Part, most: int) -> Part:
    chosen = slice(None, None, max(1, -(-len(part.inputs) // most)))
    values = space.values(part.inputs[chosen]) if len(part.inputs) else np.empty((0, space.units))
    return Part(values, part.targets[chosen], values)
