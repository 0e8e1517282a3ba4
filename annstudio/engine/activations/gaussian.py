"""The Gaussian bell."""

import numpy as np

from annstudio.core.calls import Array, Calls, New, scalar
from annstudio.core.registry import Info
from annstudio.core.texts import QT_TRANSLATE_NOOP
from annstudio.engine.activations.base import Activation


class Gaussian(Activation):
    """a = exp(−z²), da/dz = −2z·a."""

    info = Info(
        key="gaussian",
        label=QT_TRANSLATE_NOOP("annstudio", "Gaussian"),
        order=220,
        summary=QT_TRANSLATE_NOOP("annstudio", "A bell: 1 at zero, and nearly 0 far away on both sides."),
        formula="a = exp(−z²)",
        derivative="da/dz = −2 z exp(−z²) = −2 z a",
        range="0 < a ≤ 1",
        reference="Hartman, Keeler & Kowalski 1990, Layered neural networks with Gaussian hidden units as universal "
        "approximations",
        when_to_use=QT_TRANSLATE_NOOP("annstudio", "Hidden units that should answer to a narrow band of inputs only."),
        pros=QT_TRANSLATE_NOOP("annstudio", "A single unit marks a stripe; an S-shaped curve needs two for that."),
        cons=QT_TRANSLATE_NOOP("annstudio", "Almost no gradient away from zero, on either side."),
        more=True,
    )
    reads_z = True
    low, high = 0.0, 1.0

    def forward(self, z: Array, a: Array, new: New) -> Calls:
        """Write exp(−z²) into a; see Activation.forward."""
        return [(np.square, (z, a)), (np.negative, (a, a)), (np.exp, (a, a))]

    def slope(self, z: Array, a: Array, out: Array, new: New) -> Calls:
        """Write −2z·a; see Activation.slope."""
        return [(np.multiply, (z, a, out)), (np.multiply, (out, scalar(-2, z), out))]
