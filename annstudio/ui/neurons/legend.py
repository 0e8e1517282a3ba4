"""What the lines and dots of the drawing mean, in one row at its foot."""

import numpy as np
from PySide6.QtCore import QLineF, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from annstudio.ui.neurons.biases import paint_biases
from annstudio.ui.neurons.strands import LEVELS, dashes, strand_pen
from annstudio.ui.theme import theme_of
from annstudio.ui.views.numerals import short_figure
from annstudio.ui.views.painting import picture_painter, small_font

_LINE, _SPACE, _BETWEEN = 37, 7, 18
_HEIGHT = 18


class Legend(QWidget):
    """Keeps to the lower left corner; lets the mouse through."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._scale, self._dashed = 0.0, True
        self.setFont(small_font())
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self.show_scale(1.0, True)

    def show_scale(self, scale: float, dashed: bool) -> None:
        """Tell the weight of the thickest links, and whether negative ones are dashed."""
        if (scale, dashed) != (self._scale, self._dashed):
            self._scale, self._dashed = scale, dashed
            self.resize(self.sizeHint())
            self.update()

    def sizeHint(self) -> QSize:
        """Fit the words."""
        return QSize(sum(self._width(words) for words in self._words()), _HEIGHT)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint a sample of each mark with what it means."""
        theme = theme_of(self.palette())
        with picture_painter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setFont(self.font())
            left = 0
            for number, words in enumerate(self._words()):
                self._paint_mark(painter, number, left)
                painter.setPen(theme.color("muted"))
                row = QRectF(left + _LINE + _SPACE, 0, self._width(words), _HEIGHT)
                painter.drawText(row, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, words)
                left += self._width(words)

    def _words(self) -> tuple[str, str, str]:
        scale = short_figure(self._scale)
        return (
            self.tr("weight {scale}").format(scale=scale),
            self.tr("weight −{scale}").format(scale=scale),
            self.tr("bias: dot +, ring −"),
        )

    def _width(self, words: str) -> int:
        return _LINE + _SPACE + self.fontMetrics().horizontalAdvance(words) + _BETWEEN

    def _paint_mark(self, painter: QPainter, number: int, left: int) -> None:
        theme, y = theme_of(self.palette()), _HEIGHT / 2
        if number == 2:
            paint_biases(painter, theme, [QPointF(left + _LINE / 2 - 6, y)], LEVELS, False)
            paint_biases(painter, theme, [QPointF(left + _LINE / 2 + 6, y)], LEVELS, True)
            return
        painter.setPen(strand_pen(theme, LEVELS, negative=number == 1))
        if number == 1 and self._dashed:
            (lines,) = dashes(np.array([[left, y, left + _LINE, y]]))
            painter.drawLines(lines)
        else:
            painter.drawLine(QLineF(left, y, left + _LINE, y))
