"""A board: the buffers of every layer of a network for one batch size, wired up.

Buffers are feature-major, (features, batch). Behind what a layer gives there is one more row, all ones, which turns
a bias into a weight like any other: z = [W; b]ᵀ [x; 1]. The layers state their own formulas (layers/*.py); a board
gives them buffers, and adds up the errors of a layer that several others read.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from annstudio.core.calls import Array, Calls, New
from annstudio.engine.activations.base import Activation
from annstudio.engine.layers.base import Layer, features
from annstudio.engine.network import INPUT, Network
from annstudio.engine.objective import Objective
from annstudio.engine.slopes import shared_slopes
from annstudio.engine.stage import Stage, Values

_NO_LUCK = np.random.default_rng(0)
"""For boards on which no layer draws."""


@dataclass(eq=False)
class Step:
    """The calls of one layer, in the order in which they are made.

    Attributes:
        forward: values.
        backward: errors and gradients.
        gather: adds the errors that other wires of the same sources have brought.
    """

    forward: Calls
    backward: Calls
    gather: Calls = field(default_factory=list)


class Board:
    """The buffers of every layer of a network for one batch size, wired up.

    Args:
        network: what to compute.
        weights: its flat vector; read at every run, so later changes count. In training, statistics are written.
        batch: number of samples.
        gradient: flat, to be written, in the order of the trained parameters; None for a plan that only looks.
        rngs: where the luck of each layer that draws comes from, by place.
        input_error: backward goes on to dJ/d(input).
        objective: decides how errors begin; None is the network's own.
        keep_z: z stands apart from the outputs in every layer.
    """

    def __init__(
        self,
        network: Network,
        weights: Array,
        batch: int,
        gradient: Array | None = None,
        rngs: Sequence[np.random.Generator] = (),
        input_error: bool = False,
        objective: Objective | None = None,
        keep_z: bool = False,
    ) -> None:
        self.network = network
        self.objective = objective or network.objective
        self._training, self._keep_z = gradient is not None, keep_z
        self._last = len(network.layers) - 1
        self._needed = _needed(network, input_error) if self._training else frozenset()
        self.input = _values(network.inputs, batch, weights, full=True, error=INPUT in self._needed)
        readers = [layer for layer, wires in zip(network.layers, network.wires, strict=True) if INPUT in wires]
        self.wants_copy = not all(layer.takes_slices for layer in readers)
        """Some layer wants the samples as a contiguous matrix."""
        self.slopes = shared_slopes(network, self._needed, batch, weights, self.objective)
        self.values: list[Values] = []
        for place, layer in enumerate(network.layers):
            self.values.append(self._output(place, layer, batch, weights))
        self._gather: list[Calls] = [[] for _ in network.layers]
        self.stages = self._stages(weights, gradient, rngs)

    def step(self, place: int, new: New) -> Step:
        """Return the calls of one layer with the buffers as they are now."""
        stage = self.stages[place]
        stage.new = new
        forward, backward = self.network.layers[place].calls(stage)
        if stage.error is None:
            # Nothing leads from here to the outputs, so that a gradient there is zero.
            backward = [(gradient.fill, (0,)) for gradient in stage.gradients or ()]
        return Step(forward, backward, self._gather[place])

    def _stages(self, weights: Array, gradient: Array | None, rngs: Sequence[np.random.Generator]) -> list[Stage]:
        network, inputs = self.network, self._wire()
        views, statistics = network.views(weights), network.statistics_views(weights)
        gradients = network.views(gradient) if gradient is not None else [[] for _ in views]
        stages = []
        for place, layer in enumerate(network.layers):
            trained = gradients[place] if self._training and layer.trainable else None
            stages.append(
                Stage(
                    inputs=inputs[place],
                    out=self.values[place],
                    z=self._z(place, layer, inputs[place]),
                    error=self.values[place].error,
                    weights=views[place],
                    gradients=trained,
                    statistics=statistics[place],
                    input_shapes=network.input_shapes(place),
                    output_shape=network.shapes[place],
                    training=self._training,
                    new=np.empty_like,
                    rng=rngs[place] if rngs else _NO_LUCK,
                    activation=_bound(layer.activation, views[place], trained),
                    slope=self.slopes.slope_of(place),
                    error_is_dz=place == self._last and self.objective.gives_dz,
                )
            )
        return stages

    def _output(self, place: int, layer: Layer, batch: int, like: Array) -> Values:
        needed, full = place in self._needed, place != self._last
        size = features(self.network.shapes[place])
        if layer.passes_values:
            source = self._source(self.network.wires[place][0])
            return Values(source.full, source.a, np.empty_like(source.a) if needed else None)
        shared = self.slopes.output_of(place)
        if shared is None:
            return _values(size, batch, like, full, needed)
        return Values(shared if full else None, shared[:size], np.empty_like(shared[:size]) if needed else None)

    def _source(self, place: int) -> Values:
        return self.input if place == INPUT else self.values[place]

    def _z(self, place: int, layer: Layer, inputs: Sequence[Values]) -> Array:
        """Return where the pre-activations stand: in place of the outputs, where nobody needs both."""
        out = self.values[place].a
        if layer.activation is None:
            return out
        if not layer.own_z:
            return inputs[0].a
        shared = self.slopes.z_of(place)
        if shared is not None:
            return shared[: len(out)]
        apart = place == self._last or self._keep_z or layer.activation.reads_z
        return np.empty_like(out) if apart else out

    def _wire(self) -> list[list[Values]]:
        """Return what comes into each layer.

        The last reader of a layer comes first in backward and writes the layer's error; the other readers write a
        scratch buffer that is added.
        """
        inputs: list[list[Values]] = [[] for _ in self.network.layers]
        written: set[int] = set()
        for place in reversed(range(len(self.network.layers))):
            for source in self.network.wires[place]:
                values = self._source(source)
                error = values.error if place in self._needed else None
                if error is not None and source in written:
                    scratch = np.empty_like(error)
                    self._gather[place].append((np.add, (error, scratch, error)))
                    error = scratch
                elif error is not None:
                    written.add(source)
                inputs[place].append(Values(values.full, values.a, error))
        return inputs


def _values(size: int, batch: int, like: Array, full: bool, error: bool) -> Values:
    rows = np.ones((size + full, batch), like.dtype)
    return Values(rows if full else None, rows[:size], np.empty((size, batch), like.dtype) if error else None)


def _bound(
    activation: Activation | None, weights: Sequence[Array], gradients: Sequence[Array] | None
) -> Activation | None:
    """Return a layer's activation with what it learns, the layer's last block, in the network's vectors."""
    if activation is None or not weights or not len(activation.learned()):
        return activation
    learned = weights[-1][0]
    return activation.bound(learned, gradients[-1][0] if gradients else np.empty_like(learned))


def _needed(network: Network, input_error: bool) -> frozenset[int]:
    """Return the places whose error somebody needs: those on the way from what trains to the outputs."""
    after = {place for place, layer in enumerate(network.layers) if layer.trainable and network.blocks[place]}
    if input_error:
        after.add(INPUT)
    for place, wires in enumerate(network.wires):
        if after.intersection(wires):
            after.add(place)
    last = len(network.layers) - 1
    before = {last}
    for place in range(last, INPUT, -1):
        if place in before:
            before.update(network.wires[place])
    return frozenset(after & before)
