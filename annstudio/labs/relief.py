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

_DEPTHS = 220
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
        across, depth = view.columns, view.depths[:, np.newaxis]
        last = len(self._heights) - 1
        half = np.float32(last / 2)
        column = across * (view.right[0] * half) + (depth * (view.forward[0] * half) + half)
        row = across * (view.right[1] * half) + (depth * (view.forward[1] * half) + half)
        inside = (column >= 0) & (column <= last) & (row >= 0) & (row <= last)
        end = np.float32(last - 1e-3)
        np.clip(column, 0, end, out=column)
        np.clip(row, 0, end, out=row)
        left, low = column.astype(np.int32), row.astype(np.int32)
        corner = low * np.int32(last + 1) + left
        z = self._between(corner, column - left, row - low)
        level = view.level(depth, z * np.float32(self._rise))
        seen, foot = self._horizon(level, inside, view)
        picture = np.empty((height, width, 3), np.uint8)
        picture[:] = background
        rows, columns = np.nonzero((seen < _DEPTHS) & (np.arange(height)[:, np.newaxis] >= foot))
        samples = seen[rows, columns] * width + columns
        shown = inside.ravel().take(samples)
        rows, columns, samples = rows[shown], columns[shown], samples[shown]
        levels = len(self._palette) - 1
        heights = z.ravel().take(samples)
        color = self._palette.take(np.clip(heights * levels + 0.5, 0, levels).astype(np.int32), 0)
        shade = self._shade.ravel().take(corner.ravel().take(samples))
        picture[rows, columns] = np.minimum(color * shade[:, np.newaxis], 255)
        return picture[::-1]

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

    def _between(self, corner: NDArray[np.int32], right: Array, high: Array) -> Array:
        """Return heights between the points of the grid, bilinear.

        Args:
            corner: number of the point to the lower left, counted along the rows.
            right, high: how far to go from there to the next point, 0 to 1.
        """
        f, next_row = self._heights.ravel(), len(self._heights)
        lower, upper = f.take(corner), f.take(corner + next_row)
        lower += (f.take(corner + 1) - lower) * right
        upper += (f.take(corner + next_row + 1) - upper) * right
        heights: Array = lower + (upper - lower) * high
        return heights

    def _horizon(
        self, level: Array, inside: NDArray[np.bool_], view: "_View"
    ) -> tuple[NDArray[np.int32], NDArray[np.intp]]:
        """Return for each pixel, lowest row first, the sample that is seen there, and where each column begins."""
        width, height = view.width, view.height
        rising = np.where(inside, level, np.float32(-1))
        np.maximum.accumulate(rising, axis=0, out=rising)
        first = np.clip(rising + 1, 0, height).astype(np.int32)
        counts = np.bincount(
            (first * np.int32(width) + np.arange(width, dtype=np.int32)).ravel(), minlength=(height + 1) * width
        )
        # A pixel shows the first sample whose running maximum reaches it: as many samples stay below it.
        seen = counts.reshape(height + 1, width)[:height].cumsum(axis=0, dtype=np.int32)
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
        return (
            depth * np.float32(self.scale * self._back) + z * np.float32(self.scale * self._up) + np.float32(self._base)
        )
