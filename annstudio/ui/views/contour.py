"""Level lines of a surface."""

from typing import Any

import numpy as np
from numpy.typing import NDArray


def level_lines(surface: NDArray[Any], level: float) -> NDArray[np.float64]:
    """Return the line on which a surface has this level, as straight pieces: marching squares.

    Args:
        surface: heights at the points of a grid, (rows, columns), at least 2 by 2.
        level: the height sought.

    Returns:
        (pieces, 4): x and y of both ends, counted in columns and rows.
    Source: Lorensen & Cline 1987, Marching cubes, in two dimensions.
    """
    s = np.nan_to_num(surface.astype(np.float64)) - level
    rows, columns = s.shape
    above = s > 0
    across, up = _crossings(s[:, :-1], s[:, 1:]), _crossings(s[:-1], s[1:])
    y, x = np.mgrid[:rows, :columns].astype(np.float64)
    along_row = np.stack([x[:, :-1] + across, y[:, :-1]], axis=-1)
    along_column = np.stack([x[:-1], y[:-1] + up], axis=-1)
    row_crossed, column_crossed = above[:, :-1] != above[:, 1:], above[:-1] != above[1:]
    # Each cell's sides in the order bottom, right, top, left. A side is crossed in 0, 2 or 4 of them, so the crossed
    # sides, taken in order, pair up into pieces.
    points = np.stack([along_row[:-1], along_column[:, 1:], along_row[1:], along_column[:, :-1]], axis=2)
    crossed = np.stack([row_crossed[:-1], column_crossed[:, 1:], row_crossed[1:], column_crossed[:, :-1]], axis=2)
    return points[crossed].reshape(-1, 4)


def _crossings(a: NDArray[np.float64], b: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return how far from a to b a straight line crosses zero; 0 where it does not."""
    gap = a - b
    return np.divide(a, gap, out=np.zeros_like(a), where=gap != 0)
