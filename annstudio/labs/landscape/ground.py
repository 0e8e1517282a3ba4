"""The cost over a slice, as a map to race over."""

import math
from functools import cached_property

import numpy as np

from annstudio.core.calls import Array
from annstudio.engine.network import Network
from annstudio.engine.plan import Evaluator
from annstudio.labs.elevation import Elevation
from annstudio.labs.landscape.slices import Slice

_MOST_WORK = 1.5e7
"""Multiply-adds up to which the cost of a place is computed at once when it is asked for."""


class CostGround:
    """The cost J over a slice; see contest.Ground.

    Args:
        network, samples: whose cost.
        plane: the slice.
        costs: over it, (side, side); at least one is finite.

    Attributes:
        extent: of the map; its edges are the slice's.
        letter: what its heights are called.
        lowest: nobody knows where the cost is lowest.
    """

    extent = 1.0
    letter = "J"
    lowest: tuple[tuple[float, float], ...] = ()

    def __init__(self, network: Network, samples: tuple[Array, Array], plane: Slice, costs: Array) -> None:
        self._network, self._samples, self.plane, self.costs = network, samples, plane, costs
        self._elevation = Elevation(costs)

    @property
    def logarithmic(self) -> bool:
        """It is shown by the logarithm of its height, because a few places tower over all others."""
        return self._elevation.logarithmic

    @cached_property
    def relief(self) -> Array:
        """How high it looks, 0 to 1."""
        return self.looks(self.costs)

    def looks(self, heights: Array) -> Array:
        """Return how high heights look."""
        return self._elevation.looks(heights)

    def height(self, x: float, y: float) -> float:
        """Return the cost at a place, computed there; NaN for networks where that takes long."""
        if self._network.multiply_adds * len(self._samples[0]) > _MOST_WORK:
            return math.nan
        weights = self.plane.weights(x, y).astype(self._samples[0].dtype)
        with np.errstate(all="ignore"):
            return float(Evaluator(self._network, weights).cost(*self._samples)[0])

    def at(self, x: Array, y: Array) -> Array:
        """Return the cost at places, (n,), between the points of the map in proportion."""
        last = len(self.costs) - 1
        column, row = (np.clip((part + 1) / 2 * last, 0, last - 1e-9) for part in (x, y))
        left, low = column.astype(int), row.astype(int)
        right, high = column - left, row - low
        costs = np.nan_to_num(self.costs, nan=self._elevation.high, posinf=self._elevation.high)
        below = costs[low, left] * (1 - right) + costs[low, left + 1] * right
        above = costs[low + 1, left] * (1 - right) + costs[low + 1, left + 1] * right
        found: Array = below * (1 - high) + above * high
        return found
