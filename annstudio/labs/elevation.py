"""How high heights look on a map: from 0 at the lowest to 1 at the highest."""

import numpy as np

from annstudio.core.calls import Array

_STEEP = 25.0
"""A surface whose highest point is so many times as high as its middle one is shown by the logarithm of its height."""
_LEAST = 1e-300


class Elevation:
    """The scale of a map.

    Args:
        heights: all over it; at least one is finite, the others do not count.

    Attributes:
        logarithmic: heights are shown by their logarithm, because a few places tower over all others.
        low, middle, high: of the finite heights; the middle one is the median.
    """

    def __init__(self, heights: Array) -> None:
        finite = heights[np.isfinite(heights)]
        self.low, self.high = float(finite.min()), float(finite.max())
        self.middle = float(np.median(finite))
        self.logarithmic = self.high - self.low > _STEEP * max(self.middle - self.low, _LEAST)

    def looks(self, heights: Array) -> Array:
        """Return how high heights look; what is not finite looks as the highest place does."""
        low, high = self.low, self.high
        above = np.clip(np.nan_to_num(heights, nan=high, posinf=high, neginf=low) - low, 0, max(high - low, _LEAST))
        if self.logarithmic:
            unit = max(self.middle - low, _LEAST) / _STEEP * 2
            above, high, low = np.log1p(above / unit), np.log1p((high - low) / unit), 0.0
        looks: Array = above / max(high - low, _LEAST)
        return looks
