"""The binary step, also called the Heaviside function or threshold."""

import numpy as np

from annstudio.core.calls import Array, Calls, New, constant
from annstudio.core.registry import Info
from annstudio.core.texts import QT_TRANSLATE_NOOP
from annstudio.engine.activations.base import Activation


class BinaryStep(Activation):
    """a = 1 where z ≥ 0, else 0; da/dz = 0.

    At z = 0 the value is a convention: 1 here, as in torch.heaviside(z, 1). −0 counts as 0.
    """

    info = Info(
        key="binary_step",
        label=QT_TRANSLATE_NOOP("annstudio", "Binary step"),
        order=30,
        summary=QT_TRANSLATE_NOOP("annstudio", "Fires or does not: 1 from zero upwards, 0 below."),
        formula="a = 1 for z ≥ 0, 0 otherwise",
        derivative="da/dz = 0 for z ≠ 0",
        range="0 or 1",
        reference="McCulloch & Pitts 1943, A logical calculus of the ideas immanent in nervous activity",
        when_to_use=QT_TRANSLATE_NOOP("annstudio", "To set weights by hand and see logic gates arise."),
        pros=QT_TRANSLATE_NOOP("annstudio", "The simplest decision there is."),
        cons=QT_TRANSLATE_NOOP("annstudio", "Its slope is zero, so gradient descent does not move it."),
    )
    differentiable = False
    kinks = (0.0,)
    low, high = 0.0, 1.0

    def forward(self, z: Array, a: Array, new: New) -> Calls:
        """Write the step of z into a; see Activation.forward."""
        return [(np.heaviside, (z, constant(1, z), a))]

    def slope(self, z: Array, a: Array, out: Array, new: New) -> Calls:
        """Write 0, the slope on both sides of the step; see Activation.slope."""
        return [(out.fill, (0.0,))]
