"""Formulas in a line of text, as the entries state them, read so that they can be set: “1 / 2” is a fraction."""

import re
from collections.abc import Mapping

from annstudio.core.small_digits import ABOVE, BELOW
from annstudio.labs.notation import TIMES, Figure, Fraction, Matrix, Piece, Power, Root, Row, Sign, Words, as_base

_RAISED = {**dict(zip("⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺⁽⁾", "0123456789−+()", strict=True)), "ᶻ": "z", "ᵃ": "a", "ᵗ": "t", "ˣ": "x"}
_LOWERED = dict(zip("₀₁₂₃₄₅₆₇₈₉ₖⱼᵢₙₜ₊", "0123456789kjint+", strict=True))
_HAT = "\u0302"
_TOKEN = re.compile(
    rf"(?P<number>\d+(?:\.\d+)?)|(?P<word>[A-Za-z]{{2,}})|(?P<sign>\w{_HAT}?′?)(?P<below>[{''.join(_LOWERED)}]*)"
    rf"|(?P<space>\s+)|(?P<other>.)",
    re.DOTALL,
)
_OPENING = {"(": ")", "[": "]", "|": "|"}
_FUNCTIONS = frozenset({"exp", "ln", "tanh", "max", "min", "sin", "cos", "erf", "arctan", "cosh", "sign", "arcsin"})
_SUMS = "ΣΠ"


def read(line: str, names: Mapping[str, Row] | None = None) -> Row:
    """Return a formula as a row.

    Args:
        line: in plain Unicode mathematics, as `Info.formula` and `Info.derivative` are.
        names: what stands in place of a letter, by the letter with what is below it: {"z": …, "zₖ": …}.
    """
    return _Reader(line, names or {}).whole()


class _Reader:
    """Goes through the text once, from left to right."""

    def __init__(self, line: str, names: Mapping[str, Row]) -> None:
        self._line, self._at, self._names = line, 0, names

    def whole(self) -> Row:
        """Return the row from here to the end."""
        return self._until("")

    def _until(self, end: str) -> Row:
        """Return the row up to a closing sign, which is passed over."""
        pieces: list[Row] = []
        while self._at < len(self._line):
            if end and self._line.startswith(end, self._at):
                self._at += len(end)
                break
            factor = self._factor(pieces)
            if factor and _wants_sign(factor[0], pieces):
                pieces[-1] = (TIMES,)
            pieces.append(factor)
        return tuple(piece for row in pieces for piece in row)

    def _factor(self, before: list[Row]) -> Row:
        """Return what comes next; a quotient takes the factor before it away from there."""
        spaces = re.compile(r"\s*/\s*").match(self._line, self._at)
        if spaces and before:
            self._at = spaces.end()
            top = _bare(before.pop())
            return (Fraction(top, _bare(self._atom())),)
        return self._atom()

    def _atom(self) -> Row:
        if self._at >= len(self._line):
            return ()
        found = _TOKEN.match(self._line, self._at)
        assert found is not None
        self._at = found.end()
        if found["number"]:
            row: Row = (Words(found["number"]),)
        elif found["word"]:
            row = self._word(found["word"])
        elif found["sign"]:
            row = self._sign(found["sign"], found["below"])
        else:
            row = self._other(found.group())
        return self._raised(row)

    def _word(self, word: str) -> Row:
        if word in _FUNCTIONS:
            return (Words(word), *self._raised_function())
        return (Words(word),)

    def _raised_function(self) -> Row:
        """Return the argument of a function, if it stands in parentheses."""
        if self._line.startswith("(", self._at):
            return self._atom()
        return ()

    def _sign(self, letters: str, below: str) -> Row:
        if letters + below in self._names:
            return self._names[letters + below]
        base = letters.replace(_HAT, "")
        sign = Sign(base, "".join(_LOWERED[digit] for digit in below), hat=_HAT in letters)
        if base in _SUMS:
            return (sign, *self._behind_sum())
        return (sign,)

    def _behind_sum(self) -> Row:
        """Return the factor that a sum is over, which belongs to it."""
        space = re.compile(r"\s*").match(self._line, self._at)
        assert space is not None
        self._at = space.end()
        return (Words(" "), *self._atom())

    def _other(self, sign: str) -> Row:
        if sign in _OPENING:
            closing = _OPENING[sign]
            inner = self._until(closing)
            return (Words(sign), *(_bare(inner) if sign == "(" else inner), Words(closing))
        if sign == "√":
            return (Root(_bare(self._atom())),)
        if sign == "∂":
            return (Words("∂"), *self._atom())
        return (Words(sign),)

    def _raised(self, row: Row) -> Row:
        """Return the row with the small signs above that follow it."""
        found = re.compile(f"[{''.join(_RAISED)}]+").match(self._line, self._at)
        if found is None:
            return row
        self._at = found.end()
        plain = "".join(_RAISED[sign] for sign in found.group())
        return (Power(as_base(row), _bare(_Reader(plain, self._names).whole())),)


def _wants_sign(piece: Piece, before: list[Row]) -> bool:
    """Return whether what stands before this is to be a sign of multiplication with room around it."""
    if isinstance(piece, Fraction):
        return bool(before) and before[-1] == (Words("·"),)
    return isinstance(piece, Figure) and _multiplies(before)


def _multiplies(before: list[Row]) -> bool:
    """Return whether a number that comes next is a factor behind a space, where letters need no sign between them."""
    if len(before) < 2 or before[-1] != (Words(" "),):
        return False
    last = before[-2][-1]
    return not isinstance(last, Words) or str(last.text)[-1:].isdigit() or str(last.text) in ")½"


def _bare(row: Row) -> Row:
    """Return a row without the parentheses around it, which a fraction or a root makes needless."""
    if len(row) > 2 and row[0] == Words("(") and row[-1] == Words(")"):
        return row[1:-1]
    return row


def plain(row: Row) -> str:
    """Return a row as text again, for tests and for those who cannot see it."""
    return "".join(_plain(piece) for piece in row)


def _plain(piece: Piece) -> str:  # noqa: PLR0911
    match piece:
        case Sign(base, below, above, hat):
            small = below.translate(BELOW) + (f"⁽{above.translate(ABOVE)}⁾" if above else "")
            return base + (_HAT if hat else "") + small
        case Words(words):
            return str(words)
        case Fraction(top, bottom):
            return f"({plain(top)})/({plain(bottom)})"
        case Power(base, exponent):
            raised = plain(exponent)
            return plain(base) + (raised.translate(ABOVE) if raised.isdigit() else f"^({raised})")
        case Root(inner):
            return f"√({plain(inner)})"
        case Figure(value):
            return f"{value:.6g}".replace("-", "−")
        case Matrix(rows):
            cells = (", ".join("…" if cell is None else plain(cell) for cell in row) for row in rows)
            return f"[{'; '.join(cells)}]"
    raise TypeError(type(piece).__name__)
