"""The mean squared error."""

import numpy as np

from annstudio.core.calls import Array, Calls, New
from annstudio.core.registry import Info
from annstudio.core.texts import QT_TRANSLATE_NOOP
from annstudio.engine.losses.base import Loss


class MeanSquaredError(Loss):
    """J = 1/(N·K) Σ (ŷ − y)² over N samples and K outputs."""

    info = Info(
        key="mse",
        label=QT_TRANSLATE_NOOP("annstudio", "Mean squared error (MSE)"),
        order=30,
        summary=QT_TRANSLATE_NOOP("annstudio", "The average squared distance; large errors weigh most."),
        formula="J = 1/(N·K) Σ (ŷ − y)²",
        derivative="∂J/∂ŷ = 2(ŷ − y)/(N·K)",
        range="[0, ∞)",
        reference="Legendre 1805, Nouvelles méthodes pour la détermination des orbites des comètes",
        when_to_use=QT_TRANSLATE_NOOP("annstudio", "Regression, when large errors are the worst."),
        pros=QT_TRANSLATE_NOOP("annstudio", "Smooth, and its gradient shrinks near the minimum."),
        cons=QT_TRANSLATE_NOOP("annstudio", "A single outlier can pull the fit far away."),
    )
    term = "(ŷ − y)²"

    def per_sample(self, y_pred: Array, y_true: Array) -> Array:
        """Return the mean over the outputs of (ŷ − y)²; see Loss.per_sample."""
        losses: Array = np.square(y_pred - y_true).mean(axis=1)
        return losses

    def scale(self, batch: int, outputs: int) -> float:
        """Return 2/(N·K); see Loss.scale."""
        return 2 / (batch * outputs)

    def slope(self, a: Array, t: Array, grad: Array, new: New) -> Calls:
        """Write ŷ − y; see Loss.slope."""
        return [(np.subtract, (a, t, grad))]
