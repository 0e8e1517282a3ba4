"""The curve of a run: cost and metrics, point by point."""

from collections.abc import Sequence
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

Rows = NDArray[np.floating[Any]]

COLUMNS = ("epoch", "train_cost", "validation_cost", "train_metric", "validation_metric")
"""Of a history, as it is kept in files."""
PENALTY = "penalty"
BATCHES = ("epoch", "cost")
"""Of what single batches cost."""
MOST_POINTS = 100_000
"""When the log is full, every other point goes: its memory is bounded whatever the run's length."""


_ROUNDING = 1e-9
"""Epochs are sums of parts of epochs."""


class Log:
    """An append-only log with one row per point, bounded by thinning.

    One thread appends while others read: a reader sees the rows there were when it asked.

    Args:
        names: of the columns; the first ascends.
    """

    def __init__(self, names: Sequence[str]) -> None:
        self.names = tuple(names)
        self._table = (np.full((1024, len(self.names)), np.nan), 0)
        """The rows and how many of them can be seen, replaced together so that a reader never sees a mixture."""
        self._kept = 0
        """Rows that stay; the latest point stands behind them even when it is not one of those that will."""
        self._points = 0
        self.stride = 1
        """Only every stride-th point stays; it doubles whenever the log is thinned."""

    def __len__(self) -> int:
        return self._table[1]

    def append(self, row: Sequence[float]) -> None:
        """Add a point: a value per column; those left out at the end are NaN."""
        rows = self._table[0]
        if self._kept == len(rows):
            rows = self._with_room(rows)
        rows[self._kept] = np.nan
        rows[self._kept, : len(row)] = row
        self._table = (rows, self._kept + 1)
        if self._points % self.stride == 0:
            self._kept += 1
        self._points += 1

    def until(self, epoch: float) -> Self:
        """Return a log of its own that ends with the last point at or before an epoch."""
        rows, count = self._table
        other = self._empty()
        other.stride = self.stride
        other._kept = int(np.searchsorted(rows[:count, 0], epoch + _ROUNDING, side="right"))
        other._points = other._kept * self.stride
        other._table = (rows.copy(), other._kept)
        return other

    def _empty(self) -> Self:
        return type(self)(self.names)

    def _with_room(self, rows: Rows) -> Rows:
        kept = rows
        if len(rows) >= MOST_POINTS:
            kept = rows[::2]
            self.stride *= 2
            self._kept = len(kept)
        larger = np.full((max(len(rows), min(2 * len(kept), MOST_POINTS)), len(self.names)), np.nan)
        larger[: len(kept)] = kept
        return larger

    def columns(self, *names: str) -> tuple[NDArray[np.floating[Any]], ...]:
        """Return columns as they stand now, (points,) each, all of the same moment; read-only views."""
        rows, count = self._table
        views = tuple(rows[:count, self.names.index(name)] for name in names)
        for view in views:
            view.flags.writeable = False
        return views

    def column(self, name: str) -> NDArray[np.floating[Any]]:
        """Return one column; see columns."""
        return self.columns(name)[0]


class History(Log):
    """The curve of a run.

    Columns: epoch (whole for ends of epochs, fractional after single batches), cost and metric of the training and of
    the validation part, NaN where there is no such part; then what L1 and L2 would add to the costs.

    Attributes:
        batches: what single batches cost, with the weights from before their steps; of many, some.
    """

    def __init__(self, names: Sequence[str] = (*COLUMNS, PENALTY)) -> None:
        super().__init__(names)
        self.batches = Log(BATCHES)

    def until(self, epoch: float) -> Self:
        """Return a history of its own that ends with the last point at or before an epoch."""
        other = super().until(epoch)
        other.batches = self.batches.until(epoch)
        return other
