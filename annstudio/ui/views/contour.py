"""Level lines of a surface."""

from typing import Any

import numpy as np
from numpy.typing import NDArray


def level_lines(surface: NDArray[Any], level: float) -> NDArray[np.float64]:
    """Return the line on which a surface has this level, as straight pieces: marching squares.

    Args:
        surface: heights at the points of a grid, (rows, columns), at least 2 by 2; no line runs where one is NaN.
        level: the height sought.

    Returns:
        (pieces, 4): x and y of both ends, counted in columns and rows.
    Source: Lorensen & Cline 1987, Marching cubes, in two dimensions.
    """
    s = np.nan_to_num(surface.astype(np.float64)) - level
    above = s > 0
    first = above[:-1, :-1]
    known = ~np.isnan(surface)
    known = known[:-1, :-1] & known[:-1, 1:] & known[1:, :-1] & known[1:, 1:]
    mixed = known & ((first != above[:-1, 1:]) | (first != above[1:, :-1]) | (first != above[1:, 1:]))
    row, column = np.nonzero(mixed)
    a, b, c, d = s[row, column], s[row, column + 1], s[row + 1, column + 1], s[row + 1, column]
    # The sides of each mixed cell: bottom, right, top, left. Of these 2 or 4 are crossed, so that the crossed sides,
    # taken in order, pair up into pieces.
    start, end = np.stack([a, b, d, a], axis=1), np.stack([b, c, c, d], axis=1)
    crossed = (start > 0) != (end > 0)
    way = np.divide(start, start - end, out=np.zeros_like(start), where=crossed)
    zero, one = np.zeros_like(a), np.ones_like(a)
    x = column[:, None] + np.stack([way[:, 0], one, way[:, 2], zero], axis=1)
    y = row[:, None] + np.stack([zero, way[:, 1], one, way[:, 3]], axis=1)
    return np.stack([x[crossed], y[crossed]], axis=1).reshape(-1, 4)
