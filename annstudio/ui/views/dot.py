"""The student's own point in the plane."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPainter, QPen

from annstudio.ui.theme import Theme
from annstudio.ui.views.numerals import nice_step
from annstudio.ui.views.painting import paint_star

RADIUS = 9.0
REACH = 16.0
"""Pixels from its center within which the mouse takes hold of it."""

_WHOLE_STEPS = (1.0, 0.5)
_KEY_STEPS = 50
_FINER = 10
_FEWEST_STEPS = 5

Predictor = Callable[[NDArray[Any]], NDArray[Any] | None]
"""Takes inputs in the data's own units, (samples, features); returns outputs, (samples, outputs), or None."""


@dataclass(frozen=True)
class Track:
    """Where one coordinate of the dot can be.

    Args:
        low, high: its ends.
        step: distance between places; 0 where it may be almost anywhere.
    """

    low: float
    high: float
    step: float = 0.0

    @classmethod
    def along(cls, values: NDArray[Any], low: float, high: float) -> "Track":
        """Return the track that suits a column: nobody attends 6.83 lectures, or −1.

        Args:
            values: the column, (samples,).
            low, high: ends of the axis.
        """
        least, most = float(values.min()), float(values.max())
        for step in _WHOLE_STEPS:
            if most - least >= _FEWEST_STEPS * step and not np.mod(values, step).any():
                return cls(least, most, step)
        return cls(low, high)

    @property
    def key_step(self) -> float:
        """How far an arrow key goes."""
        return self.step or nice_step(self.high - self.low, _KEY_STEPS)

    @property
    def middle(self) -> float:
        """A round place about half way."""
        return self.nearest(round((self.low + self.high) / 2 / self.key_step) * self.key_step)

    def nearest(self, value: float) -> float:
        """Return the allowed place nearest to a value."""
        # Where any place will do, one that can be written down in a few digits.
        grid = self.step or self.key_step / _FINER
        return max(self.low, min(self.high, round(value / grid) * grid))


@dataclass(frozen=True)
class Dot:
    """A point that moves along two tracks."""

    across: Track
    up: Track
    x: float
    y: float

    @classmethod
    def in_the_middle(cls, across: Track, up: Track) -> "Dot":
        """Return a dot about half way along both tracks."""
        return cls(across, up, across.middle, up.middle)

    def at(self, x: float, y: float) -> "Dot":
        """Return the dot moved as near to here as it may go."""
        return replace(self, x=self.across.nearest(x), y=self.up.nearest(y))

    def stepped(self, across: int, up: int) -> "Dot":
        """Return the dot moved by so many keys."""
        return self.at(self.x + across * self.across.key_step, self.y + up * self.up.key_step)


def paint_dot(painter: QPainter, theme: Theme, center: QPointF, focused: bool) -> None:
    """Paint the dot: a star in a ring, with a second ring when the arrow keys move it."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if focused:
        painter.setPen(QPen(theme.color("accent", 0.45), 4))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawEllipse(center, RADIUS + 3.5, RADIUS + 3.5)
    painter.setPen(QPen(theme.color("accent"), 2.5))
    painter.setBrush(theme.color("card"))
    painter.drawEllipse(center, RADIUS, RADIUS)
    paint_star(painter, center, RADIUS * 0.68, theme.color("accent"))
