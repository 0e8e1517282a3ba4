"""Weights that are set by hand."""

from dataclasses import dataclass

from annstudio.core.params import Real
from annstudio.core.texts import QT_TRANSLATE_NOOP

_LARGEST = 3.4e38
"""Single precision ends a little above."""

WEIGHT = Real(
    "weight",
    QT_TRANSLATE_NOOP("annstudio", "A weight"),
    default=0.0,
    help=QT_TRANSLATE_NOOP("annstudio", "Any number; training goes on from it."),
    minimum=-_LARGEST,
    maximum=_LARGEST,
)
"""What numbers a weight can be: those that hold in single precision, so that the precision can be changed later."""


@dataclass(frozen=True)
class WeightPlace:
    """Where a weight is.

    Args:
        node_id: its layer.
        part: which of the layer's arrays, "kernel" or "bias"; see Layer.parts.
        index: within the array.
    """

    node_id: str
    part: str
    index: tuple[int, ...]
