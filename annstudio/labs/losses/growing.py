"""A sum of squared errors beside their mean, with a growing batch."""

from dataclasses import dataclass

import numpy as np

from annstudio.core.calls import Array

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


def descents(batch: int, rate: float, steps: int = 60) -> Descents:
    """Return both descents from w = b = 0.

    Args:
        batch: samples in it, 1 to MOST; always the first ones of the same samples.
        rate: η, the same for both.
        steps: to take.
    """
    generator = np.random.default_rng(11)
    x = generator.uniform(-1.5, 1.5, MOST)
    y = 0.9 * x + 0.4 + generator.normal(0, 0.2, MOST)
    design, target = np.column_stack([x, np.ones(MOST)])[:batch], y[:batch]
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
