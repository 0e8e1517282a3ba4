"""The softsign."""

import numpy as np

from annstudio.core.calls import Array, Calls, New, scalar
from annstudio.core.registry import Info
from annstudio.core.texts import QT_TRANSLATE_NOOP
from annstudio.engine.activations.base import Activation


class Softsign(Activation):
    """a = z / (1 + |z|), da/dz = 1 / (1 + |z|)²."""

    info = Info(
        key="softsign",
        label=QT_TRANSLATE_NOOP("annstudio", "Softsign"),
        order=190,
        summary=QT_TRANSLATE_NOOP("annstudio", "An S-shaped curve from −1 to 1 that approaches its ends slowly."),
        formula="a = z / (1 + |z|)",
        derivative="da/dz = 1 / (1 + |z|)²",
        range="−1 < a < 1",
        reference="Elliott 1993, A better activation function for artificial neural networks",
        when_to_use=QT_TRANSLATE_NOOP("annstudio", "Hidden layers, in place of tanh, when units saturate."),
        pros=QT_TRANSLATE_NOOP("annstudio", "Zero-centered, needs no exponential, and its gradient fades slowly."),
        cons=QT_TRANSLATE_NOOP("annstudio", "Away from zero it is less steep than tanh, so learning can take longer."),
        more=True,
    )
    reads_z = True
    low, high = -1.0, 1.0

    def forward(self, z: Array, a: Array, new: New) -> Calls:
        """Write z / (1 + |z|) into a; see Activation.forward."""
        return [(np.abs, (z, a)), (np.add, (a, scalar(1, z), a)), (np.divide, (z, a, a))]

    def slope(self, z: Array, a: Array, out: Array, new: New) -> Calls:
        """Write 1 / (1 + |z|)²; see Activation.slope."""
        return [
            (np.abs, (z, out)),
            (np.add, (out, scalar(1, z), out)),
            (np.square, (out, out)),
            (np.reciprocal, (out, out)),
        ]
