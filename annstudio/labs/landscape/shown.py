"""A race on a network as it looks on a slice: values of one moment, which whoever paints them may keep."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from annstudio.core.calls import Array
from annstudio.core.texts import QT_TRANSLATE_NOOP, Text
from annstudio.engine.optimizers.base import Optimizer
from annstudio.labs.contest import Place
from annstudio.labs.landscape.ground import CostGround
from annstudio.labs.landscape.slices import Slice
from annstudio.labs.landscape.training import Contestant, Memory, TrainingRace
from annstudio.labs.notation import Equation, Sign, Words
from annstudio.labs.race import pair_of

_TRAINS = QT_TRANSLATE_NOOP("annstudio", "trains")
_EXPLODED = QT_TRANSLATE_NOOP("annstudio", "exploded")
_VELOCITIES = ("velocity", "gradient_average")


@dataclass(frozen=True, eq=False)
class ShownRacer:
    """One optimizer, as it looks on a slice; see contest.Walker.

    Args:
        key, optimizer: who it is.
        path: the shadows of where it has been, the start first.
        steps: taken.
        costs: steps and the cost of the training part behind them.
        failed: it cannot go on.
        memory: what it holds of the weights that are followed.
        momentum: the shadow of what it remembers as its momentum; None where it has none.
    """

    key: str
    optimizer: Optimizer
    path: tuple[Place, ...]
    steps: int
    costs: tuple[tuple[int, float], ...]
    failed: bool
    memory: Memory
    momentum: Place | None = None

    @property
    def place(self) -> Place:
        """Where it is."""
        return self.path[-1]

    @property
    def cost(self) -> float:
        """The cost J of the training part, now."""
        return self.costs[-1][1]

    @property
    def told(self) -> Text:
        """How it is doing."""
        return Text(_EXPLODED if self.failed else _TRAINS)

    def arrows(self) -> dict[str, Place]:
        """Return what moves it, as it looks on the slice: its momentum and its last step."""
        found: dict[str, Place] = {}
        if self.momentum is not None and any(self.momentum):
            found["momentum"] = (-self.momentum[0], -self.momentum[1])
        if len(self.path) > 1:
            (x, y), (before_x, before_y) = self.path[-1], self.path[-2]
            found["step"] = (x - before_x, y - before_y)
        return found

    def squares(self) -> Place | None:
        """Return nothing: squares of two weights are no squares of two directions."""
        return None

    def equations(self) -> tuple[Equation, ...]:
        """Return what it holds of the weights that are followed, after its last step."""
        held = self.memory
        lines = [Equation((Sign("w"),), numbers=pair_of(held.weights))]
        for key, values in held.slots.items():
            slot = self.optimizer.slots[key]
            lines.append(Equation((Words(slot.symbol),), numbers=pair_of(values), words=Text(slot.label)))
        last = QT_TRANSLATE_NOOP("annstudio", "Its last step")
        lines.append(Equation((Words("Δ"), Sign("w")), numbers=pair_of(held.step), words=Text(last)))
        return tuple(lines)


@dataclass(frozen=True, eq=False)
class Shown:
    """A race on a slice; see contest.Contest.

    Args:
        terrain: the cost over the slice.
        racers: who takes part.
        start: the shadow of where all began.
        steps: taken.
        over: nobody can go on.
        origin: stays the same as long as ways on this slice only become longer.
    """

    terrain: CostGround
    racers: tuple[ShownRacer, ...]
    start: Place
    steps: int
    over: bool
    origin: object

    def gone_on(self, race: TrainingRace, followed: Sequence[int]) -> "Shown":
        """Return it as it looks after more steps on the same slice."""
        return shown(race, self.terrain, followed, self.origin)


def shown(race: TrainingRace, ground: CostGround, followed: Sequence[int], origin: object = None) -> Shown:
    """Return how a race looks on a slice now.

    Args:
        race: on a network.
        ground: the slice and the cost over it.
        followed: places of the two weights whose memory is shown.
        origin: of how it looked earlier on the same slice, if it did.
    """
    racers = tuple(_racer(each, ground.plane, followed) for each in race.contestants)
    start = ground.plane.shadow(race.start[np.newaxis, : len(ground.plane.across)])
    return Shown(ground, racers, _place(start[0]), race.steps, race.over, origin or object())


def _racer(contestant: Contestant, plane: Slice, followed: Sequence[int]) -> ShownRacer:
    trainer = contestant.trainer
    path = tuple(_place(spot) for spot in plane.shadow(contestant.way))
    found = ShownRacer(
        contestant.entrant.key,
        trainer.optimizer,
        path,
        contestant.steps,
        tuple(contestant.costs),
        contestant.failed,
        contestant.memory(followed),
    )
    for slot in _VELOCITIES:
        values = trainer.state.get(slot)
        if values is not None and len(values) == len(plane.across):
            at = plane.center[: len(plane.across)]
            return replace(found, momentum=_place(plane.shadow((at + values)[np.newaxis])[0]))
    return found


def _place(spot: Array) -> Place:
    return float(spot[0]), float(spot[1])
