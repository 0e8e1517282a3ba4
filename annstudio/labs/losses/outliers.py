"""The lines that three losses draw through the same points."""

from dataclasses import dataclass
from itertools import combinations

import numpy as np

from annstudio.core.calls import Array
from annstudio.engine.losses import losses

_ROUNDS = 500
_CLOSE = 1e-12
MOST_POINTS = 30


@dataclass(frozen=True)
class Line:
    """ŷ = w·x + b.

    Args:
        w, b: of it.
    """

    w: float
    b: float

    def at(self, x: Array) -> Array:
        """Return ŷ."""
        return self.w * x + self.b


def cost(key: str, line: Line, x: Array, y: Array, delta: float) -> float:
    """Return the mean loss of a line, by the engine's loss.

    Args:
        key: "mse", "mae" or "huber".
        line: to judge.
        x, y: points, (points,).
        delta: δ of Huber's.
    """
    return float(point_losses(key, line, x, y, delta).mean())


def point_losses(key: str, line: Line, x: Array, y: Array, delta: float) -> Array:
    """Return the loss of each point, (points,), by the engine; arguments as in cost, which is their mean."""
    loss = losses[key](delta=delta) if key == "huber" else losses[key]()
    return loss.per_sample(line.at(x)[:, np.newaxis], y[:, np.newaxis])


def best(key: str, x: Array, y: Array, delta: float) -> Line:
    """Return the line of the least cost; arguments as in cost. All x must not be the same."""
    if key == "mse":
        return _squares(x, y, np.ones_like(x))
    return _absolute(x, y) if key == "mae" else _huber(x, y, delta)


def starting_points() -> tuple[Array, Array]:
    """Return x and y of twelve points near a line; always the same."""
    generator = np.random.default_rng(3)
    x = np.linspace(-2.6, 2.6, 12)
    return x, 0.6 * x + 0.4 + generator.normal(0, 0.25, 12)


def _squares(x: Array, y: Array, weights: Array) -> Line:
    """Return the line of least weighted squares, by the normal equations around the weighted means."""
    mean_x, mean_y = np.average(x, weights=weights), np.average(y, weights=weights)
    w = float((weights * (x - mean_x) * (y - mean_y)).sum() / (weights * (x - mean_x) ** 2).sum())
    return Line(w, float(mean_y - w * mean_x))


def _absolute(x: Array, y: Array) -> Line:
    """Return a line of the least absolute distances: one of them goes through two of the points."""
    pairs = np.array([pair for pair in combinations(range(len(x)), 2) if x[pair[0]] != x[pair[1]]])
    first, second = pairs.T
    w = (y[second] - y[first]) / (x[second] - x[first])
    b = y[first] - w * x[first]
    found = int(np.abs(w[:, np.newaxis] * x + b[:, np.newaxis] - y).sum(axis=1).argmin())
    return Line(float(w[found]), float(b[found]))


def _huber(x: Array, y: Array, delta: float) -> Line:
    """Return the line of Huber's least cost, by weights min(1, δ/|e|) until they stay (Holland & Welsch 1977)."""
    line = _absolute(x, y)
    for _ in range(_ROUNDS):
        errors = np.abs(line.at(x) - y)
        found = _squares(x, y, np.minimum(1.0, delta / np.maximum(errors, 1e-300)))
        moved = abs(found.w - line.w) + abs(found.b - line.b)
        line = found
        if moved < _CLOSE:
            break
    return line
