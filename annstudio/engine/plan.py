"""Compiled plans: a network bound to buffers, as lists of prepared calls.

Buffers are feature-major, (features, batch). Behind what a layer gives there is one more row, all ones, which turns
a bias into a weight like any other: z = [W; b]ᵀ [x; 1]. The layers state their own formulas (layers/*.py); a plan
gives them buffers, puts their calls in order, and adds up the errors of a layer that several others read.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np

from annstudio.engine.calls import Array, Calls, New, run
from annstudio.engine.layers.base import Layer, features
from annstudio.engine.network import INPUT, Network
from annstudio.engine.objective import Objective
from annstudio.engine.slopes import shared_slopes
from annstudio.engine.stage import Stage, Values


class Scratch:
    """Hands out scratch buffers and, after rewind, the same ones again.

    Several lists of calls that never run at the same time can so share their scratch space.
    """

    def __init__(self) -> None:
        self._buffers: list[Array] = []
        self._next = 0

    def __call__(self, like: Array) -> Array:
        """Return the next buffer; the first round decides its shape and type."""
        if self._next == len(self._buffers):
            self._buffers.append(np.empty(like.shape, like.dtype))
        self._next += 1
        return self._buffers[self._next - 1]

    def rewind(self) -> None:
        """Start handing out from the first buffer again."""
        self._next = 0


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
        self._training = gradient is not None
        self._keep_z = keep_z
        self._needed = _needed(network, input_error) if gradient is not None else frozenset()
        last = len(network.layers) - 1
        self.input = _values(network.inputs, batch, weights, full=True, error=INPUT in self._needed)
        self.wants_copy = not all(
            network.layers[place].takes_slices for place, wires in enumerate(network.wires) if INPUT in wires
        )
        """Some layer wants the samples as a contiguous matrix."""
        self.slopes = shared_slopes(network, self._needed, batch, weights, self.objective)
        self.values: list[Values] = []
        for place, layer in enumerate(network.layers):
            self.values.append(self._output(place, layer, batch, weights, full=place != last))
        views, statistics = network.views(weights), network.statistics_views(weights)
        gradients = network.views(gradient) if gradient is not None else [[]] * len(network.layers)
        self._gather: list[Calls] = [[] for _ in network.layers]
        inputs = self._wire()
        self.stages: list[Stage] = []
        for place, layer in enumerate(network.layers):
            stage = Stage(
                inputs=inputs[place],
                out=self.values[place],
                z=self._z(place, layer, inputs[place]),
                error=self.values[place].error,
                weights=views[place],
                gradients=gradients[place] if self._training and layer.trainable else None,
                statistics=statistics[place],
                input_shapes=network.input_shapes(place),
                output_shape=network.shapes[place],
                training=self._training,
                new=np.empty_like,
                activation=layer.activation,
                slope=self.slopes.slope_of(place),
                error_is_dz=place == last and self.objective.gives_dz,
            )
            if rngs:
                stage.rng = rngs[place]
            if layer.activation is not None and len(views[place]) and len(layer.activation.learned()):
                learned = views[place][-1][0]
                slopes = stage.gradients[-1][0] if stage.gradients else np.empty_like(learned)
                stage.activation = layer.activation.bound(learned, slopes)
            self.stages.append(stage)

    def step(self, place: int, new: New) -> Step:
        """Return the calls of one layer with the buffers as they are now."""
        stage = self.stages[place]
        stage.new = new
        forward, backward = self.network.layers[place].calls(stage)
        if stage.error is None:
            # Nothing leads from here to the outputs, so that a gradient there is zero.
            backward = [(gradient.fill, (0,)) for gradient in stage.gradients or ()]
        return Step(forward, backward, self._gather[place])

    def _output(self, place: int, layer: Layer, batch: int, like: Array, full: bool) -> Values:
        needed = place in self._needed
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
        last = place == len(self.network.layers) - 1
        return np.empty_like(out) if last or self._keep_z or layer.activation.reads_z else out

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


class ForwardPlan:
    """The outputs of a network for a fixed number of samples, as after training: without luck.

    Args:
        network: what to compute.
        weights: its flat vector; read at every run, so later changes count.
        batch: number of samples.
    """

    def __init__(self, network: Network, weights: Array, batch: int) -> None:
        board = Board(network, weights, batch)
        self._inputs = board.input.a
        scratch = Scratch()
        self._calls: Calls = []
        for place in range(len(network.layers)):
            self._calls += board.step(place, scratch).forward
        self._z, self._a = board.stages[-1].z, board.stages[-1].out.a

    def run(self, inputs: Array) -> tuple[Array, Array]:
        """Return z and a of the output layer, (batch, outputs); views that the next run overwrites.

        Args:
            inputs: (batch, features).
        """
        np.copyto(self._inputs, inputs.T)
        run(self._calls)
        return self._z.T, self._a.T


class Evaluator:
    """The outputs of a network for any number of samples, in chunks of bounded size."""

    _CHUNK = 2048
    _CHUNK_VALUES = 4_000_000
    """Values that the widest layer may hold for a chunk: it bounds the memory, and the time until the next chunk."""

    def __init__(self, network: Network, weights: Array) -> None:
        self._network = network
        self._weights = weights
        self._plans: dict[int, ForwardPlan] = {}
        rooms = (layer.room(network.input_shapes(place)) for place, layer in enumerate(network.layers))
        widest = max(network.inputs, *rooms)
        self.chunk = max(1, min(self._CHUNK, self._CHUNK_VALUES // widest))

    def outputs(self, inputs: Array) -> tuple[Array, Array]:
        """Return the output layer's z and a, (samples, outputs), of inputs (samples, features)."""
        z = np.empty((self._network.outputs, len(inputs)), self._weights.dtype).T
        a = np.empty_like(z)
        for chunk, found_z, found_a in self._run(inputs):
            z[chunk], a[chunk] = found_z, found_a
        return z, a

    def cost(self, inputs: Array, targets: Array) -> tuple[float, Array]:
        """Return the cost J of these samples and the outputs a, (samples, outputs)."""
        a = np.empty((self._network.outputs, len(inputs)), self._weights.dtype).T
        objective, total, weight = self._network.objective, 0.0, 0.0
        for chunk, found_z, found_a in self._run(inputs):
            a[chunk] = found_a
            losses, weights = objective.total(found_z, found_a, targets[chunk])
            total, weight = total + losses, weight + weights
        return objective.cost_of(total, weight), a

    def _run(self, inputs: Array) -> Iterator[tuple[slice, Array, Array]]:
        """Yield z and a chunk by chunk; views that the next chunk overwrites."""
        with np.errstate(all="ignore"):
            for start in range(0, len(inputs), self.chunk):
                part = inputs[start : start + self.chunk]
                yield slice(start, start + len(part)), *self._plan(len(part)).run(part)

    def _plan(self, batch: int) -> ForwardPlan:
        if batch not in self._plans:
            if len(self._plans) > 8:
                self._plans.clear()
            self._plans[batch] = ForwardPlan(self._network, self._weights, batch)
        return self._plans[batch]


class GradientPlan:
    """Forward and backward of one batch size; it leaves dJ/dw of the batch in the flat gradient.

    Args:
        board: of the batch size, with a gradient.

    Attributes:
        factor: what the loss's own constant and the caller make of it multiplies the errors; 0-d. A caller may set it
            to a multiple of `scale`, and the gradient is multiplied likewise.
        scale: the loss's own constant.
    """

    def __init__(self, board: Board) -> None:
        self.board = board
        last = board.stages[-1]
        self.scale = board.objective.scale(last.batch, len(last.out.a))
        self.factor = np.array(self.scale, last.out.a.dtype)
        self._scratch = Scratch()
        inner = Scratch()
        end = len(board.stages) - 1
        self._varying = frozenset(
            place
            for place, wires in enumerate(board.network.wires)
            if place == end or (INPUT in wires and not board.wants_copy)
        )
        """Layers whose calls are bound to the samples of a batch."""
        self._fixed = {place: board.step(place, inner) for place in range(end + 1) if place not in self._varying}

    def steps(self, h: Array, z: Array | None = None) -> list[Step]:
        """Return the calls of every layer, in order, for one batch.

        Args:
            h: inputs with their row of ones, (features + 1, batch).
            z: where the output layer's pre-activations are to be kept, (outputs, batch).
        """
        board = self.board
        self._scratch.rewind()
        if not board.wants_copy:
            board.input.full, board.input.a = h, h[:-1]
        self._bind_input(h)
        last = board.stages[-1]
        keep: Calls = []
        if z is not None and board.network.layers[-1].own_z:
            last.z = z
        elif z is not None:
            keep = [(np.copyto, (z, last.z))]
        steps = [
            board.step(place, self._scratch) if place in self._varying else self._fixed[place]
            for place in range(len(board.stages))
        ]
        steps[-1].forward += keep
        return steps

    def calls(self, h: Array, t: Array, z: Array | None = None) -> Calls:
        """Return the calls for one batch.

        Args:
            h: inputs with their row of ones, (features + 1, batch).
            t: targets, (outputs, batch).
            z: where the output layer's pre-activations are to be kept, (outputs, batch).
        """
        forward, backward = self.halves(h, t, z)
        return forward + backward

    def halves(self, h: Array, t: Array, z: Array | None = None) -> tuple[Calls, Calls]:
        """Return the calls of forward and of backward for one batch; see calls."""
        steps = self.steps(h, z)
        forward: Calls = [(np.copyto, (self.board.input.a, h[:-1]))] if self.board.wants_copy else []
        for step in steps:
            forward += step.forward
        backward = self.errors(t)
        for step in reversed(steps):
            backward += step.backward
            backward += step.gather
        return forward, backward

    def errors(self, t: Array) -> Calls:
        """Return the calls between forward and backward: shared slopes, and how errors begin at the outputs."""
        last = self.board.stages[-1]
        if last.error is None:
            return []
        begin = self.board.objective.error(last.out.a, t, last.error, self._scratch, self.factor)
        return [*self.board.slopes.calls, *begin]

    def _bind_input(self, h: Array) -> None:
        if self.board.wants_copy:
            return
        for place, wires in enumerate(self.board.network.wires):
            for wire, source in enumerate(wires):
                if source == INPUT:
                    values = self.board.stages[place].inputs[wire]
                    values.full, values.a = h, h[:-1]


def _values(size: int, batch: int, like: Array, full: bool, error: bool) -> Values:
    rows = np.ones((size + full, batch), like.dtype)
    return Values(rows if full else None, rows[:size], np.empty((size, batch), like.dtype) if error else None)


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
