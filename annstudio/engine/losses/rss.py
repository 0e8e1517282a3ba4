"""The residual sum of squares."""

import numpy as np

from annstudio.core.calls import Array, Calls, New
from annstudio.core.registry import Info
from annstudio.core.texts import QT_TRANSLATE_NOOP
from annstudio.engine.losses.base import Loss


class ResidualSumOfSquares(Loss):
    """J = Σ (ŷ − y)² over all samples and outputs: a sum, so its gradient grows with the batch.

    In training by batches the gradient is that of the batch's own sum.
    """

    info = Info(
        key="rss",
        label=QT_TRANSLATE_NOOP("annstudio", "Residual sum of squares (RSS)"),
        order=50,
        summary=QT_TRANSLATE_NOOP("annstudio", "All squared distances added up, not averaged."),
        formula="J = Σ (ŷ − y)²",
        derivative="∂J/∂ŷ = 2(ŷ − y)",
        range="[0, ∞)",
        reference="Gauss 1809, Theoria motus corporum coelestium",
        when_to_use=QT_TRANSLATE_NOOP("annstudio", "To compare with the least squares of statistics."),
        pros=QT_TRANSLATE_NOOP("annstudio", "The quantity that linear regression minimizes."),
        cons=QT_TRANSLATE_NOOP(
            "annstudio", "It grows with the batch: a learning rate that suits MSE can diverge here."
        ),
    )
    term = "(ŷ − y)²"
    averages = False
    sums = True

    def per_sample(self, y_pred: Array, y_true: Array) -> Array:
        """Return the sum over the outputs of (ŷ − y)²; see Loss.per_sample."""
        losses: Array = np.square(y_pred - y_true).sum(axis=1)
        return losses

    def scale(self, batch: int, outputs: int) -> float:
        """Return 2, whatever the batch; see Loss.scale."""
        return 2.0

    def slope(self, a: Array, t: Array, grad: Array, new: New) -> Calls:
        """Write ŷ − y; see Loss.slope."""
        return [(np.subtract, (a, t, grad))]
