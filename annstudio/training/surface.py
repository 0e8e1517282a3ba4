"""What the network answers all over the plane: the numbers behind the decision boundary."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from annstudio.data.prepare import Prepared

Extent = tuple[tuple[float, float], tuple[float, float]]

COLUMNS, ROWS = 72, 72
LINE_COLUMNS = 200
_MARGIN = 0.1


def grid(prepared: Prepared) -> tuple[Extent, tuple[int, int], NDArray[Any]] | None:
    """Return where to ask the network: the extent, the grid's (rows, columns) and its points.

    The points are scaled as the training data are, (rows · columns, features), row by row from the bottom. Data with
    more than two features have no such picture: None.
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
    x, y = np.meshgrid(np.linspace(low[0], high[0], COLUMNS), np.linspace(low[1], high[1], ROWS))
    extent = ((float(low[0]), float(high[0])), (float(low[1]), float(high[1])))
    return extent, (ROWS, COLUMNS), prepared.scaler.transform(np.column_stack([x.ravel(), y.ravel()]))
