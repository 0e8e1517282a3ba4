"""The identity."""

import numpy as np

from annstudio.core.calls import Array, Calls, New
from annstudio.core.registry import Info
from annstudio.core.texts import QT_TRANSLATE_NOOP
from annstudio.engine.activations.base import Activation


class Identity(Activation):
    """a = z, da/dz = 1."""

    info = Info(
        key="identity",
        label=QT_TRANSLATE_NOOP("annstudio", "Identity (linear)"),
        order=70,
        summary=QT_TRANSLATE_NOOP("annstudio", "Passes the weighted sum on unchanged."),
        formula="a = z",
        derivative="da/dz = 1",
        range="−∞ < a < ∞",
        reference="Widrow & Hoff 1960, Adaptive switching circuits",
        when_to_use=QT_TRANSLATE_NOOP("annstudio", "The output of a regression, which may be any number."),
        pros=QT_TRANSLATE_NOOP("annstudio", "No limits to the output, and the gradient passes unchanged."),
        cons=QT_TRANSLATE_NOOP("annstudio", "Stacked linear layers can do no more than a single one."),
        aliases=("linear",),
    )

    def forward(self, z: Array, a: Array, new: New) -> Calls:
        """Copy z into a, unless they are one buffer; see Activation.forward."""
        return [] if a is z else [(np.copyto, (a, z))]

    def slope(self, z: Array, a: Array, out: Array, new: New) -> Calls:
        """Write 1; see Activation.slope."""
        return [(out.fill, (1.0,))]

    def backward(self, z: Array, a: Array, grad: Array, new: New) -> Calls:
        """Leave grad as it is; see Activation.backward."""
        return []
