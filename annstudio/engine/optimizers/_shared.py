"""What several optimizers have in common: parameters and the running average."""

import numpy as np

from annstudio.core.params import Real
from annstudio.core.texts import QT_TRANSLATE_NOOP
from annstudio.engine.calls import Array, Calls

SMALLEST_RATE = 1e-12
"""Far below what moves a weight, and far above what single precision rounds to zero."""

SMALLEST_EPSILON = 1e-30
"""Single precision still holds it, so that no division is by zero."""

LARGEST_DECAY = 0.9999
"""Decays and momenta are below 1, where an average would never change."""


def learning_rate(default: float) -> Real:
    """Return the parameter η, with the optimizer's own default."""
    return Real(
        key="learning_rate",
        label=QT_TRANSLATE_NOOP("annstudio", "Learning rate η"),
        default=default,
        help=QT_TRANSLATE_NOOP("annstudio", "How far a step goes: too small is slow, too large diverges."),
        minimum=SMALLEST_RATE,
        maximum=100,
    )


def decay(key: str, label: str, default: float) -> Real:
    """Return a parameter that says how much of a running average is kept at each step."""
    return Real(
        key=key,
        label=label,
        default=default,
        help=QT_TRANSLATE_NOOP("annstudio", "How much of the average is kept at each step; the rest is new."),
        minimum=0,
        maximum=LARGEST_DECAY,
    )


def epsilon(default: float) -> Real:
    """Return the parameter ε, which keeps a division from being one by zero."""
    return Real(
        key="epsilon",
        label=QT_TRANSLATE_NOOP("annstudio", "Epsilon ε"),
        default=default,
        help=QT_TRANSLATE_NOOP("annstudio", "A small number that keeps the division from being one by zero."),
        minimum=SMALLEST_EPSILON,
        maximum=1,
    )


def running_average(average: Array, new: Array, kept: Array, rest: Array, scratch: Array) -> Calls:
    """Return the calls average ← kept · average + rest · new.

    Args:
        average: what is remembered, changed in place.
        new: what comes in, same shape; may be scratch itself.
        kept: the decay, 0-d.
        rest: 1 − kept, 0-d.
        scratch: overwritten, same shape.
    """
    return [
        (np.multiply, (average, kept, average)),
        (np.multiply, (new, rest, scratch)),
        (np.add, (average, scratch, average)),
    ]
