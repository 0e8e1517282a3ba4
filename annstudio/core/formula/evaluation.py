"""Values of formulas, by NumPy's own functions."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from annstudio.core.calls import Array
from annstudio.core.formula.functions import CONSTANTS, EXPANSIONS, PRIMITIVES
from annstudio.core.formula.nodes import Apply, Constant, Node, Number, Variable
from annstudio.core.formula.patterns import filled, pattern, rebuilt

_EXPANSIONS = {name: pattern(expansion) for name, expansion in EXPANSIONS.items()}
_POWERS = {Number(float(exponent)): pattern("*".join("u" * exponent)) for exponent in (2, 3)}
"""Small powers as products, which is many times faster than NumPy's power."""


def expanded(node: Node) -> Node:
    """Return the formula in functions that NumPy calculates in one call."""
    return rebuilt(node, _expanded)


def _expanded(function: str, arguments: tuple[Node, ...]) -> Node:
    if function == "**" and arguments[1] in _POWERS:
        return filled(_POWERS[arguments[1]], {"u": arguments[0]})
    if function in _EXPANSIONS:
        return filled(_EXPANSIONS[function], {"u": arguments[0]})
    return Apply(function, arguments)


def evaluate(node: Node, inputs: Mapping[str, Array]) -> Any:
    """Return the value of an expanded formula; what depends on no input is a Python float, which widens nothing.

    Args:
        node: the formula.
        inputs: the numbers that each variable stands for, of one shape.
    """
    known: dict[Node, Any] = {}

    def value(part: Node) -> Any:
        if part not in known:
            known[part] = calculated(part)
        return known[part]

    def calculated(part: Node) -> Any:
        match part:
            case Number(number):
                return number
            case Constant(name):
                return CONSTANTS[name]
            case Variable(name):
                return inputs[name]
            case Apply(function, arguments):
                result = PRIMITIVES[function](*(value(argument) for argument in arguments))
                return result if part.variables else float(result)
        raise TypeError(type(part).__name__)

    with np.errstate(all="ignore"):
        return value(node)
