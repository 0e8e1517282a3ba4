"""The curve of a run: cost and metrics, point by point."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

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
        self._rows = np.full((1024, len(COLUMNS)), np.nan)
        self._count = 0
        self.stride = 1
        """Only every stride-th epoch is kept; grows as the log is thinned."""

    def __len__(self) -> int:
        return self._count

    def append(self, row: Sequence[float]) -> None:
        """Add a point; see COLUMNS for its parts."""
        if self._count == len(self._rows):
            self._make_room()
        self._rows[self._count] = row
        self._count += 1

    def _make_room(self) -> None:
        if self._count >= MOST_POINTS:
            kept = self._rows[: self._count : 2].copy()
            self.stride *= 2
            rows = np.full_like(self._rows, np.nan)
            rows[: len(kept)] = kept
            self._count, self._rows = len(kept), rows
        else:
            self._rows = np.vstack([self._rows, np.full_like(self._rows, np.nan)])

    def column(self, name: str) -> NDArray[np.floating[Any]]:
        """Return a column as it stands now, (points,); read-only view."""
        rows, count = self._rows, self._count
        view = rows[: min(count, len(rows)), COLUMNS.index(name)]
        view.flags.writeable = False
        return view
