"""The scaled exponential linear unit."""

import numpy as np

from annstudio.core.calls import Array, Calls, New, scalar
from annstudio.core.registry import Info
from annstudio.core.texts import QT_TRANSLATE_NOOP
from annstudio.engine.activations.base import Activation
from annstudio.engine.activations.elu import ELU

_ALPHA = 1.6732632423543772
_SCALE = 1.0507009873554805
_ELU = ELU(alpha=_ALPHA)


class SELU(Activation):
    """a = λ·ELU(z) with α = 1.6733 and λ = 1.0507.

    With these two, the mean 0 and the variance 1 of many independent inputs come out again as mean 0 and variance 1.
    """

    info = Info(
        key="selu",
        label=QT_TRANSLATE_NOOP("annstudio", "SELU"),
        order=130,
        summary=QT_TRANSLATE_NOOP("annstudio", "An ELU scaled so that outputs keep mean 0 and variance 1."),
        formula="a = λ z for z > 0, λ α (eᶻ − 1) otherwise; α = 1.6733, λ = 1.0507",
        derivative="da/dz = λ for z > 0, λ α eᶻ = a + λ α otherwise",
        range="−1.7581 < a < ∞",
        reference="Klambauer, Unterthiner, Mayr & Hochreiter 2017, Self-normalizing neural networks",
        when_to_use=QT_TRANSLATE_NOOP(
            "annstudio", "Deep stacks of dense layers with scaled data and normal weights of variance 1 / inputs."
        ),
        pros=QT_TRANSLATE_NOOP("annstudio", "Keeps signals in range through many layers without batch normalization."),
        cons=QT_TRANSLATE_NOOP("annstudio", "The promise holds only for plain dense layers that start as it asks."),
        more=True,
    )
    reads_z = True
    kinks = (0.0,)
    low = -_SCALE * _ALPHA

    def forward(self, z: Array, a: Array, new: New) -> Calls:
        """Write λ·ELU(z) into a; see Activation.forward."""
        return [*_ELU.forward(z, a, new), (np.multiply, (a, scalar(_SCALE, z), a))]

    def slope(self, z: Array, a: Array, out: Array, new: New) -> Calls:
        """Write λ·ELU′(z); see Activation.slope."""
        return [*_ELU.slope(z, a, out, new), (np.multiply, (out, scalar(_SCALE, z), out))]
