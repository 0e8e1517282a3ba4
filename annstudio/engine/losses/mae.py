"""The mean absolute error."""

import numpy as np

from annstudio.core.calls import Array, Calls, New
from annstudio.core.registry import Info
from annstudio.core.texts import QT_TRANSLATE_NOOP
from annstudio.engine.losses.base import Loss


class MeanAbsoluteError(Loss):
    """J = 1/(N·K) Σ |ŷ − y| over N samples and K outputs."""

    info = Info(
        key="mae",
        label=QT_TRANSLATE_NOOP("annstudio", "Mean absolute error (MAE)"),
        order=40,
        summary=QT_TRANSLATE_NOOP("annstudio", "The average distance, in the unit of what is predicted."),
        formula="J = 1/(N·K) Σ |ŷ − y|",
        derivative="∂J/∂ŷ = sign(ŷ − y)/(N·K)",
        range="[0, ∞)",
        reference="Boscovich 1757, De litteraria expeditione per pontificiam ditionem",
        when_to_use=QT_TRANSLATE_NOOP("annstudio", "Regression on data with outliers."),
        pros=QT_TRANSLATE_NOOP("annstudio", "An outlier weighs no more than its distance."),
        cons=QT_TRANSLATE_NOOP(
            "annstudio", "The gradient never shrinks: near the minimum a fixed learning rate overshoots."
        ),
    )
    term = "abs(ŷ − y)"

    def per_sample(self, y_pred: Array, y_true: Array) -> Array:
        """Return the mean over the outputs of |ŷ − y|; see Loss.per_sample."""
        losses: Array = np.abs(y_pred - y_true).mean(axis=1)
        return losses

    def slope(self, a: Array, t: Array, grad: Array, new: New) -> Calls:
        """Write the sign of ŷ − y, 0 where they are equal; see Loss.slope."""
        return [(np.subtract, (a, t, grad)), (np.sign, (grad, grad))]
