"""The logistic function, also called the sigmoid."""

import numpy as np

from annstudio.core.calls import Array, Calls, New, constant, minimum, scalar
from annstudio.core.registry import Info
from annstudio.core.texts import QT_TRANSLATE_NOOP
from annstudio.engine.activations.base import Activation


class Logistic(Activation):
    """a = 1 / (1 + e⁻ᶻ), da/dz = a(1 − a)."""

    info = Info(
        key="logistic",
        label=QT_TRANSLATE_NOOP("annstudio", "Logistic (sigmoid)"),
        order=10,
        summary=QT_TRANSLATE_NOOP("annstudio", "An S-shaped curve from 0 to 1, read as a probability."),
        formula="a = 1 / (1 + e⁻ᶻ)",
        derivative="da/dz = a (1 − a)",
        range="0 < a < 1",
        reference="Rumelhart, Hinton & Williams 1986, Learning representations by back-propagating errors",
        when_to_use=QT_TRANSLATE_NOOP("annstudio", "The output of a yes-or-no classifier, with log loss."),
        pros=QT_TRANSLATE_NOOP("annstudio", "Smooth, and its output is a probability."),
        cons=QT_TRANSLATE_NOOP("annstudio", "Slope of at most ¼ and flat ends: gradients vanish in deep stacks."),
        aliases=("sigmoid",),
    )
    low, high = 0.0, 1.0

    def forward(self, z: Array, a: Array, new: New) -> Calls:
        """Write exp(min(z, 0)) / (1 + exp(−|z|)) into a; see Activation.forward.

        It is the same function, but no power exceeds 1; the usual formula overflows at z = −710, in single
        precision at −89.
        """
        power, denominator = new(z), new(z)
        return [
            minimum(z, constant(0, z), power),
            (np.exp, (power, power)),
            (np.abs, (z, denominator)),
            (np.negative, (denominator, denominator)),
            (np.exp, (denominator, denominator)),
            (np.add, (denominator, scalar(1, z), denominator)),
            (np.divide, (power, denominator, a)),
        ]

    def slope(self, z: Array, a: Array, out: Array, new: New) -> Calls:
        """Write a(1 − a); see Activation.slope."""
        return [(np.subtract, (scalar(1, a), a, out)), (np.multiply, (out, a, out))]

    def derivative(self, z: Array) -> Array:
        """Return e / (1 + e)² with e = exp(−|z|): right also where 1 − a rounds to zero."""
        e = np.exp(-np.abs(z))
        slope: Array = e / np.square(1 + e)
        return slope
