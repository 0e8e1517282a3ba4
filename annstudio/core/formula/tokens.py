"""The first step of reading: a text as numbers, names and signs, each with its position."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

from annstudio.core.errors import UserError
from annstudio.core.formula.functions import ALIASES, CONSTANTS, FUNCTIONS
from annstudio.core.texts import QT_TRANSLATE_NOOP, shown, text

LARGEST = 1e30
"""Numbers, and all that is calculated from numbers alone, end here: single precision still has room above."""

SMALLEST = 1e-30
"""Numbers nearer to zero than this are refused, except zero itself."""

_RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_TOKEN = re.compile(
    r"(?P<number>(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?)"
    rf"|(?P<name>[^\W0-9{_RAISED}][^\W{_RAISED}]*)"
    rf"|(?P<power>⁻?[{_RAISED}]+)"
    r"|(?P<sign>\*\*|[-+*/^(),−·×])"
    r"|(?P<space>\s+)"
    r"|(?P<other>.)",
    re.DOTALL,
)
_SIGNS = {"^": "**", "−": "-", "·": "*", "×": "*"}
_LOWERED = str.maketrans(_RAISED + "⁻", "0123456789-")


@dataclass(frozen=True)
class Token:
    """A piece of a formula's text.

    Args:
        kind: "number", "name", "power" (raised digits) or "sign".
        typed: as it stands in the text.
        position: of its first sign, from 1.
        plain: as Python writes it.
    """

    kind: str
    typed: str
    position: int
    plain: str


def tokens(typed: str, names: Mapping[str, str]) -> list[Token]:
    """Return the pieces of a text.

    Args:
        typed: what a person typed.
        names: of the variables, and what each is called afterwards.

    Raises:
        UserError: a sign, a name or a number cannot be used, or an operator is missing between two pieces.
    """
    found = list(_pieces(typed, names))
    for left, right in pairwise(found):
        _check_neighbors(left, right)
    if found and found[-1].plain in FUNCTIONS:
        raise _bare(found[-1])
    return found


def _pieces(typed: str, names: Mapping[str, str]) -> Iterator[Token]:
    for match in _TOKEN.finditer(typed):
        kind, piece, position = str(match.lastgroup), match.group(), match.start() + 1
        if kind == "other":
            raise _strange(piece, position)
        if kind == "name":
            yield Token(kind, piece, position, _known(piece, names))
        elif kind == "number":
            yield Token(kind, piece, position, _checked_number(piece))
        elif kind == "power":
            yield Token(kind, piece, position, f"**{_checked_number(piece.translate(_LOWERED))}")
        elif kind == "sign":
            yield Token(kind, piece, position, _SIGNS.get(piece, piece))


def _known(name: str, names: Mapping[str, str]) -> str:
    plain = names.get(name, ALIASES.get(name, name))
    if name in names or plain in FUNCTIONS or plain in CONSTANTS:
        return plain
    raise UserError(
        text(
            QT_TRANSLATE_NOOP("annstudio", "There is no “{name}” in formulas: use {variables}, numbers, {known}."),
            name=shown(name),
            variables=", ".join(dict.fromkeys(names.values())),
            known=", ".join([*CONSTANTS, *FUNCTIONS]),
        )
    )


def _checked_number(digits: str) -> str:
    value = float(digits)
    if value == 0 and not digits.lower().partition("e")[0].strip("-0."):
        return "0.0"
    if not SMALLEST <= abs(value) <= LARGEST:
        raise UserError(
            text(
                QT_TRANSLATE_NOOP(
                    "annstudio", "The number {number} is too large or too small: stay between {low} and {high}."
                ),
                number=shown(digits),
                low=_plain(SMALLEST),
                high=_plain(LARGEST),
            )
        )
    return repr(value)


def _plain(limit: float) -> str:
    return f"{limit:g}".replace("+", "")


def _check_neighbors(left: Token, right: Token) -> None:
    """Refuse two pieces side by side that Python would read in its own way, or not at all."""
    opens = right.typed == "("
    if left.plain in FUNCTIONS:
        if not opens:
            raise _bare(left)
    elif (left.kind != "sign" or left.typed == ")") and (right.kind in ("number", "name") or opens):
        raise UserError(
            text(
                QT_TRANSLATE_NOOP(
                    "annstudio",
                    "Between “{left}” and “{right}” (position {position}) a sign is missing: "
                    "write {left} * {right} if you mean their product.",
                ),
                left=shown(left.typed),
                right=shown(right.typed),
                position=right.position,
            )
        )
    if left.kind == "power" and right.plain.startswith("**"):
        raise UserError(
            text(
                QT_TRANSLATE_NOOP(
                    "annstudio",
                    "Two powers follow each other at position {position}: "
                    "put parentheses around the one to take first.",
                ),
                position=right.position,
            )
        )


def _bare(function: Token) -> UserError:
    return UserError(
        text(
            QT_TRANSLATE_NOOP(
                "annstudio",
                "“{name}” at position {position} is a function: "
                "put what it is applied to in parentheses, as in {name}(…).",
            ),
            name=function.typed,
            position=function.position,
        )
    )


def _strange(sign: str, position: int) -> UserError:
    return UserError(
        text(
            QT_TRANSLATE_NOOP(
                "annstudio",
                "“{sign}” at position {position} has no meaning in a formula: "
                "use numbers, names, + - * / ^ and parentheses ( ).",
            ),
            sign=shown(sign),
            position=position,
        )
    )
