"""A bar for each layer of the network."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QLineF, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QFont, QFontMetricsF, QMouseEvent, QPainter, QPen

from annstudio.ui.views.curves import Scale
from annstudio.ui.views.numerals import log_ticks
from annstudio.ui.views.painting import paint_sentence, picture_painter, small_font
from annstudio.ui.views.view import Picture

_ROW, _LEAST_ROW = 26.0, 15.0
_NAME_SHARE, _NAME = 0.3, 110.0
_VALUE = 62.0
_BELOW = 18.0
_GAP = 6.0
PIXELS_PER_LABEL = 70
"""Width that a label of the axis may take."""
_LEAST_DECADES, _MOST_DECADES = 2, 12


@dataclass(frozen=True)
class Bar:
    """One layer.

    Args:
        node_id: of its node.
        name: on the screen.
        value: NaN where there is none.
        written: the value in words.
        warned: it is worse than it should be.
    """

    node_id: str
    name: str
    value: float
    written: str
    warned: bool = False


class LayerBars(Picture):
    """Rows from the first layer to the last, on a common axis."""

    node_clicked = Signal(str)
    """(node id): the student has clicked on this layer."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self._bars: Sequence[Bar] = ()
        self._scale = Scale(0.0, 1.0, ())
        self._labels: Sequence[str] = ()
        self._guide: float | None = None
        self._sentence = ""
        self._selected: str | None = None

    @property
    def bars(self) -> Sequence[Bar]:
        """What is shown."""
        return self._bars

    def show_bars(
        self, bars: Sequence[Bar], scale: Scale, labels: Sequence[str], guide: float | None, selected: str | None
    ) -> None:
        """Paint these from now on.

        Args:
            bars: in the order of the network.
            scale: of the values; labels are those of its ticks.
            labels: see scale.
            guide: a value to be marked across all rows.
            selected: node id of the layer to point out.
        """
        self._bars, self._scale, self._labels, self._guide, self._selected = bars, scale, labels, guide, selected
        self.setAccessibleDescription(", ".join(f"{bar.name} {bar.written}" for bar in bars))
        self.update()

    def show_sentence(self, sentence: str) -> None:
        """Paint this sentence instead of bars."""
        self._bars, self._sentence = (), sentence
        self.setAccessibleDescription(sentence)
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Tell which layer was clicked."""
        number = int(event.position().y() // self._height) if self._bars else 0
        if number < len(self._shown):
            self.node_clicked.emit(self._shown[number].node_id)

    def event(self, event: QEvent) -> bool:
        """Say under the mouse what is cut short."""
        if event.type() == QEvent.Type.ToolTip and self._bars:
            place = self.mapFromGlobal(self.cursor().pos())
            number = int(place.y() // self._height)
            told = self._shown[number] if 0 <= number < len(self._shown) else None
            self.setToolTip(f"{told.name}: {told.written}" if told is not None else "")
        return super().event(event)

    def paint_picture(self) -> None:
        """Paint the axis, then row by row."""
        with picture_painter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            if not self._bars:
                paint_sentence(painter, self.theme, QRectF(self.rect()), self._sentence)
                return
            area = self._area
            self._paint_axis(painter, area)
            for number, bar in enumerate(self._shown):
                self._paint_bar(painter, QRectF(0, number * self._height, self.width(), self._height), area, bar)

    @property
    def _area(self) -> QRectF:
        """Where the bars are, without names and values."""
        left = min(_NAME, _NAME_SHARE * self.width())
        return QRectF(left, 0, max(20.0, self.width() - left - _VALUE), self._height * len(self._shown))

    @property
    def _height(self) -> float:
        return max(_LEAST_ROW, min(_ROW, (self.height() - _BELOW) / max(1, len(self._bars))))

    @property
    def _shown(self) -> Sequence[Bar]:
        """As many as there is room for; from the first on, where gradients have the longest way."""
        return self._bars[: max(1, int((self.height() - _BELOW) / self._height + 1e-6))]

    def _place(self, area: QRectF, value: float) -> float:
        share = (self._scale.place_one(value) - self._scale.low) / (self._scale.high - self._scale.low)
        return area.left() + share * area.width()

    def _paint_axis(self, painter: QPainter, area: QRectF) -> None:
        painter.setFont(small_font())
        for tick, label in zip(self._scale.ticks, self._labels, strict=True):
            x = self._place(area, tick)
            painter.setPen(QPen(self.theme.color("line"), 1))
            painter.drawLine(QLineF(x, area.top(), x, area.bottom()))
            painter.setPen(self.theme.color("muted"))
            painter.drawText(QRectF(x - 30, area.bottom() + 2, 60, 14), Qt.AlignmentFlag.AlignCenter, label)
        if self._guide is not None:
            x = self._place(area, self._guide)
            painter.setPen(QPen(self.theme.color("ok"), 1.5, Qt.PenStyle.DashLine))
            painter.drawLine(QPointF(x, area.top()), QPointF(x, area.bottom()))

    def _paint_bar(self, painter: QPainter, row: QRectF, area: QRectF, bar: Bar) -> None:
        middle = Qt.AlignmentFlag.AlignVCenter
        chosen = bar.node_id == self._selected
        font = small_font(QFont.Weight.DemiBold if chosen else QFont.Weight.Normal)
        painter.setFont(font)
        painter.setPen(self.theme.color("accent" if chosen else "muted"))
        room = area.left() - _GAP
        name = QFontMetricsF(font).elidedText(bar.name, Qt.TextElideMode.ElideRight, room)
        painter.drawText(QRectF(0, row.top(), room, row.height()), middle | Qt.AlignmentFlag.AlignLeft, name)
        painter.setPen(self.theme.color("ink"))
        written = QRectF(area.right() + _GAP, row.top(), _VALUE - _GAP, row.height())
        painter.drawText(written, middle | Qt.AlignmentFlag.AlignLeft, bar.written)
        if math.isnan(bar.value):
            return
        thickness = min(12.0, row.height() - 5)
        end = max(area.left() + 2, self._place(area, bar.value))
        place = QRectF(area.left(), row.center().y() - thickness / 2, end - area.left(), thickness)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.theme.color("error" if bar.warned else "accent"))
        painter.drawRoundedRect(place, 2, 2)


def decades(values: Sequence[float], most: int) -> Scale:
    """Return an axis of whole powers of ten that starts from zero's side: bars of sizes that differ widely.

    Args:
        values: positive, one at least.
        most: how many labels there is room for.
    """
    high = math.ceil(math.log10(max(values)) + 1e-9)
    low = min(math.floor(math.log10(min(values)) - 0.3), high - _LEAST_DECADES)
    low = max(low, high - _MOST_DECADES)
    return Scale(low, high, tuple(log_ticks(10.0**low, 10.0**high, max(2, most))), log=True)
