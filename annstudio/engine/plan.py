"""Compiled plans: the prepared calls of a whole network, in order."""

from collections.abc import Iterator

import numpy as np

from annstudio.core.calls import Array, Calls, run
from annstudio.engine.arithmetic import fast_arithmetic
from annstudio.engine.board import Board, Step
from annstudio.engine.network import INPUT, Network


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


class ForwardPlan:
    """The outputs of a network for a fixed number of samples, as after training: without luck.

    Args:
        network: what to compute.
        weights: its flat vector; read at every run, so later changes count.
        batch: number of samples.

    Attributes:
        outputs: what each layer gave in the last run, (features, batch); the next run overwrites it.
    """

    def __init__(self, network: Network, weights: Array, batch: int) -> None:
        board = Board(network, weights, batch)
        self._inputs = board.input.a
        scratch = Scratch()
        self._calls: Calls = []
        for place in range(len(network.layers)):
            self._calls += board.step(place, scratch).forward
        self._z, self._a = board.stages[-1].z, board.stages[-1].out.a
        self.outputs = [values.a for values in board.values]

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
        with fast_arithmetic():
            for chunk, found_z, found_a in self._run(inputs):
                z[chunk], a[chunk] = found_z, found_a
        return z, a

    def cost(self, inputs: Array, targets: Array) -> tuple[float, Array]:
        """Return the cost J of these samples and the outputs a, (samples, outputs)."""
        a = np.empty((self._network.outputs, len(inputs)), self._weights.dtype).T
        objective, total, weight = self._network.objective, 0.0, 0.0
        with fast_arithmetic():
            for chunk, found_z, found_a in self._run(inputs):
                a[chunk] = found_a
                losses, weights = objective.total(found_z, found_a, targets[chunk])
                total, weight = total + losses, weight + weights
        return objective.cost_of(total, weight), a

    def _run(self, inputs: Array) -> Iterator[tuple[slice, Array, Array]]:
        """Yield z and a chunk by chunk; views that the next chunk overwrites."""
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
