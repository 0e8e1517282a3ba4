"""What the network answers all over the plane: the numbers behind the decision boundary."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from annstudio.data.prepare import Prepared

Extent = tuple[tuple[float, float], tuple[float, float]]

SIDES = (72, 48, 36, 24)
"""Points along each side of the grid, from fine to coarse."""
LINE_COLUMNS = 200
_MOST_WORK = 4e8
"""Multiplications for one picture, a few milliseconds: larger networks are asked at fewer points."""
_MARGIN = 0.1


def grid(prepared: Prepared, parameters: int) -> tuple[Extent, tuple[int, int], NDArray[Any]] | None:
    """Return where to ask the network: the extent, the grid's (rows, columns) and its points.

    The points are scaled as the training data are, (rows · columns, features), row by row from the bottom. Data with
    more than two features have no such picture: None.

    Args:
        prepared: the data.
        parameters: of the network that will be asked.
    """
    raw = prepared.data.inputs
    features = raw.shape[1]
    if features > 2:
        return None
    low, high = raw.min(axis=0), raw.max(axis=0)
    margin = np.where(high > low, _MARGIN * (high - low), 1.0)
    low, high = low - margin, high + margin
    if features == 1:
        x = np.linspace(low[0], high[0], LINE_COLUMNS)
        extent = ((float(low[0]), float(high[0])), (0.0, 1.0))
        return extent, (1, LINE_COLUMNS), prepared.scaler.transform(x[:, None])
    side = next((side for side in SIDES if side * side * parameters <= _MOST_WORK), SIDES[-1])
    x, y = np.meshgrid(np.linspace(low[0], high[0], side), np.linspace(low[1], high[1], side))
    extent = ((float(low[0]), float(high[0])), (float(low[1]), float(high[1])))
    return extent, (side, side), prepared.scaler.transform(np.column_stack([x.ravel(), y.ravel()]))
