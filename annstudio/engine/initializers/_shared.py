"""What several initializers have in common: the parameters of a bell curve."""

from annstudio.core.params import Real
from annstudio.core.texts import QT_TRANSLATE_NOOP

LARGEST_WEIGHT = 100
"""Far beyond what any activation can make use of."""


def mean() -> Real:
    """Return the parameter μ."""
    return Real(
        key="mean",
        label=QT_TRANSLATE_NOOP("annstudio", "Mean μ"),
        default=0.0,
        help=QT_TRANSLATE_NOOP("annstudio", "Where the middle of the bell curve is."),
        minimum=-LARGEST_WEIGHT,
        maximum=LARGEST_WEIGHT,
    )


def standard_deviation() -> Real:
    """Return the parameter σ; its default is Keras's."""
    return Real(
        key="standard_deviation",
        label=QT_TRANSLATE_NOOP("annstudio", "Standard deviation σ"),
        default=0.05,
        help=QT_TRANSLATE_NOOP("annstudio", "How far a weight typically is from the mean."),
        minimum=0,
        above_minimum=True,
        maximum=LARGEST_WEIGHT,
    )
