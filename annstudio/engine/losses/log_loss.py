"""The log loss, also called binary cross-entropy."""

import numpy as np

from annstudio.core.calls import Array, Calls, New, constant, maximum, scalar
from annstudio.core.registry import Info
from annstudio.core.texts import QT_TRANSLATE_NOOP
from annstudio.engine.losses._limits import LOWEST_LOG, SMALLEST_DIVISOR
from annstudio.engine.losses.base import Loss


class LogLoss(Loss):
    """J = −1/(N·K) Σ [y ln ŷ + (1 − y) ln(1 − ŷ)] over N samples and K outputs."""

    info = Info(
        key="log_loss",
        label=QT_TRANSLATE_NOOP("annstudio", "Log loss (binary cross-entropy)"),
        order=10,
        summary=QT_TRANSLATE_NOOP("annstudio", "How surprised the predicted probability is by the truth."),
        formula="J = −1/(N·K) Σ [y ln ŷ + (1 − y) ln(1 − ŷ)]",
        derivative="∂J/∂ŷ = (ŷ − y)/(ŷ(1 − ŷ))/(N·K)",
        range="[0, ∞)",
        reference="Good 1952, Rational decisions",
        when_to_use=QT_TRANSLATE_NOOP("annstudio", "Yes-or-no classification with a logistic output."),
        pros=QT_TRANSLATE_NOOP(
            "annstudio",
            "With a logistic output the gradient is just ŷ − y: large wherever the network is wrong.",
        ),
        cons=QT_TRANSLATE_NOOP("annstudio", "One wrong label that the network is sure about costs a lot."),
        aliases=("binary_cross_entropy",),
    )
    term = "−(y·log(ŷ) + (1 − y)·log(1 − ŷ))"
    judges = "probabilities"
    fused_with = frozenset({"logistic"})

    def per_sample(self, y_pred: Array, y_true: Array) -> Array:
        """Return the mean over the outputs; see Loss.per_sample. NaN where ŷ lies outside 0 … 1."""
        with np.errstate(divide="ignore", invalid="ignore"):
            log_yes = np.maximum(np.log(y_pred), LOWEST_LOG)
            log_no = np.maximum(np.log1p(-y_pred), LOWEST_LOG)
        losses: Array = -(y_true * log_yes + (1 - y_true) * log_no).mean(axis=1)
        return losses

    def slope(self, a: Array, t: Array, grad: Array, new: New) -> Calls:
        """Write (a − t) / (a(1 − a)); see Loss.slope."""
        spread = new(a)
        return [
            (np.subtract, (scalar(1, a), a, spread)),
            (np.multiply, (spread, a, spread)),
            maximum(spread, constant(SMALLEST_DIVISOR, a), spread),
            (np.subtract, (a, t, grad)),
            (np.divide, (grad, spread, grad)),
        ]

    def per_sample_fused(self, z: Array, y_true: Array) -> Array:
        """Return the mean of max(z, 0) − z·y + ln(1 + exp(−|z|)); see Loss.per_sample_fused."""
        losses: Array = (np.maximum(z, 0) - z * y_true + np.log1p(np.exp(-np.abs(z)))).mean(axis=1)
        return losses

    def slope_fused(self, a: Array, t: Array, grad: Array, new: New) -> Calls:
        """Write a − t; see Loss.slope_fused."""
        return [(np.subtract, (a, t, grad))]
