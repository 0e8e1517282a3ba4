"""What the hinge losses share: the margin s·ŷ, in which s = 2y − 1 turns targets 0 and 1 into −1 and +1."""

import numpy as np

from annstudio.core.calls import Array, Calls, scalar

ANSWERS = (-1.0, 1.0)
"""Scores that targets of 0 and 1 ask for. With targets left at 0 and 1, class 0 would teach nothing."""


def shortfall(y_pred: Array, y_true: Array) -> Array:
    """Return by how much each margin misses 1, max(0, 1 − s·ŷ), (batch, outputs)."""
    with np.errstate(over="ignore"):
        missing: Array = np.maximum(1 - (2 * y_true - 1) * y_pred, 0)
    return missing


def missing(a: Array, t: Array, sign: Array, out: Array) -> Calls:
    """Return the calls that write s = 2y − 1 into sign and 1 − s·a into out; all arrays (outputs, batch)."""
    one = scalar(1, a)
    return [
        (np.add, (t, t, sign)),
        (np.subtract, (sign, one, sign)),
        (np.multiply, (sign, a, out)),
        (np.subtract, (one, out, out)),
    ]
