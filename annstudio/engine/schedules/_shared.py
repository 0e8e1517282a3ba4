"""What several schedules have in common: their parameters, and half a wave."""

import math

from annstudio.core.params import Integer, Real
from annstudio.core.texts import QT_TRANSLATE_NOOP


def epochs(key: str, label: str, default: int, help: str) -> Integer:
    """Return a parameter that says how long something takes."""
    return Integer(
        key=key,
        label=label,
        default=default,
        help=help,
        minimum=1,
        maximum=1_000_000,
        unit=QT_TRANSLATE_NOOP("annstudio", "epochs"),
    )


def decay(default: float) -> Real:
    """Return the parameter γ, by which the learning rate is multiplied again and again."""
    return Real(
        key="decay",
        label=QT_TRANSLATE_NOOP("annstudio", "Decay γ"),
        default=default,
        help=QT_TRANSLATE_NOOP("annstudio", "The learning rate is multiplied by this; 1 leaves it as it is."),
        minimum=0,
        above_minimum=True,
        maximum=1,
    )


def lowest() -> Real:
    """Return the parameter that keeps the learning rate from becoming too small."""
    return Real(
        key="lowest",
        label=QT_TRANSLATE_NOOP("annstudio", "Lowest factor"),
        default=0.0,
        help=QT_TRANSLATE_NOOP("annstudio", "The learning rate never gets below this part of its full size."),
        minimum=0,
        maximum=1,
    )


def half_wave(start: float, end: float, done: float) -> float:
    """Return the value on the way from start to end, along half a cosine wave, of which the share `done` is done."""
    return end + (start - end) * (1 + math.cos(math.pi * done)) / 2
