"""LeCun initialization, uniform."""

import math

import numpy as np

from annstudio.core.calls import Array
from annstudio.core.registry import Info
from annstudio.core.texts import QT_TRANSLATE_NOOP
from annstudio.engine.initializers.base import Initializer


class LeCunUniform(Initializer):
    """w ~ U(−r, r) with r = √(3 / fan_in): the variance 1 / fan_in of LeCun normal."""

    info = Info(
        key="lecun_uniform",
        label=QT_TRANSLATE_NOOP("annstudio", "LeCun uniform"),
        order=100,
        more=True,
        summary=QT_TRANSLATE_NOOP("annstudio", "As LeCun normal, but with a limit: no weight is extreme."),
        formula="w ~ U(−r, r), r = √(3 / fan_in)",
        reference="LeCun, Bottou, Orr & Müller 1998, Efficient BackProp, section 4.6",
        when_to_use=QT_TRANSLATE_NOOP("annstudio", "Layers with tanh or SELU, behind standardized inputs."),
    )

    def _draw(self, rng: np.random.Generator, fan_in: int, fan_out: int, shape: tuple[int, ...]) -> Array:
        limit = math.sqrt(3 / fan_in)
        return rng.uniform(-limit, limit, shape)
