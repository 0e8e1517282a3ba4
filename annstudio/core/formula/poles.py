"""Where a formula of one variable divides by zero, or takes the logarithm of zero."""

from collections.abc import Iterator

import numpy as np

from annstudio.core.formula.algebra import make
from annstudio.core.formula.evaluation import evaluate, expanded
from annstudio.core.formula.nodes import Apply, Node, Number
from annstudio.core.formula.slopes import slope
from annstudio.core.formula.zeros import zeros

_NOTHING = 1e-9
"""A divisor this small is zero but for rounding."""


def poles(root: Node, variable: str, reach: float) -> tuple[float, ...]:
    """Return the places at which a formula has no value although it has one on both sides, in ascending order.

    A divisor that only touches zero, as (3x − 1)² does, does not change its sign there, but its slope does.

    Args:
        root: a simplified formula.
        variable: its only variable.
        reach: how far from zero to look, to both sides.
    """
    found = set()
    for divisor in set(_divisors(root)):
        places = {
            *zeros(expanded(divisor), variable, reach),
            *zeros(expanded(slope(divisor, variable)), variable, reach),
        }
        found |= {place for place in places if _vanishes(expanded(divisor), variable, place)}
    return tuple(sorted(found))


def _divisors(node: Node) -> Iterator[Node]:
    """Give the parts at whose zeros there is no value."""
    if not isinstance(node, Apply):
        return
    first, *others = node.arguments
    if node.function == "/":
        yield others[0]
    elif (node.function == "**" and isinstance(others[0], Number) and others[0].value < 0) or node.function == "log":
        yield first
    elif node.function == "log1p":
        yield make("+", (Number(1.0), first))
    elif node.function == "tan":
        yield make("cos", (first,))
    for argument in node.arguments:
        yield from _divisors(argument)


def _vanishes(divisor: Node, variable: str, place: float) -> bool:
    return bool(abs(evaluate(divisor, {variable: np.array([place])})[0]) < _NOTHING)
