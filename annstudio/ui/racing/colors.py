"""The colors of a race: heights, and who is who."""

from functools import cache

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage, QPen

_STOPS = ("#38618c", "#5f97c4", "#a9cde0", "#eef0ea", "#f6d2a9", "#ee9f62", "#d9652c")
_BANDS = 18
LEVELS = 512
RACERS = ("#e03131", "#f2c200", "#17935b", "#b81fd6", "#0ca6c0", "#a0522d", "#868e96", "#d6336c")
"""Red, gold, green, purple, cyan …, seen on the map as in a light and a dark table; each has its own mark too."""


@cache
def palette() -> NDArray[np.uint8]:
    """Return the color of each height from the lowest to the highest, in bands, (LEVELS, 3)."""
    colors = [QColor(stop) for stop in _STOPS]
    stops = np.array([(color.red(), color.green(), color.blue()) for color in colors], np.float64)
    places = np.linspace(0, 1, len(_STOPS))
    bands = np.floor(np.linspace(0, 1 - 1e-9, LEVELS) * _BANDS) / (_BANDS - 1)
    found: NDArray[np.uint8] = np.stack([np.interp(bands, places, stops[:, c]) for c in range(3)], -1).astype(np.uint8)
    return found


def racer_color(number: int) -> QColor:
    """Return the color of a racer."""
    return QColor(RACERS[number % len(RACERS)])


def image_of(pixels: NDArray[np.uint8]) -> QImage:
    """Return an image of (rows, columns, 3), the upper row first; it has a copy of its own."""
    pixels = np.ascontiguousarray(pixels)
    height, width, _ = pixels.shape
    return QImage(pixels.data, width, height, 3 * width, QImage.Format.Format_RGB888).copy()


def round_pen(color: QColor, width: float) -> QPen:
    """Return a pen whose lines have round ends and corners."""
    return QPen(color, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)
