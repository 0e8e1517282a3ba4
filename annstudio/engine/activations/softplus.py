"""The softplus."""

import numpy as np

from annstudio.core.calls import Array, Calls, New, constant
from annstudio.core.registry import Info
from annstudio.core.texts import QT_TRANSLATE_NOOP
from annstudio.engine.activations.base import Activation


class Softplus(Activation):
    """a = ln(1 + eᶻ); da/dz = σ(z) = 1 − e⁻ᵃ, with the logistic function σ."""

    info = Info(
        key="softplus",
        label=QT_TRANSLATE_NOOP("annstudio", "Softplus"),
        order=180,
        summary=QT_TRANSLATE_NOOP("annstudio", "A ReLU with its corner rounded off."),
        formula="a = ln(1 + eᶻ)",
        derivative="da/dz = 1 / (1 + e⁻ᶻ) = 1 − e⁻ᵃ",
        range="0 < a < ∞",
        reference="Dugas, Bengio, Bélisle, Nadeau & Garcia 2001, Incorporating second-order functional knowledge "
        "for better option pricing",
        when_to_use=QT_TRANSLATE_NOOP("annstudio", "An output that must be positive, such as a price or a spread."),
        pros=QT_TRANSLATE_NOOP("annstudio", "Smooth everywhere, always positive, and its slope is never zero."),
        cons=QT_TRANSLATE_NOOP("annstudio", "Slower than ReLU, and hidden layers rarely learn better with it."),
        more=True,
    )
    low = 0.0

    def forward(self, z: Array, a: Array, new: New) -> Calls:
        """Write ln(e⁰ + eᶻ) into a; see Activation.forward.

        NumPy's logaddexp is max(z, 0) + ln(1 + exp(−|z|)), so nothing overflows and no digit is lost. PyTorch
        returns z itself beyond 20.
        """
        return [(np.logaddexp, (z, constant(0, z), a))]

    def slope(self, z: Array, a: Array, out: Array, new: New) -> Calls:
        """Write −(e⁻ᵃ − 1), right also where a is tiny; see Activation.slope."""
        return [(np.negative, (a, out)), (np.expm1, (out, out)), (np.negative, (out, out))]
