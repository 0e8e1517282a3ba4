"""The costs of all who race, over their steps."""

import math
from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from annstudio.labs.landscape.shown import ShownRacer
from annstudio.ui.racing.colors import racer_color, round_pen
from annstudio.ui.theme import theme_of
from annstudio.ui.views.frame import Axis, Frame, fit_frame, paint_axes, paint_curve
from annstudio.ui.views.painting import paint_mark

_DECADES = 1.3
"""Costs within fewer powers of ten stand on a plain axis: a logarithmic one would have hardly a number on it."""
_LEAST = 1e-9
"""Lower costs are nearly nothing: the axis ends there."""


class CostPlot(QWidget):
    """One curve for each; the axis is logarithmic where the costs have fallen far."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._racers: Sequence[ShownRacer] = ()
        self._selected = 0
        self.setMinimumSize(120, 70)
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self.setAccessibleName(self.tr("Cost of the training part over the steps"))
        self.setToolTip(self.accessibleName())

    def show_racers(self, racers: Sequence[ShownRacer], selected: int) -> None:
        """Show how everybody has come along."""
        self._racers, self._selected = racers, selected
        self.update()

    def sizeHint(self) -> QSize:
        """Be rather flat."""
        return QSize(400, 150)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint axes and curves."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        frame = self._frame()
        if frame is None:
            return
        paint_axes(painter, theme_of(self.palette()), frame, grid=True)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        order = [number for number in range(len(self._racers)) if number != self._selected]
        for number in (*order, self._selected):
            self._paint_racer(painter, frame, number)

    def _paint_racer(self, painter: QPainter, frame: Frame, number: int) -> None:
        steps, costs = np.array(self._racers[number].costs, np.float64).T
        heights = _powers(costs) if frame.y.powers else costs
        painter.setPen(round_pen(racer_color(number), 2.6 if number == self._selected else 1.6))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        paint_curve(painter, frame, steps, heights)
        if math.isfinite(heights[-1]):
            painter.setPen(QPen(QColor("#ffffff"), 1.4))
            painter.setBrush(racer_color(number))
            paint_mark(painter, number, QPointF(frame.point(float(steps[-1]), float(heights[-1]))), 5.0)

    def _frame(self) -> Frame | None:
        costs = np.array([cost for racer in self._racers for _, cost in racer.costs])
        heights = _powers(costs)
        heights = heights[np.isfinite(heights)]
        if not len(heights):
            return None
        last = max(racer.costs[-1][0] for racer in self._racers)
        # One that has exploded is not to flatten all others.
        high = min(float(heights.max()), float(np.median(heights)) + 2)
        low = min(float(heights.min()), high - 0.3)
        x = Axis(self.tr("steps"), 0, max(last, 1))
        y = Axis(self.tr("cost J"), low - 0.05, high + 0.1, powers=True)
        if high - low < _DECADES:
            y = Axis(y.name, 0.0, 10.0**high * 1.05)
        return fit_frame(QRectF(self.rect()), x, y)


def _powers(costs: np.ndarray) -> np.ndarray:
    with np.errstate(all="ignore"):
        return np.where(np.isfinite(costs), np.log10(np.maximum(costs, _LEAST)), np.nan)
