"""A surface f(x, y) to walk on: exact heights and slopes, its lowest places, and how high it looks."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from annstudio.core.calls import Array, Calls
from annstudio.core.errors import UserError
from annstudio.core.formula import Formula
from annstudio.core.texts import QT_TRANSLATE_NOOP, Text, text
from annstudio.labs.elevation import Elevation

NAMES = {"x": "x", "y": "y", "z": "y"}
"""What formulas of surfaces call the two directions."""
GRID = 121
"""Points along each side of the map at which heights are taken."""
_NEWTON = 60
_NEAR = 1e-3
_EQUAL = 1e-6
"""Places whose heights differ by less, of the height of the map, are equally low."""
_CANDIDATE = 0.2
"""Points of the grid that are so much higher than the lowest one, of the height of the map, are no candidates."""
_MOST_CANDIDATES = 16


@dataclass(frozen=True, eq=False)
class Terrain:
    """A surface with its map.

    Args:
        formula: f of x and y.
        extent: the map reaches from −extent to extent, both ways.
        start: where a race begins unless told otherwise.
    """

    formula: Formula
    extent: float = 2.0
    start: tuple[float, float] = (1.5, 1.5)
    letter = "f"

    @classmethod
    def typed(cls, line: str, extent: float, start: tuple[float, float] = (1.5, 1.5)) -> "Terrain":
        """Return the surface of a formula that was typed.

        Raises:
            UserError: it is no formula of x and y, or it has no finite value anywhere on the map.
        """
        terrain = cls(Formula.parse(line, NAMES), extent, start)
        if not np.isfinite(terrain.heights).any():
            raise UserError(
                Text(
                    QT_TRANSLATE_NOOP(
                        "annstudio", "This formula has no finite value anywhere on the map: change it, or the map."
                    )
                )
            )
        return terrain

    def prepared(self) -> "Terrain":
        """Return it with all worked out that takes a while, so that showing it does not."""
        _ = self.relief, self.lowest
        return self

    def height(self, x: float, y: float) -> float:
        """Return f; NaN or infinite where there is none."""
        return float(self.formula.value(x=x, y=y))

    def slope(self, x: float, y: float) -> tuple[float, float]:
        """Return the gradient (∂f/∂x, ∂f/∂y), exact."""
        by_x, by_y = self.slopes
        return float(by_x.value(x=x, y=y)), float(by_y.value(x=x, y=y))

    @cached_property
    def slopes(self) -> tuple[Formula, Formula]:
        """The formulas of ∂f/∂x and ∂f/∂y."""
        return self.formula.derivative("x"), self.formula.derivative("y")

    def slope_calls(self, w: Array, g: Array) -> Calls:
        """Return the calls that write the gradient at w into g, both (2,)."""
        inputs = {"x": w[:1], "y": w[1:]}
        by_x, by_y = self.slopes
        return [*by_x.calls(inputs, g[:1], np.empty_like), *by_y.calls(inputs, g[1:], np.empty_like)]

    def height_calls(self, w: Array, out: Array) -> Calls:
        """Return the calls that write f(w) into out, (1,)."""
        return self.formula.calls({"x": w[:1], "y": w[1:]}, out, np.empty_like)

    def check_start(self, x: float, y: float) -> None:
        """Refuse a start outside of the map, or where the surface has no finite height or slope.

        Raises:
            UserError: which of these, and what to do.
        """
        if not (abs(x) <= self.extent and abs(y) <= self.extent):
            raise UserError(
                text(
                    QT_TRANSLATE_NOOP("annstudio", "({x}, {y}) is outside of the map, which ends at ±{extent}."),
                    x=f"{x:g}",
                    y=f"{y:g}",
                    extent=f"{self.extent:g}",
                )
            )
        if not np.isfinite([self.height(x, y), *self.slope(x, y)]).all():
            raise UserError(
                text(
                    QT_TRANSLATE_NOOP(
                        "annstudio", "The surface has no finite height or slope at ({x}, {y}): start elsewhere."
                    ),
                    x=f"{x:g}",
                    y=f"{y:g}",
                )
            )

    @cached_property
    def axis(self) -> Array:
        """Where heights are taken, along either side."""
        return np.linspace(-self.extent, self.extent, GRID)

    @cached_property
    def heights(self) -> Array:
        """f over the map, (y, x), y ascending."""
        x, y = np.meshgrid(self.axis, self.axis)
        with np.errstate(all="ignore"):
            return self.formula.value(x=x, y=y)

    @property
    def logarithmic(self) -> bool:
        """It is shown by the logarithm of its height, because a few places tower over all others."""
        return self._elevation.logarithmic

    def at(self, x: Array, y: Array) -> Array:
        """Return f at many places, (n,)."""
        return self.formula.value(x=x, y=y)

    @cached_property
    def relief(self) -> Array:
        """How high it looks over the map, 0 to 1, (y, x); where there is no height, 1."""
        return self.looks(self.heights)

    def looks(self, heights: Array) -> Array:
        """Return how high heights look, from 0 at the lowest place of the map to 1 at the highest."""
        return self._elevation.looks(heights)

    @cached_property
    def lowest(self) -> tuple[tuple[float, float], ...]:
        """The lowest place within the map, or several of them; none where it is lowest at its edge.

        Found on the grid, then by Newton's method; where the surface has a tip and no slope, the tip is the place.
        """
        found: list[tuple[float, float]] = []
        for x, y in self._refined(self._low_points()):
            if all(np.hypot(x - a, y - b) > _NEAR for a, b in found):
                found.append((x, y))
        depth = min((self.height(*place) for place in found), default=0.0)
        scale = max(abs(depth), float(np.median(self._finite)) - depth, 1e-300)
        return tuple(place for place in found if self.height(*place) - depth < _EQUAL * scale)

    def distance(self, x: float, y: float) -> float | None:
        """Return how far a place is from the nearest of the lowest ones; None where the map has none."""
        return min((float(np.hypot(x - a, y - b)) for a, b in self.lowest), default=None)

    @cached_property
    def _curvatures(self) -> tuple[Formula, Formula, Formula]:
        """The formulas of ∂²f/∂x², ∂²f/∂x∂y and ∂²f/∂y²."""
        by_x, by_y = self.slopes
        return by_x.derivative("x"), by_x.derivative("y"), by_y.derivative("y")

    @cached_property
    def _elevation(self) -> Elevation:
        return Elevation(self.heights)

    @cached_property
    def _finite(self) -> Array:
        return self.heights[np.isfinite(self.heights)]

    def _low_points(self) -> Array:
        """Return the lowest points of the grid, without its edge, that no neighbor is below, (n, 2)."""
        f = np.nan_to_num(self.heights, nan=np.inf)
        middle = f[1:-1, 1:-1]
        lowest = middle <= f.min() + _CANDIDATE * max(float(np.median(self._finite)) - f.min(), 0)
        for down in (0, 1, 2):
            for across in (0, 1, 2):
                lowest &= middle <= f[down : down + GRID - 2, across : across + GRID - 2]
        rows, columns = np.nonzero(lowest)
        order = np.argsort(middle[rows, columns])[:_MOST_CANDIDATES]
        axis = self.axis[1:-1]
        return np.column_stack([axis[columns[order]], axis[rows[order]]])

    def _refined(self, points: Array) -> list[tuple[float, float]]:
        """Return the minima that Newton's method finds from these points, (n, 2); not those that lead elsewhere.

        Where there is no slope, the surface has a tip, and a point stays what it is.
        """
        if not len(points):
            return []
        (x, y), (start_x, start_y) = points.T.copy(), points.T
        bowl = np.ones(len(points), bool)
        for _ in range(_NEWTON):
            gx, gy = (each.value(x=x, y=y) for each in self.slopes)
            xx, xy, yy = (each.value(x=x, y=y) for each in self._curvatures)
            determinant = xx * yy - xy * xy
            tip = ~np.isfinite(gx + gy)
            bowl &= tip | ((determinant > 0) & (xx > 0))
            with np.errstate(all="ignore"):
                step = np.array([yy * gx - xy * gy, xx * gy - xy * gx]) / determinant
            step[:, tip | ~bowl] = 0
            x, y = x - step[0], y - step[1]
            if np.abs(step).max() < 1e-13 * max(1.0, self.extent):
                break
        reach = 3 * (self.axis[1] - self.axis[0])
        near = bowl & (np.abs(x - start_x) <= reach) & (np.abs(y - start_y) <= reach)
        return list(zip(x[near].tolist(), y[near].tolist(), strict=True))
