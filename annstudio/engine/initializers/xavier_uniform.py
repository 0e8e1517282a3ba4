"""Xavier (Glorot) initialization, uniform."""

import math

import numpy as np

from annstudio.core.calls import Array
from annstudio.core.registry import Info
from annstudio.core.texts import QT_TRANSLATE_NOOP
from annstudio.engine.initializers.base import Initializer


class XavierUniform(Initializer):
    """w ~ U(−r, r) with r = √(6 / (fan_in + fan_out))."""

    info = Info(
        key="xavier_uniform",
        label=QT_TRANSLATE_NOOP("annstudio", "Xavier uniform"),
        order=40,
        summary=QT_TRANSLATE_NOOP("annstudio", "Keeps signals and gradients about the same size from layer to layer."),
        formula="w ~ U(−r, r), r = √(6 / (fan_in + fan_out))",
        reference=(
            "Glorot & Bengio 2010, Understanding the difficulty of training deep feedforward neural networks, eq. 16"
        ),
        when_to_use=QT_TRANSLATE_NOOP("annstudio", "Layers with tanh, logistic or softmax."),
        aliases=("xavier", "glorot_uniform"),
    )

    def _draw(self, rng: np.random.Generator, fan_in: int, fan_out: int, shape: tuple[int, ...]) -> Array:
        limit = math.sqrt(6 / (fan_in + fan_out))
        return rng.uniform(-limit, limit, shape)
