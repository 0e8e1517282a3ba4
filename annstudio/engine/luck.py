"""The generators that a run draws from, and where each has got to."""

import copy
from typing import Any

import numpy as np
from numpy.typing import NDArray

from annstudio.core.random import stream
from annstudio.engine.network import Network


class Luck:
    """A stream for the orders of the samples, and one for each layer, named by its place.

    Args:
        network: which of its layers draw.
        seed: of all streams.

    Attributes:
        shuffle: draws the orders.
        layers: by place; those of layers that draw nothing are never used.
    """

    def __init__(self, network: Network, seed: int) -> None:
        self.shuffle = stream(seed, "shuffle")
        self.layers = [stream(seed, "dropout", place) for place in range(len(network.layers))]
        drawing = [rng for rng, layer in zip(self.layers, network.layers, strict=True) if layer.draws]
        self._used = [self.shuffle, *drawing]

    def next_order(self, samples: int) -> NDArray[np.intp]:
        """Return the order that will be drawn for the next epoch; nothing is drawn yet."""
        return copy.deepcopy(self.shuffle).permutation(samples)

    def state(self) -> tuple[Any, ...]:
        """Return where the streams in use have got to."""
        return tuple(rng.bit_generator.state for rng in self._used)

    def drawn(self) -> tuple[Any, ...]:
        """Return where the layers' streams have got to, without that of the orders."""
        return tuple(rng.bit_generator.state for rng in self._used[1:])

    def recall(self, state: tuple[Any, ...]) -> None:
        """Go back to where the streams were, all or the layers' alone; calls that are bound to them stay bound."""
        for rng, each in zip(reversed(self._used), reversed(state), strict=False):
            rng.bit_generator.state = each
