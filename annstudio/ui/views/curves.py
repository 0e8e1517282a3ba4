"""A run's history as curves: brought down to what the screen can show."""

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from annstudio.training.history import History
from annstudio.ui.views.figures import log_ticks, nice_ceiling, nice_ticks

Numbers = NDArray[np.floating[Any]]

_DASH, _PERIOD = 5, 9
"""Drawn pixels and all pixels of a dash."""
_MOST_DECADES = 8
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

    def extremes(self) -> tuple[float, float]:
        """Return the smallest and the largest finite value of both curves; (0, 1) where there is none."""
        values = np.concatenate([self.train, self.validation])
        values = values[np.isfinite(values)]
        return (float(values.min()), float(values.max())) if len(values) else (0.0, 1.0)


@dataclass(frozen=True)
class Scale:
    """The vertical axis: its ends and ticks, as they are drawn.

    Attributes:
        low, high: ends; powers of ten where log.
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
    """Return an axis that holds the cost, from 0, or over the decades it went through; it moves in few steps."""
    low, high = curves.extremes()
    if not log or high <= 0:
        top = nice_ceiling(high)
        return Scale(0.0, top, tuple(nice_ticks(0.0, top, most)))
    top = math.ceil(math.log10(high) - 1e-9)
    bottom = math.floor(math.log10(low) + 1e-9) if low > 0 else top - _MOST_DECADES
    bottom = max(min(bottom, top - 1), top - _MOST_DECADES)
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


def dash(x: Numbers, y: Numbers, x_end: float, columns: int) -> tuple[Numbers, Numbers, NDArray[np.bool_]]:
    """Return a thinned curve cut into dashes, and for every point whether a line leads on from it.

    Qt's own dashes restart with every piece of a curve drawn piece by piece, which is the fast way to draw one.
    """
    if len(x) == 0:
        return x, y, np.zeros(0, dtype=bool)
    if len(x) < columns:
        steps = np.arange(math.floor(x[0] / x_end * columns), math.ceil(x[-1] / x_end * columns) + 1)
        every = np.unique(np.concatenate([np.clip(steps * (x_end / columns), x[0], x[-1]), x]))
        x, y = every, np.interp(every, x, y)
    column = np.floor(x * (columns / x_end) + 1e-9).astype(np.intp)
    return x, y, column % _PERIOD < _DASH
