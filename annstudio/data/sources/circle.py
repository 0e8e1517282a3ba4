"""A disc inside a ring."""

from collections.abc import Mapping

import numpy as np

from annstudio.core.params import Value
from annstudio.core.registry import Info
from annstudio.core.texts import QT_TRANSLATE_NOOP
from annstudio.data.dataset import DataSet
from annstudio.data.sources import _plane as plane
from annstudio.data.sources.base import Source

_DISC = 0.5 * plane.RADIUS
_RING = 0.7 * plane.RADIUS


class Circle(Source):
    """Half of the points in a disc, half in a ring around it; noise blurs the labels at the border."""

    info = Info(
        key="circle",
        label=QT_TRANSLATE_NOOP("annstudio", "Circle"),
        summary=QT_TRANSLATE_NOOP("annstudio", "A disc of one class inside a ring of the other."),
        order=20,
        category=plane.CATEGORY,
        formula=QT_TRANSLATE_NOOP(
            "annstudio",
            "x = (r·sin α, r·cos α), α ~ U(0, 2π), r ~ U(0, 2.5) or U(3.5, 5); positive if |x + noise·U(−5, 5)| < 2.5",
        ),
        reference=plane.REFERENCE,
        params=plane.PARAMS,
        when_to_use=QT_TRANSLATE_NOOP(
            "annstudio", "To see why a hidden layer is needed: no straight line parts a disc from its ring."
        ),
    )
    schema = plane.SCHEMA
    origin = plane.ORIGIN

    def make(self, params: Mapping[str, Value], rng: np.random.Generator) -> DataSet:
        """See Source.make."""
        samples = int(params["samples"])
        inside, outside = plane.halves(samples)
        radius = np.concatenate([rng.uniform(0, _DISC, inside), rng.uniform(_RING, plane.RADIUS, outside)])
        angle = rng.uniform(0, 2 * np.pi, samples)
        inputs = np.column_stack([radius * np.sin(angle), radius * np.cos(angle)])
        blurred = inputs + plane.jitter(rng, samples, float(params["noise"]))
        return plane.points(inputs, np.hypot(blurred[:, 0], blurred[:, 1]) < _DISC)
