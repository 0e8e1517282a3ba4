"""The softmax of a few logits, with its Jacobian."""

import numpy as np

from annstudio.core.calls import Array
from annstudio.engine.activations import activations


def shares_of(logits: Array) -> Array:
    """Return a, (classes,), by the engine."""
    a: Array = activations["softmax"]().value(logits[np.newaxis])[0]
    return a


def jacobian(logits: Array) -> Array:
    """Return ∂aₖ/∂zⱼ = aₖ(δₖⱼ − aⱼ), (classes, classes), k down and j across."""
    a = shares_of(logits)
    found: Array = np.diag(a) - np.outer(a, a)
    return found


def logistic_of(difference: float) -> float:
    """Return the logistic of z₁ − z₂, which the softmax of two is."""
    return float(activations["logistic"]().value(np.array([[difference]]))[0, 0])
