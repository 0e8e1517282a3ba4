"""Which learning rates get anywhere: one short training in which the rate grows from batch to batch.

Source: Smith 2017, Cyclical learning rates for training neural networks, section 3.3; with a rate that grows
exponentially.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from annstudio.core.errors import UserError
from annstudio.core.texts import QT_TRANSLATE_NOOP, text
from annstudio.engine.trainer import Trainer
from annstudio.project import edits
from annstudio.project.compile import compile_data, compile_network, compile_trainer
from annstudio.project.model import Project

LOWEST, HIGHEST = 1e-6, 100.0
STEPS = 240
_TOO_MUCH = 4.0
"""It ends where the cost is so many times its least."""
_REACH = 4
"""Steps to either side over which costs are averaged."""
_MOST_WORK = 2e7
"""Multiply-adds per measurement: the cost is that of some training samples, always the same ones …"""
_FEWEST, _MOST = 256, 2000
"""… but of so many at least, and at most."""
_RISEN = 1.2
"""Times its least that the cost is to come to when it is said to rise."""
_BEYOND = 2
"""… or of the rate that its least came at, that are tried without a lower cost."""
_FLAT = 0.02
"""A cost that never falls by more than this share tells nothing."""


@dataclass(frozen=True, eq=False)
class RangeTest:
    """What came of it.

    Attributes:
        rates: learning rates, ascending.
        costs: behind the step at each, smoothed.
        begin: the cost before the first step.
    """

    rates: NDArray[np.float64]
    costs: NDArray[np.float64]
    begin: float

    @property
    def lowest(self) -> float:
        """The rate at which the cost was least: from there on, steps are too long."""
        return float(self.rates[self.costs.argmin()])

    @property
    def rises(self) -> bool:
        """The cost rises again behind its least."""
        return bool(self.costs[-1] > _RISEN * self.costs.min() or self.rates[-1] > _BEYOND * self.lowest)

    @property
    def advised(self) -> float | None:
        """A rate to begin with, in one digit; None where the cost hardly fell at all.

        A tenth of that with the least cost, as Howard & Gugger 2020 advise (fastai: a layered API for deep learning);
        where the cost never rises again, that at which it fell fastest.
        """
        if not self.costs.min() < (1 - _FLAT) * self.begin:
            return None
        costs = np.concatenate([[self.begin], self.costs[: self.costs.argmin() + 1]])
        rate = self.lowest / 10 if self.rises else float(self.rates[np.diff(costs).argmin()])
        return float(f"{rate:.1g}")


def range_test(
    project: Project,
    given_up: Callable[[], bool] = lambda: False,
    progressed: Callable[[float], None] = lambda share: None,
) -> RangeTest | None:
    """Train a project from the weights of its seed, with a learning rate that grows, until the cost explodes.

    Args:
        project: with its optimizer and batch size; its schedule is left out.
        given_up: asked between steps whether to stop.
        progressed: told now and then how far it is, 0 to 1.

    Returns:
        What came of it; None if it was given up.

    Raises:
        UserError: the project cannot run, or its optimizer has no use for a learning rate.
    """
    steady = edits.set_value(project, "training", "schedule", "constant")
    network, prepared = compile_network(steady).network, compile_data(steady)
    trainer = compile_trainer(steady, network, prepared)
    if trainer.optimizer.evaluates:
        template = QT_TRANSLATE_NOOP("annstudio", "{optimizer} finds the length of its steps by itself.")
        raise UserError(text(template, optimizer=text(trainer.optimizer.info.label)))
    measure = _measuring(trainer)
    begin = least = measure()
    rates, costs = np.geomspace(LOWEST, HIGHEST, STEPS), []
    for number, rate in enumerate(rates):
        if given_up():
            return None
        trainer.set_learning_rate(float(rate))
        trainer.advance(1)
        cost = measure() if trainer.failure is None else math.inf
        if not math.isfinite(cost):
            break
        costs.append(cost)
        least = min(least, cost)
        if cost > _TOO_MUCH * max(least, 1e-12) and cost > begin:
            break
        progressed((number + 1) / STEPS)
    if not costs:
        raise UserError(
            text(QT_TRANSLATE_NOOP("annstudio", "Already the shortest of steps leads to numbers that are not finite."))
        )
    return RangeTest(rates[: len(costs)], _means(np.array(costs)), begin)


def _measuring(trainer: Trainer) -> Callable[[], float]:
    """Return what measures the cost of as many training samples as there is time for."""
    inputs, targets = trainer.samples
    most = int(min(_MOST, max(_FEWEST, _MOST_WORK / max(1, trainer.network.multiply_adds))))
    chosen = slice(None, None, max(1, len(inputs) // most))
    return lambda: trainer.evaluator.cost(inputs[chosen], targets[chosen])[0]


def _means(costs: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the logarithmic mean of each cost with its neighbors, at most as many behind as before it."""
    places = np.arange(len(costs))
    reaches = np.minimum(places, _REACH)
    first, last = places - reaches, np.minimum(len(costs), places + reaches + 1)
    sums = np.concatenate([[0.0], np.cumsum(np.log(np.maximum(costs, 1e-300)))])
    means: NDArray[np.float64] = np.exp((sums[last] - sums[first]) / (last - first))
    return means
