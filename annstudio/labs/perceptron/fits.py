"""What a neuron's numbers would be if they were computed at once: fits that have nothing to do with its training."""

from dataclasses import dataclass
from itertools import combinations

import numpy as np

from annstudio.core.calls import Array
from annstudio.labs.perceptron.neuron import Samples

_STEPS = 60
_FAR = 40.0
"""|z| beyond which an answer is 0 or 1 to all digits: weights that lead there go on growing."""
_PRECISE = 1e-12
_ROUNDING = 1e-12
"""Likelihoods that differ by a smaller share are the same."""
MOST_FOR_MARGIN = 40
"""Samples up to which the widest margin is sought."""


@dataclass(frozen=True)
class Fit:
    """Numbers of a neuron.

    Args:
        w, b: see Neuron.
    """

    w: tuple[float, ...]
    b: float


@dataclass(frozen=True)
class Bound:
    """How many mistakes the perceptron rule makes at most, from weights of 0.

    Args:
        radius: R, the longest sample, the bias's 1 among its inputs.
        margin: γ, how far every sample is at least from the best line through the origin of that space.
    """

    radius: float
    margin: float

    @property
    def mistakes(self) -> float:
        """(R/γ)², Novikoff 1962, On convergence proofs for perceptrons."""
        return (self.radius / self.margin) ** 2


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
    if np.linalg.matrix_rank(design) < design.shape[1] or separator(samples, biased) is not None:
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


def separator(samples: Samples, biased: bool) -> Fit | None:
    """Return weights that answer all samples right, of the widest margin; None if there are none, or too many samples.

    The shortest v with ±v·x̂ ≥ 1 for all samples touches at most as many of them as it has numbers: all such choices are
    tried. x̂ has a 1 for the bias.
    """
    signed = _signed(samples, biased)
    if signed is None or not len(signed):
        return None
    best: Array | None = None
    for size in range(1, signed.shape[1] + 1):
        chosen = np.array(list(combinations(range(len(signed)), size)))
        if not len(chosen):
            continue
        touched = signed[chosen]
        found = (np.linalg.pinv(touched) @ np.ones((size, 1)))[:, :, 0]
        right = (found @ signed.T >= 1 - 1e-7).all(axis=1)
        for v in found[right]:
            if best is None or v @ v < best @ best:
                best = v
    return None if best is None else _fit(best, biased)


def bound(samples: Samples, biased: bool) -> Bound | None:
    """Return the bound of the convergence theorem; None where no line separates the samples."""
    best = separator(samples, biased)
    if best is None:
        return None
    signed = _signed(samples, biased)
    assert signed is not None
    v = np.array([*best.w, best.b] if biased else best.w)
    margin = float((signed @ v).min() / np.linalg.norm(v))
    return Bound(float(np.linalg.norm(signed, axis=1).max()), margin)


def _design(samples: Samples, biased: bool) -> Array:
    return np.column_stack([samples.x, np.ones(len(samples))]) if biased else samples.x


def _signed(samples: Samples, biased: bool) -> Array | None:
    """Return ±x̂ of every sample, the sign its class's; None for too many."""
    if len(samples) > MOST_FOR_MARGIN:
        return None
    signed: Array = _design(samples, biased) * np.where(samples.y > 0.5, 1.0, -1.0)[:, np.newaxis]
    return signed


def _fit(v: Array, biased: bool) -> Fit:
    numbers = [float(value) for value in v]
    return Fit(tuple(numbers[:-1]), numbers[-1]) if biased else Fit(tuple(numbers), 0.0)


def _likelihood(design: Array, y: Array, v: Array) -> float:
    z = design @ v
    return float((y * z - np.logaddexp(0, z)).sum())
