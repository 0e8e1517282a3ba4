"""An activation and its derivative as curves, with their kinks and jumps in the right places."""

from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np

from annstudio.engine.activations import activations
from annstudio.engine.activations.base import Activation
from annstudio.ui.strokes import Numbers, Range, drawable, has_pole, heights, with_zero

REACH = 5.0
"""Curves go from −REACH to REACH, or further where there is a kink."""
_BEYOND = 2.0
"""How much of the curve shows beyond the last kink."""

_SAMPLES = 201
_BESIDE = 1e-12
"""Share of a kink's z from there to a piece: any nearer, rounding may take the one side for the other."""
_PAIR_LOGIT = 0.0
"""The second unit's z, where an activation needs two."""


@dataclass(frozen=True, eq=False)
class Piece:
    """A stretch without kinks.

    Attributes:
        z: ascending, (points,).
        a, slope: activation and derivative there; NaN where there is nothing to draw.
    """

    z: Numbers
    a: Numbers
    slope: Numbers


class Curve:
    """An activation over z.

    Where the units of a layer depend on each other, the curve is that of the first of two units whose other z stays
    0: with softmax the logistic of their difference.

    Args:
        key: of the activation.
        params: its own parameters.
    """

    def __init__(self, key: str, params: dict[str, Any]) -> None:
        self._activation: Activation = activations[key](**params)
        self.elementwise = self._activation.elementwise
        self.kinks = self._activation.kinks
        self.reach = max([REACH, *(abs(kink) + _BEYOND for kink in self.kinks)])
        self.pieces = self._make_pieces()

    def value(self, z: Numbers) -> Numbers:
        """Return a at each z, (points,)."""
        return self._activation.value(self._units(z))[:, 0]

    def slope(self, z: Numbers) -> Numbers:
        """Return da/dz at each z, (points,)."""
        return self._activation.derivative(self._units(z))[:, 0]

    def at(self, z: float) -> tuple[float, float]:
        """Return a and da/dz at one z."""
        point = np.array([z])
        return float(self.value(point)[0]), float(self.slope(point)[0])

    def jumps(self) -> list[tuple[float, float, float]]:
        """Return where the activation itself jumps: z, and a just before and just after."""
        ends = pairwise(self.pieces)
        found = [(float(after.z[0]), float(before.a[-1]), float(after.a[0])) for before, after in ends]
        return [jump for jump in found if abs(jump[1] - jump[2]) > 1e-6]

    def span(self) -> Range | None:
        """Return the lowest and the highest a and da/dz to show, and 0 among them; None where there is no value.

        A slope that grows without end, as that of sqrt(z) does at 0, may leave the picture.
        """
        z, a, slope = (
            np.concatenate(each)
            for each in zip(*((piece.z, piece.a, piece.slope) for piece in self.pieces), strict=True)
        )
        ranges = [heights(self.value, z, a)]
        if not has_pole(self.slope, z, slope):
            ranges.append(heights(self.slope, z, slope))
        return with_zero(ranges)

    def _units(self, z: Numbers) -> Numbers:
        """Return z as that of one unit, or of the first of two, (points, units)."""
        return z[:, None] if self.elementwise else np.column_stack([z, np.full_like(z, _PAIR_LOGIT)])

    def _make_pieces(self) -> list[Piece]:
        edges = [-self.reach, *sorted(self.kinks), self.reach]
        pieces = []
        for low, high in pairwise(edges):
            # At a kink itself a convention holds; the curve shows what holds on this side of it.
            z = np.linspace(_beside(low, high), _beside(high, low), _SAMPLES)
            a = drawable(self.value(z))
            # The formula of a slope may have a value where the function has none: 1/z is that of log(z).
            pieces.append(Piece(z, a, np.where(np.isfinite(a), drawable(self.slope(z)), np.nan)))
        return pieces


def _beside(edge: float, toward: float) -> float:
    """Return a z just beside the end of a piece, within it."""
    step = _BESIDE * abs(edge)
    return float(np.nextafter(edge + (step if toward > edge else -step), toward))
