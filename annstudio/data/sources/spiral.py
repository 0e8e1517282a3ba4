"""Two interleaved spirals."""

from collections.abc import Mapping

import numpy as np

from annstudio.core.params import Value
from annstudio.core.registry import Info
from annstudio.core.texts import QT_TRANSLATE_NOOP
from annstudio.data.dataset import Array, DataSet
from annstudio.data.sources import _plane as plane
from annstudio.data.sources.base import Source

_TURNS = 1.75


class Spiral(Source):
    """Two arms that wind around each other, one per class; noise shifts the points off their arm."""

    info = Info(
        key="spiral",
        label=QT_TRANSLATE_NOOP("annstudio", "Spiral"),
        summary=QT_TRANSLATE_NOOP("annstudio", "Two spiral arms that wind around each other, one per class."),
        order=23,
        category=plane.CATEGORY,
        formula=QT_TRANSLATE_NOOP(
            "annstudio",
            "x = (r·sin t, r·cos t) + noise·U(−1, 1), r = 5·i/n, t = 1.75·2π·i/n + Δ, "
            "i = 0 … n−1; positive: Δ = 0, negative: Δ = π",
        ),
        reference=plane.REFERENCE,
        params=plane.PARAMS,
        when_to_use=QT_TRANSLATE_NOOP(
            "annstudio", "The hardest of the flat sets: it takes more neurons, more layers and patience."
        ),
    )
    schema = plane.SCHEMA
    origin = plane.ORIGIN

    def make(self, params: Mapping[str, Value], rng: np.random.Generator) -> DataSet:
        """See Source.make."""
        samples = int(params["samples"])
        first, second = plane.halves(samples)
        arms = np.concatenate([_arm(first, 0.0), _arm(second, np.pi)])
        shift = rng.uniform(-1, 1, (samples, 2)) * float(params["noise"])
        return plane.points(arms + shift, np.repeat([True, False], [first, second]))


def _arm(count: int, turned: float) -> Array:
    """Return the points of one arm from the center outwards, (count, 2).

    Args:
        count: number of points.
        turned: angle by which the arm is turned, radians.
    """
    along = np.arange(count) / count
    angle = 2 * np.pi * _TURNS * along + turned
    radius = plane.RADIUS * along
    return np.column_stack([radius * np.sin(angle), radius * np.cos(angle)])
