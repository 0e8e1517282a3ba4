"""Where a part of a formula is zero."""

from collections.abc import Iterator

import numpy as np

from annstudio.core.formula.evaluation import evaluate
from annstudio.core.formula.nodes import Node

_STEPS = 4001
"""Points between which a change of sign is looked for; an even number of steps, so that zero is one of the points."""

_HALVINGS = 60


def zeros(part: Node, variable: str, reach: float) -> Iterator[float]:
    """Give where a part is zero or changes its sign, to the last digit.

    Args:
        part: expanded, see evaluation.expanded.
        variable: its only variable.
        reach: how far from zero to look, to both sides.
    """
    if variable not in part.variables:
        return
    x = np.linspace(-reach, reach, _STEPS)
    sign = np.sign(evaluate(part, {variable: x}))
    alone = (sign[1:-1] == 0) & ((sign[:-2] != 0) | (sign[2:] != 0))
    yield from x[1:-1][alone].tolist()
    crossed = sign[:-1] * sign[1:] < 0
    low, high, before = x[:-1][crossed], x[1:][crossed], sign[:-1][crossed]
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        left = np.sign(evaluate(part, {variable: middle})) == before
        low, high = np.where(left, middle, low), np.where(left, high, middle)
    yield from high.tolist()
