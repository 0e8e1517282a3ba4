"""LeCun initialization, normal."""

import math

import numpy as np

from annstudio.core.calls import Array
from annstudio.core.registry import Info
from annstudio.core.texts import QT_TRANSLATE_NOOP
from annstudio.engine.initializers.base import Initializer


class LeCunNormal(Initializer):
    """w ~ N(0, σ²) with σ = 1 / √fan_in, not truncated (Keras cuts its own at two deviations)."""

    info = Info(
        key="lecun_normal",
        label=QT_TRANSLATE_NOOP("annstudio", "LeCun normal"),
        order=90,
        more=True,
        summary=QT_TRANSLATE_NOOP("annstudio", "Inputs of variance 1 give weighted sums of variance 1."),
        formula="w ~ N(0, σ²), σ = 1 / √fan_in",
        reference="LeCun, Bottou, Orr & Müller 1998, Efficient BackProp, section 4.6",
        when_to_use=QT_TRANSLATE_NOOP("annstudio", "Layers with SELU, which counts on it."),
    )

    def _draw(self, rng: np.random.Generator, fan_in: int, fan_out: int, shape: tuple[int, ...]) -> Array:
        return rng.normal(0, 1 / math.sqrt(fan_in), shape)
