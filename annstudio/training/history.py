"""The curve of a run: cost and metrics, point by point."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

Rows = NDArray[np.floating[Any]]

COLUMNS = ("epoch", "train_cost", "validation_cost", "train_metric", "validation_metric")
MOST_POINTS = 100_000
"""When the log is full, every other point goes: its memory is bounded whatever the run's length."""


class History:
    """An append-only log with one row per point, bounded by thinning.

    One thread appends while others read: a reader sees the rows there were when it asked, all complete.

    Columns: epoch (whole for ends of epochs, fractional after single batches), cost and metric of the training and of
    the validation part, NaN where there is no such part.
    """

    def __init__(self) -> None:
        self._table = (np.full((1024, len(COLUMNS)), np.nan), 0)
        """The rows and how many of them are filled, replaced together so that a reader never sees a mixture."""
        self.stride = 1
        """Only every stride-th point is kept; it doubles whenever the log is thinned."""
        self._skipped = 0

    def __len__(self) -> int:
        return self._table[1]

    def append(self, row: Sequence[float]) -> None:
        """Add a point; see COLUMNS for its parts."""
        self._skipped += 1
        if self._skipped < self.stride:
            return
        self._skipped = 0
        rows, count = self._table
        if count == len(rows):
            rows, count = self._with_room(rows, count)
        rows[count] = row
        self._table = (rows, count + 1)

    def _with_room(self, rows: Rows, count: int) -> tuple[Rows, int]:
        kept = rows
        if count >= MOST_POINTS:
            kept = rows[::2]
            self.stride *= 2
        larger = np.full((max(len(rows), min(2 * len(kept), MOST_POINTS)), len(COLUMNS)), np.nan)
        larger[: len(kept)] = kept
        return larger, len(kept)

    def columns(self, *names: str) -> tuple[NDArray[np.floating[Any]], ...]:
        """Return columns as they stand now, (points,) each, all of the same moment; read-only views."""
        rows, count = self._table
        views = tuple(rows[:count, COLUMNS.index(name)] for name in names)
        for view in views:
            view.flags.writeable = False
        return views

    def column(self, name: str) -> NDArray[np.floating[Any]]:
        """Return one column; see columns."""
        return self.columns(name)[0]
