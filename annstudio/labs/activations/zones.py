"""Where an activation hardly passes a gradient on, and where it passes none."""

from dataclasses import dataclass

import numpy as np

from annstudio.core.calls import Array

SATURATED_BELOW = 0.05
"""|da/dz| below which z counts as saturated: five such layers in a row leave a three-millionth."""


@dataclass(frozen=True)
class Zone:
    """A stretch of z.

    Args:
        low, high: its ends, as far as was looked.
        dead: the derivative is exactly 0 in all of it; else it is only small.
    """

    low: float
    high: float
    dead: bool


def zones(z: Array, slope: Array) -> list[Zone]:
    """Return the stretches where the derivative is small or 0, as far as samples show; single points are none.

    Args:
        z: ascending, (points,).
        slope: there; NaN where there is none.
    """
    with np.errstate(invalid="ignore"):
        kind = np.where(slope == 0, 2, np.where(np.abs(slope) < SATURATED_BELOW, 1, 0))
    kind = np.where(np.isfinite(slope), kind, 0)
    ends = np.flatnonzero(np.diff(kind)) + 1
    found = []
    for begin, end in zip([0, *ends.tolist()], [*ends.tolist(), len(z)], strict=True):
        if kind[begin] and end - begin > 2:
            found.append(Zone(float(z[begin]), float(z[end - 1]), bool(kind[begin] == 2)))
    return found


def shares(slope: Array) -> tuple[float, float]:
    """Return which share of slopes is small but not 0, and which is 0."""
    slope = slope[np.isfinite(slope)]
    if not slope.size:
        return 0.0, 0.0
    dead = float((slope == 0).mean())
    return float((np.abs(slope) < SATURATED_BELOW).mean()) - dead, dead
