"""The arc tangent."""

import math

import numpy as np

from annstudio.core.calls import Array, Calls, New, scalar
from annstudio.core.registry import Info
from annstudio.core.texts import QT_TRANSLATE_NOOP
from annstudio.engine.activations.base import Activation


class Arctan(Activation):
    """a = arctan z, da/dz = 1 / (1 + z²)."""

    info = Info(
        key="arctan",
        label=QT_TRANSLATE_NOOP("annstudio", "Arctan"),
        order=200,
        summary=QT_TRANSLATE_NOOP("annstudio", "An S-shaped curve from −π/2 to π/2, through zero."),
        formula="a = arctan(z)",
        derivative="da/dz = 1 / (1 + z²)",
        range="−π/2 < a < π/2",
        reference="Kamruzzaman & Aziz 2002, A note on activation function in multilayer feedforward learning",
        when_to_use=QT_TRANSLATE_NOOP("annstudio", "To compare with tanh: much the same curve with slower ends."),
        pros=QT_TRANSLATE_NOOP("annstudio", "Smooth and zero-centered, and its gradient fades slowly."),
        cons=QT_TRANSLATE_NOOP("annstudio", "Still flat at both ends, and rarely used."),
        more=True,
    )
    reads_z = True
    low, high = -math.pi / 2, math.pi / 2

    def forward(self, z: Array, a: Array, new: New) -> Calls:
        """Write arctan z into a; see Activation.forward."""
        return [(np.arctan, (z, a))]

    def slope(self, z: Array, a: Array, out: Array, new: New) -> Calls:
        """Write 1 / (1 + z²); see Activation.slope."""
        return [(np.square, (z, out)), (np.add, (out, scalar(1, z), out)), (np.reciprocal, (out, out))]
