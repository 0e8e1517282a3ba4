"""Where a formula of one variable has a kink or jumps: drawn curves must not be smooth there."""

from collections.abc import Iterator

import numpy as np

from annstudio.core.calls import Array
from annstudio.core.formula.algebra import make
from annstudio.core.formula.evaluation import evaluate, expanded
from annstudio.core.formula.nodes import Apply, Node
from annstudio.core.formula.slopes import slope

_STEPS = 4001
"""Points between which a switch is looked for; an even number of steps, so that zero is one of the points."""

_HALVINGS = 60
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
    x = np.linspace(-reach, reach, _STEPS)
    found = {place for switch in switches for place in _zeros(switch, variable, x)}
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


def _zeros(switch: Node, variable: str, x: Array) -> Iterator[float]:
    """Give where a part is zero or changes its sign, to the last digit."""
    if variable not in switch.variables:
        return
    sign = np.sign(evaluate(switch, {variable: x}))
    alone = (sign[1:-1] == 0) & ((sign[:-2] != 0) | (sign[2:] != 0))
    yield from x[1:-1][alone].tolist()
    crossed = sign[:-1] * sign[1:] < 0
    low, high, before = x[:-1][crossed], x[1:][crossed], sign[:-1][crossed]
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        left = np.sign(evaluate(switch, {variable: middle})) == before
        low, high = np.where(left, middle, low), np.where(left, high, middle)
    yield from high.tolist()


def _jumps(curve: Node, variable: str, place: float) -> bool:
    if variable not in curve.variables:
        return False
    left, right = evaluate(curve, {variable: np.array([place - _BESIDE, place + _BESIDE])})
    return bool(abs(left - right) > _SMALLEST_JUMP)
