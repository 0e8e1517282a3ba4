"""How far a line can keep two classes apart, and what follows for the perceptron rule."""

from dataclasses import dataclass
from math import inf, sqrt

import numpy as np

from annstudio.core.calls import Array

_ROUNDING = 1e-9
_PRECISE = 1e-13
_NOTHING = 1e-12
"""Shares of a corner below this are none."""
_TRIES = 50


@dataclass(frozen=True, eq=False)
class Margin:
    """How far apart two classes are, in the space of the inputs and, where there is a bias, its 1.

    Args:
        width: γ, the distance of the nearest sample from the best plane through the origin; 0 where none separates.
        radius: R, the length of the longest sample.
        direction: across that plane, of length 1; zeros where there is none.
    """

    width: float
    radius: float
    direction: Array

    def most_mistakes(self, start: Array, rate: float) -> float:
        """Return how many mistakes the perceptron rule makes at most; infinite where no line separates the classes.

        With u across the best plane, every mistake adds at least ηγ to w·u and at most η²R² to |w|², so that T mistakes
        ask for (w₀·u/η + Tγ)² ≤ |w₀|²/η² + TR²; from weights of 0, T ≤ (R/γ)² (Novikoff 1962, On convergence proofs
        for perceptrons).

        Args:
            start: the first weights, and the bias if there is one.
            rate: η.
        """
        if self.width == 0:
            return inf
        along = float(start @ self.direction) / rate
        aside = max(0.0, float(start @ start) / rate**2 - along**2)
        half = self.radius**2 - 2 * along * self.width
        return max(0.0, half + sqrt(half**2 + 4 * self.width**2 * aside)) / (2 * self.width**2)


def margin(columns: Array, y: Array) -> Margin:
    """Return the widest margin between two classes, by a plane through the origin.

    It is the distance from the origin to the hull of the samples, those of class 0 mirrored.

    Args:
        columns: inputs, with ones for a bias if there is one, (samples, columns).
        y: 0 or 1, (samples,).
    """
    nothing = np.zeros(columns.shape[1])
    if not len(y):
        return Margin(0.0, 0.0, nothing)
    radius = float(np.linalg.norm(columns, axis=1).max())
    mirrored = columns * np.where(y > 0.5, 1.0, -1.0)[:, np.newaxis]
    nearest = _nearest_of_hull(mirrored)
    length = float(np.linalg.norm(nearest))
    least = _ROUNDING * max(1.0, radius)
    if length <= least:
        return Margin(0.0, radius, nothing)
    direction = nearest / length
    width = float((mirrored @ direction).min())
    return Margin(width, radius, direction) if width > least else Margin(0.0, radius, nothing)


def _nearest_of_hull(points: Array) -> Array:
    """Return the point of the hull of points, (samples, columns), that is nearest to the origin.

    Wolfe 1976, Finding the nearest point in a polytope: corners are taken in while one lies nearer than the plane
    through those at hand, and left out where the nearest point of that plane lies outside of their hull.
    """
    sizes = np.square(points).sum(axis=1)
    corners = [int(sizes.argmin())]
    shares: Array = np.ones(1)
    for _ in range(_TRIES * (len(points) + 1)):
        nearest: Array = shares @ points[corners]
        reach = points @ nearest
        best = int(reach.argmin())
        if nearest @ nearest - reach[best] <= _PRECISE * sizes.max() or best in corners:
            break
        corners, shares = _within(points, [*corners, best], np.append(shares, 0.0))
    found: Array = shares @ points[corners]
    return found


def _within(points: Array, corners: list[int], shares: Array) -> tuple[list[int], Array]:
    """Return corners and their shares in the nearest point of the plane through them that lies within their hull."""
    while True:
        wanted = _of_plane(points[corners])
        if (wanted > _NOTHING).all() or len(corners) == 1:
            return corners, wanted
        leaving = wanted <= _NOTHING
        way = min(1.0, float((shares[leaving] / np.maximum(shares[leaving] - wanted[leaving], 1e-300)).min()))
        shares = shares + way * (wanted - shares)
        kept = shares > _NOTHING
        if kept.all():
            kept[int(np.where(leaving, shares, np.inf).argmin())] = False
        corners = [corner for corner, stays in zip(corners, kept, strict=True) if stays]
        shares = shares[kept] / shares[kept].sum()


def _of_plane(chosen: Array) -> Array:
    """Return the shares, which add up to 1, of points in the nearest point of the plane through them."""
    count = len(chosen)
    system = np.zeros((count + 1, count + 1))
    system[:count, :count] = chosen @ chosen.T
    system[count, :count] = system[:count, count] = 1
    shares: Array = np.linalg.lstsq(system, np.append(np.zeros(count), 1.0), rcond=None)[0][:count]
    return shares
