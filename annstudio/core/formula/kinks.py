"""Where a formula of one variable has a kink or jumps: drawn curves must not be smooth there."""

from collections.abc import Iterator

import numpy as np

from annstudio.core.formula.algebra import make
from annstudio.core.formula.evaluation import evaluate, expanded
from annstudio.core.formula.nodes import Apply, Node
from annstudio.core.formula.slopes import slope
from annstudio.core.formula.zeros import zeros

_BESIDE = 1e-6
"""Values are compared this far to the left and to the right."""

_SMALLEST_JUMP = 1e-3


def kinks(root: Node, variable: str, reach: float) -> tuple[float, ...]:
    """Return where the formula or its derivative jumps, in ascending order.

    Args:
        root: a simplified formula.
        variable: its only variable.
        reach: how far from zero to look, to both sides.
    """
    switches = [expanded(switch) for switch in set(_switches(root))]
    if not switches:
        return ()
    found = {place for switch in switches for place in zeros(switch, variable, reach)}
    curves = [expanded(root), expanded(slope(root, variable))]
    return tuple(sorted(place for place in found if any(_jumps(curve, variable, place) for curve in curves)))


def _switches(node: Node) -> Iterator[Node]:
    """Give the parts at whose zeros a function changes over from one piece to the next."""
    if isinstance(node, Apply):
        if node.function in ("abs", "sign", "relu"):
            yield node.arguments[0]
        elif node.function in ("max", "min"):
            yield make("-", node.arguments)
        for argument in node.arguments:
            yield from _switches(argument)


def _jumps(curve: Node, variable: str, place: float) -> bool:
    if variable not in curve.variables:
        return False
    left, right = evaluate(curve, {variable: np.array([place - _BESIDE, place + _BESIDE])})
    return bool(abs(left - right) > _SMALLEST_JUMP)
