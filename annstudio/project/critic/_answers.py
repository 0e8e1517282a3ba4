"""What the rules about outputs know of activations and losses."""

from dataclasses import dataclass
from functools import cache

import numpy as np

from annstudio.core.params import Value
from annstudio.engine.activations import activations
from annstudio.project.model import Node
from annstudio.project.settings import own_values

PROBABILITY_LOSSES = frozenset({"log_loss", "cross_entropy"})
"""Losses that take the logarithm of the outputs, and so need probabilities."""

_FAR = 20.0
"""Bounded activations are at their bounds here, and double precision still tells 1 − e⁻²⁰ from 1."""


@dataclass(frozen=True)
class Answers:
    """Which values an activation can give.

    Args:
        low: lowest value, None if there is no bound.
        high: highest value, None if there is no bound.
        are_chances: every value is above 0 and below 1.
        sum_to_one: the values of all units make 1 together.
    """

    low: float | None
    high: float | None
    are_chances: bool
    sum_to_one: bool


def answers_of(node: Node) -> Answers:
    """Return which values the activation of this layer can give."""
    return _probed(str(node["activation"]), tuple(own_values(node.settings.values, "activation").items()))


@cache
def _probed(key: str, values: tuple[tuple[str, Value], ...]) -> Answers:
    """Try the activation instead of keeping a list, so that a new one is judged rightly at once."""
    activation = activations[key](**dict(values))
    probes = np.array([[-_FAR, -_FAR / 2, 0.0, _FAR / 2, _FAR]])
    given = activation.value(probes)[0]
    low, high = _bound(given[0], given[1]), _bound(given[-1], given[-2])
    sum_to_one = bool(abs(given.sum() - 1) < 1e-9)
    are_chances = bool(np.all((given > 0) & (given < 1)))
    # The largest of several shares depends on the others, so trying finds no bound.
    return Answers(low, 1.0 if sum_to_one else high, are_chances, sum_to_one)


def _bound(far: float, nearer: float) -> float | None:
    return round(float(far), 3) if abs(far - nearer) < 1e-3 else None
