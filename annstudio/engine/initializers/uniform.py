"""Uniform initialization of a fixed width."""

import numpy as np

from annstudio.core.calls import Array
from annstudio.core.params import Real
from annstudio.core.registry import Info
from annstudio.core.texts import QT_TRANSLATE_NOOP
from annstudio.engine.initializers._shared import LARGEST_WEIGHT
from annstudio.engine.initializers.base import Initializer


class Uniform(Initializer):
    """w ~ U(−r, r), whatever the size of the layer. The default r = 0.05 is Keras's."""

    info = Info(
        key="uniform",
        label=QT_TRANSLATE_NOOP("annstudio", "Uniform"),
        order=30,
        summary=QT_TRANSLATE_NOOP("annstudio", "Small random weights, all values up to a limit equally likely."),
        formula="w ~ U(−r, r)",
        reference="LeCun, Bottou, Orr & Müller 1998, Efficient BackProp, section 4.6",
        params=(
            Real(
                key="limit",
                label=QT_TRANSLATE_NOOP("annstudio", "Limit r"),
                default=0.05,
                help=QT_TRANSLATE_NOOP("annstudio", "The largest size of a weight."),
                minimum=0,
                above_minimum=True,
                maximum=LARGEST_WEIGHT,
            ),
        ),
        when_to_use=QT_TRANSLATE_NOOP("annstudio", "To see how a fixed size fits some layers and not others."),
    )
    suits_biases = True

    def _draw(self, rng: np.random.Generator, fan_in: int, fan_out: int, shape: tuple[int, ...]) -> Array:
        limit = float(self.params["limit"])
        return rng.uniform(-limit, limit, shape)
