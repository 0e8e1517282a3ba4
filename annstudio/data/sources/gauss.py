"""Two clouds of points."""

from collections.abc import Mapping

import numpy as np

from annstudio.core.params import Value
from annstudio.core.registry import Info
from annstudio.core.texts import QT_TRANSLATE_NOOP
from annstudio.data.dataset import DataSet
from annstudio.data.sources import _plane as plane
from annstudio.data.sources.base import Source

_CENTER = 2.0


class Gauss(Source):
    """Two normally distributed clouds; noise widens both."""

    info = Info(
        key="gauss",
        label=QT_TRANSLATE_NOOP("annstudio", "Two clouds"),
        summary=QT_TRANSLATE_NOOP("annstudio", "Two bell-shaped clouds of points, one per class."),
        order=22,
        category=plane.CATEGORY,
        formula=QT_TRANSLATE_NOOP(
            "annstudio",
            "positive: x₁, x₂ ~ N(2, σ²); negative: x₁, x₂ ~ N(−2, σ²); σ² = 0.5 + 7·noise",
        ),
        reference=plane.REFERENCE,
        params=plane.PARAMS,
        when_to_use=QT_TRANSLATE_NOOP("annstudio", "The easiest start: a single neuron draws the line."),
    )
    schema = plane.SCHEMA
    origin = plane.ORIGIN

    def make(self, params: Mapping[str, Value], rng: np.random.Generator) -> DataSet:
        """See Source.make."""
        samples = int(params["samples"])
        positive = np.repeat([True, False], plane.halves(samples))
        center = np.where(positive, _CENTER, -_CENTER)[:, np.newaxis]
        deviation = np.sqrt(0.5 + 7 * float(params["noise"]))
        return plane.points(center + deviation * rng.standard_normal((samples, 2)), positive)
