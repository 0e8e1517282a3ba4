"""The rectified linear unit with a ceiling."""

import numpy as np

from annstudio.core.calls import Array, Calls, New, constant, maximum, minimum, scalar
from annstudio.core.registry import Info
from annstudio.core.texts import QT_TRANSLATE_NOOP
from annstudio.engine.activations.base import Activation


class ReLU6(Activation):
    """a = min(max(z, 0), 6); da/dz is 1 where 0 < z < 6, else 0, by convention also at 0 and 6."""

    info = Info(
        key="relu6",
        label=QT_TRANSLATE_NOOP("annstudio", "ReLU6"),
        order=120,
        summary=QT_TRANSLATE_NOOP("annstudio", "A ReLU that stops rising at 6."),
        formula="a = min(max(0, z), 6)",
        derivative="da/dz = 1 for 0 < z < 6, 0 otherwise",
        range="0 ≤ a ≤ 6",
        reference="Krizhevsky 2010, Convolutional deep belief networks on CIFAR-10",
        when_to_use=QT_TRANSLATE_NOOP("annstudio", "Networks for phones and small chips, which store few digits."),
        pros=QT_TRANSLATE_NOOP("annstudio", "As simple as ReLU, and its outputs stay in a known range."),
        cons=QT_TRANSLATE_NOOP("annstudio", "No gradient below 0 and none above 6."),
        more=True,
    )
    kinks = (0.0, 6.0)
    low, high = 0.0, 6.0

    def forward(self, z: Array, a: Array, new: New) -> Calls:
        """Write z, kept between 0 and 6, into a; see Activation.forward."""
        return [maximum(z, constant(0, z), a), minimum(a, constant(6, z), a)]

    def slope(self, z: Array, a: Array, out: Array, new: New) -> Calls:
        """Write the sign of a(6 − a), which is 1 between the kinks, else 0; see Activation.slope."""
        return [(np.subtract, (scalar(6, a), a, out)), (np.multiply, (out, a, out)), (np.sign, (out, out))]
