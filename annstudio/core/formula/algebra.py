"""Simplifying: fewer and more stable operations with the same value.

What holds for all real numbers may be used: a simplified formula may have a value where the original has none, as
0 * log(x) has at x = 0, but never another one.
"""

from collections import defaultdict
from collections.abc import Mapping
from decimal import Context, Decimal, DecimalException, DivisionByZero, Inexact, InvalidOperation, Overflow

from annstudio.core.formula.nodes import Apply, Node, Number
from annstudio.core.formula.patterns import filled, matches, pattern, rebuilt
from annstudio.core.formula.tokens import LARGEST, SMALLEST

IDENTITIES = (
    # Sums
    ("0 + u", "u"),
    ("u + 0", "u"),
    ("u + u", "2*u"),
    ("u + -v", "u - v"),
    ("-u + v", "v - u"),
    ("u - 0", "u"),
    ("0 - u", "-u"),
    ("u - u", "0"),
    ("u - -v", "u + v"),
    # Signs
    ("-(-u)", "u"),
    ("-(u - v)", "v - u"),
    ("-u * v", "-(u*v)"),
    ("u * -v", "-(u*v)"),
    ("-u / v", "-(u/v)"),
    ("u / -v", "-(u/v)"),
    # Products: the number first, no parentheses on the right
    ("0 * u", "0"),
    ("1 * u", "u"),
    ("x * c", "c*x"),
    ("u * (v*w)", "u*v*w"),
    ("u * (c/v)", "u*c/v"),
    ("(c/v) * x", "c*x/v"),
    # Quotients
    ("0 / x", "0"),
    ("u / 1", "u"),
    ("(c*u) / c", "u"),
    ("(c*u) / (c*v)", "u/v"),
    # Powers
    ("u**0", "1"),
    ("u**1", "u"),
    ("u * u", "u**2"),
    ("u**2 * u", "u**3"),
    ("v*u * u", "v*u**2"),
    ("(-u)**2", "u**2"),
    ("(u**c)**2", "u**(2*c)"),
    ("e**u", "exp(u)"),
    # Functions
    ("abs(-u)", "abs(u)"),
    ("max(u, u)", "u"),
    ("min(u, u)", "u"),
    ("max(0, u)", "relu(u)"),
    ("max(u, 0)", "relu(u)"),
    # The same numbers, but no power of e overflows
    ("log(1 + exp(u))", "softplus(u)"),
    ("log(exp(u) + 1)", "softplus(u)"),
    ("log1p(exp(u))", "softplus(u)"),
    ("exp(u) / (1 + exp(u))", "logistic(u)"),
    ("exp(u) / (exp(u) + 1)", "logistic(u)"),
    ("u / (1 + exp(v))", "u*logistic(-v)"),
    ("u / (exp(v) + 1)", "u*logistic(-v)"),
)
"""What is replaced by what, the first that fits. Every rule shortens, or brings nearer to the order stated."""

_EXACT = Context(prec=15, traps=[Inexact, DivisionByZero, InvalidOperation, Overflow])
"""Numbers are only put together where the result is exact, so 1/3 stays 1/3, and they never get long."""

_ARITHMETIC = {
    "+": _EXACT.add,
    "-": _EXACT.subtract,
    "*": _EXACT.multiply,
    "/": _EXACT.divide,
    "**": _EXACT.power,
}


def _by_function() -> Mapping[str, list[tuple[Node, Node]]]:
    rules: defaultdict[str, list[tuple[Node, Node]]] = defaultdict(list)
    for before, after in IDENTITIES:
        form = pattern(before)
        assert isinstance(form, Apply)
        rules[form.function].append((form, pattern(after)))
    return rules


_RULES = _by_function()


def make(function: str, arguments: tuple[Node, ...]) -> Node:
    """Return the function of arguments that are simplified already, simplified."""
    node = Apply(function, arguments)
    better = _calculated(node) or _with_sign_moved(node)
    if better is not None:
        return better
    for before, after in _RULES.get(function, ()):
        found: dict[str, Node] = {}
        if matches(before, node, found):
            return filled(after, found, make)
    return node


def simplified(node: Node) -> Node:
    """Return a simpler formula of the same value."""
    return rebuilt(node, make)


def _calculated(node: Apply) -> Node | None:
    """Return what an operator makes of two numbers, if that is an exact short number."""
    match node:
        case Apply(operator, (Number(left), Number(right))) if operator in _ARITHMETIC:
            try:
                result = float(_ARITHMETIC[operator](Decimal(repr(left)), Decimal(repr(right))))
            except DecimalException:
                return None
            return Number(result) if result == 0 or SMALLEST <= abs(result) <= LARGEST else None
    return None


def _with_sign_moved(node: Apply) -> Node | None:
    """Return −(−2·u), v + −2·u or v − −2·u with the sign of the leading number in a better place."""
    moved = _turned(node.arguments[-1]) if node.function in ("neg", "+", "-") else None
    if moved is None or (node.function != "neg" and not _leads_negative(node.arguments[-1])):
        return None
    if node.function == "neg":
        return moved
    return make("-" if node.function == "+" else "+", (node.arguments[0], moved))


def _turned(node: Node) -> Node | None:
    """Return −node where a number leads the product, whose sign can turn."""
    match node:
        case Number(value):
            return Number(0.0 - value)
        case Apply("*" | "/" as operator, (left, right)):
            turned = _turned(left)
            return None if turned is None else make(operator, (turned, right))
    return None


def _leads_negative(node: Node) -> bool:
    while isinstance(node, Apply) and node.function in ("*", "/"):
        node = node.arguments[0]
    return isinstance(node, Number) and node.value < 0
