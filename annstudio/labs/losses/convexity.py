"""The cost of one logistic neuron over its weight and bias, by two losses: is it convex?"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from annstudio.core.calls import Array
from annstudio.core.texts import QT_TRANSLATE_NOOP, Text
from annstudio.engine.activations import activations
from annstudio.engine.losses import losses
from annstudio.engine.optimizers import optimizers
from annstudio.engine.optimizers.base import Optimizer
from annstudio.labs.contest import Place
from annstudio.labs.elevation import Elevation
from annstudio.labs.notation import Equation

SIDE = 81
ROUNDING = 1e-12
"""A curvature that is so little below 0 is rounding."""


class NeuronGround:
    """J(w, b) of a = logistic(w·x + b), over a square; see contest.Ground.

    Args:
        key: "log_loss" or "mse".
        x, y: samples, (samples,); y is 0 or 1.
        extent: of the square.
    """

    letter = "J"
    lowest: tuple[Place, ...] = ()

    def __init__(self, key: str, x: Array, y: Array, extent: float) -> None:
        self.key, self.extent = key, extent
        self._x, self._y = x, y

    @cached_property
    def axis(self) -> Array:
        """Where the cost is taken, along either side."""
        return np.linspace(-self.extent, self.extent, SIDE)

    @cached_property
    def costs(self) -> Array:
        """J over the square, (b, w), both ascending."""
        w, b = np.meshgrid(self.axis, self.axis)
        return self.at(w.ravel(), b.ravel()).reshape(SIDE, SIDE)

    @cached_property
    def relief(self) -> Array:
        """How high it looks, 0 to 1."""
        return self.looks(self.costs)

    @cached_property
    def _elevation(self) -> Elevation:
        return Elevation(self.costs)

    def looks(self, heights: Array) -> Array:
        """Return how high heights look."""
        return self._elevation.looks(heights)

    def height(self, x: float, y: float) -> float:
        """Return J at w = x, b = y."""
        return float(self.at(np.array([x]), np.array([y]))[0])

    def at(self, x: Array, y: Array) -> Array:
        """Return J at many places, (n,)."""
        z = np.multiply.outer(x, self._x) + y[:, np.newaxis]
        loss, targets = losses[self.key](), np.broadcast_to(self._y, z.shape).reshape(-1, 1)
        sums = z.reshape(-1, 1)
        fused = "logistic" in loss.fused_with
        each = loss.per_sample_fused(sums, targets) if fused else loss.per_sample(_logistic(sums), targets)
        found: Array = each.reshape(z.shape).mean(axis=1)
        return found

    def slope(self, w: float, b: float) -> Place:
        """Return ∂J/∂w and ∂J/∂b."""
        a = _logistic(w * self._x + b)
        by_z = a - self._y if self.key == "log_loss" else 2 * (a - self._y) * a * (1 - a)
        return float((by_z * self._x).mean()), float(by_z.mean())

    @cached_property
    def curvature(self) -> Array:
        """The smaller eigenvalue of the Hessian over the square, (b, w): below 0, J bends downward somewhere.

        With dJ/dz = g, it is that of the mean of dg/dz · (x, 1)(x, 1)ᵀ.
        """
        w, b = (part.ravel() for part in np.meshgrid(self.axis, self.axis))
        a = _logistic(np.multiply.outer(w, self._x) + b[:, np.newaxis])
        bend = a * (1 - a)
        if self.key != "log_loss":
            bend = 2 * bend * (bend + (a - self._y) * (1 - 2 * a))
        xx, mixed, ones = (bend * self._x**2).mean(axis=1), (bend * self._x).mean(axis=1), bend.mean(axis=1)
        middle, apart = (xx + ones) / 2, np.hypot((xx - ones) / 2, mixed)
        least: Array = (middle - apart).reshape(SIDE, SIDE)
        return least

    @property
    def convex(self) -> bool:
        """Nowhere on the square does it bend downward."""
        return bool(self.curvature.min() >= -ROUNDING)

    @property
    def most_bent(self) -> Place:
        """Where it bends downward most."""
        row, column = np.unravel_index(int(self.curvature.argmin()), self.curvature.shape)
        return float(self.axis[column]), float(self.axis[row])


@dataclass(frozen=True, eq=False)
class Descent:
    """Gradient descent over such a ground: one that walks alone; see contest.Contest and contest.Walker.

    Args:
        terrain: where.
        path: from its start on.
    """

    terrain: NeuronGround
    path: tuple[Place, ...]
    origin: object
    key = "sgd"

    @classmethod
    def begun(cls, terrain: NeuronGround, start: Place) -> "Descent":
        """Return one that stands at its start."""
        return cls(terrain, (start,), object())

    def gone_on(self, rate: float, steps: int) -> "Descent":
        """Return it some steps later."""
        path = list(self.path)
        for _ in range(steps):
            w, b = path[-1]
            by_w, by_b = self.terrain.slope(w, b)
            path.append((w - rate * by_w, b - rate * by_b))
        return Descent(self.terrain, tuple(path), self.origin)

    @property
    def racers(self) -> "tuple[Descent, ...]":
        """Itself."""
        return (self,)

    @property
    def start(self) -> Place:
        """Where it began."""
        return self.path[0]

    @property
    def place(self) -> Place:
        """Where it is."""
        return self.path[-1]

    @property
    def steps(self) -> int:
        """Steps taken."""
        return len(self.path) - 1

    @property
    def optimizer(self) -> Optimizer:
        """Plain gradient descent."""
        return optimizers["sgd"]()

    @property
    def told(self) -> Text:
        """How it is doing."""
        return Text(QT_TRANSLATE_NOOP("annstudio", "moving"))

    def arrows(self) -> dict[str, Place]:
        """Return where its next step leads."""
        by_w, by_b = self.terrain.slope(*self.place)
        return {"gradient": (-by_w, -by_b)}

    def squares(self) -> Place | None:
        """Return nothing: it keeps none."""
        return None

    def equations(self) -> tuple[Equation, ...]:
        """Return nothing."""
        return ()


def convexity_samples() -> tuple[Array, Array]:
    """Return x and y of samples, two of which lie on the wrong side; always the same."""
    x = np.array([-3.0, -2.2, -1.6, -0.9, -0.3, 0.4, 1.0, 1.7, 2.3, 3.1, -2.6, 2.7])
    y = np.array([0.0, 0.0, 0.0, 0.0, 1.0, 0.0, 1.0, 1.0, 1.0, 1.0, 1.0, 0.0])
    return x, y


def _logistic(z: Array) -> Array:
    """Return the engine's logistic of any number of sums."""
    a: Array = activations["logistic"]().value(z.reshape(1, -1)).reshape(z.shape)
    return a
