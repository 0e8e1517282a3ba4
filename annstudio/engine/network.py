"""The network: a chain of dense layers with an objective at its end, and its weights in one flat vector."""

from collections.abc import Sequence
from functools import cached_property
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from annstudio.core.random import stream
from annstudio.engine.calls import Array
from annstudio.engine.layers.dense import Dense
from annstudio.engine.losses.base import Loss
from annstudio.engine.objective import Objective


class Network:
    """Layers in order, from the inputs to the outputs.

    All weights are one flat vector. Each layer has a block of it, a matrix (inputs + 1, units): the rows are the
    kernel W, the last row is the bias b, which belongs to an input that is always one.

    Args:
        inputs: number of features.
        layers: at least one; the last gives the outputs.
        loss: compares the outputs with the targets.
    """

    def __init__(self, inputs: int, layers: Sequence[Dense], loss: Loss) -> None:
        self.inputs = inputs
        self.layers = tuple(layers)
        self.objective = Objective(self.layers[-1].activation, loss)

    @property
    def outputs(self) -> int:
        """Number of outputs."""
        return self.layers[-1].units

    @cached_property
    def blocks(self) -> tuple[tuple[int, int], ...]:
        """Each layer's (inputs + 1, units)."""
        fans = [self.inputs, *(layer.units for layer in self.layers)]
        return tuple((fan_in + 1, units) for fan_in, units in pairwise(fans))

    @cached_property
    def parameter_count(self) -> int:
        """Number of weights and biases."""
        return sum(rows * units for rows, units in self.blocks)

    def views(self, flat: NDArray[Any]) -> list[NDArray[Any]]:
        """Return each layer's block of a flat vector as a matrix (inputs + 1, units), sharing its memory."""
        ends = np.cumsum([rows * units for rows, units in self.blocks])
        return [
            flat[end - rows * units : end].reshape(rows, units)
            for end, (rows, units) in zip(ends, self.blocks, strict=True)
        ]

    def initial_weights(self, seed: int) -> Array:
        """Return the flat starting weights of a seed, float64. Each layer draws from a stream of its own."""
        flat = np.zeros(self.parameter_count)
        for position, (layer, block) in enumerate(zip(self.layers, self.views(flat), strict=True)):
            rng = stream(seed, "initialization", position)
            block[:-1] = layer.initializer.sample(rng, block.shape[0] - 1, block.shape[1])
        return flat
