"""A sum of squared errors beside their mean, with a growing batch."""

from dataclasses import dataclass

import numpy as np

from annstudio.core.calls import Array
from annstudio.engine.losses import losses

MOST = 512
_TOP = 1e30
"""Costs above have left every picture."""


@dataclass(frozen=True, eq=False)
class Descents:
    """Gradient descent of a linear neuron on one batch, by both costs.

    Args:
        batch: samples.
        sum_limit, mean_limit: the learning rates beyond which each diverges, 2/λ; λ is the largest curvature.
        sum_gradient, mean_gradient: lengths of the first gradients.
        sum_costs, mean_costs: the mean squared error behind each step, by either rule, (steps + 1,).
    """

    batch: int
    sum_limit: float
    mean_limit: float
    sum_gradient: float
    mean_gradient: float
    sum_costs: Array
    mean_costs: Array


@dataclass(frozen=True, eq=False)
class Growth:
    """What each further sample does, from a batch of one to one of MOST.

    Args:
        batches: samples in each, ascending, (MOST,).
        sum_gradients, mean_gradients: lengths of the first gradients, (MOST,).
        sum_limits: the learning rates 2/λ beyond which the sum diverges, (MOST,).
    """

    batches: Array
    sum_gradients: Array
    mean_gradients: Array
    sum_limits: Array

    @classmethod
    def measured(cls) -> "Growth":
        """Return it for the samples that descents takes."""
        design, target = _samples()
        batches = np.arange(1.0, MOST + 1)
        gradients = np.linalg.norm(np.cumsum(-2 * design * target[:, np.newaxis], axis=0), axis=1)
        curvatures = np.cumsum(2 * design[:, :, np.newaxis] * design[:, np.newaxis, :], axis=0)
        return cls(batches, gradients, gradients / batches, 2 / np.linalg.eigvalsh(curvatures)[:, -1])

    def largest_batch(self, rate: float) -> int:
        """Return the samples up to which descent on the sum converges at this rate; 0 where one is too many."""
        return int((self.sum_limits > rate).sum())


def first_losses(batch: int) -> tuple[float, float, float]:
    """Return at w = b = 0 the loss of the first sample, and the costs of the batch as a sum and as a mean.

    Args:
        batch: as for descents.
    """
    answers, targets = np.zeros((batch, 1)), _samples()[1][:batch, np.newaxis]
    each = losses["mse"]().per_sample(answers, targets)
    whole = losses["rss"]().per_sample(answers, targets).sum()
    return float(each[0]), float(whole), float(each.mean())


def descents(batch: int, rate: float, steps: int = 60) -> Descents:
    """Return both descents from w = b = 0.

    Args:
        batch: samples in it, 1 to MOST; always the first ones of the same samples.
        rate: η, the same for both.
        steps: to take.
    """
    design, target = (part[:batch] for part in _samples())
    # J = Σ (ŷ − y)² has the gradient 2 Xᵀ(ŷ − y) and the curvature 2 XᵀX; of the mean, both are a share of it.
    curvature = float(np.linalg.eigvalsh(2 * design.T @ design)[-1])
    first = float(np.linalg.norm(2 * design.T @ -target))
    return Descents(
        batch,
        2 / curvature,
        2 * batch / curvature,
        first,
        first / batch,
        _costs(design, target, rate, steps),
        _costs(design, target, rate / batch, steps),
    )


def _samples() -> tuple[Array, Array]:
    """Return x beside ones, (MOST, 2), and y, (MOST,); always the same."""
    generator = np.random.default_rng(11)
    x = generator.uniform(-1.5, 1.5, MOST)
    return np.column_stack([x, np.ones(MOST)]), 0.9 * x + 0.4 + generator.normal(0, 0.2, MOST)


def _costs(design: Array, target: Array, rate: float, steps: int) -> Array:
    v, costs = np.zeros(2), []
    with np.errstate(all="ignore"):
        for _ in range(steps + 1):
            errors = design @ v - target
            costs.append(float((errors**2).mean()))
            if not costs[-1] < _TOP:
                costs[-1] = _TOP
                break
            v = v - rate * 2 * design.T @ errors
    return np.array(costs + [np.nan] * (steps + 1 - len(costs)))
