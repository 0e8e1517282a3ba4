"""The Mish function."""

import numpy as np

from annstudio.core.calls import Array, Calls, New, constant, minimum, scalar
from annstudio.core.registry import Info
from annstudio.core.texts import QT_TRANSLATE_NOOP
from annstudio.engine.activations.base import Activation

_FAR = 40.0
"""From here on tanh(softplus z) is 1 and its slope 0 in every digit, and e to the power of twice it is no overflow."""


class Mish(Activation):
    """a = z·tanh(ln(1 + eᶻ)).

    With e = eᶻ and n = e(e + 2), the tanh is n/(n + 2): no difference of nearly equal numbers, and a single
    exponential. Its slope is 4e(e + 1)/(n + 2)², which goes into da/dz below.
    """

    info = Info(
        key="mish",
        label=QT_TRANSLATE_NOOP("annstudio", "Mish"),
        order=170,
        summary=QT_TRANSLATE_NOOP("annstudio", "Passes z times the tanh of its softplus: a smooth ReLU with a dip."),
        formula="a = z tanh(ln(1 + eᶻ))",
        derivative="da/dz = t + z (1 − t²) σ(z), t = tanh(ln(1 + eᶻ)), σ(z) = 1 / (1 + e⁻ᶻ)",
        range="−0.309 ≤ a < ∞",
        reference="Misra 2020, Mish: A self regularized non-monotonic activation function",
        when_to_use=QT_TRANSLATE_NOOP("annstudio", "Hidden layers of deep networks, beside SiLU and GELU."),
        pros=QT_TRANSLATE_NOOP("annstudio", "Smooth, and a slightly negative z still gets a gradient."),
        cons=QT_TRANSLATE_NOOP("annstudio", "Slower than ReLU, and the gain over SiLU is small."),
        more=True,
    )
    reads_z = True
    low = -0.3088434130172504
    """The minimum, at z = −1.1924."""

    def forward(self, z: Array, a: Array, new: New) -> Calls:
        """Write z·n/(n + 2) into a; see Activation.forward."""
        e, two = new(z), scalar(2, z)
        return [
            *_exponential(z, e),
            (np.add, (e, two, a)),
            (np.multiply, (a, e, a)),
            (np.add, (a, two, e)),
            (np.divide, (a, e, a)),
            (np.multiply, (a, z, a)),
        ]

    def slope(self, z: Array, a: Array, out: Array, new: New) -> Calls:
        """Write e/m·(e + 2 + 4z(e + 1)/m) with m = n + 2 = (e + 1)² + 1; see Activation.slope."""
        e, m, one = new(z), new(z), scalar(1, z)
        return [
            *_exponential(z, e),
            (np.add, (e, one, out)),
            (np.square, (out, m)),
            (np.add, (m, one, m)),
            (np.multiply, (out, scalar(4, z), out)),
            (np.multiply, (out, z, out)),
            (np.divide, (out, m, out)),
            (np.add, (out, scalar(2, z), out)),
            (np.add, (out, e, out)),
            (np.multiply, (out, e, out)),
            (np.divide, (out, m, out)),
        ]


def _exponential(z: Array, e: Array) -> Calls:
    """Write exp z into e, at most exp 40."""
    return [minimum(z, constant(_FAR, z), e), (np.exp, (e, e))]
