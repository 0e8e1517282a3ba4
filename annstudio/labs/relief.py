"""A surface seen from the side, painted pixel by pixel without a graphics card.

The picture is made of columns. Along each, the ground is sampled from near to far, and whatever rises above all that is
nearer is seen: one running maximum, and no triangles (the floating horizon method, Wright 1973, A two-space solution to
the hidden line problem for plotting functions of two variables).
"""

from dataclasses import dataclass
from functools import cached_property
from math import cos, radians, sin, sqrt

import numpy as np
from numpy.typing import NDArray

from annstudio.core.calls import Array

_DEPTHS = 260
"""Samples along each column."""
_LIGHT = np.array([-0.45, -0.35, 0.82])
_AMBIENT = 0.55


@dataclass(frozen=True)
class Camera:
    """Where a surface is looked at from.

    Args:
        azimuth: degrees around it.
        tilt: degrees above the ground, 10 to 85.
        zoom: 1 fits it into the picture.
    """

    azimuth: float = 35.0
    tilt: float = 32.0
    zoom: float = 1.0


class Relief:
    """A surface as a lit picture.

    Args:
        heights: 0 to 1 over a square, (y, x), y ascending.
        palette: red, green, blue of heights from 0 to 1, (levels, 3), 0 to 255.
        rise: how high 1 stands, in halves of the square's side.
    """

    def __init__(self, heights: Array, palette: NDArray[np.uint8], rise: float = 0.9) -> None:
        self._heights, self._palette, self._rise = heights.astype(np.float32), palette, rise

    @cached_property
    def _shade(self) -> Array:
        """How light the surface is, where it faces the light and where not."""
        side = 2.0 / (len(self._heights) - 1)
        by_y, by_x = np.gradient(self._heights * self._rise, side)
        length = np.sqrt(by_x**2 + by_y**2 + 1)
        light = (-by_x * _LIGHT[0] - by_y * _LIGHT[1] + _LIGHT[2]) / length / np.linalg.norm(_LIGHT)
        shade: Array = (_AMBIENT + (1 - _AMBIENT) * np.clip(light, 0, 1) * 1.15).astype(np.float32)
        return shade

    def picture(self, camera: Camera, width: int, height: int, background: tuple[int, int, int]) -> NDArray[np.uint8]:
        """Return the picture, (height, width, 3), the upper row first."""
        view = _View(camera, width, height, self._rise)
        across, depth = view.columns, view.depths
        x = across * view.right[0] + depth[:, np.newaxis] * view.forward[0]
        y = across * view.right[1] + depth[:, np.newaxis] * view.forward[1]
        last = len(self._heights) - 1
        column, row = (x + 1) * (last / 2), (y + 1) * (last / 2)
        inside = (column >= 0) & (column <= last) & (row >= 0) & (row <= last)
        column, row = np.clip(column, 0, last - 1e-3), np.clip(row, 0, last - 1e-3)
        left, low = column.astype(np.intp), row.astype(np.intp)
        z = self._between(left, low, column - left, row - low)
        level = view.level(depth[:, np.newaxis], z * self._rise)
        seen, foot = self._horizon(level, inside, view)
        picture = np.empty((height, width, 3), np.uint8)
        picture[:] = background
        rows, columns = np.nonzero((seen < _DEPTHS) & (np.arange(height)[:, np.newaxis] >= foot))
        samples = seen[rows, columns]
        shown = inside[samples, columns]
        rows, columns, samples = rows[shown], columns[shown], samples[shown]
        levels = len(self._palette) - 1
        color = self._palette[np.clip(z[samples, columns] * levels + 0.5, 0, levels).astype(np.intp)]
        shade = self._shade[low[samples, columns], left[samples, columns]]
        picture[rows, columns] = np.minimum(color * shade[:, np.newaxis], 255)
        return picture[::-1].copy()

    def project(self, camera: Camera, width: int, height: int, points: Array) -> Array:
        """Return where points of the square stand in the picture, (count, 2), from the upper left.

        Args:
            camera, width, height: see picture.
            points: −1 to 1 across and along, and the height, 0 to 1: (count, 3).
        """
        view = _View(camera, width, height, self._rise)
        across = points[:, 0] * view.right[0] + points[:, 1] * view.right[1]
        depth = points[:, 0] * view.forward[0] + points[:, 1] * view.forward[1]
        level = view.level(depth, points[:, 2] * self._rise)
        return np.column_stack([across * view.scale + width / 2, height - level])

    def _between(self, left: NDArray[np.intp], low: NDArray[np.intp], right_share: Array, high_share: Array) -> Array:
        """Return heights between the points of the grid, bilinear."""
        f = self._heights
        lower = f[low, left] * (1 - right_share) + f[low, left + 1] * right_share
        upper = f[low + 1, left] * (1 - right_share) + f[low + 1, left + 1] * right_share
        return lower * (1 - high_share) + upper * high_share

    def _horizon(
        self, level: Array, inside: NDArray[np.bool_], view: "_View"
    ) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
        """Return for each pixel, lowest row first, the sample that is seen there, and where each column begins."""
        width, height = view.width, view.height
        rising = np.maximum.accumulate(np.where(inside, level, -1.0), axis=0)
        first = np.clip(np.floor(rising).astype(np.intp) + 1, 0, height)
        counts = np.bincount((first * width + np.arange(width)).ravel(), minlength=(height + 1) * width)
        # A pixel shows the first sample whose running maximum reaches it: as many samples stay below it.
        seen = counts.reshape(height + 1, width)[:height].cumsum(axis=0)
        begins = inside.argmax(axis=0)
        foot = np.where(inside.any(axis=0), level[begins, np.arange(width)], height)
        return seen, np.floor(foot).astype(np.intp)


class _View:
    """The geometry of one picture: an orthographic projection."""

    def __init__(self, camera: Camera, width: int, height: int, rise: float) -> None:
        self.width, self.height = width, height
        turn, tilt = radians(camera.azimuth), radians(camera.tilt)
        self.right = (cos(turn), sin(turn))
        self.forward = (-sin(turn), cos(turn))
        self._up, self._back = cos(tilt), sin(tilt)
        high = 2 * sqrt(2) * self._back + rise * self._up
        self.scale = camera.zoom * 0.94 * min(width / (2 * sqrt(2)), height / high)
        self._base = height / 2 - self.scale * rise * self._up / 2
        self.columns = ((np.arange(width) + 0.5 - width / 2) / self.scale).astype(np.float32)
        self.depths = np.linspace(-sqrt(2), sqrt(2), _DEPTHS, dtype=np.float32)

    def level(self, depth: Array, z: Array) -> Array:
        """Return how many pixels above the lower edge something stands."""
        return self._base + self.scale * (depth * self._back + z * self._up)
