"""The logistic function in three straight pieces."""

import numpy as np

from annstudio.core.calls import Array, Calls, New, constant, maximum, minimum, scalar
from annstudio.core.registry import Info
from annstudio.core.texts import QT_TRANSLATE_NOOP
from annstudio.engine.activations.base import Activation


class HardLogistic(Activation):
    """a = min(max(z + 3, 0), 6) / 6; da/dz is 1/6 where −3 < z < 3, else 0, by convention also at −3 and 3."""

    info = Info(
        key="hard_logistic",
        label=QT_TRANSLATE_NOOP("annstudio", "Hard logistic (hard sigmoid)"),
        order=230,
        summary=QT_TRANSLATE_NOOP("annstudio", "A straight ramp from 0 to 1, flat on both sides."),
        formula="a = min(max(0, z + 3), 6) / 6",
        derivative="da/dz = 1/6 for −3 < z < 3, 0 otherwise",
        range="0 ≤ a ≤ 1",
        reference="Courbariaux, Bengio & David 2015, BinaryConnect; with this slope: Howard et al. 2019, Searching for "
        "MobileNetV3",
        when_to_use=QT_TRANSLATE_NOOP("annstudio", "In place of the logistic function where computing must be cheap."),
        pros=QT_TRANSLATE_NOOP("annstudio", "Needs no exponential."),
        cons=QT_TRANSLATE_NOOP("annstudio", "Beyond −3 and 3 there is no gradient at all, however wrong the output."),
        aliases=("hard_sigmoid",),
        more=True,
    )
    kinks = (-3.0, 3.0)
    low, high = 0.0, 1.0

    def forward(self, z: Array, a: Array, new: New) -> Calls:
        """Write z + 3, kept between 0 and 6, divided by 6 into a; see Activation.forward."""
        return [
            (np.add, (z, scalar(3, z), a)),
            maximum(a, constant(0, z), a),
            minimum(a, constant(6, z), a),
            (np.divide, (a, scalar(6, z), a)),
        ]

    def slope(self, z: Array, a: Array, out: Array, new: New) -> Calls:
        """Write a sixth of the sign of a(1 − a), which is 1 between the kinks, else 0; see Activation.slope."""
        return [
            (np.subtract, (scalar(1, a), a, out)),
            (np.multiply, (out, a, out)),
            (np.sign, (out, out)),
            (np.divide, (out, scalar(6, a), out)),
        ]
