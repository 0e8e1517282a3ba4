"""The rectified linear unit whose slope for negative z is learned."""

from copy import copy
from typing import Self

import numpy as np

from annstudio.core.calls import Array, Calls, New, constant, maximum, minimum, scalar
from annstudio.core.params import Real, Value
from annstudio.core.registry import Info
from annstudio.core.texts import QT_TRANSLATE_NOOP
from annstudio.engine.activations.base import Activation


class PReLU(Activation):
    """a = max(z, 0) + s·min(z, 0); da/dz is 1 where z > 0, else s, by convention also at z = 0.

    Training changes the slope s, one for all units of a layer: dJ/ds = Σ dJ/da·min(z, 0) over units and samples.
    Until it is bound to a network's vectors, it computes with the s it starts from.
    """

    info = Info(
        key="prelu",
        label=QT_TRANSLATE_NOOP("annstudio", "PReLU"),
        order=110,
        summary=QT_TRANSLATE_NOOP("annstudio", "A leaky ReLU that learns its own slope for what is negative."),
        formula="a = z for z > 0, s z otherwise; s is learned",
        derivative="da/dz = 1 for z > 0, s otherwise; da/ds = min(0, z)",
        range="−∞ < a < ∞",
        reference="He, Zhang, Ren & Sun 2015, Delving deep into rectifiers: surpassing human-level performance on "
        "ImageNet classification",
        params=(
            Real(
                key="slope",
                label=QT_TRANSLATE_NOOP("annstudio", "First slope s"),
                default=0.25,
                help=QT_TRANSLATE_NOOP("annstudio", "The negative slope before training. 0.25 is PyTorch's default."),
                minimum=0,
                maximum=1,
            ),
        ),
        when_to_use=QT_TRANSLATE_NOOP("annstudio", "Hidden layers, when you would rather not choose a leaky slope."),
        pros=QT_TRANSLATE_NOOP("annstudio", "One more learned number per layer, and no unit can die at first."),
        cons=QT_TRANSLATE_NOOP("annstudio", "On little data the slope may be fitted to noise."),
        more=True,
    )
    reads_z = True
    kinks = (0.0,)

    def __init__(self, **values: Value) -> None:
        super().__init__(**values)
        self._slope = self.learned()[0, ...]
        self._gradient: Array | None = None

    def learned(self) -> Array:
        """Return the s to start from, (1,); see Activation.learned."""
        return np.array([self.params["slope"]], dtype=np.float64)

    def bound(self, learned: Array, gradient: Array) -> Self:
        """Return a copy that reads s and writes dJ/ds there, (1,) each; see Activation.bound."""
        bound = copy(self)
        bound._slope, bound._gradient = learned[0, ...], gradient[0, ...]
        return bound

    def forward(self, z: Array, a: Array, new: New) -> Calls:
        """Write max(z, 0) + s·min(z, 0) into a: s may leave 0 … 1 in training; see Activation.forward."""
        left, zero = new(z), constant(0, z)
        return [
            minimum(z, zero, left),
            (np.multiply, (left, self._slope_for(z), left)),
            maximum(z, zero, a),
            (np.add, (a, left, a)),
        ]

    def slope(self, z: Array, a: Array, out: Array, new: New) -> Calls:
        """Write [z > 0] + s·[z ≤ 0]; see Activation.slope."""
        left = new(z)
        return [
            maximum(z, constant(0, z), out),
            (np.sign, (out, out)),
            (np.subtract, (scalar(1, z), out, left)),
            (np.multiply, (left, self._slope_for(z), left)),
            (np.add, (out, left, out)),
        ]

    def backward(self, z: Array, a: Array, grad: Array, new: New) -> Calls:
        """Write dJ/ds, if bound, then turn grad from dJ/da into dJ/dz; see Activation.backward."""
        return [*self._slope_gradient(z, grad, new), *super().backward(z, a, grad, new)]

    def _slope_gradient(self, z: Array, grad: Array, new: New) -> Calls:
        if self._gradient is None:
            return []
        part = new(z)
        return [
            minimum(z, constant(0, z), part),
            (np.multiply, (part, grad, part)),
            (np.add.reduce, (part, None, None, self._gradient)),
        ]

    def _slope_for(self, z: Array) -> Array:
        """Return s as it is bound, or where it starts, in the type of z."""
        return self._slope if self._gradient is not None else self._slope.astype(z.dtype)
