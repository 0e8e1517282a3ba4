"""One layer at work inside a plan: its buffers for one batch size."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from annstudio.core.calls import Array, Calls, New
from annstudio.engine.activations.base import Activation


@dataclass(eq=False)
class Values:
    """What flows from one layer to others: buffers for one batch.

    Attributes:
        full: (features + 1, batch); its last row is all ones, which turns a bias into a weight like any other. None
            behind the last layer, where nobody needs it.
        a: (features, batch), the same memory without that row.
        error: where the layer behind writes dJ/da, (features, batch); None where nobody needs it.
    """

    full: Array | None
    a: Array
    error: Array | None = None


@dataclass(eq=False)
class Stage:
    """The buffers that a layer states its formulas with.

    Attributes:
        inputs: what comes in, one per wire.
        out: what goes out.
        z: pre-activations, (features, batch), where the layer has an activation; out.a itself where it can be.
        error: dJ/d(out) on entry of backward; None in a plan that only looks.
        weights: its blocks of parameters; read.
        gradients: likewise dJ/dw, to be written; None for a layer that does not train.
        statistics: its blocks of statistics; written in training, else read.
        input_shapes, output_shape: of one sample.
        training: the plan trains; else it only looks, without luck and with the statistics of the training.
        rng: where luck comes from.
        new: gives scratch buffers.
        activation: the layer's, with its learned parameters bound.
        slope: da/dz is computed into this buffer before backward begins; None where the layer has to do it.
        error_is_dz: the loss has its own short way to dJ/dz.
    """

    inputs: Sequence[Values]
    out: Values
    z: Array
    error: Array | None
    weights: Sequence[Array]
    gradients: Sequence[Array] | None
    statistics: Sequence[Array]
    input_shapes: Sequence[tuple[int, ...]]
    output_shape: tuple[int, ...]
    training: bool
    new: New
    rng: np.random.Generator = field(default_factory=np.random.default_rng)
    activation: Activation | None = None
    slope: Array | None = None
    error_is_dz: bool = False

    @property
    def batch(self) -> int:
        """Number of samples."""
        return int(self.out.a.shape[1])

    def scratch(self, *shape: int) -> Array:
        """Return a scratch buffer of this shape."""
        return self.new(np.empty(shape, self.out.a.dtype))

    def bend(self) -> Calls:
        """Return the calls a = f(z)."""
        return self.activation.forward(self.z, self.out.a, self.new) if self.activation is not None else []

    def unbend(self) -> Calls:
        """Return the calls that turn the error from dJ/da into dJ/dz, in place."""
        if self.error is None or self.activation is None or self.error_is_dz:
            return []
        if self.slope is not None:
            return [(np.multiply, (self.error, self.slope, self.error))]
        return self.activation.backward(self.z, self.out.a, self.error, self.new)

    def pass_error(self) -> Calls:
        """Return the call that hands the error on to the only input as it is; none where nobody needs it."""
        (x,) = self.inputs
        return [] if x.error is None else [(np.copyto, (x.error, self.error))]
