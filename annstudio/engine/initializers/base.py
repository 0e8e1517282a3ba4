"""What an initializer is."""

from typing import ClassVar

import numpy as np

from annstudio.core.calls import Array
from annstudio.core.params import Value
from annstudio.core.registry import Info


class Initializer:
    """Where the parameters of a layer start: its weights, and, unless the layer says otherwise, its biases.

    A filter of a convolution is a unit too: its fan_in is channels · height · width, and there are fan_out filters.

    Attributes:
        suits_biases: biases can be drawn by it as well, with shape=(units,).
    """

    info: ClassVar[Info]
    suits_biases: ClassVar[bool] = False

    def __init__(self, **values: Value) -> None:
        self.params = self.info.check(values)

    def sample(
        self, rng: np.random.Generator, fan_in: int, fan_out: int, shape: tuple[int, ...] | None = None
    ) -> Array:
        """Return starting weights, float64.

        Args:
            rng: the layer's own stream.
            fan_in: number of inputs of each unit.
            fan_out: number of units.
            shape: of the result; (fan_in, fan_out) if None.
        """
        return self._draw(rng, fan_in, fan_out, (fan_in, fan_out) if shape is None else shape)

    def biases(self, rng: np.random.Generator, fan_in: int, units: int) -> Array:
        """Return the starting biases that go with these weights, (units,), float64: zeros, unless said otherwise.

        Args:
            rng: the layer's own stream, after the weights were drawn from it.
            fan_in: number of inputs of each unit.
            units: number of units.
        """
        return np.zeros(units)

    def _draw(self, rng: np.random.Generator, fan_in: int, fan_out: int, shape: tuple[int, ...]) -> Array:
        """Return weights of this shape; see sample."""
        raise NotImplementedError
