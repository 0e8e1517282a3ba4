"""What the rules about outputs know of activations and losses."""

import math
from dataclasses import dataclass
from functools import cache

import numpy as np

from annstudio.core.params import Value
from annstudio.engine.activations import activations
from annstudio.project.model import Node
from annstudio.project.settings import own_values

_PROBES = np.linspace(-20.0, 20.0, 41)[None]
"""So far out bounded activations are near their bounds, and double precision still tells 1 − e⁻²⁰ from 1."""


@dataclass(frozen=True)
class Answers:
    """Which values an activation can give.

    Args:
        low: no value lies below, None if there is no such bound.
        high: no value lies above, None if there is no such bound.
        least, most: the lowest and the highest value that was seen.
        are_chances: every value is above 0 and below 1.
        sum_to_one: the values of all units make 1 together.
        alone: what a single unit always gives, None if that depends on what comes in.
    """

    low: float | None
    high: float | None
    least: float
    most: float
    are_chances: bool
    sum_to_one: bool
    alone: float | None

    def reach(self, no: float, yes: float) -> bool:
        """Return whether the bounds leave room for both numbers, the lower one first."""
        return (self.low is None or self.low <= no) and (self.high is None or yes <= self.high)


def answers_of(node: Node) -> Answers:
    """Return which values the activation of this layer can give."""
    return _tried(str(node["activation"]), tuple(own_values(node.settings.values, "activation").items()))


@cache
def _tried(key: str, values: tuple[tuple[str, Value], ...]) -> Answers:
    """Ask the activation, and try it, instead of keeping a list, so that a new one is judged rightly at once."""
    activation = activations[key](**dict(values))
    together, alone = activation.value(_PROBES)[0], activation.value(_PROBES.T)[:, 0]
    return Answers(
        low=_bound(activation.low),
        high=_bound(activation.high),
        least=float(together.min()),
        most=float(together.max()),
        are_chances=bool(np.all((together > 0) & (together < 1))),
        sum_to_one=not activation.elementwise and bool(abs(together.sum() - 1) < 1e-9),
        alone=float(alone[0]) if np.all(alone == alone[0]) else None,
    )


def _bound(value: float) -> float | None:
    return round(value, 3) if math.isfinite(value) else None
