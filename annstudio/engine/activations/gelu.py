"""The Gaussian error linear unit, exact form."""

import math

import numpy as np

from annstudio.core.calls import Array, Calls, New, scalar
from annstudio.core.registry import Info
from annstudio.core.texts import QT_TRANSLATE_NOOP
from annstudio.engine.activations.base import Activation
from annstudio.engine.erfc import erfc


class GELU(Activation):
    """a = z·Φ(z), da/dz = Φ(z) + z·φ(z), with the normal distribution Φ(z) = ½ erfc(−z/√2) and its density φ.

    With erf in place of erfc, ½(1 + erf(z/√2)) would cancel to nothing on the left.
    """

    info = Info(
        key="gelu",
        label=QT_TRANSLATE_NOOP("annstudio", "GELU (erf)"),
        order=90,
        summary=QT_TRANSLATE_NOOP("annstudio", "Passes z times the chance that a normal random number lies below z."),
        formula="a = z Φ(z), Φ(z) = ½ (1 + erf(z/√2))",
        derivative="da/dz = Φ(z) + z φ(z), φ(z) = exp(−z²/2) / √(2π)",
        range="−0.17 ≤ a < ∞",
        reference="Hendrycks & Gimpel 2016, Gaussian error linear units (GELUs)",
        when_to_use=QT_TRANSLATE_NOOP("annstudio", "Hidden layers of deep networks; Transformers made it popular."),
        pros=QT_TRANSLATE_NOOP("annstudio", "Like ReLU, but smooth, and a slightly negative z still gets a gradient."),
        cons=QT_TRANSLATE_NOOP("annstudio", "Many times slower than ReLU, and not monotonic."),
    )
    reads_z = True
    low = -0.16997120747990366
    """The minimum, at z = −0.7518."""

    def forward(self, z: Array, a: Array, new: New) -> Calls:
        """Write z·Φ(z) into a; see Activation.forward."""
        return [*_normal(z, a, new), (np.multiply, (a, z, a))]

    def slope(self, z: Array, a: Array, out: Array, new: New) -> Calls:
        """Write Φ(z) + z·φ(z); see Activation.slope."""
        density = new(z)
        return [
            *_normal(z, out, new),
            (np.multiply, (z, z, density)),
            (np.multiply, (density, scalar(-0.5, z), density)),
            (np.exp, (density, density)),
            (np.multiply, (density, scalar(1 / math.sqrt(2 * math.pi), z), density)),
            (np.multiply, (density, z, density)),
            (np.add, (out, density, out)),
        ]


def _normal(z: Array, out: Array, new: New) -> Calls:
    """Write Φ(z) = ½ erfc(−z/√2) into out."""
    scaled = new(z)
    return [
        (np.multiply, (z, scalar(-math.sqrt(0.5), z), scaled)),
        *erfc(scaled, out, new),
        (np.multiply, (out, scalar(0.5, z), out)),
    ]
