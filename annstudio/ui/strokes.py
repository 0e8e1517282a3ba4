"""Curves of any function, also of one with gaps and poles: which heights to show, and which stretches to draw."""

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.floating[Any]]
Function = Callable[[Numbers], Numbers]
Range = tuple[float, float]

_LARGEST = 1e100
"""Beyond, there is nothing to see, and differences of two values soon are infinite."""
_ZOOMS, _POINTS, _GROWTH = 3, 201, 3.0
_MOST = (0.05, 0.95)
"""At a pole, the heights between these quantiles are shown, and half as much again above and below them."""


def drawable(values: Numbers) -> Numbers:
    """Return the values, NaN in place of what cannot be drawn."""
    with np.errstate(invalid="ignore"):
        # In single precision, the limit would be infinite.
        return np.where(np.abs(values, dtype=np.float64) <= _LARGEST, values, np.nan)


def heights(function: Function, z: Numbers, values: Numbers) -> Range | None:
    """Return the lowest and the highest value to show; None without any.

    That is all there are, except where the function has a pole as 1/x has: there, they grow without end, and most of
    the curve would look flat.

    Args:
        function: gives the value at any z.
        z: where its values are known, ascending, at least 2.
        values: there, as drawable gives them.
    """
    found = values[np.isfinite(values)]
    if not found.size:
        return None
    low, high = float(found.min()), float(found.max())
    if not has_pole(function, z, values):
        return low, high
    least, most = np.quantile(found, _MOST).tolist()
    more = (most - least) / 2
    return max(low, least - more), min(high, most + more)


def has_pole(function: Function, z: Numbers, values: Numbers) -> bool:
    """Return whether sizes change greatly however closely one looks at the largest; arguments as in heights.

    A narrow peak, too, looks like a pole from afar, and grows or falls no more under the magnifying glass.
    """
    sizes = np.nan_to_num(np.abs(values))
    place, largest, step = float(z[sizes.argmax()]), float(sizes.max()), float(np.diff(z).max())
    beside = np.abs(function(place + step / _POINTS * np.array([-1.0, 1.0])))
    if (_GROWTH * beside < largest).any():
        return True
    for _ in range(_ZOOMS):
        near = np.linspace(place - step, place + step, _POINTS)
        sizes = np.nan_to_num(np.abs(function(near)), nan=0.0, posinf=np.inf)
        if sizes.max() > _GROWTH * largest:
            return True
        place, step = float(near[sizes.argmax()]), 2 * step / (_POINTS - 1)
    return False


def with_zero(ranges: list[Range | None]) -> Range | None:
    """Return the range over all of these and zero, never an empty one; None where there is none to show."""
    shown = [each for each in ranges if each is not None]
    if not shown:
        return None
    low, high = min(0.0, *(low for low, _ in shown)), max(0.0, *(high for _, high in shown))
    # The function is zero everywhere, or as good as that: a line in the middle.
    return (low, high) if high - low > 1 / _LARGEST else (-1.0, 1.0)


def strokes(values: Numbers, shown: Range) -> list[slice]:
    """Return the stretches to draw in one go, each of at least two values.

    They end at gaps, and where the curve leaps from above what is shown to below or back, as 1/x does at 0.

    Args:
        values: as drawable gives them, (points,).
        shown: the lowest and the highest height in the picture.
    """
    low, high = shown
    before, after = values[:-1], values[1:]
    leaps = ((before < low) & (after > high)) | ((before > high) & (after < low))
    joined = np.isfinite(before) & np.isfinite(after) & ~leaps
    ends = np.flatnonzero(np.diff(joined, prepend=False, append=False)).reshape(-1, 2)
    return [slice(int(first), int(last) + 1) for first, last in ends]


def within_reach(values: Numbers, shown: Range) -> Numbers:
    """Return the values moved to at most one picture's height outside the picture: painters dislike huge numbers."""
    low, high = shown
    return np.clip(values, low - (high - low), high + (high - low))
