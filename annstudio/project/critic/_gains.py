"""By how much a layer lets signals and gradients grow, before anything is learned: computed, for any entry."""

import math
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
_SIZES = 2.0 ** np.arange(-30, 10.25, 0.25)
"""For which mean squares of z the moments are computed; what passes hardly hangs on a quarter of an octave."""
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
    settings = tuple(node.settings.values.items())
    spread = _spread(settings, fan_in, units)
    place = round(4 * math.log2(max(spread * size, _SIZES[0]) / _SIZES[0]))
    leaving, slope = _moments(settings)[min(place, len(_SIZES) - 1)]
    return leaving, math.sqrt(spread * slope)


@lru_cache(maxsize=4096)
def _steepest(settings: Values) -> float:
    values = dict(settings)
    key = values.get("activation")
    if not isinstance(key, str) or not (activations[key].elementwise and activations[key].differentiable):
        return 1.0
    slopes = np.abs(activations[key](**own_values(values, "activation")).derivative(_PROBES))
    return float(np.max(np.where(np.isfinite(slopes), slopes, 1.0)))


@lru_cache(maxsize=1024)
def _spread(settings: Values, fan_in: int, units: int) -> float:
    """Return fan_in · var(w) of starting weights; 1, as if they kept the signal, where it would take long."""
    if fan_in * units > _LARGE:
        return 1.0
    values, rng = dict(settings), np.random.default_rng(0)
    initializer = initializers[str(values["initializer"])](**own_values(values, "initializer"))
    kernels = [initializer.sample(rng, fan_in, units) for _ in range(math.ceil(_DRAWN / (fan_in * units)))]
    return fan_in * float(np.mean(np.square(kernels)))


@lru_cache(maxsize=256)
def _moments(settings: Values) -> list[tuple[float, float]]:
    """Return, for each of the sizes, E[f(z)²] and E[f′(z)²]; 1 each for what has no slopes of its own."""
    values = dict(settings)
    activation = activations[str(values["activation"])](**own_values(values, "activation"))
    if not (activation.elementwise and activation.differentiable):
        return [(1.0, 1.0)] * len(_SIZES)
    z = np.sqrt(_SIZES)[:, np.newaxis] * _PROBES[:, 0]
    squares = np.square([activation.value(z), activation.derivative(z)]) @ _BELL
    leaving, slopes = np.where(np.isfinite(squares), squares, 1.0).tolist()
    return list(zip(leaving, slopes, strict=True))
