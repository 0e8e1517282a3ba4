"""A loss as a curve of what it judges, with its derivative."""

from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

import numpy as np

from annstudio.core.calls import Array
from annstudio.core.params import Value
from annstudio.engine.losses import losses
from annstudio.engine.losses.base import Loss
from annstudio.labs.derivatives import slopes

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
        judge: the engine's loss.
        target: y, where the loss is not drawn over a residual; there, 0.
        x: what it is drawn over, ascending, (points,).
    """

    judge: Loss
    target: float
    x: Array

    @cached_property
    def values(self) -> tuple[Array, Array]:
        """The loss of one sample at each x, and its derivative by x, (points,) each."""
        return self._evaluated(self.x)

    def at(self, x: float) -> tuple[float, float]:
        """Return loss and derivative at a place, computed there."""
        loss, slope = self._evaluated(np.array([x]))
        return float(loss[0]), float(slope[0])

    def _evaluated(self, x: Array) -> tuple[Array, Array]:
        y = np.full_like(x, self.target)
        if self.judge.judges != "shares":
            outputs, targets = x[:, np.newaxis], y[:, np.newaxis]
            return self.judge.per_sample(outputs, targets), slopes(self.judge, outputs, targets)[:, 0]
        # Of two shares that add up to 1, the second is that of class 1; what one gains the other loses.
        outputs, targets = np.column_stack([1 - x, x]), np.column_stack([1 - y, y])
        by_each = slopes(self.judge, outputs, targets)
        return self.judge.per_sample(outputs, targets), by_each[:, 1] - by_each[:, 0]


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
    x = np.linspace(*_ENDS[over], _POINTS)
    return LossCurve(losses[key](**values), 0.0 if over is Over.RESIDUAL else target, x)
