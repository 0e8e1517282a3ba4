"""Random networks: chains and directed acyclic graphs of all kinds of layers, by a seed."""

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from annstudio.engine.activations.base import Activation
from annstudio.engine.layers import layers
from annstudio.engine.layers.base import Layer, Shape
from annstudio.engine.losses.base import Loss
from annstudio.engine.network import INPUT, Network

OUTPUTS = 3
WIDEST = 24


class Growing:
    """A network while it grows.

    Args:
        rng: decides everything.
        hidden: activations to be used, in turn.
    """

    def __init__(self, rng: np.random.Generator, hidden: Iterator[Activation]) -> None:
        self._rng, self._hidden = rng, hidden
        self.start: Shape = (2, 5, 4) if rng.random() < 0.4 else (4,)
        self._layers: list[Layer] = []
        self._wires: list[Sequence[int]] = []
        self._shapes: dict[int, Shape] = {INPUT: self.start}
        self._end = INPUT
        if len(self.start) == 3:
            self._look_at_picture()
        ways = (self._dense, self._branch, self._skip, self._norm, self._activation)
        for _ in range(rng.integers(2, 6)):
            ways[rng.integers(len(ways))]()
        self._dense()

    def network(self, output: Activation, loss: Loss) -> Network:
        """Return the network with an output layer for this loss."""
        self._put("dense", [self._end], units=OUTPUTS, activation=output)
        return Network(self.start, self._layers, loss, self._wires)

    def _put(self, key: str, sources: Sequence[int], **settings: Any) -> int:
        """Add a layer and return its place, where the network now ends."""
        layer = layers[key](**settings)
        self._layers.append(layer)
        self._wires.append(sources)
        self._end = len(self._layers) - 1
        self._shapes[self._end] = layer.output([self._shapes[source] for source in sources])
        return self._end

    def _look_at_picture(self) -> None:
        rng = self._rng
        where = {"stride": int(rng.integers(1, 3)), "padding": str(rng.choice(["same", "valid"]))}
        size = {"kernel_size": int(rng.integers(2, 4)), "filters": 3}
        self._put("conv2d", [self._end], activation=next(self._hidden), **where, **size)
        if rng.random() < 0.5:
            self._put("batch_norm", [self._end])
        pooling = str(rng.choice(["max_pool2d", "average_pool2d"]))
        if min(self._shapes[self._end][1:]) > 1:
            self._put(pooling, [self._end], size=2, stride=int(rng.integers(1, 3)))
        self._put("flatten", [self._end])

    def _dense(self, source: int | None = None, units: int | None = None) -> int:
        units = units or int(self._rng.integers(4, 9))
        bias = bool(self._rng.random() < 0.8)
        source = self._end if source is None else source
        return self._put("dense", [source], units=units, activation=next(self._hidden), bias=bias)

    def _branch(self) -> None:
        """Two ways from here that meet in a sum."""
        here, units = self._end, int(self._rng.integers(4, 9))
        self._put("add", [self._dense(here, units), self._dense(here, units)])

    def _skip(self) -> None:
        """The end beside something earlier."""
        width = self._shapes[self._end][0]
        rows = [place for place, shape in self._shapes.items() if len(shape) == 1 and shape[0] + width <= WIDEST]
        if rows:
            self._put("concatenate", [self._end, int(self._rng.choice(rows))])

    def _norm(self) -> None:
        """A normalization, but not of another one or of a sum: what it would take away from that has no gradient.

        Rounding leaves some, and Adam and its kin make full steps of it.
        """
        if not self._layers or self._layers[-1].activation is None:
            self._activation()
        self._put(str(self._rng.choice(["batch_norm", "layer_norm"])), [self._end])

    def _activation(self) -> None:
        self._put("activation", [self._end], activation=next(self._hidden))
