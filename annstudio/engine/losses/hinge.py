"""The hinge loss of support vector machines."""

import numpy as np

from annstudio.core.calls import Array, Calls, New, scalar
from annstudio.core.registry import Info
from annstudio.core.texts import QT_TRANSLATE_NOOP
from annstudio.engine.losses._margin import ANSWERS, missing, shortfall
from annstudio.engine.losses.base import Loss


class Hinge(Loss):
    """J = 1/(N·K) Σ max(0, 1 − s·ŷ) over N samples and K outputs, s = 2y − 1."""

    info = Info(
        key="hinge",
        label=QT_TRANSLATE_NOOP("annstudio", "Hinge loss"),
        order=80,
        summary=QT_TRANSLATE_NOOP("annstudio", "How much a score is short of being right by a margin of 1."),
        formula="J = 1/(N·K) Σ max(0, 1 − s·ŷ),  s = 2y − 1",
        derivative="∂J/∂ŷ = −s/(N·K) where s·ŷ < 1, else 0",
        range="[0, ∞)",
        reference="Cortes & Vapnik 1995, Support-vector networks",
        when_to_use=QT_TRANSLATE_NOOP(
            "annstudio", "Classification by the sign of a score, with an identity or tanh output."
        ),
        pros=QT_TRANSLATE_NOOP(
            "annstudio", "Samples that are right by a clear margin no longer matter: the border rests on the others."
        ),
        cons=QT_TRANSLATE_NOOP("annstudio", "The score is no probability."),
        more=True,
    )
    term = "max(0, 1 − (2·y − 1)·ŷ)"
    judges = "scores"
    answers = ANSWERS

    def per_sample(self, y_pred: Array, y_true: Array) -> Array:
        """Return the mean over the outputs of max(0, 1 − s·ŷ); see Loss.per_sample."""
        losses: Array = shortfall(y_pred, y_true).mean(axis=1)
        return losses

    def scale(self, batch: int, outputs: int) -> float:
        """Return −1/(N·K); see Loss.scale."""
        return -1 / (batch * outputs)

    def slope(self, a: Array, t: Array, grad: Array, new: New) -> Calls:
        """Write s where s·ŷ < 1, else 0; see Loss.slope. At the kink s·ŷ = 1 it is 0, as in PyTorch's relu(1 − s·ŷ).

        The Heaviside function of 1 − s·ŷ is that mask: 1 above zero, 0 at zero and below.
        """
        sign = new(t)
        return [
            *missing(a, t, sign, grad),
            (np.heaviside, (grad, scalar(0, a), grad)),
            (np.multiply, (grad, sign, grad)),
        ]
