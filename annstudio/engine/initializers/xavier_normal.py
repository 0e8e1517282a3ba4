"""Xavier (Glorot) initialization, normal."""

import math

import numpy as np

from annstudio.core.calls import Array
from annstudio.core.registry import Info
from annstudio.core.texts import QT_TRANSLATE_NOOP
from annstudio.engine.initializers.base import Initializer


class XavierNormal(Initializer):
    """w ~ N(0, σ²) with σ = √(2 / (fan_in + fan_out)), not truncated, as in PyTorch."""

    info = Info(
        key="xavier_normal",
        label=QT_TRANSLATE_NOOP("annstudio", "Xavier normal"),
        order=50,
        summary=QT_TRANSLATE_NOOP(
            "annstudio",
            "As Xavier uniform, but from a bell curve: signals keep their size from layer to layer.",
        ),
        formula="w ~ N(0, σ²), σ = √(2 / (fan_in + fan_out))",
        reference=(
            "Glorot & Bengio 2010, Understanding the difficulty of training deep feedforward neural networks, eq. 12"
        ),
        when_to_use=QT_TRANSLATE_NOOP("annstudio", "Layers with tanh, logistic or softmax."),
        aliases=("glorot_normal",),
    )

    def _draw(self, rng: np.random.Generator, fan_in: int, fan_out: int, shape: tuple[int, ...]) -> Array:
        return rng.normal(0, math.sqrt(2 / (fan_in + fan_out)), shape)
