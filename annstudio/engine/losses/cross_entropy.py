"""The categorical cross-entropy."""

import numpy as np

from annstudio.core.registry import Info
from annstudio.core.texts import QT_TRANSLATE_NOOP
from annstudio.engine.calls import Array, Calls, New, constant, maximum, scalar
from annstudio.engine.losses._limits import LOWEST_LOG, SMALLEST_DIVISOR
from annstudio.engine.losses.base import Loss


class CrossEntropy(Loss):
    """J = −1/N Σₙ Σₖ y ln ŷ over N samples and K classes; the targets of a sample add up to 1."""

    info = Info(
        key="cross_entropy",
        label=QT_TRANSLATE_NOOP("annstudio", "Cross-entropy (categorical)"),
        order=20,
        summary=QT_TRANSLATE_NOOP("annstudio", "How little probability the true class was given."),
        formula="J = −1/N Σₙ Σₖ y ln ŷ",
        reference="Bridle 1990, Probabilistic interpretation of feedforward classification network outputs",
        when_to_use=QT_TRANSLATE_NOOP("annstudio", "Three or more classes with a softmax output."),
        pros=QT_TRANSLATE_NOOP(
            "annstudio", "With softmax the gradient is just ŷ − y: large wherever the network is wrong."
        ),
        cons=QT_TRANSLATE_NOOP("annstudio", "It says nothing of samples with several true classes."),
        aliases=("categorical_cross_entropy",),
    )
    fused_with = frozenset({"softmax"})

    def per_sample(self, y_pred: Array, y_true: Array) -> Array:
        """Return −Σ y ln ŷ over the classes; see Loss.per_sample."""
        with np.errstate(divide="ignore", invalid="ignore"):
            return _expected(-np.maximum(np.log(y_pred), LOWEST_LOG), y_true)

    def gradient(self, a: Array, t: Array, grad: Array, new: New) -> Calls:
        """Write −t / a / N into grad; see Loss.gradient."""
        return [
            maximum(a, constant(SMALLEST_DIVISOR, a), grad),
            (np.divide, (t, grad, grad)),
            (np.multiply, (grad, scalar(-1 / a.shape[1], a), grad)),
        ]

    def per_sample_fused(self, z: Array, y_true: Array) -> Array:
        """Return Σ y (ln Σⱼ exp(zⱼ) − z) over the classes; see Loss.per_sample_fused.

        With the largest z subtracted, its own power is 1; ln(1 + the others) keeps what they add to it.
        """
        with np.errstate(over="ignore"):
            below = z - z.max(axis=1, keepdims=True)
        powers = np.exp(below)
        np.put_along_axis(powers, z.argmax(axis=1)[:, np.newaxis], 0, axis=1)
        return _expected(np.log1p(powers.sum(axis=1, keepdims=True)) - below, y_true)

    def gradient_fused(self, a: Array, t: Array, grad: Array, new: New) -> Calls:
        """Write (a − t) / N into grad; see Loss.gradient_fused."""
        return [(np.subtract, (a, t, grad)), (np.multiply, (grad, scalar(1 / a.shape[1], a), grad))]


def _expected(surprise: Array, y_true: Array) -> Array:
    """Return Σ y·surprise over the classes; those with y = 0 do not count, however large their surprise."""
    terms = np.multiply(y_true, surprise, out=np.zeros_like(surprise), where=y_true != 0)
    losses: Array = terms.sum(axis=1)
    return losses
