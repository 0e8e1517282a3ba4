"""What PyTorch's layers start with."""

import math

import numpy as np

from annstudio.core.calls import Array
from annstudio.core.registry import Info
from annstudio.core.texts import QT_TRANSLATE_NOOP
from annstudio.engine.initializers.base import Initializer


class PyTorch(Initializer):
    """w ~ U(−r, r) and b ~ U(−r, r) with r = 1 / √fan_in, as in torch.nn.Linear and Conv2d."""

    info = Info(
        key="pytorch",
        label=QT_TRANSLATE_NOOP("annstudio", "PyTorch default"),
        order=130,
        more=True,
        summary=QT_TRANSLATE_NOOP("annstudio", "How a layer of PyTorch starts when nothing is said: biases too."),
        formula="w, b ~ U(−r, r), r = 1 / √fan_in",
        reference="Paszke et al. 2019, PyTorch: an imperative style, high-performance deep learning library",
        when_to_use=QT_TRANSLATE_NOOP("annstudio", "To compare with a network made in PyTorch."),
    )
    suits_biases = True

    def biases(self, rng: np.random.Generator, fan_in: int, units: int) -> Array:
        """Draw the biases as the weights; see Initializer.biases."""
        return self.sample(rng, fan_in, units, (units,))

    def _draw(self, rng: np.random.Generator, fan_in: int, fan_out: int, shape: tuple[int, ...]) -> Array:
        limit = 1 / math.sqrt(fan_in)
        return rng.uniform(-limit, limit, shape)
