"""From tree to text: one notation that can be read back, one that is nice to look at."""

from typing import ClassVar

from annstudio.core.formula.functions import OPERATORS
from annstudio.core.formula.nodes import Apply, Constant, Node, Number, Variable
from annstudio.core.small_digits import ABOVE, BELOW

_SUM, _PRODUCT, _SIGN, _POWER, _ATOM = range(5)
"""How strongly an operator binds."""

_BINDING = {"+": _SUM, "-": _SUM, "*": _PRODUCT, "/": _PRODUCT, "neg": _SIGN, "**": _POWER}
_SIDES = {
    "+": (_SUM, _PRODUCT),
    "-": (_SUM, _PRODUCT),
    "*": (_PRODUCT, _SIGN),
    "/": (_PRODUCT, _SIGN),
    "**": (_ATOM, _SIGN),
}
"""How strongly the left and the right side must bind to do without parentheses."""


def canonical(node: Node) -> str:
    """Return the formula as the parser reads it: parsing gives the same tree."""
    return _Canonical().written(node)


def pretty(node: Node) -> str:
    """Return the formula as books print it, e.g. x² · ln(1 + x)."""
    return _Pretty().written(node)


class _Canonical:
    """The notation of the parser."""

    signs: ClassVar = {"+": " + ", "-": " - ", "*": " * ", "/": " / ", "**": "**", "neg": "-"}
    under_sign: ClassVar = _SIGN
    """How strongly what follows a minus sign must bind to do without parentheses."""

    def written(self, node: Node) -> str:
        match node:
            case Number(value):
                return self.number(value)
            case Constant(name) | Variable(name):
                return self.name(name)
            case Apply("neg", (operand,)):
                return self.signs["neg"] + self.side(operand, self.under_sign)
            case Apply(function, (left, right)) if function in OPERATORS:
                return self.operation(function, left, right)
            case Apply(function, arguments):
                return self.call(function, ", ".join(self.written(argument) for argument in arguments))
        raise TypeError(type(node).__name__)

    def number(self, value: float) -> str:
        return repr(value).removesuffix(".0")

    def name(self, name: str) -> str:
        return name

    def operation(self, operator: str, left: Node, right: Node) -> str:
        low, high = _SIDES[operator]
        return self.side(left, low) + self.signs[operator] + self.side(right, high)

    def call(self, function: str, arguments: str) -> str:
        return f"{function}({arguments})"

    def side(self, node: Node, least: int) -> str:
        written = self.written(node)
        return written if _binding(node) >= least else f"({written})"


class _Pretty(_Canonical):
    """The notation of books."""

    signs: ClassVar = {"+": " + ", "-": " − ", "*": " · ", "/": " / ", "**": "^", "neg": "−"}
    under_sign: ClassVar = _PRODUCT

    def number(self, value: float) -> str:
        return super().number(value).replace("-", "−")

    def name(self, name: str) -> str:
        letters = name.rstrip("0123456789")
        return "π" if name == "pi" else letters + name[len(letters) :].translate(BELOW)

    def operation(self, operator: str, left: Node, right: Node) -> str:
        if operator == "**" and isinstance(right, Number) and right.value.is_integer() and abs(right.value) < 1000:
            return self.side(left, _ATOM) + f"{right.value:.0f}".translate(ABOVE)
        return super().operation(operator, left, right)

    def call(self, function: str, arguments: str) -> str:
        if function == "abs":
            return f"|{arguments}|"
        return super().call({"sqrt": "√", "log": "ln"}.get(function, function), arguments)


def _binding(node: Node) -> int:
    if isinstance(node, Number) and node.value < 0:
        return _SIGN
    return _BINDING.get(node.function, _ATOM) if isinstance(node, Apply) else _ATOM
