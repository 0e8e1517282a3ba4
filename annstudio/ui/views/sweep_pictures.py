"""What a sweep has found: bands of curves, or a map over two settings."""

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen, QPolygonF

from annstudio.training.sweep.ranking import Entry
from annstudio.ui.theme import CLASS_COLORS
from annstudio.ui.views.curves import top_over
from annstudio.ui.views.frame import Axis, Frame, fit_frame, paint_axes, paint_curve
from annstudio.ui.views.numerals import figure
from annstudio.ui.views.painting import paint_sentence, picture_painter, small_font
from annstudio.ui.views.view import Picture

_MOST_BANDS = len(CLASS_COLORS)
_LABEL = 16.0
_LEFT = 74.0


class BandsPicture(Picture):
    """Mean cost against the epoch, with the range over the seeds around it."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self._bands: Sequence[tuple[QColor, NDArray[np.float64]]] = ()
        self._sentence = ""

    def show_entries(self, entries: Sequence[Entry], sentence: str) -> None:
        """Paint these from now on, the first ones; a sentence where there are none."""
        self._sentence = sentence
        self._bands = [
            (QColor(CLASS_COLORS[number]), entry.band)
            for number, entry in enumerate(entries[:_MOST_BANDS])
            if len(entry.band)
        ]
        self.setAccessibleDescription(sentence if not self._bands else "")
        self.update()

    def paint_picture(self) -> None:
        """Paint axes, bands, and the best one's mean on top."""
        with picture_painter(self) as painter:
            if not self._bands:
                paint_sentence(painter, self.theme, QRectF(self.rect()), self._sentence)
                return
            frame = self._frame()
            paint_axes(painter, self.theme, frame, grid=True)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setClipRect(frame.area.adjusted(0, -2, 2, 2))
            for color, band in reversed(self._bands):
                self._paint_band(painter, frame, color, band)

    def _paint_band(self, painter: QPainter, frame: Frame, color: QColor, band: NDArray[np.float64]) -> None:
        pale = QColor(color)
        pale.setAlphaF(0.2)
        lower, upper = (frame.points(band[:, 0], band[:, column]) for column in (1, 3))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(pale)
        painter.drawPolygon(QPolygonF([*lower, *reversed(upper)]))
        painter.setPen(QPen(color, 2))
        paint_curve(painter, frame, band[:, 0], band[:, 2])

    def _frame(self) -> Frame:
        means = np.concatenate([band[:, 2] for _, band in self._bands])
        last = max(float(band[-1, 0]) for _, band in self._bands)
        return fit_frame(
            QRectF(self.rect()), Axis(self.tr("epoch"), 0.0, max(1.0, last)), Axis("", 0.0, 1.05 * top_over(means))
        )


class MapPicture(Picture):
    """The cost in the end for every pair of values."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self._rows: Sequence[str] = ()
        self._columns: Sequence[str] = ()
        self._costs: dict[tuple[str, str], float] = {}

    def show_costs(self, rows: Sequence[str], columns: Sequence[str], entries: Sequence[Entry]) -> None:
        """Paint these from now on; values without a result yet stay empty."""
        self._rows, self._columns = rows, columns
        self._costs = {(entry.settings[0], entry.settings[1]): entry.mean for entry in entries}
        told = (f"{row}, {column}: {figure(cost)}" for (row, column), cost in self._costs.items())
        self.setAccessibleDescription("; ".join(told))
        self.update()

    def paint_picture(self) -> None:
        """Paint a cell for each pair, the darker the lower its cost."""
        with picture_painter(self) as painter:
            if not self._rows or not self._columns:
                return
            left = min(_LEFT, 0.25 * self.width())
            across, down = (self.width() - left) / len(self._columns), (self.height() - _LABEL) / len(self._rows)
            finite = [cost for cost in self._costs.values() if math.isfinite(cost)]
            low, high = (min(finite), max(finite)) if finite else (0.0, 1.0)
            painter.setFont(small_font())
            for number, name in enumerate(self._columns):
                self._paint_name(painter, QRectF(left + number * across, 0, across, _LABEL), name, centered=True)
            for number, row in enumerate(self._rows):
                top = _LABEL + number * down
                self._paint_name(painter, QRectF(0, top, left - 6, down), row, centered=False)
                for place, column in enumerate(self._columns):
                    cell = QRectF(left + place * across, top, across, down).adjusted(1, 1, -1, -1)
                    self._paint_cell(painter, cell, self._costs.get((row, column)), low, high)

    def _paint_name(self, painter: QPainter, place: QRectF, name: str, *, centered: bool) -> None:
        painter.setPen(self.theme.color("muted"))
        shown = QFontMetricsF(painter.font()).elidedText(name, Qt.TextElideMode.ElideRight, place.width())
        side = Qt.AlignmentFlag.AlignHCenter if centered else Qt.AlignmentFlag.AlignRight
        painter.drawText(place, side | Qt.AlignmentFlag.AlignVCenter, shown)

    def _paint_cell(self, painter: QPainter, cell: QRectF, cost: float | None, low: float, high: float) -> None:
        if cost is None:
            painter.fillRect(cell, self.theme.color("line", 0.5))
            return
        good = 1.0 if high == low else (high - cost) / (high - low) if math.isfinite(cost) else 0.0
        opacity = 0.08 + 0.82 * good
        painter.fillRect(cell, self.theme.color("positive" if math.isfinite(cost) else "error", opacity))
        painter.setPen(self.theme.color("card" if opacity > 0.55 else "ink"))
        told = figure(cost) if math.isfinite(cost) else self.tr("failed")
        painter.drawText(cell, Qt.AlignmentFlag.AlignCenter, told)
