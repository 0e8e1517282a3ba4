"""Line search: how far to go along a direction, so that the step pays off (strong Wolfe conditions).

Source: Nocedal & Wright 2006, Numerical optimization, algorithms 3.5 and 3.6; the details are PyTorch's.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from annstudio.core.calls import Array

ENOUGH_DESCENT = 1e-4
"""c₁: the cost has to fall by at least this part of what the slope at the start promises."""

ENOUGH_FLATNESS = 0.9
"""c₂: the slope has to be at most this part of the slope at the start."""


@dataclass(frozen=True)
class Trial:
    """What was found at distance t along the direction.

    Args:
        t: the distance, in lengths of the direction.
        cost: J there.
        slope: dJ/dt there.
        gradient: dJ/dw there, a copy.
    """

    t: float
    cost: np.float64
    slope: np.float64
    gradient: Array


def strong_wolfe(
    at: Callable[[float], Trial], start: Trial, first: float, reach: float, tolerance: float, most: int
) -> tuple[Trial, int]:
    """Return a trial that meets the strong Wolfe conditions, or else the best one, and how many were made.

    J(t) ≤ J(0) + c₁·t·J′(0) and |J′(t)| ≤ c₂·|J′(0)|.

    Args:
        at: makes a trial at a distance.
        start: the trial at 0; its slope is negative.
        first: the distance to begin with.
        reach: how far the weight moves that the direction moves most.
        tolerance: a bracket in which no weight moves further than this is not searched any more.
        most: how often to refine the first trial.
    """
    bracket, rounds = _bracket(at, start, first, most)
    if len(bracket) == 1:
        return bracket[0], rounds + 1
    return _zoom(at, start, bracket, reach, tolerance, rounds, most)


def _bracket(at: Callable[[float], Trial], start: Trial, t: float, most: int) -> tuple[list[Trial], int]:
    """Go further until a trial is good, and return it alone, or until a good one must lie between two trials."""
    last, now = start, at(t)
    for rounds in range(most):
        if _too_high(now, start) or (rounds > 1 and now.cost >= last.cost):
            return [last, now], rounds
        if _flat_enough(now, start):
            return [now], rounds
        if now.slope >= 0:
            return [last, now], rounds
        t = _lowest(last, now, now.t + 0.01 * (now.t - last.t), 10 * now.t)
        last, now = now, at(t)
    return [start, now], most


def _zoom(
    at: Callable[[float], Trial],
    start: Trial,
    bracket: list[Trial],
    reach: float,
    tolerance: float,
    rounds: int,
    most: int,
) -> tuple[Trial, int]:
    """Narrow the bracket around a good trial; return the lower end, and how many trials were made in all."""
    low, near_end = _lower(bracket), False
    while rounds < most and abs(bracket[1].t - bracket[0].t) * reach >= tolerance:
        left, right = sorted(end.t for end in bracket)
        t, near_end = _inside(_lowest(bracket[0], bracket[1], left, right), left, right, near_end)
        now = at(t)
        rounds += 1
        if _too_high(now, start) or now.cost >= bracket[low].cost:
            bracket[1 - low] = now
            low = _lower(bracket)
            continue
        good = _flat_enough(now, start)
        if not good and now.slope * (bracket[1 - low].t - bracket[low].t) >= 0:
            bracket[1 - low] = bracket[low]
        bracket[low] = now
        if good:
            break
    return bracket[low], rounds + 1


def _too_high(now: Trial, start: Trial) -> bool:
    return bool(now.cost > start.cost + ENOUGH_DESCENT * now.t * start.slope)


def _flat_enough(now: Trial, start: Trial) -> bool:
    return bool(abs(now.slope) <= -ENOUGH_FLATNESS * start.slope)


def _lower(bracket: list[Trial]) -> int:
    return 0 if bracket[0].cost <= bracket[1].cost else 1


def _inside(t: float, left: float, right: float, near_end: bool) -> tuple[float, bool]:
    """Return t, moved away from the ends of the bracket if it is close to one again, and whether it is close now."""
    margin = 0.1 * (right - left)
    if min(right - t, t - left) >= margin:
        return t, False
    if near_end or t >= right or t <= left:
        return (right - margin if abs(t - right) < abs(t - left) else left + margin), False
    return t, True


def _lowest(one: Trial, other: Trial, lowest: float, highest: float) -> float:
    """Return where the cubic through two trials and their slopes is lowest, but within bounds; else their middle.

    Source: Nocedal & Wright 2006, equation 3.59.
    """
    left, right = (one, other) if one.t <= other.t else (other, one)
    width = right.t - left.t
    d1 = left.slope + right.slope - 3 * (left.cost - right.cost) / (left.t - right.t)
    d2 = np.sqrt(d1 * d1 - left.slope * right.slope)
    t = right.t - width * ((right.slope + d2 - d1) / (right.slope - left.slope + 2 * d2))
    return (lowest + highest) / 2 if np.isnan(t) else float(min(max(t, lowest), highest))
