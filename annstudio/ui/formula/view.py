"""Equations on the screen: what is computed, from what, with numbers, and what comes out."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from annstudio.labs.notation import EQUALS, TAKES, Equation, Figure, Mark, Row, Words
from annstudio.labs.reading import plain
from annstudio.ui.fonts import text_font
from annstudio.ui.formula.setting import Setting, Write, font_of, set_lines, set_row
from annstudio.ui.theme import theme_of
from annstudio.ui.translate import translate

_SIZE = 17.0
_SMALLEST = 11.0
_LINE, _BETWEEN = 6.0, 14.0
"""Pixels between the lines of an equation, and between equations."""
_WORDS = 18.0
_INDENT = 20.0
_EDGE = 4.0


@dataclass(frozen=True)
class _Placed:
    setting: Setting
    y: float


@dataclass(frozen=True)
class _Heading:
    words: str
    y: float


class FormulaView(QWidget):
    """Paints equations below each other; what is pointed at is said, and what is lit is marked wherever it stands."""

    pointed = Signal(object)
    """(mark: Mark | None): the pointer has come over something, or left it."""
    chosen = Signal(object)
    """(mark: Mark): something was clicked."""

    def __init__(self, write: Write, size: float = _SIZE, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._write, self._size = write, size
        self._equations: Sequence[Equation] = ()
        self._placed: list[_Placed] = []
        self._headings: list[_Heading] = []
        self._height = 0.0
        self._lit: Mark | None = None
        self._hidden = False
        self.setMouseTracking(True)
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def show_equations(self, equations: Sequence[Equation], hide_last: bool = False) -> None:
        """Show these.

        Args:
            equations: from top to bottom.
            hide_last: what comes out of the last one, and its numbers, are not to be seen yet.
        """
        self._equations, self._hidden = equations, hide_last
        self._arrange()

    def set_write(self, write: Write) -> None:
        """Write numbers in another way."""
        self._write = write
        self._arrange()

    def light(self, mark: Mark | None) -> None:
        """Mark what stands for this."""
        if mark != self._lit:
            self._lit = mark
            self.update()

    def area_of(self, mark: Mark) -> QRectF | None:
        """Return where something stands first, in pixels of this widget."""
        for placed in self._placed:
            for area in placed.setting.areas:
                if area.mark == mark:
                    return area.rect.translated(_EDGE, placed.y)
        return None

    @property
    def plain(self) -> str:
        """All of it in a line of text."""
        return "; ".join(_spoken(equation) for equation in self._shown)

    def sizeHint(self) -> QSize:
        """Ask for the height of all lines."""
        return QSize(280, round(self._height))

    def minimumSizeHint(self) -> QSize:
        """Be no less high than that."""
        return QSize(120, round(self._height))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Break the lines anew."""
        if event.size().width() != event.oldSize().width():
            self._arrange()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Say what is pointed at."""
        mark = self._mark_at(event.position())
        self.setCursor(Qt.CursorShape.PointingHandCursor if mark is not None else Qt.CursorShape.ArrowCursor)
        self.pointed.emit(mark)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Say what is clicked."""
        mark = self._mark_at(event.position())
        if mark is not None:
            self.chosen.emit(mark)

    def leaveEvent(self, event: QEvent) -> None:
        """Say that nothing is pointed at any more."""
        self.pointed.emit(None)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the headings and the lines."""
        theme = theme_of(self.palette())
        painter = QPainter(self)
        # A number and its sign keep their order in every language.
        painter.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(text_font(12))
        painter.setPen(theme.color("muted"))
        for heading in self._headings:
            painter.drawText(QRectF(_EDGE, heading.y, self.width(), _WORDS), heading.words)
        for placed in self._placed:
            self._paint(painter, placed)

    def _paint(self, painter: QPainter, placed: _Placed) -> None:
        theme = theme_of(self.palette())
        painter.save()
        painter.translate(_EDGE, placed.y)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("warning", 0.35))
        for area in placed.setting.areas:
            if self._lit is not None and area.mark == self._lit:
                painter.drawRoundedRect(area.rect.adjusted(-2, -1, 2, 1), 4, 4)
        painter.setPen(QPen(theme.color("ink"), 1.1))
        for line in placed.setting.lines:
            painter.drawLine(line)
        painter.setPen(theme.color("ink"))
        for run in placed.setting.runs:
            painter.setFont(font_of(run.size, run.italic, run.bold))
            painter.drawText(QPointF(run.x, run.y), run.text)
        painter.restore()

    @property
    def _shown(self) -> list[Equation]:
        """The equations, without what is not to be seen yet."""
        shown = list(self._equations)
        if self._hidden and shown:
            last = shown[-1]
            shown[-1] = Equation(last.left, (Words("?"),), (), None, last.words, last.takes)
        return shown

    def _arrange(self) -> None:
        self._placed, self._headings = [], []
        y = 0.0
        for number, equation in enumerate(self._shown):
            y += _BETWEEN if number and equation.words is None else 4.0 if number else 0.0
            if equation.words is not None:
                y += 6 if number else 0
                self._headings.append(_Heading(translate(equation.words), y))
                y += _WORDS + 2
            y = self._put(equation, y)
        self._height = y + 4
        self.setAccessibleName(self.plain)
        self.updateGeometry()
        self.update()

    def _put(self, equation: Equation, y: float) -> float:
        """Place an equation; return where it ends."""
        width = max(100.0, self.width() - 2 * _EDGE)
        size = self._size
        lines = _lines(equation, size, self._write, width)
        while size > _SMALLEST and max((line.width for line in lines), default=0) > width:
            size -= 1
            lines = _lines(equation, size, self._write, width)
        for line in lines:
            y += line.ascent
            self._placed.append(_Placed(line, y))
            y += line.descent + _LINE
        return y

    def _mark_at(self, point: QPointF) -> Mark | None:
        for placed in self._placed:
            for area in placed.setting.areas:
                if area.rect.translated(_EDGE, placed.y).adjusted(-1, -1, 1, 1).contains(point):
                    return area.mark
        return None


def _lines(equation: Equation, size: float, write: Write, width: float) -> list[Setting]:
    """Return an equation in type: on one line if it is short, else a line for the letters, the numbers, the result."""
    sides = _sides(equation)
    whole = set_row(tuple(piece for side in sides for piece in side), size, write)
    if whole.width <= width:
        return [whole]
    lines: list[Setting] = []
    first = sides[0]
    rest = sides[1:]
    if rest:
        first, rest = (*first, *rest[0]), rest[1:]
    lines += _broken(first, size, write, width, 0.0)
    together = set_row(tuple(piece for side in rest for piece in side), size, write)
    if together.width <= width - _INDENT:
        return [*lines, _indented(together, _INDENT)]
    for side in rest:
        lines += _broken(side, size, write, width, _INDENT)
    return lines


def _broken(row: Row, size: float, write: Write, width: float, indent: float) -> list[Setting]:
    broken = set_lines(row, size, write, width - indent - _INDENT)
    return [_indented(line, indent + (_INDENT if number else 0.0)) for number, line in enumerate(broken)]


def _indented(line: Setting, by: float) -> Setting:
    moved = line.moved(by, 0)
    return Setting(line.width + by, line.ascent, line.descent, moved.runs, moved.lines, moved.areas)


def _sides(equation: Equation) -> list[Row]:
    """Return the left side, then every further side with the sign before it."""
    sign = TAKES if equation.takes else EQUALS
    result: Row = () if equation.result is None else (equation.result,)
    further = [side for side in (equation.letters, equation.numbers, result) if side]
    # A result that only repeats the numbers is enough once.
    if len(further) > 1 and isinstance(equation.result, Figure) and equation.numbers == (equation.result,):
        further.remove(equation.numbers)
    sides: list[Row] = [equation.left] if equation.left else []
    for number, side in enumerate(further):
        before: Row = () if not sides else (sign if number == 0 else EQUALS,)
        sides.append((*before, *side))
    return sides


def _spoken(equation: Equation) -> str:
    words = "" if equation.words is None else translate(equation.words) + ": "
    return words + "".join(plain(side) for side in _sides(equation))
