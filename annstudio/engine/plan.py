"""Compiled plans: a network bound to buffers, as lists of prepared calls.

Buffers are feature-major, (units, batch). The input buffer of each layer has one more row, all ones, which turns the
bias into a weight like any other: z = [W; b]ᵀ [h; 1]. With blocks laid out as (inputs + 1, units), the products are

    forward    z  = blockᵀ · h
    backward   dJ/dblock = h · (dJ/dz)ᵀ
               dJ/dh = W · dJ/dz            (the block without its last row)
"""

import numpy as np

from annstudio.engine.calls import Array, Calls, New, run
from annstudio.engine.layers.dense import Dense
from annstudio.engine.network import Network


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


class _Layer:
    """The buffers of one dense layer for one batch size, and its calls."""

    def __init__(self, layer: Dense, block: Array, batch: int, last: bool) -> None:
        self.activation = layer.activation
        self.block = block
        units = block.shape[1]
        self.out = np.ones((units + (not last), batch), block.dtype)
        """What the next layer reads: the activations and, unless this layer is the last, the row of ones."""
        self.a = self.out[:units]
        keep_z = last or layer.activation.reads_z
        self.z = np.empty_like(self.a) if keep_z else self.a

    def forward(self, h: Array, new: New) -> Calls:
        """Return the calls z = blockᵀ·h, a = f(z).

        The bound method `dot` lets go of the interpreter lock at every call, so the window stays smooth.
        """
        return [(self.block.T.dot, (h, self.z)), *self.activation.forward(self.z, self.a, new)]


class ForwardPlan:
    """The outputs of a network for a fixed number of samples.

    Args:
        network: what to compute.
        weights: its flat weights; read at every run, so later changes count.
        batch: number of samples.
    """

    def __init__(self, network: Network, weights: Array, batch: int) -> None:
        self._inputs = np.ones((network.inputs + 1, batch), weights.dtype)
        self._calls: Calls = []
        h, scratch = self._inputs, Scratch()
        last = len(network.layers) - 1
        for position, (layer, block) in enumerate(zip(network.layers, network.views(weights), strict=True)):
            stage = _Layer(layer, block, batch, last=position == last)
            self._calls += stage.forward(h, scratch)
            h = stage.out
        self._z, self._a = stage.z, stage.a

    def run(self, inputs: Array) -> tuple[Array, Array]:
        """Return z and a of the output layer, (batch, outputs); views that the next run overwrites.

        Args:
            inputs: (batch, features).
        """
        self._inputs[:-1] = inputs.T
        run(self._calls)
        return self._z.T, self._a.T


class Evaluator:
    """The outputs of a network for any number of samples, in chunks of bounded size."""

    CHUNK = 2048

    def __init__(self, network: Network, weights: Array) -> None:
        self._network = network
        self._weights = weights
        self._plans: dict[int, ForwardPlan] = {}

    def outputs(self, inputs: Array) -> tuple[Array, Array]:
        """Return the output layer's z and a, (samples, outputs), of inputs (samples, features)."""
        z = np.empty((len(inputs), self._network.outputs), self._weights.dtype)
        a = np.empty_like(z)
        with np.errstate(all="ignore"):
            for start in range(0, len(inputs), self.CHUNK):
                part = inputs[start : start + self.CHUNK]
                chunk = slice(start, start + len(part))
                z[chunk], a[chunk] = self._plan(len(part)).run(part)
        return z, a

    def cost(self, inputs: Array, targets: Array) -> tuple[float, Array]:
        """Return the cost J of these samples and the outputs a, (samples, outputs)."""
        z, a = self.outputs(inputs)
        return self._network.objective.cost(z, a, targets), a

    def _plan(self, batch: int) -> ForwardPlan:
        if batch not in self._plans:
            if len(self._plans) > 8:
                self._plans.clear()
            self._plans[batch] = ForwardPlan(self._network, self._weights, batch)
        return self._plans[batch]


class GradientPlan:
    """Forward and backward of one batch size; it leaves dJ/dw of the batch in the flat gradient.

    Args:
        network: what to train.
        weights: flat weights, read.
        gradient: flat gradient, written, same shape.
        batch: number of samples.
    """

    def __init__(self, network: Network, weights: Array, gradient: Array, batch: int) -> None:
        self._objective = network.objective
        self._scratch = Scratch()
        self._gradients = network.views(gradient)
        last = len(network.layers) - 1
        self._layers = [
            _Layer(layer, block, batch, last=position == last)
            for position, (layer, block) in enumerate(zip(network.layers, network.views(weights), strict=True))
        ]
        self._errors = [np.empty_like(layer.a) for layer in self._layers]
        self._inner_forward, self._inner_backward = self._inner()

    def calls(self, h: Array, t: Array) -> Calls:
        """Return the calls for one batch.

        Args:
            h: inputs with their row of ones, (features + 1, batch).
            t: targets, (outputs, batch).
        """
        first, last = self._layers[0], self._layers[-1]
        self._scratch.rewind()
        return [
            *first.forward(h, self._scratch),
            *self._inner_forward,
            *self._objective.gradient(last.z, last.a, t, self._errors[-1], self._scratch),
            *self._inner_backward,
            (h.dot, (self._errors[0].T, self._gradients[0])),
        ]

    def _inner(self) -> tuple[Calls, Calls]:
        """Return what is the same for every batch: forward after the first layer, backward down to its error."""
        scratch = Scratch()
        forward: Calls = []
        backward: Calls = []
        for position in range(1, len(self._layers)):
            layer, below = self._layers[position], self._layers[position - 1]
            forward += layer.forward(below.out, scratch)
            error, error_below = self._errors[position], self._errors[position - 1]
            backward[:0] = [
                (below.out.dot, (error.T, self._gradients[position])),
                (layer.block[:-1].dot, (error, error_below)),
                *below.activation.backward(below.z, below.a, error_below, scratch),
            ]
        return forward, backward
