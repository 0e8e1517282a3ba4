"""Formulas as they are set: pieces in a row, each of which may stand for something that can be pointed at.

A mark names what a piece stands for, the weight from one unit to another, say. Whoever shows several formulas lights
every piece that bears the mark of what is pointed at.
"""

from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass

from annstudio.core.formula.functions import OPERATORS
from annstudio.core.formula.nodes import Apply, Constant, Node, Number, Variable
from annstudio.core.texts import Text

Mark = Hashable


@dataclass(frozen=True)
class Sign:
    """A letter with what stands below and above it: w₁₂⁽¹⁾, m̂.

    Args:
        base: the letter.
        below, above: small signs behind it.
        hat: it wears a hat.
        mark: what it stands for.
    """

    base: str
    below: str = ""
    above: str = ""
    hat: bool = False
    mark: Mark | None = None


@dataclass(frozen=True)
class Figure:
    """A number; how many digits of it are shown is up to whoever shows it."""

    value: float
    mark: Mark | None = None
    strong: bool = False


@dataclass(frozen=True)
class Words:
    """An operator, a parenthesis, or words between them."""

    text: str | Text


@dataclass(frozen=True)
class Fraction:
    """One row over another."""

    top: "Row"
    bottom: "Row"


@dataclass(frozen=True)
class Power:
    """A row raised behind another."""

    base: "Row"
    exponent: "Row"


@dataclass(frozen=True)
class Root:
    """The square root of a row."""

    inner: "Row"


@dataclass(frozen=True)
class Matrix:
    """Rows of cells in brackets; None is a cell of dots."""

    rows: tuple[tuple["Row | None", ...], ...]


Piece = Sign | Figure | Words | Fraction | Power | Root | Matrix
Row = tuple[Piece, ...]


@dataclass(frozen=True)
class Equation:
    """A number, how it comes about in letters, and the same with numbers.

    Args:
        left: what is computed.
        letters: from what, in letters; empty where that says nothing.
        numbers: the same with numbers in their place.
        result: what comes out.
        words: what the line is about, where there are several.
        takes: the left side takes the value, instead of being equal to it.
    """

    left: Row
    letters: Row = ()
    numbers: Row = ()
    result: Figure | Matrix | None = None
    words: Text | None = None
    takes: bool = False


EQUALS, TIMES, PLUS, MINUS = Words(" = "), Words(" · "), Words(" + "), Words(" − ")
TAKES = Words(" ← ")
OPEN, CLOSE = Words("("), Words(")")

_MOST_TERMS = 6
"""Of a sum that is written out; of a longer one, the first and the last."""
_MOST_CELLS = 6
"""Likewise rows and columns of a matrix."""
_HEAD = 3


def number(value: float, mark: Mark | None = None, first: bool = False) -> Row:
    """Return a number as a factor or term: a negative one in parentheses, unless it comes first."""
    figure = Figure(float(value), mark)
    return (figure,) if first or not value < 0 else (OPEN, figure, CLOSE)


def joined(rows: Iterable[Row], by: Piece) -> Row:
    """Return rows one after another, with a piece between them."""
    whole: list[Piece] = []
    for row in rows:
        whole += [by, *row] if whole else row
    return tuple(whole)


def as_base(row: Row) -> Row:
    """Return a row ready to be raised: in parentheses where something stands above it already."""
    return (OPEN, *row, CLOSE) if isinstance(row[-1], Sign) and row[-1].above else row


def total(count: int, term: Callable[[int], Row]) -> Row:
    """Return a sum of so many terms, of which many are left out.

    Args:
        count: of terms.
        term: gives each by its number.
    """
    return joined([DOTS_ROW if place is None else term(place) for place in shown_places(count, _MOST_TERMS)], PLUS)


def matrix(rows: int, columns: int, cell: Callable[[int, int], Row]) -> Matrix:
    """Return a matrix of which only the corners are shown where it is large."""
    down, across = shown_places(rows, _MOST_CELLS), shown_places(columns, _MOST_CELLS)
    return Matrix(
        tuple(tuple(None if row is None or column is None else cell(row, column) for column in across) for row in down)
    )


def shown_places(count: int, most: int) -> list[int | None]:
    """Return the numbers of what is shown of a series; None stands for those that are left out."""
    if count <= most:
        return list(range(count))
    return [*range(_HEAD), None, count - 1]


DOTS_ROW: Row = (Words("…"),)


def of_formula(node: Node, names: Mapping[str, Row]) -> Row:
    """Return a formula with its letters as these rows; those without one stand for themselves.

    Args:
        node: its tree.
        names: by variable: signs, or numbers in their place.
    """
    return _Setter(names).row(node, 0)


def sign_of(name: str) -> Sign:
    """Return the letter that a name of a formula spells: β_1 is β₁, m_hat is m̂."""
    base, _, rest = name.partition("_")
    if rest == "hat":
        return Sign(base, hat=True)
    return Sign(base, below="t+1" if rest == "next" else rest)


_SUM, _PRODUCT, _SIGNED, _POWER = 1, 2, 3, 4
_BINDING = {"+": _SUM, "-": _SUM, "*": _PRODUCT, "neg": _SIGNED, "**": _POWER}


class _Setter:
    """Sets a tree: quotients as fractions, powers raised."""

    def __init__(self, names: Mapping[str, Row]) -> None:
        self._names = names

    def row(self, node: Node, least: int) -> Row:
        """Return a part, in parentheses where it binds less than it must."""
        row, binding = self._set(node)
        return row if binding >= least else (OPEN, *row, CLOSE)

    def _set(self, node: Node) -> tuple[Row, int]:  # noqa: PLR0911
        match node:
            case Number(value):
                return (Figure(value),), _POWER if value >= 0 else _SIGNED
            case Constant(name):
                return (Sign({"pi": "π"}.get(name, name)),), _POWER + 1
            case Variable(name):
                return self._named(name)
            case Apply("/", (top, bottom)):
                return (Fraction(self.row(top, 0), self.row(bottom, 0)),), _PRODUCT
            case Apply("**", (base, exponent)):
                return (Power(as_base(self.row(base, _POWER + 1)), self.row(exponent, 0)),), _POWER
            case Apply("neg", (operand,)):
                return (Words("−"), *self.row(operand, _PRODUCT)), _SIGNED
            case Apply(sign, (left, right)) if sign in OPERATORS:
                return self._operation(sign, left, right)
            case Apply("sqrt", (inner,)):
                return (Root(self.row(inner, 0)),), _POWER + 1
            case Apply("abs", (inner,)):
                return (Words("|"), *self.row(inner, 0), Words("|")), _POWER + 1
            case Apply(function, arguments):
                listed = joined((self.row(argument, 0) for argument in arguments), Words(", "))
                return (Words("ln" if function == "log" else function), OPEN, *listed, CLOSE), _POWER + 1
        raise TypeError(type(node).__name__)

    def _named(self, name: str) -> tuple[Row, int]:
        row = self._names.get(name, (sign_of(name),))
        negative = len(row) == 1 and isinstance(row[0], Figure) and row[0].value < 0
        return row, _SIGNED if negative else _POWER + 1

    def _operation(self, sign: str, left: Node, right: Node) -> tuple[Row, int]:
        binding = _BINDING[sign]
        written = {"+": PLUS, "-": MINUS, "*": TIMES}[sign]
        # A negative number behind a sign stands in parentheses.
        least = max(binding + (sign == "-"), _PRODUCT) if binding == _SUM else _POWER
        return (*self.row(left, binding), written, *self._behind(right, least)), binding

    def _behind(self, node: Node, least: int) -> Row:
        row, binding = self._set(node)
        return row if binding >= least and binding != _SIGNED else (OPEN, *row, CLOSE)
