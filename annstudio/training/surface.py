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
    features = prepared.data.schema.inputs
    if features > 2:
        return None
    side = LINE_COLUMNS
    if features == 2:
        side = next((side for side in SIDES if side * side * parameters <= _MOST_WORK), SIDES[-1])
    extent, points = lattice(prepared, side)
    return extent, (len(points) // side, side), points


def lattice(prepared: Prepared, side: int) -> tuple[Extent, NDArray[Any]]:
    """Return the extent of data with one feature or two, and points evenly spread over it; see grid.

    Args:
        prepared: the data.
        side: points along each axis.
    """
    raw = prepared.data.inputs
    low, high = raw.min(axis=0), raw.max(axis=0)
    margin = np.where(high > low, _MARGIN * (high - low), 1.0)
    ranges = list(zip((low - margin).tolist(), (high + margin).tolist(), strict=True))
    axes = np.meshgrid(*(np.linspace(*ends, side) for ends in ranges))
    points = np.column_stack([axis.ravel() for axis in axes])
    return (ranges[0], ranges[1] if len(ranges) == 2 else (0.0, 1.0)), prepared.scaler.transform(points)
