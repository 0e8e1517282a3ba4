"""Data with many features seen in a plane: along two of the features, or along the principal components."""

from dataclasses import dataclass, replace

import numpy as np

from annstudio.core.texts import QT_TRANSLATE_NOOP
from annstudio.data.dataset import Array, Column
from annstudio.data.prepare import Part, Prepared
from annstudio.data.scale import Scaler

_COMPONENTS = (
    Column(QT_TRANSLATE_NOOP("annstudio", "component 1")),
    Column(QT_TRANSLATE_NOOP("annstudio", "component 2")),
)


@dataclass(frozen=True, eq=False)
class Projection:
    """A plane in the space of the features.

    Args:
        columns: what its two axes are called.
        center: the point of the plane at (0, 0), (features,), in the units of the features.
        up: how far along each axis of the plane a step along each feature leads, (features, 2).
        down: how far along each feature a step along each axis leads, (2, features).
        origin: what is taken from samples before they are projected, (features,).
        share: how much of the spread of the scaled features the plane has, 0 to 1; NaN where that says nothing.
    """

    columns: tuple[Column, Column]
    center: Array
    up: Array
    down: Array
    origin: Array
    share: float = np.nan

    def project(self, raw: Array) -> Array:
        """Return where samples (samples, features) stand in the plane, (samples, 2)."""
        projected: Array = (raw - self.origin) @ self.up
        return projected

    def lift(self, places: Array) -> Array:
        """Return the features at places of the plane, (places, 2), as (places, features)."""
        lifted: Array = self.center + places @ self.down
        return lifted


def along_features(prepared: Prepared, across: int, up: int) -> Projection:
    """Return the plane along two features; all others stand at their means over the training part."""
    features = prepared.data.schema.features
    chosen = [across, up]
    unit = np.eye(len(features))[chosen]
    center = prepared.train.raw.mean(axis=0)
    center[chosen] = 0
    return Projection((features[across], features[up]), center, unit.T, unit, np.zeros(len(features)))


def along_components(raw: Array) -> Projection:
    """Return the plane in which samples (samples, features) are spread out most, with each feature at deviation 1.

    Source: Pearson 1901, On lines and planes of closest fit; Hotelling 1933.
    """
    scaler = Scaler.fit(raw)
    mean, deviation = scaler.mean, scaler.deviation
    two, share = _principal((raw - mean) / deviation)
    # The largest part of each is made positive: which way it points is else a matter of chance.
    two *= np.sign(two[[0, 1], np.abs(two).argmax(axis=1)])[:, None]
    return Projection(_COMPONENTS, mean, (two / deviation).T, two * deviation, mean, share)


def _principal(values: Array) -> tuple[Array, float]:
    """Return the first two principal directions, (2, features), and their share of the spread; NaN where there is none.

    The products of whichever are fewer, samples or features, are a matrix that is soon taken apart.
    """
    samples, features = values.shape
    if samples >= features:
        sizes, vectors = np.linalg.eigh(values.T @ values)
        two = vectors[:, :-3:-1].T
    else:
        sizes, vectors = np.linalg.eigh(values @ values.T)
        two = np.zeros((2, features))
        two[: min(2, samples)] = vectors[:, :-3:-1].T @ values
        lengths = np.linalg.norm(two, axis=1, keepdims=True)
        np.divide(two, lengths, out=two, where=lengths > _NOTHING * max(1.0, lengths[0, 0]))
    spread = float(sizes.sum())
    return two, float(sizes[-2:].sum()) / spread if spread > 0 else np.nan


_NOTHING = 1e-7
"""Share of the first direction's spread below which a second one is rounding."""


def turned_like(projection: Projection, raw: Array, before: Array) -> Projection:
    """Return the same plane with its axes turned, or mirrored, so that samples stand as near as can be to before.

    Args:
        projection: the plane.
        raw: samples, (samples, features).
        before: where they stood, (samples, 2).

    Source: Schönemann 1966, A generalized solution of the orthogonal Procrustes problem.
    """
    left, _, right = np.linalg.svd(projection.project(raw).T @ (before - before.mean(axis=0)))
    turn = left @ right
    return replace(projection, up=projection.up @ turn, down=turn.T @ projection.down)


def telling_features(prepared: Prepared) -> tuple[int, int]:
    """Return the two features that by themselves tell most about the targets of the training part.

    That is the share of a feature's spread that a linear function of the targets explains: r² for a regression, the
    spread between the classes' means (η²) for classes.
    """
    raw, targets = prepared.train.raw, prepared.train.targets
    known = np.column_stack([np.ones(len(targets)), targets])
    fitted = known @ np.linalg.lstsq(known, raw, rcond=None)[0]
    spread = raw.var(axis=0)
    told = np.divide(fitted.var(axis=0), spread, out=np.zeros_like(spread), where=spread > 0)
    first, second = np.argsort(-told, kind="stable")[:2].tolist()
    return min(first, second), max(first, second)


def projected(prepared: Prepared, projection: Projection) -> Prepared:
    """Return the data as they look in a plane: with its two axes for features, the targets as they were."""
    schema = replace(prepared.data.schema, features=projection.columns, image_shape=None)
    data = replace(prepared.data, schema=schema, inputs=projection.project(prepared.data.inputs))
    train, validation, test = (_seen(part, projection) for part in (prepared.train, prepared.validation, prepared.test))
    return replace(prepared, data=data, train=train, validation=validation, test=test)


def _seen(part: Part, projection: Projection) -> Part:
    return replace(part, raw=projection.project(part.raw))
