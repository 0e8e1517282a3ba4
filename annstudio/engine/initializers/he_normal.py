"""He (Kaiming) initialization, normal."""

import math

import numpy as np

from annstudio.core.calls import Array
from annstudio.core.registry import Info
from annstudio.core.texts import QT_TRANSLATE_NOOP
from annstudio.engine.initializers.base import Initializer


class HeNormal(Initializer):
    """w ~ N(0, σ²) with σ = √(2 / fan_in), not truncated, as in PyTorch."""

    info = Info(
        key="he_normal",
        label=QT_TRANSLATE_NOOP("annstudio", "He normal"),
        order=60,
        summary=QT_TRANSLATE_NOOP("annstudio", "Makes up for the half of the signal that ReLU cuts off."),
        formula="w ~ N(0, σ²), σ = √(2 / fan_in)",
        reference="He, Zhang, Ren & Sun 2015, Delving deep into rectifiers, eq. 10",
        when_to_use=QT_TRANSLATE_NOOP("annstudio", "Layers with ReLU or leaky ReLU."),
        aliases=("he", "kaiming_normal"),
    )

    def _draw(self, rng: np.random.Generator, fan_in: int, fan_out: int, shape: tuple[int, ...]) -> Array:
        return rng.normal(0, math.sqrt(2 / fan_in), shape)
