"""Colors for numbers: the diverging ramp from negative to positive, and the colors of classes."""

from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtGui import QColor, QImage

from annstudio.ui.theme import CLASS_COLORS, Theme

RAMP_LEVELS = 255
"""An odd number, so that one level is exactly zero."""
GROUND_STRENGTH = 0.72
"""How saturated a colored ground gets at most: marks on it must stand out."""

Levels = NDArray[np.uint8]
Colors = NDArray[np.uint32]
Numbers = NDArray[np.floating[Any]]


@cache
def diverging(theme: Theme, strength: float = 1.0) -> Colors:
    """Return the ramp from negative over neutral to positive, as 0xffRRGGBB, (RAMP_LEVELS,).

    Args:
        theme: gives the three colors.
        strength: how far the ends go from neutral, 0 to 1.
    """
    ends = [_rgb(theme.color(token)) for token in ("negative", "neutral", "positive")]
    low, middle, high = ends[0], ends[1], ends[2]
    way = strength * np.linspace(-1, 1, RAMP_LEVELS)[:, None]
    return _pack(np.where(way < 0, middle + (low - middle) * -way, middle + (high - middle) * way))


@cache
def class_ramps(theme: Theme, classes: int, strength: float = GROUND_STRENGTH) -> Colors:
    """Return for every class the ramp from neutral to its color, as 0xffRRGGBB, (classes, RAMP_LEVELS)."""
    neutral = _rgb(theme.color("neutral"))
    way = strength * np.linspace(0, 1, RAMP_LEVELS)[:, None]
    return np.stack([_pack(neutral + (_rgb(class_color(theme, k, classes)) - neutral) * way) for k in range(classes)])


@cache
def ink_ramp(theme: Theme) -> Colors:
    """Return the ramp from paper to ink, for pictures, as 0xffRRGGBB, (RAMP_LEVELS,)."""
    paper, ink = _rgb(theme.color("neutral")), _rgb(theme.color("ink"))
    return _pack(paper + (ink - paper) * np.linspace(0, 1, RAMP_LEVELS)[:, None])


@cache
def no_answer(theme: Theme) -> np.uint32:
    """Return the gray of what has no value, as 0xffRRGGBB: unlike neutral, and no color of a class."""
    neutral, muted = _rgb(theme.color("neutral")), _rgb(theme.color("muted"))
    return np.uint32(_pack((0.6 * neutral + 0.4 * muted)[None])[0])


def class_color(theme: Theme, number: int, classes: int = 2) -> QColor:
    """Return the color of a class; of two classes the first is negative and the second positive."""
    if classes == 2:
        return theme.color("positive" if number else "negative")
    return QColor(CLASS_COLORS[number % len(CLASS_COLORS)])


def levels(values: Numbers, scale: float) -> Levels:
    """Return the ramp's level of each value: 0 for −scale and below, the middle for 0, the last for scale and above."""
    middle = (RAMP_LEVELS - 1) // 2
    scaled = np.clip(np.nan_to_num(values) * (middle / scale), -middle, middle)
    return (np.rint(scaled) + middle).astype(np.uint8)


def color_image(colors: Colors) -> QImage:
    """Return an image of 0xffRRGGBB colors, (rows, columns), row 0 at the top."""
    rows, columns = colors.shape
    pixels = np.ascontiguousarray(colors, dtype=np.uint32)
    # A QImage only borrows the array's memory; the copy owns its own.
    return QImage(pixels.data, columns, rows, 4 * columns, QImage.Format.Format_RGB32).copy()


def _rgb(color: QColor) -> NDArray[np.float64]:
    return np.array([color.red(), color.green(), color.blue()], dtype=np.float64)


def _pack(rgb: NDArray[np.float64]) -> Colors:
    red, green, blue = np.rint(rgb).astype(np.uint32).T
    return np.uint32(0xFF000000) | (red << np.uint32(16)) | (green << np.uint32(8)) | blue
