"""The Gaussian error linear unit, approximate form."""

import math

import numpy as np

from annstudio.core.calls import Array, Calls, New, scalar
from annstudio.core.registry import Info
from annstudio.core.texts import QT_TRANSLATE_NOOP
from annstudio.engine.activations._gates import gate_and_slope, gated
from annstudio.engine.activations.base import Activation

_LINEAR = math.sqrt(8 / math.pi)
_CUBIC = 0.044715 * _LINEAR


class GELUTanh(Activation):
    """a = ½z(1 + tanh u) with u = √(2/π)(z + 0.044715z³).

    It is computed as z·σ(v) with v = 2u: the same function, since ½(1 + tanh u) = σ(2u), but right also on the far
    left, where 1 + tanh u cancels. So da/dz = σ(v) + z·σ′(v)·v′.
    """

    info = Info(
        key="gelu_tanh",
        label=QT_TRANSLATE_NOOP("annstudio", "GELU (tanh approximation)"),
        order=150,
        summary=QT_TRANSLATE_NOOP("annstudio", "Nearly GELU, by a formula that is easier to compute."),
        formula="a = ½ z (1 + tanh u), u = √(2/π) (z + 0.044715 z³)",
        derivative="da/dz = ½ (1 + tanh u) + ½ z (1 − tanh² u) √(2/π) (1 + 0.134145 z²)",
        range="−0.17 ≤ a < ∞",
        reference="Hendrycks & Gimpel 2016, Gaussian error linear units (GELUs)",
        when_to_use=QT_TRANSLATE_NOOP("annstudio", "To match networks that were trained with it, such as GPT-2."),
        pros=QT_TRANSLATE_NOOP("annstudio", "Faster than the exact GELU and never more than 0.0005 away from it."),
        cons=QT_TRANSLATE_NOOP("annstudio", "Not the same function: do not mix the two forms in one network."),
        more=True,
    )
    reads_z = True
    low = -0.17004075057125405
    """The minimum, at z = −0.7525."""

    def forward(self, z: Array, a: Array, new: New) -> Calls:
        """Write z·σ(v) into a, v = z(c + d·z²); see Activation.forward."""
        v = new(z)
        return [
            (np.multiply, (z, z, v)),
            (np.multiply, (v, scalar(_CUBIC, z), v)),
            (np.add, (v, scalar(_LINEAR, z), v)),
            (np.multiply, (v, z, v)),
            *gated(z, v, a, new),
        ]

    def slope(self, z: Array, a: Array, out: Array, new: New) -> Calls:
        """Write σ(v) + z·σ′(v)·(c + 3d·z²); see Activation.slope."""
        square, v, bend = new(z), new(z), new(z)
        return [
            (np.multiply, (z, z, square)),
            (np.multiply, (square, scalar(_CUBIC, z), square)),
            (np.add, (square, scalar(_LINEAR, z), v)),
            (np.multiply, (v, z, v)),
            *gate_and_slope(v, out, bend, new),
            (np.multiply, (square, scalar(3, z), square)),
            (np.add, (square, scalar(_LINEAR, z), square)),
            (np.multiply, (bend, square, bend)),
            (np.multiply, (bend, z, bend)),
            (np.add, (out, bend, out)),
        ]
