"""The squared hinge loss."""

import numpy as np

from annstudio.core.calls import Array, Calls, New, constant, maximum
from annstudio.core.registry import Info
from annstudio.core.texts import QT_TRANSLATE_NOOP
from annstudio.engine.losses._margin import ANSWERS, missing, shortfall
from annstudio.engine.losses.base import Loss


class SquaredHinge(Loss):
    """J = 1/(N·K) Σ max(0, 1 − s·ŷ)² over N samples and K outputs, s = 2y − 1."""

    info = Info(
        key="squared_hinge",
        label=QT_TRANSLATE_NOOP("annstudio", "Squared hinge loss"),
        order=90,
        summary=QT_TRANSLATE_NOOP("annstudio", "The square of what a score is short of a margin of 1."),
        formula="J = 1/(N·K) Σ max(0, 1 − s·ŷ)²,  s = 2y − 1",
        derivative="∂J/∂ŷ = −2s · max(0, 1 − s·ŷ)/(N·K)",
        range="[0, ∞)",
        reference="Tang 2013, Deep learning using linear support vector machines",
        when_to_use=QT_TRANSLATE_NOOP(
            "annstudio", "As the hinge loss, where a gradient that fades out near the margin helps."
        ),
        pros=QT_TRANSLATE_NOOP("annstudio", "Smooth: the gradient shrinks as a score comes near its margin."),
        cons=QT_TRANSLATE_NOOP(
            "annstudio", "A wrong label far on the other side pulls with the square of its distance."
        ),
        more=True,
    )
    term = "max(0, 1 − (2·y − 1)·ŷ)²"
    judges = "scores"
    answers = ANSWERS

    def per_sample(self, y_pred: Array, y_true: Array) -> Array:
        """Return the mean over the outputs of max(0, 1 − s·ŷ)²; see Loss.per_sample."""
        with np.errstate(over="ignore"):
            losses: Array = np.square(shortfall(y_pred, y_true)).mean(axis=1)
        return losses

    def scale(self, batch: int, outputs: int) -> float:
        """Return −2/(N·K); see Loss.scale."""
        return -2 / (batch * outputs)

    def slope(self, a: Array, t: Array, grad: Array, new: New) -> Calls:
        """Write s · max(0, 1 − s·ŷ); see Loss.slope."""
        sign = new(t)
        return [
            *missing(a, t, sign, grad),
            maximum(grad, constant(0, a), grad),
            (np.multiply, (grad, sign, grad)),
        ]
