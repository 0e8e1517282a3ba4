"""He (Kaiming) initialization, uniform."""

import math

import numpy as np

from annstudio.core.calls import Array
from annstudio.core.registry import Info
from annstudio.core.texts import QT_TRANSLATE_NOOP
from annstudio.engine.initializers.base import Initializer


class HeUniform(Initializer):
    """w ~ U(−r, r) with r = √(6 / fan_in): the variance 2 / fan_in of He normal."""

    info = Info(
        key="he_uniform",
        label=QT_TRANSLATE_NOOP("annstudio", "He uniform"),
        order=70,
        summary=QT_TRANSLATE_NOOP("annstudio", "As He normal, but with a limit: no weight is extreme."),
        formula="w ~ U(−r, r), r = √(6 / fan_in)",
        reference="He, Zhang, Ren & Sun 2015, Delving deep into rectifiers, eq. 10",
        when_to_use=QT_TRANSLATE_NOOP("annstudio", "Layers with ReLU or leaky ReLU."),
        aliases=("kaiming_uniform",),
    )

    def _draw(self, rng: np.random.Generator, fan_in: int, fan_out: int, shape: tuple[int, ...]) -> Array:
        limit = math.sqrt(6 / fan_in)
        return rng.uniform(-limit, limit, shape)
