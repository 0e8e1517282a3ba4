"""By how much a layer lets signals and gradients grow, before anything is learned: computed, for any entry."""

import math
from collections.abc import Mapping
from functools import lru_cache

import numpy as np

from annstudio.core.params import Value
from annstudio.engine.activations import activations
from annstudio.engine.initializers import initializers
from annstudio.project.model import Node
from annstudio.project.settings import own_values

Values = tuple[tuple[str, Value], ...]

FLAT = 0.2501
"""Slopes up to this are flat: the logistic function's steepest is 1/4."""
_PROBES = np.linspace(-8.0, 8.0, 160)[:, None]
"""Beside zero, where many activations have a kink."""
_BELL = np.exp(-(_PROBES[:, 0] ** 2) / 2) / np.exp(-(_PROBES**2) / 2).sum()
_DRAWN = 1 << 12
"""So many weights tell how far an initializer spreads them, give or take one in fifty."""
_LARGE = 1 << 17
"""Kernels beyond this are not drawn in passing."""


def steepest(node: Node) -> float:
    """Return the largest slope that the activation of a layer has; 1 where it has none, or slopes of several units."""
    return _steepest(tuple(node.settings.values.items()))


def passed(node: Node, fan_in: int, units: int, size: float) -> tuple[float, float]:
    """Return the size of the values that leave a layer, and the factor for the gradient that passes it.

    Sums of many terms are normal: z ~ N(0, q) with q = fan_in · var(w) · size. What leaves is E[f(z)²], and the
    gradient's square is multiplied by fan_in · var(w) · E[f′(z)²], so its length by the root.

    Args:
        node: one with a kernel and an activation.
        fan_in, units: of its kernel.
        size: mean square of the values that come in.

    Source: Poole et al. 2016, Exponential expressivity in deep neural networks through transient chaos;
    Schoenholz et al. 2017, Deep information propagation.
    """
    return _passed(tuple(node.settings.values.items()), fan_in, units, _rounded(size))


@lru_cache(maxsize=4096)
def _passed(settings: Values, fan_in: int, units: int, size: float) -> tuple[float, float]:
    values = dict(settings)
    initializer, activation = str(values["initializer"]), str(values["activation"])
    spread = fan_in * _variance(initializer, _own(values, "initializer"), fan_in, units)
    leaving, slope = _moments(activation, _own(values, "activation"), _rounded(spread * size))
    return leaving, math.sqrt(spread * slope)


def _rounded(size: float) -> float:
    """Return the size to a quarter of an octave, so that few are asked for: what passes hardly hangs on it."""
    return float(2 ** (round(4 * math.log2(max(size, 1e-300))) / 4))


def _own(values: Mapping[str, Value], key: str) -> Values:
    return tuple(own_values(values, key).items())


@lru_cache(maxsize=4096)
def _steepest(settings: Values) -> float:
    values = dict(settings)
    key = values.get("activation")
    if not isinstance(key, str) or not (activations[key].elementwise and activations[key].differentiable):
        return 1.0
    slopes = np.abs(activations[key](**own_values(values, "activation")).derivative(_PROBES))
    return float(np.max(np.where(np.isfinite(slopes), slopes, 1.0)))


@lru_cache(maxsize=1024)
def _variance(key: str, values: Values, fan_in: int, units: int) -> float:
    """Return the mean square of starting weights; 1 / fan_in, as if they kept the signal, where it would take long."""
    if fan_in * units > _LARGE:
        return 1 / fan_in
    initializer, rng = initializers[key](**dict(values)), np.random.default_rng(0)
    kernels = [initializer.sample(rng, fan_in, units) for _ in range(math.ceil(_DRAWN / (fan_in * units)))]
    return float(np.mean(np.square(kernels)))


@lru_cache(maxsize=1024)
def _moments(key: str, values: Values, size: float) -> tuple[float, float]:
    """Return E[f(z)²] and E[f′(z)²] for z ~ N(0, size); 1 each for what has no slopes of its own."""
    if not (activations[key].elementwise and activations[key].differentiable):
        return 1.0, 1.0
    activation, z = activations[key](**dict(values)), math.sqrt(size) * _PROBES
    squares = np.square([activation.value(z)[:, 0], activation.derivative(z)[:, 0]]) @ _BELL
    leaving, slope = np.where(np.isfinite(squares), squares, 1.0)
    return float(leaving), float(slope)
