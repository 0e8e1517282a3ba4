"""What is read about a thing, beside it: words, and a neuron's map or its weights as bars."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QImage, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from annstudio.data.prepare import Prepared
from annstudio.training.surface import Extent
from annstudio.ui.theme import Theme, theme_of
from annstudio.ui.views.frame import Axis, Frame
from annstudio.ui.views.numerals import short_figure
from annstudio.ui.views.painting import Line, fitted, paint_plate, picture_painter, small_font
from annstudio.ui.views.samples import Look, paint_samples

_PAD = 9
_LINE = 16
_MAP = 148
_BAR_LINE = 15
_BARS_WIDTH = 168
_SYMBOL, _VALUE = 34, 44
_DISTANCE = 16
_EDGE = 4
_MARK = 2.6


@dataclass(frozen=True, eq=False)
class Plane:
    """The map of a neuron over the plane of the data.

    Args:
        image: row 0 at the top.
        extent: what it covers.
        prepared: the data, whose training samples lie on it.
        span: the smallest and the largest answer.
    """

    image: QImage
    extent: Extent
    prepared: Prepared
    span: tuple[float, float]


@dataclass(frozen=True)
class Bar:
    """A weight as a bar.

    Args:
        symbol: of what it weighs.
        value: the weight.
    """

    symbol: str
    value: float


@dataclass(frozen=True, eq=False)
class Reading:
    """What is read about a thing.

    Args:
        lines: in words.
        plane: its map, if there is one.
        picture: its weights where they weigh pixels.
        bars: its weights, otherwise.
        note: a line below.
    """

    lines: Sequence[Line]
    plane: Plane | None = None
    picture: QImage | None = None
    bars: Sequence[Bar] = ()
    note: str = ""

    @property
    def sentence(self) -> str:
        """All words, for those who do not see the picture."""
        bars = (f"{bar.symbol} {short_figure(bar.value)}" for bar in self.bars)
        return ". ".join([*(line.text for line in self.lines), *bars, *([self.note] if self.note else [])])


class Popup(QWidget):
    """Floats over a view and lets the mouse through."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._over = parent
        self.reading = Reading([])
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self.hide()

    def show_reading(self, reading: Reading, anchor: QPointF, beside: bool) -> None:
        """Show this at a point of the parent, within the parent.

        Args:
            reading: what is read.
            anchor: the point.
            beside: to its right, or to its left where there is no room; else above it, or below.
        """
        self.reading = reading
        self.resize(self.sizeHint())
        away = self._beside(anchor) if beside else self._above(anchor)
        room = self._over.rect().adjusted(_EDGE, _EDGE, -_EDGE - self.width(), -_EDGE - self.height())
        left = max(room.left(), min(away.x(), room.left() + room.width()))
        self.move(round(left), round(max(room.top(), min(away.y(), room.top() + room.height()))))
        self.raise_()
        self.show()
        self.update()

    def _beside(self, anchor: QPointF) -> QPointF:
        right = anchor.x() + _DISTANCE
        fits = right + self.width() <= self._over.width() - _EDGE
        return QPointF(right if fits else anchor.x() - _DISTANCE - self.width(), anchor.y() - self.height() / 2)

    def _above(self, anchor: QPointF) -> QPointF:
        top = anchor.y() - _DISTANCE - self.height()
        return QPointF(anchor.x() - self.width() / 2, top if top >= _EDGE else anchor.y() + _DISTANCE)

    def sizeHint(self) -> QSize:
        """Fit what is read."""
        texts = [*self.reading.lines, *([Line(self.reading.note)] if self.reading.note else [])]
        width = max((QFontMetricsF(line.font).horizontalAdvance(line.text) for line in texts), default=0.0)
        height = float(_LINE * len(texts))
        if self.reading.plane is not None or self.reading.picture is not None:
            width, height = max(width, _MAP), height + _MAP + 6
        elif self.reading.bars:
            width, height = max(width, _BARS_WIDTH), height + _BAR_LINE * len(self.reading.bars) + 6
        return QSize(round(width) + 2 * _PAD + 2, round(height) + 2 * _PAD)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the plate and all that is read."""
        theme = theme_of(self._over.palette())
        with picture_painter(self) as painter:
            paint_plate(painter, theme, QRectF(self.rect()))
            top = self._paint_lines(painter, theme, self.reading.lines, _PAD)
            top = self._paint_body(painter, theme, top)
            if self.reading.note:
                self._paint_lines(painter, theme, [Line(self.reading.note, "muted")], top)

    def _paint_body(self, painter: QPainter, theme: Theme, top: float) -> float:
        """Paint what is no words; return where it ends."""
        reading, square = self.reading, QRectF(_PAD, top + 3, _MAP, _MAP)
        if reading.plane is not None:
            paint_plane(painter, theme, square, reading.plane)
            return top + _MAP + 6
        if reading.picture is not None:
            painter.drawImage(fitted(reading.picture, square), reading.picture)
            return top + _MAP + 6
        if reading.bars:
            paint_bars(painter, theme, QRectF(_PAD, top + 3, self.width() - 2 * _PAD, 0), reading.bars)
            return top + _BAR_LINE * len(reading.bars) + 6
        return top

    def _paint_lines(self, painter: QPainter, theme: Theme, lines: Sequence[Line], top: float) -> float:
        for line in lines:
            painter.setFont(line.font)
            painter.setPen(theme.color(line.color))
            row = QRectF(_PAD, top, self.width() - _PAD, _LINE)
            painter.drawText(row, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, line.text)
            top += _LINE
        return top


def paint_plane(painter: QPainter, theme: Theme, area: QRectF, plane: Plane) -> None:
    """Paint a map with the training samples on it."""
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    painter.drawImage(area, plane.image)
    painter.save()
    painter.setClipRect(area)
    (x0, x1), (y0, y1) = plane.extent
    frame = Frame(area, Axis("", x0, x1), Axis("", y0, y1))
    prepared = plane.prepared
    paint_samples(painter, theme, frame, prepared.data.schema, prepared.train, Look(_MARK))
    painter.restore()
    painter.setPen(QPen(theme.color("line"), 1))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(area)


def paint_bars(painter: QPainter, theme: Theme, area: QRectF, bars: Sequence[Bar]) -> None:
    """Paint weights below each other: to the right what is positive, to the left what is negative."""
    largest = max(abs(bar.value) for bar in bars) or 1.0
    room = area.adjusted(_SYMBOL, 0, -_VALUE, 0)
    painter.setFont(small_font())
    for number, bar in enumerate(bars):
        top = area.top() + number * _BAR_LINE
        reach = bar.value / largest * room.width() / 2
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("negative" if bar.value < 0 else "positive"))
        painter.drawRect(QRectF(room.center().x(), top + 3, reach, _BAR_LINE - 6).normalized())
        painter.setPen(theme.color("muted"))
        middle = Qt.AlignmentFlag.AlignVCenter
        row = QRectF(area.left(), top, area.width(), _BAR_LINE)
        painter.drawText(row, middle | Qt.AlignmentFlag.AlignLeft, bar.symbol)
        painter.setPen(theme.color("ink"))
        painter.drawText(row, middle | Qt.AlignmentFlag.AlignRight, short_figure(bar.value))
    painter.setPen(QPen(theme.color("muted"), 1))
    x = room.center().x()
    painter.drawLine(QPointF(x, area.top()), QPointF(x, area.top() + len(bars) * _BAR_LINE))
