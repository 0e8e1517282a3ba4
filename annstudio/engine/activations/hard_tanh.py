"""The hyperbolic tangent in three straight pieces."""

import numpy as np

from annstudio.core.calls import Array, Calls, New, constant, maximum, minimum, scalar
from annstudio.core.registry import Info
from annstudio.core.texts import QT_TRANSLATE_NOOP
from annstudio.engine.activations.base import Activation


class HardTanh(Activation):
    """a = min(max(z, −1), 1); da/dz is 1 where −1 < z < 1, else 0, by convention also at −1 and 1."""

    info = Info(
        key="hard_tanh",
        label=QT_TRANSLATE_NOOP("annstudio", "Hard tanh"),
        order=240,
        summary=QT_TRANSLATE_NOOP("annstudio", "Passes z on, but never more than 1 nor less than −1."),
        formula="a = min(max(−1, z), 1)",
        derivative="da/dz = 1 for −1 < z < 1, 0 otherwise",
        range="−1 ≤ a ≤ 1",
        reference="Collobert 2004, Large scale machine learning",
        when_to_use=QT_TRANSLATE_NOOP("annstudio", "In place of tanh where computing must be cheap."),
        pros=QT_TRANSLATE_NOOP("annstudio", "Fast, zero-centered, and its outputs stay in a known range."),
        cons=QT_TRANSLATE_NOOP("annstudio", "Beyond −1 and 1 there is no gradient at all: units get stuck there."),
        more=True,
    )
    kinks = (-1.0, 1.0)
    low, high = -1.0, 1.0

    def forward(self, z: Array, a: Array, new: New) -> Calls:
        """Write z, kept between −1 and 1, into a; see Activation.forward."""
        return [maximum(z, constant(-1, z), a), minimum(a, constant(1, z), a)]

    def slope(self, z: Array, a: Array, out: Array, new: New) -> Calls:
        """Write the sign of 1 − a², which is 1 between the kinks, else 0; see Activation.slope."""
        return [(np.multiply, (a, a, out)), (np.subtract, (scalar(1, a), out, out)), (np.sign, (out, out))]
