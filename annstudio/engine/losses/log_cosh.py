"""The log-cosh loss."""

import numpy as np

from annstudio.core.calls import Array, Calls, New
from annstudio.core.registry import Info
from annstudio.core.texts import QT_TRANSLATE_NOOP
from annstudio.engine.losses.base import Loss


class LogCosh(Loss):
    """J = 1/(N·K) Σ ln cosh(ŷ − y) over N samples and K outputs."""

    info = Info(
        key="log_cosh",
        label=QT_TRANSLATE_NOOP("annstudio", "Log-cosh loss"),
        order=70,
        summary=QT_TRANSLATE_NOOP(
            "annstudio", "Like half the square for small errors, like the distance for large ones."
        ),
        formula="J = 1/(N·K) Σ ln cosh(ŷ − y)",
        derivative="∂J/∂ŷ = tanh(ŷ − y)/(N·K)",
        range="[0, ∞)",
        reference="Green 1990, Bayesian reconstructions from emission tomography data using a modified EM algorithm",
        when_to_use=QT_TRANSLATE_NOOP("annstudio", "As the Huber loss, when nothing should have to be chosen."),
        pros=QT_TRANSLATE_NOOP("annstudio", "Calm about outliers, and smooth everywhere."),
        cons=QT_TRANSLATE_NOOP(
            "annstudio", "What counts as a large error is about 1, whatever the unit of the target."
        ),
        more=True,
    )
    term = "log(cosh(ŷ − y))"

    def per_sample(self, y_pred: Array, y_true: Array) -> Array:
        """Return the mean over the outputs of ln cosh(ŷ − y); see Loss.per_sample."""
        losses: Array = _log_cosh(np.abs(y_pred - y_true)).mean(axis=1)
        return losses

    def slope(self, a: Array, t: Array, grad: Array, new: New) -> Calls:
        """Write tanh(ŷ − y); see Loss.slope."""
        return [(np.subtract, (a, t, grad)), (np.tanh, (grad, grad))]


def _log_cosh(size: Array) -> Array:
    """Return ln cosh of numbers of at least 0, to full precision.

    cosh itself overflows at 711, so large ones go by e + ln(1 + e⁻²ᵉ) − ln 2. There small ones would cancel:
    they go by ln(1 + 2 sinh²(e/2)).
    """
    near = np.log1p(2 * np.square(np.sinh(np.minimum(size, 1) / 2)))
    far = size + (np.log1p(np.exp(-2 * size)) - np.log(2).astype(size.dtype))
    losses: Array = np.where(size < 1, near, far)
    return losses
