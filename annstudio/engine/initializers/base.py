"""What an initializer is."""

from typing import ClassVar

import numpy as np

from annstudio.core.params import Value
from annstudio.core.registry import Info
from annstudio.engine.calls import Array


class Initializer:
    """Where the weights of a layer start; biases start at zero."""

    info: ClassVar[Info]

    def __init__(self, **values: Value) -> None:
        self.params = self.info.check(values)

    def sample(self, rng: np.random.Generator, fan_in: int, fan_out: int) -> Array:
        """Return a starting weight matrix, (fan_in, fan_out), float64.

        Args:
            rng: the layer's own stream.
            fan_in: number of inputs of each unit.
            fan_out: number of units.
        """
        raise NotImplementedError
