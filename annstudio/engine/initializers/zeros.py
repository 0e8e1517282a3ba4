"""All weights zero."""

import numpy as np

from annstudio.core.calls import Array
from annstudio.core.registry import Info
from annstudio.core.texts import QT_TRANSLATE_NOOP
from annstudio.engine.initializers.base import Initializer


class Zeros(Initializer):
    """w = 0."""

    info = Info(
        key="zeros",
        label=QT_TRANSLATE_NOOP("annstudio", "Zeros"),
        order=10,
        summary=QT_TRANSLATE_NOOP("annstudio", "Every weight starts at zero, so all units of a layer stay alike."),
        formula="w = 0",
        reference="Rumelhart, Hinton & Williams 1986, Learning internal representations by error propagation",
        when_to_use=QT_TRANSLATE_NOOP("annstudio", "A single neuron, or to see why hidden layers need chance."),
    )
    suits_biases = True

    def _draw(self, rng: np.random.Generator, fan_in: int, fan_out: int, shape: tuple[int, ...]) -> Array:
        return np.zeros(shape)
