"""The swish of straight pieces."""

import numpy as np

from annstudio.core.calls import Array, Calls, New
from annstudio.core.registry import Info
from annstudio.core.texts import QT_TRANSLATE_NOOP
from annstudio.engine.activations.base import Activation
from annstudio.engine.activations.hard_logistic import HardLogistic

_GATE = HardLogistic()


class HardSwish(Activation):
    """a = z·h(z) with the hard logistic h; da/dz = h + z·h′, by convention 0 at z = −3 and 1 at z = 3."""

    info = Info(
        key="hard_swish",
        label=QT_TRANSLATE_NOOP("annstudio", "Hard swish"),
        order=250,
        summary=QT_TRANSLATE_NOOP("annstudio", "Passes z times its hard logistic: nearly SiLU, but cheap."),
        formula="a = z min(max(0, z + 3), 6) / 6",
        derivative="da/dz = 0 for z ≤ −3, (2 z + 3) / 6 between, 1 for z ≥ 3",
        range="−0.375 ≤ a < ∞",
        reference="Howard et al. 2019, Searching for MobileNetV3",
        when_to_use=QT_TRANSLATE_NOOP("annstudio", "In place of SiLU where computing must be cheap."),
        pros=QT_TRANSLATE_NOOP("annstudio", "Close to SiLU without an exponential."),
        cons=QT_TRANSLATE_NOOP("annstudio", "No gradient below −3, and the slope jumps at −3 and 3."),
        more=True,
    )
    reads_z = True
    kinks = (-3.0, 3.0)
    low = -0.375
    """The minimum, at z = −1.5."""

    def forward(self, z: Array, a: Array, new: New) -> Calls:
        """Write z·h(z) into a; see Activation.forward."""
        return [*_GATE.forward(z, a, new), (np.multiply, (a, z, a))]

    def slope(self, z: Array, a: Array, out: Array, new: New) -> Calls:
        """Write h(z) + z·h′(z); see Activation.slope."""
        bend = new(z)
        return [
            *_GATE.forward(z, out, new),
            *_GATE.slope(z, out, bend, new),
            (np.multiply, (bend, z, bend)),
            (np.add, (out, bend, out)),
        ]
