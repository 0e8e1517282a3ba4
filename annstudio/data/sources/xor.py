"""Four quadrants, opposite ones alike."""

from collections.abc import Mapping

import numpy as np

from annstudio.core.params import Value
from annstudio.core.registry import Info
from annstudio.core.texts import QT_TRANSLATE_NOOP
from annstudio.data.dataset import DataSet
from annstudio.data.sources import _plane as plane
from annstudio.data.sources.base import Source

_GAP = 0.3


class Xor(Source):
    """Points of a square with a gap along the axes; the class is positive where both signs agree."""

    info = Info(
        key="xor",
        label=QT_TRANSLATE_NOOP("annstudio", "XOR (points)"),
        summary=QT_TRANSLATE_NOOP("annstudio", "Four quadrants: those across from each other are of one class."),
        order=21,
        category=plane.CATEGORY,
        formula=QT_TRANSLATE_NOOP(
            "annstudio",
            "x₁, x₂ ~ U(−5, 5), each pushed 0.3 away from 0; "
            "positive if (x₁ + noise·U(−5, 5)) · (x₂ + noise·U(−5, 5)) ≥ 0",
        ),
        reference=plane.REFERENCE,
        params=plane.PARAMS,
        when_to_use=QT_TRANSLATE_NOOP(
            "annstudio", "The XOR gate with many points: one neuron fails, a small hidden layer succeeds."
        ),
    )
    schema = plane.SCHEMA
    origin = plane.ORIGIN

    def make(self, params: Mapping[str, Value], rng: np.random.Generator) -> DataSet:
        """See Source.make."""
        samples = int(params["samples"])
        inputs = rng.uniform(-plane.RADIUS, plane.RADIUS, (samples, 2))
        inputs += np.where(inputs > 0, _GAP, -_GAP)
        blurred = inputs + plane.jitter(rng, samples, float(params["noise"]))
        return plane.points(inputs, blurred[:, 0] * blurred[:, 1] >= 0)
