"""The softmax."""

import numpy as np

from annstudio.core.calls import Array, Calls, New, constant
from annstudio.core.registry import Info
from annstudio.core.texts import QT_TRANSLATE_NOOP
from annstudio.engine.activations.base import Activation


class Softmax(Activation):
    """aₖ = exp(zₖ) / Σⱼ exp(zⱼ) over the units of a layer; dJ/dzₖ = aₖ (dJ/daₖ − Σⱼ aⱼ dJ/daⱼ).

    For two units it is the logistic of the difference z₁ − z₂.
    """

    info = Info(
        key="softmax",
        label=QT_TRANSLATE_NOOP("annstudio", "Softmax"),
        order=20,
        summary=QT_TRANSLATE_NOOP("annstudio", "Turns the sums of a layer into probabilities that add up to 1."),
        formula="aₖ = exp(zₖ) / Σⱼ exp(zⱼ)",
        derivative="∂aₖ/∂zₖ = aₖ (1 − aₖ), ∂aₖ/∂zⱼ = −aₖ aⱼ for j ≠ k",
        range="0 < aₖ < 1, Σₖ aₖ = 1",
        reference="Bridle 1990, Probabilistic interpretation of feedforward classification network outputs",
        when_to_use=QT_TRANSLATE_NOOP("annstudio", "The output for three or more classes, with cross-entropy."),
        pros=QT_TRANSLATE_NOOP("annstudio", "One probability per class; the two-class case is the logistic."),
        cons=QT_TRANSLATE_NOOP(
            "annstudio", "The classes compete: where several can be true at once, use logistic outputs."
        ),
    )
    elementwise = False
    low, high = 0.0, 1.0

    def forward(self, z: Array, a: Array, new: New) -> Calls:
        """Write the softmax of each column of z into a; see Activation.forward.

        Subtracting the column's largest z leaves the result as it is and keeps exp from overflowing.
        """
        top = new(z[0])
        sums, total = (_square_of_ones(a), new(a)) if len(a) <= _FEW else (_ones(a), new(z[0]))
        return [
            (np.maximum.reduce, (z, 0, None, top)),
            (np.subtract, (z, top, a)),
            (np.exp, (a, a)),
            (sums.dot, (a, total)),
            (np.divide, (a, total, a)),
        ]

    def backward(self, z: Array, a: Array, grad: Array, new: New) -> Calls:
        """Turn dJ/da into a (dJ/da − Σ a·dJ/da), the sum over the column's units; see Activation.backward."""
        weighted, total = new(a), new(a[0])
        return [
            (np.multiply, (a, grad, weighted)),
            (_ones(a).dot, (weighted, total)),
            (np.subtract, (grad, total, grad)),
            (np.multiply, (a, grad, grad)),
        ]


_FEW = 32
"""Units up to which it takes less time to have the sum of a column in each of its places than to spread it."""


def _square_of_ones(a: Array) -> Array:
    """Return a matrix of ones: its product with a has the sum of each column in all places of the column."""
    return constant(1, np.empty((len(a), len(a)), a.dtype))


def _ones(a: Array) -> Array:
    """Return a row of ones: its product with a sums the columns in half the time of np.add.reduce."""
    return constant(1, a[:, 0])
