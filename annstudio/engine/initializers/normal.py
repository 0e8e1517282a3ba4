"""Normal initialization of a fixed width."""

import numpy as np

from annstudio.core.params import Real
from annstudio.core.registry import Info
from annstudio.core.texts import QT_TRANSLATE_NOOP
from annstudio.engine.calls import Array
from annstudio.engine.initializers.base import Initializer


class Normal(Initializer):
    """w ~ N(0, σ²), whatever the size of the layer.

    The default σ = 0.05 is Keras's: with up to a few hundred inputs, z stays where tanh is steep.
    """

    info = Info(
        key="normal",
        label=QT_TRANSLATE_NOOP("annstudio", "Normal"),
        order=20,
        summary=QT_TRANSLATE_NOOP("annstudio", "Small random weights from a bell curve around zero."),
        formula="w ~ N(0, σ²)",
        reference="Krizhevsky, Sutskever & Hinton 2012, ImageNet classification, section 5",
        params=(
            Real(
                key="standard_deviation",
                label=QT_TRANSLATE_NOOP("annstudio", "Standard deviation σ"),
                default=0.05,
                help=QT_TRANSLATE_NOOP("annstudio", "The typical size of a weight."),
                minimum=0,
                above_minimum=True,
                maximum=100,
            ),
        ),
        when_to_use=QT_TRANSLATE_NOOP("annstudio", "To see how a fixed size fits some layers and not others."),
    )

    def sample(self, rng: np.random.Generator, fan_in: int, fan_out: int) -> Array:
        """Draw the weights; see Initializer.sample."""
        return rng.normal(0, float(self.params["standard_deviation"]), (fan_in, fan_out))
