"""A loss as a curve of what it judges, with its derivative."""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from annstudio.core.calls import Array, run
from annstudio.core.params import Value
from annstudio.engine.losses import losses
from annstudio.engine.losses.base import Loss

_POINTS = 601
_EDGE = 1e-3
"""Probabilities are shown from here to as far from 1: at the ends some losses are infinite."""


class Over(StrEnum):
    """What a loss is drawn over."""

    RESIDUAL = "residual"
    """ŷ − y."""
    PROBABILITY = "probability"
    """What is said of class 1."""
    SCORE = "score"
    """A number whose sign names the class."""


_JUDGED = {
    "quantities": Over.RESIDUAL,
    "probabilities": Over.PROBABILITY,
    "shares": Over.PROBABILITY,
    "scores": Over.SCORE,
}
_ENDS = {Over.RESIDUAL: (-3.0, 3.0), Over.PROBABILITY: (_EDGE, 1 - _EDGE), Over.SCORE: (-3.0, 3.0)}


@dataclass(frozen=True, eq=False)
class LossCurve:
    """One loss.

    Args:
        key: of it.
        x: what it is drawn over, ascending, (points,).
        loss: of one sample there.
        slope: its derivative by x.
    """

    key: str
    x: Array
    loss: Array
    slope: Array

    def at(self, x: float) -> tuple[float, float]:
        """Return loss and derivative, as drawn, at a place."""
        return float(np.interp(x, self.x, self.loss)), float(np.interp(x, self.x, self.slope))


def losses_over(over: Over) -> dict[str, type[Loss]]:
    """Return the losses that are drawn over the same thing; of probabilities, also squared and absolute errors."""
    also = {"mse", "mae"} if over is Over.PROBABILITY else set()
    return {key: entry for key, entry in losses.items() if _JUDGED[entry.judges] is over or key in also}


def curve(key: str, values: dict[str, Value], over: Over, target: float) -> LossCurve:
    """Return the curve of a loss.

    Args:
        key, values: the loss with its parameters.
        over: what it is drawn over.
        target: y, 0 or 1; of residuals always 0.
    """
    loss = losses[key](**values)
    x = np.linspace(*_ENDS[over], _POINTS)
    y = np.full_like(x, 0.0 if over is Over.RESIDUAL else target)
    if loss.judges != "shares":
        return LossCurve(key, x, loss.per_sample(x[:, np.newaxis], y[:, np.newaxis]), _slopes(loss, x, y)[0])
    # Of two shares that add up to 1, the second is that of class 1; what one gains the other loses.
    shares, targets = np.column_stack([1 - x, x]), np.column_stack([1 - y, y])
    by_each = _slopes(loss, shares.T, targets.T)
    return LossCurve(key, x, loss.per_sample(shares, targets), by_each[1] - by_each[0])


def _slopes(loss: Loss, a: Array, t: Array) -> Array:
    """Return ∂loss/∂a of single samples by the engine's own calls, (outputs, points)."""
    a, t = np.atleast_2d(a).copy(), np.atleast_2d(t).copy()
    grad = np.empty_like(a)
    with np.errstate(all="ignore"):
        run(loss.slope(a, t, grad, np.empty_like))
    slopes: Array = grad * loss.scale(1, len(a))
    return slopes
