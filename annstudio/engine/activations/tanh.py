"""The hyperbolic tangent."""

import numpy as np

from annstudio.core.calls import Array, Calls, New, scalar
from annstudio.core.registry import Info
from annstudio.core.texts import QT_TRANSLATE_NOOP
from annstudio.engine.activations.base import Activation


class Tanh(Activation):
    """a = tanh(z), da/dz = 1 − a²."""

    info = Info(
        key="tanh",
        label=QT_TRANSLATE_NOOP("annstudio", "Tanh"),
        order=60,
        summary=QT_TRANSLATE_NOOP("annstudio", "An S-shaped curve from −1 to 1, through zero."),
        formula="a = tanh(z) = (eᶻ − e⁻ᶻ) / (eᶻ + e⁻ᶻ)",
        derivative="da/dz = 1 − a²",
        range="−1 < a < 1",
        reference="LeCun, Bottou, Orr & Müller 1998, Efficient BackProp, section 4.4",
        when_to_use=QT_TRANSLATE_NOOP(
            "annstudio", "Hidden layers of small networks: outputs around zero help the next layer."
        ),
        pros=QT_TRANSLATE_NOOP("annstudio", "Smooth and zero-centered."),
        cons=QT_TRANSLATE_NOOP("annstudio", "Flat at both ends: gradients vanish in deep stacks."),
    )
    low, high = -1.0, 1.0

    def forward(self, z: Array, a: Array, new: New) -> Calls:
        """Write tanh z into a; see Activation.forward."""
        return [(np.tanh, (z, a))]

    def slope(self, z: Array, a: Array, out: Array, new: New) -> Calls:
        """Write 1 − a²; see Activation.slope."""
        return [(np.multiply, (a, a, out)), (np.subtract, (scalar(1, a), out, out))]

    def derivative(self, z: Array) -> Array:
        """Return 4e / (1 + e)² with e = exp(−2|z|): right also where 1 − a² rounds to zero."""
        e = np.exp(-2 * np.abs(z))
        slope: Array = 4 * e / np.square(1 + e)
        return slope
