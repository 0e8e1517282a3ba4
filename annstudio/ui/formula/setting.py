"""Formulas set in type: every sign has its place, and remembers what it stands for."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

from PySide6.QtCore import QLineF, QPointF, QRectF
from PySide6.QtGui import QFont, QFontMetricsF

from annstudio.labs.notation import Figure, Fraction, Mark, Matrix, Piece, Power, Root, Row, Sign, Words
from annstudio.ui.fonts import formula_font
from annstudio.ui.translate import translate

_SMALL = 0.72
"""Size of what stands above and below, and of fractions within fractions."""
_SMALLEST = 9.0
_RAISE, _LOWER = 0.5, 0.27
"""Of the size: how far small signs stand off the line."""
_GAP = 3.0
_TRIM = 0.9
"""Of what the font has above the line: no letter of a formula, with its hat on, needs more."""
_AXIS = 0.28
"""Of the size: how high above the line the bars of fractions are."""

Write = Callable[[float], str]
"""Writes a number with as many digits as are wanted."""


@dataclass(frozen=True)
class Run:
    """A few signs in one font.

    Args:
        text: the signs.
        x, y: where the line that they stand on begins.
        size: of the font, in pixels.
        italic, bold: of the font.
        mark: what they stand for.
    """

    text: str
    x: float
    y: float
    size: float
    italic: bool = False
    bold: bool = False
    mark: Mark | None = None


@dataclass(frozen=True)
class Area:
    """Where something stands that can be pointed at."""

    rect: QRectF
    mark: Mark


@dataclass(frozen=True)
class Setting:
    """A row in type, its beginning on the line at (0, 0).

    Args:
        width: of the whole.
        ascent, descent: above and below the line.
        runs: the signs.
        lines: bars of fractions, roots and brackets.
        areas: what can be pointed at.
    """

    width: float
    ascent: float
    descent: float
    runs: tuple[Run, ...] = ()
    lines: tuple[QLineF, ...] = ()
    areas: tuple[Area, ...] = ()

    @property
    def height(self) -> float:
        """From its upper to its lower edge."""
        return self.ascent + self.descent

    def moved(self, x: float, y: float) -> "Setting":
        """Return it with its beginning elsewhere."""
        return replace(
            self,
            runs=tuple(replace(run, x=run.x + x, y=run.y + y) for run in self.runs),
            lines=tuple(line.translated(x, y) for line in self.lines),
            areas=tuple(replace(area, rect=area.rect.translated(x, y)) for area in self.areas),
        )


@lru_cache(maxsize=64)
def font_of(size: float, italic: bool, bold: bool) -> QFont:
    """Return the font of a run."""
    font = formula_font(1)
    font.setPixelSize(round(size))
    font.setItalic(italic)
    font.setBold(bold)
    return font


def set_row(row: Row, size: float, write: Write) -> Setting:
    """Return a row in type.

    Args:
        row: its pieces.
        size: of the font, in pixels.
        write: writes its numbers.
    """
    return _beside([_set(piece, size, write) for piece in row], size)


def set_lines(row: Row, size: float, write: Write, width: float) -> list[Setting]:
    """Return a row in type on as many lines as it takes to keep within a width; broken before an operator."""
    pieces = [(piece, _set(piece, size, write)) for piece in row]
    lines: list[list[Setting]] = [[]]
    room = width
    for group in _groups(pieces, width):
        taken = sum(setting.width for setting in group)
        if taken > room and lines[-1]:
            lines.append([])
            room = width
        lines[-1] += group
        room -= taken
    return [_beside(line, size) for line in lines]


def _groups(pieces: Sequence[tuple[Piece, Setting]], width: float) -> list[list[Setting]]:
    """Return what must stay together: terms, and only of those that are too wide the factors."""
    groups: list[list[Setting]] = []
    for term in _cut(pieces, ("+", "−", "=", "←")):
        fits = sum(setting.width for _, setting in term) <= width
        for part in [term] if fits else _cut(term, ("·",)):
            groups.append([setting for _, setting in part])
    return groups


def _cut(pieces: Sequence[tuple[Piece, Setting]], before: tuple[str, ...]) -> list[list[tuple[Piece, Setting]]]:
    """Return pieces in groups, each but the first beginning with one of these signs outside of parentheses."""
    groups: list[list[tuple[Piece, Setting]]] = [[]]
    depth = 0
    for piece, setting in pieces:
        words = str(piece.text) if isinstance(piece, Words) else ""
        if depth == 0 and words.strip() in before and groups[-1]:
            groups.append([])
        depth += words.count("(") - words.count(")")
        groups[-1].append((piece, setting))
    return groups


def _beside(settings: Sequence[Setting], size: float) -> Setting:
    """Return settings one behind the other on one line."""
    x = 0.0
    moved = []
    for setting in settings:
        moved.append(setting.moved(x, 0))
        x += setting.width
    metrics = QFontMetricsF(font_of(size, False, False))
    return Setting(
        x,
        max([metrics.ascent() * _TRIM, *(setting.ascent for setting in settings)]),
        max([metrics.descent(), *(setting.descent for setting in settings)]),
        tuple(run for setting in moved for run in setting.runs),
        tuple(line for setting in moved for line in setting.lines),
        tuple(area for setting in moved for area in setting.areas),
    )


def _set(piece: Piece, size: float, write: Write) -> Setting:  # noqa: PLR0911
    match piece:
        case Sign():
            return _sign(piece, size)
        case Figure(value, mark, strong):
            return _text(write(value), size, mark=mark, bold=strong)
        case Words(words):
            return _text(words if isinstance(words, str) else translate(words), size)
        case Fraction(top, bottom):
            return _fraction(set_row(top, _inner(size), write), set_row(bottom, _inner(size), write), size)
        case Power(base, exponent):
            return _power(set_row(base, size, write), set_row(exponent, _small(size), write), size)
        case Root(inner):
            return _root(set_row(inner, size, write), size)
        case Matrix(rows):
            return _matrix(rows, size, write)
    raise TypeError(type(piece).__name__)


def _small(size: float) -> float:
    return max(_SMALLEST, size * _SMALL)


def _inner(size: float) -> float:
    """Return the size of what stands in a fraction."""
    return max(_SMALLEST + 1, size * 0.92)


def _text(text: str, size: float, mark: Mark | None = None, italic: bool = False, bold: bool = False) -> Setting:
    metrics = QFontMetricsF(font_of(size, italic, bold))
    width = metrics.horizontalAdvance(text)
    ascent, descent = metrics.ascent() * _TRIM, metrics.descent()
    areas = () if mark is None else (Area(QRectF(0, -ascent, width, ascent + descent), mark),)
    return Setting(width, ascent, descent, (Run(text, 0, 0, size, italic, bold, mark),), (), areas)


def _sign(sign: Sign, size: float) -> Setting:
    """Set a letter, what stands below it, and what stands above that."""
    italic = len(sign.base) == 1 and sign.base.isalpha()
    letter = _text(sign.base + ("\u0302" if sign.hat else ""), size, sign.mark, italic)
    below = _text(sign.below, _small(size), sign.mark) if sign.below else None
    above = _text(f"({sign.above})", _small(size) * 0.9, sign.mark) if sign.above else None
    parts, width = [letter], letter.width
    if below is not None:
        parts.append(below.moved(letter.width + 0.5, size * _LOWER))
    if above is not None:
        parts.append(above.moved(letter.width + 1, -size * _RAISE))
    width += max([0.0, *(part.width + 1 for part in (below, above) if part is not None)])
    ascent = max(letter.ascent, size * _RAISE + above.ascent if above else 0)
    descent = max(letter.descent, size * _LOWER + below.descent if below else 0)
    areas = () if sign.mark is None else (Area(QRectF(0, -ascent, width, ascent + descent), sign.mark),)
    return Setting(width, ascent, descent, tuple(run for part in parts for run in part.runs), (), areas)


def _fraction(top: Setting, bottom: Setting, size: float) -> Setting:
    width = max(top.width, bottom.width) + 2 * _GAP
    axis = -size * _AXIS
    upper = top.moved((width - top.width) / 2, axis - _GAP - top.descent)
    lower = bottom.moved((width - bottom.width) / 2, axis + _GAP + bottom.ascent)
    return Setting(
        width + 2,
        -axis + _GAP + top.height,
        axis + _GAP + bottom.height,
        upper.runs + lower.runs,
        (*upper.lines, *lower.lines, QLineF(1, axis, width, axis)),
        upper.areas + lower.areas,
    )


def _power(base: Setting, exponent: Setting, size: float) -> Setting:
    raise_by = max(size * _RAISE, base.ascent - exponent.ascent * 0.6)
    raised = exponent.moved(base.width + 0.5, -raise_by)
    ascent = max(base.ascent, raise_by + exponent.ascent)
    width = base.width + exponent.width + 1.5
    runs, lines, areas = base.runs + raised.runs, base.lines + raised.lines, base.areas + raised.areas
    return Setting(width, ascent, base.descent, runs, lines, areas)


def _root(inner: Setting, size: float) -> Setting:
    tick = size * 0.55
    top, foot = -inner.ascent - 2, inner.descent
    moved = inner.moved(tick + 2, 0)
    corners = (
        QPointF(0, -size * 0.2),
        QPointF(tick * 0.35, -size * 0.25),
        QPointF(tick * 0.6, foot),
        QPointF(tick, top),
        QPointF(tick + inner.width + 4, top),
    )
    lines = tuple(QLineF(start, end) for start, end in pairwise(corners))
    return Setting(
        inner.width + tick + 6, inner.ascent + 4, inner.descent, moved.runs, moved.lines + lines, moved.areas
    )


def _matrix(rows: Sequence[Sequence[Row | None]], size: float, write: Write) -> Setting:
    small = _inner(size)
    dots = _text("…", small)
    cells = [[dots if cell is None else set_row(cell, small, write) for cell in row] for row in rows]
    widths = [max(row[column].width for row in cells) for column in range(len(cells[0]))]
    heights = [max(cell.height for cell in row) + 3 for row in cells]
    whole = sum(heights)
    top = -size * _AXIS - whole / 2
    placed: list[Setting] = []
    y = top
    for row, height in zip(cells, heights, strict=True):
        x = 6.0
        for cell, width in zip(row, widths, strict=True):
            line = y + (height - cell.height) / 2 + cell.ascent
            placed.append(cell.moved(x + (width - cell.width) / 2, line))
            x += width + 10
        y += height
    width = sum(widths) + 10 * (len(widths) - 1) + 12
    brackets = (*_bracket(1, top, whole, 4), *_bracket(width - 1, top, whole, -4))
    return Setting(
        width,
        -top + 2,
        top + whole + 2,
        tuple(run for cell in placed for run in cell.runs),
        (*(line for cell in placed for line in cell.lines), *brackets),
        tuple(area for cell in placed for area in cell.areas),
    )


def _bracket(x: float, top: float, height: float, foot: float) -> tuple[QLineF, ...]:
    bottom = top + height
    return (
        QLineF(x, top, x, bottom),
        QLineF(x, top, x + foot, top),
        QLineF(x, bottom, x + foot, bottom),
    )
