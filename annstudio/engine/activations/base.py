"""What an activation is."""

import math
from typing import ClassVar, Self

import numpy as np

from annstudio.core.calls import Array, Calls, New, run
from annstudio.core.params import Value
from annstudio.core.registry import Info


class Activation:
    """A function from pre-activations z to activations a.

    A file of this package holds one subclass. It states its formula twice, as prepared calls: `forward` and `slope`,
    or, where the a of a unit depends on the z of others too, `forward` and `backward`. Buffers inside a plan are
    feature-major, (units, batch); the public methods take and return (batch, units).

    Attributes:
        reads_z: slope or backward needs z. Where it does not, a plan computes a in place of z.
        elementwise: each a depends on its own z alone (not so for softmax).
        defined_everywhere: it gives a finite number for every finite z.
        differentiable: gradient descent can use the derivative (not so for the binary step).
        kinks: the z at which the derivative jumps; parameters may move them.
        poles: the z beside which there are values, but none at it; parameters may move them.
        low, high: no a lies below or above; values may come as near as rounding lets them. Parameters may move them.
    """

    info: ClassVar[Info]
    reads_z: ClassVar[bool] = False
    elementwise: ClassVar[bool] = True
    defined_everywhere: ClassVar[bool] = True
    differentiable: ClassVar[bool] = True
    kinks: tuple[float, ...] = ()
    poles: tuple[float, ...] = ()
    low: float = -math.inf
    high: float = math.inf

    def __init__(self, **values: Value) -> None:
        self.params = self.info.check(values)

    def forward(self, z: Array, a: Array, new: New) -> Calls:
        """Return the calls that write the activation of z into a.

        Args:
            z: pre-activations, (units, batch); may be a itself unless reads_z.
            a: result, same shape.
            new: gives scratch buffers.
        """
        raise NotImplementedError

    def slope(self, z: Array, a: Array, out: Array, new: New) -> Calls:
        """Return the calls that write da/dz into out; for elementwise activations only.

        A plan may make these calls once for several layers whose buffers lie side by side.

        Args:
            z: pre-activations, any shape; not meaningful unless reads_z.
            a: the activations at z, same shape.
            out: result, same shape; neither z nor a.
            new: gives scratch buffers.
        """
        raise NotImplementedError

    def backward(self, z: Array, a: Array, grad: Array, new: New) -> Calls:
        """Return the calls that turn grad from dJ/da into dJ/dz, in place: the slope times grad.

        Args:
            z: pre-activations, (units, batch); not meaningful unless reads_z.
            a: the activations at z.
            grad: dJ/da on entry, dJ/dz afterwards.
            new: gives scratch buffers.
        """
        slope = new(a)
        return [*self.slope(z, a, slope, new), (np.multiply, (grad, slope, grad))]

    def learned(self) -> Array:
        """Return where those parameters of the activation start that training changes, (parameters,); mostly none."""
        return np.empty(0)

    def bound(self, learned: Array, gradient: Array) -> Self:
        """Return this activation with its learned parameters in the network's vectors.

        Args:
            learned: current values, (parameters,); read at every run.
            gradient: dJ/d of each, same shape; backward writes it.
        """
        return self

    def value(self, z: Array) -> Array:
        """Return the activations of z, (batch, units)."""
        columns = np.ascontiguousarray(np.atleast_2d(z).T)
        a = np.empty_like(columns)
        with np.errstate(all="ignore"):
            run(self.forward(columns, a, np.empty_like))
        return a.T.reshape(np.shape(z))

    def derivative(self, z: Array) -> Array:
        """Return the slope of each unit's a by its own z, (batch, units)."""
        columns = np.ascontiguousarray(np.atleast_2d(z).T)
        a, slopes = np.empty_like(columns), np.empty_like(columns)
        with np.errstate(all="ignore"):
            run(self.forward(columns, a, np.empty_like))
            if self.elementwise:
                run(self.slope(columns, a, slopes, np.empty_like))
            else:
                self._own_slopes(columns, a, slopes)
        return slopes.T.reshape(np.shape(z))

    def _own_slopes(self, z: Array, a: Array, slopes: Array) -> None:
        """Write daₖ/dzₖ by asking one unit at a time; all arrays (units, batch)."""
        for unit in range(len(z)):
            grad = np.zeros_like(a)
            grad[unit] = 1
            run(self.backward(z, a, grad, np.empty_like))
            slopes[unit] = grad[unit]
