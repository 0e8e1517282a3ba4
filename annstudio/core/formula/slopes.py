"""Derivatives by the chain rule: the slope of f(u, v) is ∂f/∂u · u′ + ∂f/∂v · v′.

Where there is no single slope, these conventions hold:

    abs, sign, relu   slope 0 at zero
    max, min          where both are equal, the slope of the second; max(x, 0) and max(0, x) are relu(x)
"""

from collections.abc import Mapping

from annstudio.core.formula.algebra import make, simplified
from annstudio.core.formula.nodes import Apply, Node, Number, Variable
from annstudio.core.formula.patterns import filled, pattern

PARTIALS: Mapping[str, tuple[str, ...]] = {
    "+": ("1", "1"),
    "-": ("1", "-1"),
    "*": ("v", "u"),
    "/": ("1/v", "-u/v**2"),
    "**": ("v * u**(v - 1)", "u**v * log(u)"),
    "neg": ("-1",),
    "exp": ("exp(u)",),
    "log": ("1/u",),
    "log1p": ("1/(1 + u)",),
    "expm1": ("exp(u)",),
    "sqrt": ("1/(2*sqrt(u))",),
    "abs": ("sign(u)",),
    "sign": ("0",),
    "sin": ("cos(u)",),
    "cos": ("-sin(u)",),
    "tan": ("1 + tan(u)**2",),
    "arcsin": ("1/sqrt(1 - u**2)",),
    "arccos": ("-1/sqrt(1 - u**2)",),
    "arctan": ("1/(1 + u**2)",),
    "sinh": ("cosh(u)",),
    "cosh": ("sinh(u)",),
    "tanh": ("1 - tanh(u)**2",),
    "max": ("relu(sign(u - v))", "1 - relu(sign(u - v))"),
    "min": ("relu(sign(v - u))", "1 - relu(sign(v - u))"),
    "relu": ("relu(sign(u))",),
    "logistic": ("logistic(u) * (1 - logistic(u))",),
    "softplus": ("logistic(u)",),
}
"""The derivative of each function by its first argument u and, if there is one, by its second, v."""

_PARTIALS = {name: tuple(pattern(partial) for partial in partials) for name, partials in PARTIALS.items()}

_ZERO, _ONE = Number(0.0), Number(1.0)


def slope(node: Node, variable: str) -> Node:
    """Return the derivative of a formula by one of its variables, simplified."""
    return _slope(simplified(node), variable)


def _slope(node: Node, variable: str) -> Node:
    if variable not in node.variables:
        return _ZERO
    if isinstance(node, Variable):
        return _ONE
    assert isinstance(node, Apply)
    total: Node = _ZERO
    letters = dict(zip("uv", node.arguments, strict=False))
    for partial, argument in zip(_PARTIALS[node.function], node.arguments, strict=True):
        inner = _slope(argument, variable)
        if inner != _ZERO:
            outer = filled(partial, letters, make)
            # As people write it: (x·sin x)′ = sin x + x·cos x, but sin(2x)′ = 2·cos(2x).
            factors = (outer, inner) if node.function == "*" else (inner, outer)
            total = make("+", (total, make("*", factors)))
    return total
