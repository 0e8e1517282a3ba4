"""How one weight changes the cost: the factors of its chain rule, every path, and a finite difference beside it."""

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from annstudio.labs.glass_box.chain import MOST_PATHS, Chain, Difference, Factor, Path
from annstudio.labs.notation import EQUALS, TIMES, Equation, Figure, Mark, Words, joined, number
from annstudio.labs.reading import plain
from annstudio.ui.formula.setting import Setting, Write, font_of, set_row
from annstudio.ui.formula.view import FormulaView
from annstudio.ui.theme import theme_of
from annstudio.ui.translate import translate


class ChainPanel(QFrame):
    """The strip below the picture."""

    pointed = Signal(object)
    """(mark: Mark | None)"""
    room_wanted = Signal(int)
    """(height: int): so many pixels would be good."""

    def __init__(self, write: Write, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "panel")
        self.setMinimumSize(200, 80)
        self._write = write
        self._chain: Chain | None = None
        self._batch = 1
        self._paths: list[Path] = []
        self.heading = QLabel(self)
        self.heading.setProperty("role", "heading")
        self.hint = QLabel(self.tr("Click a weight in the picture to see its chain"), self)
        self.hint.setProperty("role", "muted")
        self.factors = FactorRow(write, self)
        self.factors.pointed.connect(self.pointed)
        self.whole = FormulaView(write, 14.0, self)
        self.whole.pointed.connect(self.pointed)
        self.checked = QLabel(self)
        self.checked.setWordWrap(True)
        self.every = QPushButton(self.tr("Show every path"), self)
        self.every.setCheckable(True)
        self.whole.setMinimumWidth(290)
        self.every.toggled.connect(self._on_every)
        self.paths = FormulaView(write, 14.0)
        self.paths.pointed.connect(self.pointed)
        self._scroll = QScrollArea(self)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setWidget(self.paths)
        self._arrange()

    def show_chain(self, chain: Chain | None, batch: int, paths: list[Path] | None, count: int | None) -> None:
        """Show the chain of a weight.

        Args:
            chain: its factors; None where there is no weight to speak of.
            batch: samples in the batch.
            paths: all ways from the loss to its neuron; None where they are too many, or lead through other layers.
            count: how many there are, if that is known.
        """
        self._chain, self._batch = chain, batch
        self._paths = paths or []
        for widget in (self.factors, self.whole, self.checked, self.every):
            widget.setVisible(chain is not None)
        if chain is None:
            self.heading.setText(self.tr("How does a weight change the cost?"))
            self._show_paths()
            return
        self.heading.setText(self.tr("How does this weight change the cost?"))
        self.factors.show_factors(chain)
        words = self.tr("All {count} samples").format(count=batch) if batch > 1 else ""
        result = Figure(chain.whole, chain.mark, strong=True)
        self.whole.show_equations([Equation((*((Words(words + ":  "),) if words else ()), *chain.left), result=result)])
        self.whole.setVisible(batch > 1 or not chain.factors)
        self.every.setEnabled(paths is not None and len(paths) > 1)
        self.every.setToolTip(self._why_no_paths(paths, count))
        if not self.every.isEnabled():
            self.every.setChecked(False)
        self._show_paths()

    def show_difference(self, found: Difference | None) -> None:
        """Show the finite difference; None as long as it is being computed."""
        if found is None:
            self._say(self.tr("Finite difference: …"), "muted")
            return
        value, apart = self._write(found.value), self._write(found.relative)
        if found.holds:
            said = self.tr("✓ Finite difference: {value} (relative difference {apart})")
            self._say(said.format(value=value, apart=apart), "ok")
        else:
            said = self.tr("Finite difference: {value}. {why}")
            self._say(said.format(value=value, why="" if found.why is None else translate(found.why)), "muted")

    def set_write(self, write: Write) -> None:
        """Write numbers in another way."""
        self._write = write
        for view in (self.whole, self.paths):
            view.set_write(write)
        self.factors.set_write(write)

    def light(self, mark: Mark | None) -> None:
        """Mark what is pointed at elsewhere."""
        for view in (self.whole, self.paths):
            view.light(mark)
        self.factors.light(mark)

    def _arrange(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 10, 16, 10)
        column.setSpacing(8)
        top = QHBoxLayout()
        top.setSpacing(10)
        top.addWidget(self.heading)
        top.addWidget(self.hint)
        top.addStretch(1)
        top.addWidget(self.every)
        column.addLayout(top)
        column.addWidget(self.factors)
        facts = QHBoxLayout()
        facts.setSpacing(24)
        facts.addWidget(self.whole)
        facts.addWidget(self.checked, 1)
        column.addLayout(facts)
        column.addWidget(self._scroll, 1)
        column.addStretch(0)

    def _why_no_paths(self, paths: list[Path] | None, count: int | None) -> str:
        if paths is not None and len(paths) > 1:
            return self.tr("All {count} ways from the loss to this neuron; they add up").format(count=len(paths))
        if paths is not None:
            return self.tr("There is only one way from the loss to this neuron")
        if count is None:
            return self.tr("Some ways lead through layers or activations that are not taken apart here")
        said = self.tr("There are {count} ways, more than the {most} that can be shown")
        return said.format(count=f"{count:,}", most=MOST_PATHS)

    def _show_paths(self) -> None:
        chain = self._chain
        shown = self.every.isChecked() and chain is not None and bool(self._paths)
        self._scroll.setVisible(shown)
        if not shown or chain is None:
            return
        last = chain.factors[-1]
        rest = () if len(chain.factors) < 3 else chain.factors[1:-1]
        equations = []
        for path in self._paths:
            factors = (*path.factors, *rest, last)
            letters = joined([factor.short for factor in factors], TIMES)
            numbers = joined([number(factor.value, factor.mark, n == 0) for n, factor in enumerate(factors)], TIMES)
            value = path.value
            for factor in (*rest, last):
                value *= factor.value
            equations.append(Equation((), letters, numbers, Figure(value, strong=True)))
        total = chain.share if chain.share is not None else chain.whole
        equations.append(
            Equation((Words(self.tr("All paths together") + ":  "), *chain.left), result=Figure(total, strong=True))
        )
        self.paths.show_equations(equations)

    def _on_every(self, wanted: bool) -> None:
        self._show_paths()
        self.room_wanted.emit(_TALL if wanted else _LOW)

    def _say(self, sentence: str, role: str) -> None:
        self.checked.setText(sentence)
        self.checked.setProperty("role", role)
        self.checked.style().unpolish(self.checked)
        self.checked.style().polish(self.checked)


class FactorRow(QWidget):
    """Cards with a derivative and its number each, and the signs between them."""

    pointed = Signal(object)
    """(mark: Mark | None)"""

    def __init__(self, write: Write, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._write = write
        self._chain: Chain | None = None
        self._lit: Mark | None = None
        self._cards: list[tuple[QRectF, Setting, Setting, Mark]] = []
        self.setMouseTracking(True)
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self.setFixedHeight(_CARD_HEIGHT + 4)

    def show_factors(self, chain: Chain) -> None:
        """Show a chain."""
        self._chain = chain
        self._arrange()

    def set_write(self, write: Write) -> None:
        """Write numbers in another way."""
        self._write = write
        self._arrange()

    def light(self, mark: Mark | None) -> None:
        """Mark the card that stands for this."""
        if mark != self._lit:
            self._lit = mark
            self.update()

    def sizeHint(self) -> QSize:
        """Be as wide as the cards."""
        width = self._cards[-1][0].right() + 4 if self._cards else 100
        return QSize(round(width), _CARD_HEIGHT + 4)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the cards into the room."""
        self._arrange()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Say which factor is pointed at."""
        marks = (mark for rect, _, _, mark in self._cards if rect.contains(event.position()))
        self.pointed.emit(next(marks, None))

    def leaveEvent(self, event: QEvent) -> None:
        """Say that nothing is pointed at any more."""
        self.pointed.emit(None)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the cards, and = and · between them."""
        theme = theme_of(self.palette())
        painter = QPainter(self)
        painter.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for place, (rect, letters, value, mark) in enumerate(self._cards):
            lit = mark == self._lit
            painter.setBrush(theme.color("accent_soft" if lit else "background" if place == 0 else "card"))
            painter.setPen(QPen(theme.color("accent" if lit else "line"), 2 if lit else 1))
            painter.drawRoundedRect(rect, 8, 8)
            _paint(painter, letters, rect, 20, theme.color("muted"))
            _paint(painter, value, rect, 42, theme.color("ink"))
            if place:
                painter.setPen(theme.color("muted"))
                painter.setFont(font_of(18, False, False))
                sign = "=" if place == 1 else "·"
                painter.drawText(
                    QRectF(rect.left() - _SPACE, rect.top(), _SPACE, rect.height()), Qt.AlignmentFlag.AlignCenter, sign
                )

    def _arrange(self) -> None:
        self._cards = []
        chain = self._chain
        if chain is None:
            return
        shown = [Factor(chain.left, chain.whole if chain.share is None else chain.share, chain.mark), *chain.factors]
        for size in (14.0, 13.0, 12.0, 11.0):
            self._cards = self._placed(shown, size)
            if not self._cards or self._cards[-1][0].right() <= self.width():
                break
        said = joined([(*factor.letters, Words(" "), Figure(factor.value)) for factor in shown], EQUALS)
        self.setAccessibleName(plain(said))
        self.updateGeometry()
        self.update()

    def _placed(self, shown: list[Factor], size: float) -> list[tuple[QRectF, Setting, Setting, Mark]]:
        x, cards = 1.0, []
        for factor in shown:
            name = (*factor.letters, EQUALS, *factor.equals) if factor.equals else factor.letters
            letters = set_row(name, size, self._write)
            value = set_row((Figure(factor.value, strong=True),), size + 1, self._write)
            width = max(letters.width, value.width) + (24 if size > 12 else 12)
            cards.append((QRectF(x, 1, width, _CARD_HEIGHT), letters, value, factor.mark))
            x += width + _SPACE
        return cards


_CARD_HEIGHT = 54
_LOW, _TALL = 170, 300
"""Of the strip, in pixels, without and with every path."""
_SPACE = 24


def _paint(painter: QPainter, setting: Setting, rect: QRectF, y: float, color: QColor) -> None:
    painter.setPen(color)
    left = rect.center().x() - setting.width / 2
    for run in setting.runs:
        painter.setFont(font_of(run.size, run.italic, run.bold))
        painter.drawText(QPointF(left + run.x, rect.top() + y + run.y), run.text)
