"""What several optimizers have in common: parameters, slots, and the pieces of their formulas."""

from collections.abc import Mapping

import numpy as np

from annstudio.core.calls import Array, Calls, New, constant
from annstudio.core.params import Real
from annstudio.core.texts import QT_TRANSLATE_NOOP
from annstudio.engine.optimizers.base import Optimizer, Slot
from annstudio.engine.rules import Line

SMALLEST_RATE = 1e-12
"""Far below what moves a weight, and far above what single precision rounds to zero."""

SMALLEST_EPSILON = 1e-30
"""Single precision still holds it, so that no division is by zero."""

LARGEST_DECAY = 0.9999
"""Decays and momenta are below 1, where an average would never change."""

VELOCITY = Slot(key="velocity", label=QT_TRANSLATE_NOOP("annstudio", "Velocity"), symbol="v")


def learning_rate(default: float, usual: tuple[float, float] | None = None) -> Real:
    """Return the parameter η, with the optimizer's own default and usual range; None if any will do."""
    return Real(
        key="learning_rate",
        label=QT_TRANSLATE_NOOP("annstudio", "Learning rate η"),
        default=default,
        help=QT_TRANSLATE_NOOP("annstudio", "How far a step goes: too small is slow, too large diverges."),
        minimum=SMALLEST_RATE,
        maximum=100,
        usual=usual,
    )


def momentum(default: float) -> Real:
    """Return the parameter μ, where 0 means that steps know nothing of the last one."""
    return Real(
        key="momentum",
        label=QT_TRANSLATE_NOOP("annstudio", "Momentum μ"),
        default=default,
        help=QT_TRANSLATE_NOOP("annstudio", "How much of the last step's velocity goes on. 0.9 is usual."),
        minimum=0,
        maximum=LARGEST_DECAY,
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


def weight_decay(default: float = 0.0) -> Real:
    """Return the parameter λ, which pulls weights toward zero."""
    return Real(
        key="weight_decay",
        label=QT_TRANSLATE_NOOP("annstudio", "Weight decay λ"),
        default=default,
        help=QT_TRANSLATE_NOOP("annstudio", "How strongly each step pulls the weights, not the biases, toward zero."),
        minimum=0,
        maximum=100,
    )


def add_decay(
    optimizer: Optimizer, w: Array, g: Array, live: Mapping[str, Array], new: New, decays: Array | None
) -> Calls:
    """Return the calls g ← g + λ·w, none where λ is off: the gradient of J + ½λ·Σw², the L2 penalty.

    Args:
        optimizer: whose parameter weight_decay λ is.
        w, g, live, new, decays: see Optimizer.update.
    """
    if not optimizer.params["weight_decay"]:
        return []
    pull = new(w)
    return [
        (np.multiply, (w, live["weight_decay"], pull)),
        (np.multiply, (pull, decaying(w, decays), pull)),
        (np.add, (g, pull, g)),
    ]


def decay_lines(optimizer: Optimizer, kernel: bool) -> tuple[Line, ...]:
    """Return what add_decay does, in letters.

    Args:
        optimizer: whose parameter weight_decay λ is.
        kernel: the weight is one that decays, and no bias.
    """
    return (Line("g", "g + λ·w"),) if kernel and optimizer.params["weight_decay"] else ()


def decaying(w: Array, decays: Array | None) -> Array:
    """Return 1 for each weight that decays and 0 for the others; see Optimizer.update."""
    return constant(1, w) if decays is None else decays


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


def speed_up(v: Array, push: Array, mu: Array) -> Calls:
    """Return the calls v ← μ·v + push; mu is 0-d."""
    return [(np.multiply, (v, mu, v)), (np.add, (v, push, v))]


def look_ahead(v: Array, g: Array, mu: Array, new: New) -> Calls:
    """Return the calls g ← g + μ·v, Nesterov's gradient; mu is 0-d."""
    ahead = new(v)
    return [(np.multiply, (v, mu, ahead)), (np.add, (g, ahead, g))]


def descend(w: Array, direction: Array, rate: Array, scratch: Array) -> Calls:
    """Return the calls w ← w − rate · direction; scratch is overwritten and may be the direction itself."""
    return [(np.multiply, (direction, rate, scratch)), (np.subtract, (w, scratch, w))]
