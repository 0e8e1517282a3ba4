"""Several optimizers train the same network: from the same weights, with the same batches in the same order."""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from annstudio.core.calls import Array
from annstudio.core.errors import UserError
from annstudio.core.texts import QT_TRANSLATE_NOOP, Text, text
from annstudio.data.prepare import Prepared
from annstudio.engine.optimizers import optimizers
from annstudio.engine.schedules.base import Schedule
from annstudio.engine.trainer import Trainer
from annstudio.labs.race import Entrant
from annstudio.project import edits
from annstudio.project.compile import Compiled, compile_data, compile_network, compile_trainer
from annstudio.project.model import Project
from annstudio.project.settings import own_values

MOST_WEIGHTS = 100_000
_FEWEST = 2
_MOST_WORK = 2e8
"""Multiply-adds of one look at the cost of all samples: some tenths of a second."""
_MOST_COSTS = 2000
"""Looks at the cost that are kept; likewise thinned."""
_MOST_KEPT = 400
"""Moments of a way that are kept; of a longer one every second, then every fourth …"""


@dataclass(frozen=True, eq=False)
class Memory:
    """What an optimizer holds of the weights that are followed, behind one step.

    Args:
        weights: of them, (followed,).
        step: by how much the last step moved them, (followed,); zeros before the first.
        slots: what is remembered of each, by the optimizer's slot, (followed,).
    """

    weights: Array
    step: Array
    slots: Mapping[str, Array]


class Contestant:
    """One optimizer that trains.

    Args:
        entrant: which, with its numbers.
        trainer: of its own.

    Attributes:
        kept: weights at moments from the start on, each (trained,).
        costs: steps and the cost J of the training part behind them.
    """

    def __init__(self, entrant: Entrant, trainer: Trainer) -> None:
        self.entrant, self.trainer = entrant, trainer
        self._every = 1
        self._before: Array = trainer.weights.copy()
        self.kept: list[Array] = [self._trained()]
        self.costs: list[tuple[int, float]] = []
        self.measure()

    @property
    def steps(self) -> int:
        """Steps taken."""
        return self.trainer.steps

    @property
    def failed(self) -> bool:
        """The next step would lead to numbers that are not finite."""
        return self.trainer.failure is not None

    @property
    def way(self) -> Array:
        """The kept moments and the present one, (moments, trained), float64."""
        latest = [] if self.steps % self._every == 0 else [self._trained()]
        return np.array([*self.kept, *latest], np.float64)

    def step(self) -> None:
        """Train one batch, unless it cannot go on."""
        trainer = self.trainer
        if self.failed:
            return
        np.copyto(self._before, trainer.weights)
        if not trainer.advance(1):
            return
        if trainer.steps % self._every == 0:
            self._keep()
        if trainer.batch == 0 and type(trainer.schedule).observe is not Schedule.observe:
            trainer.observe(trainer.evaluator.cost(*trainer.samples)[0])

    def measure(self) -> None:
        """Note the cost of the training part."""
        with np.errstate(all="ignore"):
            self.costs.append((self.steps, float(self.trainer.evaluator.cost(*self.trainer.samples)[0])))
        if len(self.costs) > _MOST_COSTS:
            self.costs = [*self.costs[:-1:2], self.costs[-1]]

    def memory(self, followed: Sequence[int]) -> Memory:
        """Return what is held of some weights.

        Args:
            followed: their places in the flat vector, among the trained ones.
        """
        places = list(followed)
        weights = self.trainer.weights[places].astype(np.float64)
        slots = {key: values[places].astype(np.float64) for key, values in self._slots().items()}
        return Memory(weights, weights - self._before[places], slots)

    def _slots(self) -> Mapping[str, Array]:
        """Return what is remembered of every weight; other memories are of no single one."""
        count = self.trainer.network.trainable_count
        return {key: values for key, values in self.trainer.state.items() if values.shape == (count,)}

    def _trained(self) -> Array:
        trained: Array = self.trainer.weights[: self.trainer.network.trainable_count].copy()
        return trained

    def _keep(self) -> None:
        self.kept.append(self._trained())
        if len(self.kept) > _MOST_KEPT:
            self.kept = self.kept[::2]
            self._every *= 2


class TrainingRace:
    """A race on a project's own network.

    Args:
        project: that can run; its settings hold for all but the optimizer.
        entrants: who takes part.
        start: the flat vector where all begin; None is the seed's.

    Raises:
        UserError: it cannot run, is too large, or an optimizer cannot train it.
    """

    def __init__(self, project: Project, entrants: Sequence[Entrant], start: Array | None = None) -> None:
        self.project = project
        self.compiled: Compiled = compile_network(project)
        self.prepared: Prepared = compile_data(project)
        self._check_size()
        self.contestants = [Contestant(each, self._trainer(each, start)) for each in entrants]
        self.start: Array = self.contestants[0].trainer.weights.copy()
        self.steps = 0

    @property
    def over(self) -> bool:
        """Nobody can go on."""
        return all(each.failed for each in self.contestants)

    @property
    def work(self) -> float:
        """Multiply-adds of one look at the cost of all samples."""
        return float(self.compiled.network.multiply_adds * len(self.prepared.train.inputs))

    def advance(self, by: int, wanted: Callable[[], bool] = lambda: True) -> None:
        """Let everybody take so many steps, and look at the costs.

        Args:
            by: how many.
            wanted: asked before each step; when it says no, everybody has taken as many steps as the others.
        """
        for _ in range(by):
            if self.over or not wanted():
                break
            self.steps += 1
            for each in self.contestants:
                each.step()
        for each in self.contestants:
            each.measure()

    def _check_size(self) -> None:
        size = self.compiled.network.size
        if self.compiled.network.trainable_count < _FEWEST:
            few = QT_TRANSLATE_NOOP("annstudio", "A slice needs two weights, and this network trains fewer: add some.")
            raise UserError(Text(few))
        if size > MOST_WEIGHTS or self.work > _MOST_WORK:
            template = QT_TRANSLATE_NOOP(
                "annstudio",
                "Looking all around this network takes too long ({count} weights, {samples} samples): "
                "take a smaller one.",
            )
            samples = len(self.prepared.train.inputs)
            raise UserError(text(template, count=f"{size:,}", samples=f"{samples:,}"))

    def _trainer(self, entrant: Entrant, start: Array | None) -> Trainer:
        project = edits.set_value(self.project, "training", "optimizer", entrant.key)
        for key, value in optimizers[entrant.key](**entrant.values).params.items():
            project = edits.set_value(project, "training", f"optimizer.{key}", value)
        return compile_trainer(project, self.compiled.network, self.prepared, start)


def own_entrant(project: Project) -> Entrant:
    """Return the optimizer of a project, with its numbers."""
    training = project.training.values
    return Entrant(str(training["optimizer"]), own_values(training, "optimizer"))


def finite_cost(contestant: Contestant) -> float:
    """Return the latest cost, infinite where it is no finite number."""
    cost = contestant.costs[-1][1]
    return cost if math.isfinite(cost) else math.inf
