"""What a neuron's numbers would be if they were computed at once: fits that have nothing to do with its training."""

from dataclasses import dataclass

import numpy as np

from annstudio.core.calls import Array
from annstudio.labs.perceptron.margin import Margin, margin
from annstudio.labs.perceptron.neuron import Samples

_STEPS = 60
_FAR = 40.0
"""|z| beyond which an answer is 0 or 1 to all digits: weights that lead there go on growing."""
_PRECISE = 1e-12
_ROUNDING = 1e-12
"""Likelihoods that differ by a smaller share are the same."""


@dataclass(frozen=True)
class Fit:
    """Numbers of a neuron.

    Args:
        w, b: see Neuron.
    """

    w: tuple[float, ...]
    b: float


def least_squares(samples: Samples, biased: bool) -> Fit:
    """Return w and b of the least sum of squared residuals, by the normal equations' solution."""
    design = _design(samples, biased)
    found = np.linalg.lstsq(design, samples.y, rcond=None)[0]
    return _fit(found, biased)


def logistic_regression(samples: Samples, biased: bool) -> Fit | None:
    """Return w and b of the greatest likelihood, by Newton's method; None where there is none, or no single one.

    Iteratively reweighted least squares, McCullagh & Nelder 1989, Generalized linear models, section 2.5, with steps
    halved until the likelihood grows. Where a line separates the classes, the weights grow without end.
    """
    design = _design(samples, biased)
    if np.linalg.matrix_rank(design) < design.shape[1] or margin(design, samples.y).width > 0:
        return None
    v = np.zeros(design.shape[1])
    for _ in range(_STEPS):
        z = design @ v
        if np.abs(z).max() > _FAR:
            return None
        p = 1 / (1 + np.exp(-np.clip(z, -700, 700)))
        gradient = design.T @ (p - samples.y)
        if np.abs(gradient).max() < _PRECISE * len(samples):
            break
        curvature = design.T @ (design * (p * (1 - p))[:, np.newaxis])
        try:
            step = np.linalg.solve(curvature, gradient)
        except np.linalg.LinAlgError:
            return None
        share = 1.0
        now = _likelihood(design, samples.y, v)
        # Near the top, rounding alone makes a likelihood look smaller.
        least = now - _ROUNDING * max(1.0, abs(now))
        while share > 1e-6 and _likelihood(design, samples.y, v - share * step) < least:
            share /= 2
        v = v - share * step
    else:
        return None
    return _fit(v, biased)


def margin_of(samples: Samples, biased: bool) -> Margin:
    """Return how far a line can keep the classes apart."""
    return margin(_design(samples, biased), samples.y)


def _design(samples: Samples, biased: bool) -> Array:
    return np.column_stack([samples.x, np.ones(len(samples))]) if biased else samples.x


def _fit(v: Array, biased: bool) -> Fit:
    numbers = [float(value) for value in v]
    return Fit(tuple(numbers[:-1]), numbers[-1]) if biased else Fit(tuple(numbers), 0.0)


def _likelihood(design: Array, y: Array, v: Array) -> float:
    z = design @ v
    return float((y * z - np.logaddexp(0, z)).sum())
