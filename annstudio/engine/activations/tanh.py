"""The hyperbolic tangent."""

import numpy as np

from annstudio.core.registry import Info
from annstudio.core.texts import QT_TRANSLATE_NOOP
from annstudio.engine.activations.base import Activation
from annstudio.engine.calls import Array, Calls, New, scalar


class Tanh(Activation):
    """a = tanh(z), da/dz = 1 − a²."""

    info = Info(
        key="tanh",
        label=QT_TRANSLATE_NOOP("annstudio", "Tanh"),
        order=60,
        summary=QT_TRANSLATE_NOOP("annstudio", "An S-shaped curve from −1 to 1, through zero."),
        formula="a = tanh(z) = (eᶻ − e⁻ᶻ) / (eᶻ + e⁻ᶻ)",
        reference="LeCun, Bottou, Orr & Müller 1998, Efficient BackProp, section 4.4",
        when_to_use=QT_TRANSLATE_NOOP(
            "annstudio", "Hidden layers of small networks: outputs around zero help the next layer."
        ),
        pros=QT_TRANSLATE_NOOP("annstudio", "Smooth and zero-centered."),
        cons=QT_TRANSLATE_NOOP("annstudio", "Flat at both ends: gradients vanish in deep stacks."),
    )

    def forward(self, z: Array, a: Array, new: New) -> Calls:
        """Write tanh z into a; see Activation.forward."""
        return [(np.tanh, (z, a))]

    def backward(self, z: Array, a: Array, grad: Array, new: New) -> Calls:
        """Multiply grad by 1 − a²; see Activation.backward."""
        slope = new(a)
        return [
            (np.multiply, (a, a, slope)),
            (np.subtract, (scalar(1, a), slope, slope)),
            (np.multiply, (grad, slope, grad)),
        ]

    def derivative(self, z: Array) -> Array:
        """Return 4e / (1 + e)² with e = exp(−2|z|): right also where 1 − a² rounds to zero."""
        e = np.exp(-2 * np.abs(z))
        slope: Array = 4 * e / np.square(1 + e)
        return slope
