"""Normal initialization of a fixed width."""

import numpy as np

from annstudio.core.calls import Array
from annstudio.core.registry import Info
from annstudio.core.texts import QT_TRANSLATE_NOOP
from annstudio.engine.initializers._shared import mean, standard_deviation
from annstudio.engine.initializers.base import Initializer


class Normal(Initializer):
    """w ~ N(μ, σ²), whatever the size of the layer.

    With the default σ = 0.05 and up to a few hundred inputs, z stays where tanh is steep.
    """

    info = Info(
        key="normal",
        label=QT_TRANSLATE_NOOP("annstudio", "Normal"),
        order=20,
        summary=QT_TRANSLATE_NOOP("annstudio", "Small random weights from a bell curve around zero."),
        formula="w ~ N(μ, σ²)",
        reference="Krizhevsky, Sutskever & Hinton 2012, ImageNet classification, section 5",
        params=(mean(), standard_deviation()),
        when_to_use=QT_TRANSLATE_NOOP("annstudio", "To see how a fixed size fits some layers and not others."),
    )
    suits_biases = True

    def _draw(self, rng: np.random.Generator, fan_in: int, fan_out: int, shape: tuple[int, ...]) -> Array:
        return rng.normal(float(self.params["mean"]), float(self.params["standard_deviation"]), shape)
