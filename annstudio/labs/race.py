"""A race of optimizers over a surface: each with its own numbers, step by step, forward and back."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

import numpy as np

from annstudio.core.calls import Array, Calls, run
from annstudio.core.params import Value
from annstudio.core.texts import QT_TRANSLATE_NOOP, Text
from annstudio.engine.optimizers import optimizers
from annstudio.engine.optimizers.base import Optimizer, State
from annstudio.engine.rules import LETTERS, calculated, parsed
from annstudio.labs.notation import Equation, Figure, Row, Words, joined, of_formula, sign_of
from annstudio.labs.terrain import Terrain

CONVERGED_BELOW = 0.01
"""Both parts of the gradient are smaller than this where an optimizer has arrived."""
_FAR = 5.0
"""So many maps away, an optimizer is lost."""
MOST_STEPS = 30_000


class Status(StrEnum):
    """How an optimizer is doing."""

    MOVING = "moving"
    CONVERGED = "converged"
    LOST = "lost"
    TIRED = "tired"


STATUS_TEXTS: Mapping[Status, str] = {
    Status.MOVING: QT_TRANSLATE_NOOP("annstudio", "moving"),
    Status.CONVERGED: QT_TRANSLATE_NOOP("annstudio", "arrived"),
    Status.LOST: QT_TRANSLATE_NOOP("annstudio", "left the map"),
    Status.TIRED: QT_TRANSLATE_NOOP("annstudio", "gave up"),
}


def racing_optimizers() -> dict[str, type[Optimizer]]:
    """Return the optimizers that can walk on a surface: all but the perceptron's rule, which needs a neuron."""
    return {key: entry for key, entry in optimizers.items() if not entry.own_error}


@dataclass(eq=False)
class _Moment:
    """One step, and what came of it."""

    place: tuple[float, float]
    state: State
    gradient: tuple[float, float] = (0.0, 0.0)


class Racer:
    """One optimizer on its way down.

    Args:
        key: of the optimizer.
        values: its numbers; those left out are its defaults.
        terrain: where it walks.
        start: where it begins.
        noise: standard deviation of what is added to each part of the gradient, to mimic mini-batches.
        seed: of the noise; racers of one seed are disturbed alike.

    Attributes:
        path: where it has been, the start first.
        status: how it is doing.
    """

    def __init__(
        self,
        key: str,
        values: Mapping[str, Value],
        terrain: Terrain,
        start: tuple[float, float],
        noise: float = 0.0,
        seed: int = 0,
    ) -> None:
        self.key, self.values = key, dict(values)
        self.optimizer = optimizers[key](**values)
        self.terrain, self.noise = terrain, noise
        self._w = np.array(start, np.float64)
        self._g, self._true, self._height = np.zeros(2), np.zeros(2), np.zeros(1)
        self._slope: Calls = terrain.slope_calls(self._w, self._true)
        self._measure: Calls = terrain.height_calls(self._w, self._height)
        self.state: State = self.optimizer.initial_state(self._w)
        self.live = {key: np.array(value) for key, value in self.optimizer.params.items() if isinstance(value, float)}
        self._calls: Calls = []
        if not self.optimizer.evaluates:
            self._calls = self.optimizer.update(self._w, self._g, self.state, self.live, np.empty_like)
        self._noise = np.random.default_rng(seed)
        self._pushes: list[Array] = []
        self._moments: list[_Moment] = [_Moment(start, self._copied())]
        self.path: list[tuple[float, float]] = [start]
        self.status = Status.MOVING
        self._judge()

    @property
    def steps(self) -> int:
        """Steps taken."""
        return len(self.path) - 1

    @property
    def place(self) -> tuple[float, float]:
        """Where it is."""
        return self.path[-1]

    @property
    def told(self) -> Text:
        """How it is doing, for people."""
        return Text(STATUS_TEXTS[self.status])

    @property
    def gradient(self) -> tuple[float, float]:
        """The gradient of its last step, noise included."""
        return self._moments[-1].gradient

    def step(self) -> None:
        """Take a step, unless it has arrived, or is lost."""
        if self.status is not Status.MOVING:
            return
        with np.errstate(all="ignore"):
            if self.optimizer.evaluates:
                self._evaluate()
                gradient = (float(self._g[0]), float(self._g[1]))
                self.optimizer.step(self._w, self._g, self.state, self.live, self._evaluate)
            else:
                # Whoever judged the last step has left the slope of this place.
                np.add(self._true, self._push(), self._g)
                gradient = (float(self._g[0]), float(self._g[1]))
                run(self._calls)
        self.path.append((float(self._w[0]), float(self._w[1])))
        self._moments.append(_Moment(self.path[-1], self._copied(), gradient))
        self._judge()

    def back(self) -> None:
        """Take a step back."""
        if self.steps:
            self.path.pop()
            self._moments.pop()
            last = self._moments[-1]
            self._w[:] = last.place
            for slot, values in self.state.items():
                np.copyto(values, last.state[slot])
            self.status = Status.MOVING
            self._judge()

    def arrows(self) -> dict[str, tuple[float, float]]:
        """Return what moved it in its last step, by name: the gradient, the momentum where there is one, the step."""
        if not self.steps:
            run(self._slope)
            return {"gradient": (-float(self._true[0]), -float(self._true[1]))}
        last = self._moments[-1]
        found = {"gradient": (-last.gradient[0], -last.gradient[1])}
        for slot in ("velocity", "gradient_average"):
            if slot in last.state and last.state[slot].any():
                found["momentum"] = (-float(last.state[slot][0]), -float(last.state[slot][1]))
        (x, y), (before_x, before_y) = self.path[-1], self.path[-2]
        found["step"] = (x - before_x, y - before_y)
        return found

    def squares(self) -> tuple[float, float] | None:
        """Return the averaged or summed squares of the gradient in both directions; None where none are kept."""
        for slot in ("squared_average", "squared_sum"):
            if slot in self.state:
                values = self.state[slot]
                return float(values[0]), float(values[1])
        return None

    def equations(self) -> tuple[Equation, ...]:
        """Return the last step line by line, in letters and with the numbers of both directions."""
        if not self.steps:
            return ()
        before, last = self._moments[-2], self._moments[-1]
        t = self.steps
        w = np.array(before.place)
        lines = self.optimizer.rule(t)
        if not lines:
            return (Equation((sign_of("w"),), of_formula(parsed("w + Δ").root, {}), pair_of(last.place), takes=True),)
        values: dict[str, Array | float] = {LETTERS[key]: float(value) for key, value in self.live.items()}
        values |= {slot.symbol: before.state[key] for key, slot in self.optimizer.slots.items()}
        values |= {"w": w, "g": np.array(last.gradient), "t": float(t)}
        moments = calculated(lines, values)
        found = [Equation((sign_of("g"),), numbers=pair_of(last.gradient))]
        for at, line in enumerate(lines):
            letters = of_formula(parsed(line.formula).root, {})
            found.append(Equation((sign_of(line.name),), letters, _shown(moments[at + 1][line.name]), takes=True))
        return tuple(found)

    def _evaluate(self) -> float:
        """Compute height and slope where it is now."""
        run(self._slope)
        run(self._measure)
        np.copyto(self._g, self._true)
        return float(self._height[0])

    def _push(self) -> Array:
        """Return the noise of the step at hand: the same when it is taken again."""
        if not self.noise:
            return np.zeros(2)
        while len(self._pushes) <= self.steps:
            self._pushes.append(self._noise.normal(size=2))
        return self.noise * self._pushes[self.steps]

    def _judge(self) -> None:
        x, y = self.path[-1]
        reach = _FAR * self.terrain.extent
        if not (abs(x) <= reach and abs(y) <= reach):
            self.status = Status.LOST
            return
        with np.errstate(all="ignore"):
            run(self._slope)
        if not np.isfinite(self._true).all():
            self.status = Status.LOST
        elif np.abs(self._true).max() < CONVERGED_BELOW:
            self.status = Status.CONVERGED
        elif self.steps >= MOST_STEPS:
            self.status = Status.TIRED

    def _copied(self) -> State:
        return {slot: values.copy() for slot, values in self.state.items()}


def _shown(value: Array) -> Row:
    return (Figure(float(value)),) if value.ndim == 0 else pair_of(value)


def pair_of(values: Sequence[float] | Array) -> Row:
    """Return two numbers in parentheses."""
    x, y = float(values[0]), float(values[1])
    return (Words("("), *joined([(Figure(x),), (Figure(y),)], Words(", ")), Words(")"))


@dataclass(frozen=True)
class Entrant:
    """Who takes part in a race.

    Args:
        key: of the optimizer.
        values: its numbers.
    """

    key: str
    values: Mapping[str, Value] = field(default_factory=dict)


class Race:
    """Racers over one surface, all from one place.

    Args:
        terrain: the surface.
        entrants: who takes part.
        start: where from; None is where the surface says.
        noise, seed: see Racer.
    """

    def __init__(
        self,
        terrain: Terrain,
        entrants: Sequence[Entrant],
        start: tuple[float, float] | None = None,
        noise: float = 0.0,
        seed: int = 0,
    ) -> None:
        self.terrain = terrain
        self.start = terrain.start if start is None else start
        terrain.check_start(*self.start)
        self.racers = [Racer(each.key, each.values, terrain, self.start, noise, seed) for each in entrants]
        self.steps = 0

    @property
    def origin(self) -> object:
        """Stays the same as long as ways only become longer, or shorter."""
        return self

    @property
    def over(self) -> bool:
        """Nobody moves any more."""
        return all(racer.status is not Status.MOVING for racer in self.racers)

    def step(self) -> None:
        """Let everybody who still moves take a step."""
        if not self.over:
            self.steps += 1
            for racer in self.racers:
                racer.step()

    def back(self) -> None:
        """Take the last step back, of those who took it."""
        if self.steps:
            for racer in self.racers:
                if racer.steps == self.steps:
                    racer.back()
            self.steps -= 1


RATES = tuple(float(rate) for rate in 10.0 ** np.arange(-4, 0.51, 0.25))
"""That are tried to tune a racer."""


def tuned(
    entrant: Entrant,
    terrain: Terrain,
    start: tuple[float, float],
    most: int = 1500,
    wanted: Callable[[], bool] = lambda: True,
) -> Entrant:
    """Return an entrant with the learning rate that leads it lowest, and there in the fewest steps.

    Args:
        entrant: whose other numbers stay.
        terrain, start: of the race; without noise.
        most: steps that each rate gets.
        wanted: asked before each rate; when it says no, the best so far is returned.
    """
    best: tuple[float, int] | None = None
    chosen = entrant
    for rate in RATES:
        if not wanted():
            break
        values = {**entrant.values, "learning_rate": rate}
        racer = Racer(entrant.key, values, terrain, start)
        while racer.status is Status.MOVING and racer.steps < most:
            racer.step()
        if racer.status is Status.LOST:
            continue
        height = terrain.height(*racer.place)
        # Heights that differ by less than a thousandth of the map's are alike: then the steps decide.
        found = round(height / max(1e-3 * _span(terrain), 1e-300)), racer.steps
        if best is None or found < best:
            best, chosen = found, Entrant(entrant.key, values)
    return chosen


def _span(terrain: Terrain) -> float:
    finite = terrain.heights[np.isfinite(terrain.heights)]
    return float(np.median(finite) - finite.min())
