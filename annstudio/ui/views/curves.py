"""A run's history as curves: brought down to what the screen can show."""

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from annstudio.training.history import History
from annstudio.ui.views.numerals import log_ticks, nice_ceiling, nice_ticks

Numbers = NDArray[np.floating[Any]]
Line = tuple[Numbers, Numbers]
"""Epochs and values."""

TRAIN_WIDTH, VALIDATION_WIDTH = 3.2, 1.8
"""Of the lines, in pixels. They tell them apart without color, as dashes of a noisy curve would not."""

PALE = 0.35
"""Opacity of what stands behind."""

_LEAST_DECADES, _MOST_DECADES = 0.5, 8.0
_THIRDS = (0.0, math.log10(2), math.log10(5))
_ROUNDING = 1e-9
_LOWEST_R2 = -1.0


@dataclass(frozen=True, eq=False)
class Curves:
    """What one measure did during a run.

    Attributes:
        epoch, train, validation: (points,); NaN where nothing was measured.
    """

    epoch: Numbers
    train: Numbers
    validation: Numbers

    @classmethod
    def of(cls, history: History, measure: str) -> "Curves":
        """Return the curves of a measure, "cost" or "metric"."""
        return cls(*history.columns("epoch", f"train_{measure}", f"validation_{measure}"))

    def __len__(self) -> int:
        return len(self.epoch)

    def nearest(self, epoch: float) -> int:
        """Return the number of the point nearest to an epoch; there must be one."""
        after = int(np.searchsorted(self.epoch, epoch))
        if after == 0:
            return 0
        if after == len(self.epoch):
            return after - 1
        return after - 1 if epoch - self.epoch[after - 1] <= self.epoch[after] - epoch else after

    def after(self, epoch: float) -> "Curves":
        """Return the points from the last one at or before an epoch."""
        first = max(0, int(np.searchsorted(self.epoch, epoch + _ROUNDING)) - 1)
        return Curves(self.epoch[first:], self.train[first:], self.validation[first:])

    def smoothed(self) -> "Curves":
        """Return both curves smoothed; see the function of this name."""
        return Curves(self.epoch, smoothed(self.train), smoothed(self.validation))

    def extremes(self) -> tuple[float, float]:
        """Return the smallest and the largest finite value of both curves; (0, 1) where there is none."""
        values = np.concatenate([self.train, self.validation])
        values = values[np.isfinite(values)]
        return (float(values.min()), float(values.max())) if len(values) else (0.0, 1.0)


@dataclass(frozen=True)
class Scale:
    """The vertical axis: its ends and ticks, as they are drawn.

    Attributes:
        low, high: ends; their logarithms to base 10 where log.
        ticks: values at round places, in the measure's own unit.
        log: whether the axis is logarithmic.
    """

    low: float
    high: float
    ticks: tuple[float, ...]
    log: bool = False

    def place(self, values: Numbers) -> Numbers:
        """Return where values are drawn along the axis; what is off the scale stays at its ends."""
        if self.log:
            with np.errstate(divide="ignore", invalid="ignore"):
                values = np.log10(np.maximum(values, 0))
        return np.clip(values, self.low, self.high)

    def place_one(self, value: float) -> float:
        """Return where a single value is drawn; see place."""
        return float(self.place(np.array(value)))


def cost_scale(curves: Curves, log: bool, most: int) -> Scale:
    """Return an axis that holds the cost; it moves in few steps.

    Args:
        curves: of the cost.
        log: from a third of a decade below the lowest cost to one above the highest, at 1, 2 or 5 times a power of
            ten; from 0 otherwise.
        most: about how many ticks there is room for.
    """
    low, high = curves.extremes()
    if not log or high <= 0:
        top = nice_ceiling(high)
        return Scale(0.0, top, tuple(nice_ticks(0.0, top, most)))
    top = -_third_below(-math.log10(high))
    bottom = _third_below(math.log10(low)) if low > 0 else -math.inf
    bottom = max(min(bottom, _third_below(top - _LEAST_DECADES)), top - _MOST_DECADES)
    return Scale(bottom, top, tuple(log_ticks(10.0**bottom, 10.0**top, most)), log=True)


def metric_scale(curves: Curves, bounded: bool, most: int) -> Scale:
    """Return an axis from 0 to 1, for R² reaching below 0 where the values do, but not endlessly.

    Args:
        curves: of the metric.
        bounded: the metric is never negative.
        most: about how many ticks there is room for.
    """
    below = 0.0 if bounded else max(_LOWEST_R2, min(0.0, math.floor(curves.extremes()[0] * 4) / 4))
    return Scale(below, 1.0, tuple(nice_ticks(below, 1.0, most)))


def top_over(values: Numbers) -> float:
    """Return where an axis for several curves of costs ends: one that has exploded is not to flatten all others.

    Args:
        values: of all curves; those that are not finite do not count.
    """
    values = values[np.isfinite(values)]
    return float(min(values.max(), 10 * np.median(values) + _ROUNDING)) if len(values) else 1.0


def thin(x: Numbers, y: Numbers, x_end: float, columns: int) -> tuple[Numbers, Numbers]:
    """Return a curve with at most two points per pixel column, its smallest and largest: it looks the same.

    Args:
        x: ascending from 0, (points,).
        y: (points,); points that are not finite are left out.
        x_end: right end of the axis.
        columns: width of the plot in pixels.
    """
    kept = np.isfinite(y)
    x, y = (x, y) if kept.all() else (x[kept], y[kept])
    if len(x) <= 2 * columns:
        return x, y
    starts = np.searchsorted(x, np.linspace(0, x_end, columns, endpoint=False))
    starts = starts[np.diff(starts, append=len(x)) > 0]
    low, high = np.minimum.reduceat(y, starts), np.maximum.reduceat(y, starts)
    # The higher point first: costs fall, so the pairs join up into one line.
    return np.repeat(x[starts], 2), np.column_stack([high, low]).ravel()


def smoothed(values: Numbers) -> Numbers:
    """Return each value as the mean of its neighbors, so many that they span a twentieth of all.

    There are as many before as behind it, so that the start stays where it is; at the end those behind are missing.
    Values that are not finite do not count.
    """
    finite = np.isfinite(values)
    sums, counts = (np.concatenate([[0.0], np.cumsum(part)]) for part in (np.where(finite, values, 0), finite))
    places = np.arange(len(values))
    reaches = np.minimum(places, max(2, len(values) // 40))
    first, last = places - reaches, np.minimum(len(values), places + reaches + 1)
    found = counts[last] - counts[first]
    means = np.full(len(values), np.nan)
    np.divide(sums[last] - sums[first], found, out=means, where=found > 0)
    return means


def _third_below(power: float) -> float:
    """Return the logarithm of the nearest 1, 2 or 5 times a power of ten that is not above 10**power."""
    whole = math.floor(power + _ROUNDING)
    room = max(0.0, power - whole) + _ROUNDING
    return whole + max(third for third in _THIRDS if third <= room)
