"""The sigmoid linear unit, also called swish."""

import numpy as np

from annstudio.core.calls import Array, Calls, New
from annstudio.core.registry import Info
from annstudio.core.texts import QT_TRANSLATE_NOOP
from annstudio.engine.activations._gates import gate_and_slope, gated
from annstudio.engine.activations.base import Activation


class SiLU(Activation):
    """a = z·σ(z), da/dz = σ(z) + z·σ′(z), with the logistic function σ."""

    info = Info(
        key="silu",
        label=QT_TRANSLATE_NOOP("annstudio", "SiLU (swish)"),
        order=160,
        summary=QT_TRANSLATE_NOOP("annstudio", "Passes z times its own logistic: a smooth ReLU with a small dip."),
        formula="a = z σ(z), σ(z) = 1 / (1 + e⁻ᶻ)",
        derivative="da/dz = σ(z) + z σ(z) (1 − σ(z))",
        range="−0.278 ≤ a < ∞",
        reference="Elfwing, Uchibe & Doya 2018, Sigmoid-weighted linear units for neural network function "
        "approximation in reinforcement learning; as swish: Ramachandran, Zoph & Le 2017",
        when_to_use=QT_TRANSLATE_NOOP("annstudio", "Hidden layers of deep networks, in place of ReLU."),
        pros=QT_TRANSLATE_NOOP("annstudio", "Smooth, and a slightly negative z still gets a gradient."),
        cons=QT_TRANSLATE_NOOP("annstudio", "Slower than ReLU, and not monotonic: it dips below zero on the left."),
        aliases=("swish",),
        more=True,
    )
    reads_z = True
    low = -0.2784645427610738
    """The minimum, at z = −1.2785."""

    def forward(self, z: Array, a: Array, new: New) -> Calls:
        """Write z·σ(z) into a; see Activation.forward."""
        return gated(z, z, a, new)

    def slope(self, z: Array, a: Array, out: Array, new: New) -> Calls:
        """Write σ(z) + z·σ′(z); see Activation.slope."""
        bend = new(z)
        return [
            *gate_and_slope(z, out, bend, new),
            (np.multiply, (bend, z, bend)),
            (np.add, (out, bend, out)),
        ]
