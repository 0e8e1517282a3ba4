"""What the smooth relatives of ReLU share: the logistic function as a gate that lets z through."""

import numpy as np

from annstudio.core.calls import Array, Calls, New, scalar
from annstudio.engine.activations.logistic import Logistic

_LOGISTIC = Logistic()


def gated(z: Array, gate: Array, a: Array, new: New) -> Calls:
    """Write z·σ(gate) into a; all of one shape, a neither z nor gate."""
    return [*_LOGISTIC.forward(gate, a, new), (np.multiply, (a, z, a))]


def gate_and_slope(z: Array, gate: Array, slope: Array, new: New) -> Calls:
    """Write σ(z) and σ′(z) = e / (1 + e)² with e = exp(−|z|): right also where 1 − σ(z) rounds to zero."""
    denominator = new(z)
    return [
        *_LOGISTIC.forward(z, gate, new),
        (np.abs, (z, slope)),
        (np.negative, (slope, slope)),
        (np.exp, (slope, slope)),
        (np.add, (slope, scalar(1, z), denominator)),
        (np.divide, (slope, denominator, slope)),
        (np.divide, (slope, denominator, slope)),
    ]
