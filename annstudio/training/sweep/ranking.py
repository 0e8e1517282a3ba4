"""The results of a sweep in order, and what the order rests on."""

import math
import statistics
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from annstudio.training.sweep.plan import Plan
from annstudio.training.sweep.trial import Result

_CLEAR = 2.0
"""A mean difference of more than so many standard errors is more than chance, as a rule of thumb."""


@dataclass(frozen=True, eq=False)
class Entry:
    """One combination of values.

    Attributes:
        settings: a value for each axis.
        costs: in the end, by seed; infinite where the trial failed.
        metric: mean of accuracy or R² over the seeds that did not fail; NaN where none is left.
        better: in how many seeds it was better than the next one.
        clear: the distance to the next one is more than chance: over the seeds, the mean difference is more than two
            standard errors. False for the last one, and where there is one seed only.
        band: epochs, and lowest, mean and highest cost over the seeds, (points, 4); empty where all failed.
    """

    settings: tuple[str, ...]
    costs: tuple[float, ...]
    metric: float
    better: int
    clear: bool
    band: NDArray[np.float64]

    @property
    def mean(self) -> float:
        """Mean cost over the seeds; infinite if one failed."""
        return statistics.fmean(self.costs)

    @property
    def failed(self) -> int:
        """How many trials failed."""
        return sum(math.isinf(cost) for cost in self.costs)


def ranked(plan: Plan, results: Iterable[Result]) -> list[Entry]:
    """Return the combinations of which all trials are there, the best first."""
    there = {result.key: result for result in results}
    groups: dict[tuple[str, ...], list[Result]] = {}
    for trial in plan.trials:
        groups.setdefault(trial.settings, []).extend([there[trial.key]] if trial.key in there else [])
    seeds = len({trial.seed for trial in plan.trials})
    whole = {settings: found for settings, found in groups.items() if len(found) == seeds}
    order = sorted(whole, key=lambda settings: (statistics.fmean(result.cost for result in whole[settings]), settings))
    entries = []
    for place, settings in enumerate(order):
        following = whole[order[place + 1]] if place + 1 < len(order) else []
        entries.append(_entry(settings, whole[settings], following))
    return entries


def _entry(settings: tuple[str, ...], results: list[Result], following: list[Result]) -> Entry:
    costs = tuple(result.cost for result in results)
    metrics = [result.metric for result in results if not result.failed and not math.isnan(result.metric)]
    pairs = [(mine, theirs.cost) for mine, theirs in zip(costs, following, strict=False)]
    return Entry(
        settings,
        costs,
        statistics.fmean(metrics) if metrics else math.nan,
        sum(mine < theirs for mine, theirs in pairs),
        _is_clear([theirs - mine for mine, theirs in pairs]),
        _band([result for result in results if not result.failed]),
    )


def _is_clear(differences: list[float]) -> bool:
    if len(differences) < 2 or any(math.isnan(each) for each in differences):
        return False
    if all(math.isinf(each) for each in differences):
        return True
    if any(math.isinf(each) for each in differences):
        return False
    error = statistics.stdev(differences) / math.sqrt(len(differences))
    return statistics.fmean(differences) > _CLEAR * error


def _band(results: list[Result]) -> NDArray[np.float64]:
    if not results:
        return np.empty((0, 4))
    curves = [np.array(result.curves) for result in results]
    epochs = curves[0][:, 0]
    costs = [np.where(np.isnan(curve[:, 2]), curve[:, 1], curve[:, 2]) for curve in curves]
    seeds = np.stack([np.interp(epochs, curve[:, 0], cost) for curve, cost in zip(curves, costs, strict=True)])
    return np.stack([epochs, seeds.min(axis=0), seeds.mean(axis=0), seeds.max(axis=0)], axis=1)
