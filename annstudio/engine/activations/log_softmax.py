"""The logarithm of the softmax."""

import numpy as np

from annstudio.core.calls import Array, Calls, New
from annstudio.core.registry import Info
from annstudio.core.texts import QT_TRANSLATE_NOOP
from annstudio.engine.activations.base import Activation


class LogSoftmax(Activation):
    """aₖ = zₖ − ln Σⱼ exp(zⱼ) over the units of a layer; dJ/dzₖ = dJ/daₖ − exp(aₖ) Σⱼ dJ/daⱼ."""

    info = Info(
        key="log_softmax",
        label=QT_TRANSLATE_NOOP("annstudio", "Log-softmax"),
        order=260,
        summary=QT_TRANSLATE_NOOP("annstudio", "The logarithms of the probabilities that softmax would give."),
        formula="aₖ = zₖ − ln Σⱼ exp(zⱼ)",
        derivative="∂aₖ/∂zₖ = 1 − exp(aₖ), ∂aₖ/∂zⱼ = −exp(aⱼ) for j ≠ k",
        range="−∞ < aₖ < 0, Σₖ exp(aₖ) = 1",
        reference="Blanchard, Higham & Higham 2021, Accurately computing the log-sum-exp and softmax functions",
        when_to_use=QT_TRANSLATE_NOOP("annstudio", "To see very small probabilities; to train, softmax is the choice."),
        pros=QT_TRANSLATE_NOOP("annstudio", "Tells apart probabilities that are too small to be written as numbers."),
        cons=QT_TRANSLATE_NOOP("annstudio", "Its outputs are not probabilities, so cross-entropy cannot judge them."),
        more=True,
    )
    elementwise = False
    high = 0.0

    def forward(self, z: Array, a: Array, new: New) -> Calls:
        """Write the log-softmax of each column of z into a; see Activation.forward.

        Subtracting the column's largest z leaves the result as it is and keeps exp from overflowing.
        """
        top, total, power = new(z[0]), new(z[0]), new(z)
        return [
            (np.maximum.reduce, (z, 0, None, top)),
            (np.subtract, (z, top, a)),
            (np.exp, (a, power)),
            (np.add.reduce, (power, 0, None, total)),
            (np.log, (total, total)),
            (np.subtract, (a, total, a)),
        ]

    def backward(self, z: Array, a: Array, grad: Array, new: New) -> Calls:
        """Turn dJ/da into dJ/da − exp(a)·Σ dJ/da, the sum over the column's units; see Activation.backward."""
        share, total = new(a), new(a[0])
        return [
            (np.exp, (a, share)),
            (np.add.reduce, (grad, 0, None, total)),
            (np.multiply, (share, total, share)),
            (np.subtract, (grad, share, grad)),
        ]
