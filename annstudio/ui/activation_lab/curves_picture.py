"""Activations over z, with their derivatives, zones, and the z of a layer below."""

import math

import numpy as np
from PySide6.QtCore import QLineF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from annstudio.core.calls import Array
from annstudio.labs.activations.zones import Zone
from annstudio.ui.racing.colors import racer_color
from annstudio.ui.strokes import Range
from annstudio.ui.views.activation_curves import Curve
from annstudio.ui.views.frame import Axis, Frame, fit_frame, paint_axes, paint_curve
from annstudio.ui.views.numerals import figure
from annstudio.ui.views.painting import Line, small_font
from annstudio.ui.views.read_curves import ReadCurves

_BINS = 60
_BARS = 0.28
"""Height of the histogram, of the picture's."""
_HIGHEST, _LOWEST = 3.2, -2.2


class CurvesPicture(ReadCurves):
    """The curves, and what they are under the pointer."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self._curves: list[tuple[int, str, Curve]] = []
        self._zones: list[Zone] = []
        self._heights: Range | None = None
        self._z: Array | None = None

    def show_curves(self, curves: list[tuple[int, str, Curve]], zones: list[Zone]) -> None:
        """Show these.

        Args:
            curves: number of the color, name and curve of each; the last one is on top.
            zones: of that one.
        """
        self._curves, self._zones = curves, zones
        spans = [span for span in (each.span() for _, _, each in curves) if span is not None]
        self._heights = None
        if spans:
            self._heights = max(_LOWEST, min(low for low, _ in spans)), min(_HIGHEST, max(high for _, high in spans))
        self.renew_look()

    def show_layer(self, z: Array | None) -> None:
        """Show where the z of a layer are; None for none."""
        self._z = z
        self.renew_look()

    def frame(self) -> Frame | None:
        """See ReadCurves.frame."""
        if self._heights is None:
            return None
        reach = max(each.reach for _, _, each in self._curves)
        low, high = self._heights
        margin = 0.06 * (high - low)
        bounds = QRectF(self.rect()).adjusted(4, 4, -4, -4)
        return fit_frame(bounds, Axis("z", -reach, reach), Axis("", low - margin, high + margin))

    def marks_at(self, x: float) -> list[tuple[float, QColor]]:
        """See ReadCurves.marks_at."""
        return [(height, racer_color(number)) for number, _, each in self._curves for height in each.at(x)]

    def lines_at(self, x: float) -> list[Line]:
        """See ReadCurves.lines_at."""
        lines = [Line(f"z = {figure(x)}", bold=True)]
        for _, name, each in self._curves:
            a, slope = each.at(x)
            said = self.tr("{name}: a = {a}, da/dz = {slope}")
            if math.isfinite(a):
                lines.append(Line(said.format(name=name, a=figure(a), slope=figure(slope))))
            else:
                lines.append(Line(self.tr("{name}: no value here").format(name=name)))
        return lines

    def paint_plot(self, painter: QPainter) -> None:
        """See ReadCurves.paint_plot."""
        frame = self.frame()
        if frame is None:
            return
        self._paint_zones(painter, frame)
        self._paint_histogram(painter, frame)
        paint_axes(painter, self.theme, frame, grid=True)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self.theme.color("muted", 0.7), 1))
        origin = frame.point(0, 0)
        painter.drawLine(QLineF(frame.area.left(), origin.y(), frame.area.right(), origin.y()))
        painter.drawLine(QLineF(origin.x(), frame.area.top(), origin.x(), frame.area.bottom()))
        painter.save()
        painter.setClipRect(frame.area)
        for number, _, each in self._curves:
            for piece in each.pieces:
                painter.setPen(QPen(racer_color(number), 1.5, Qt.PenStyle.DashLine))
                paint_curve(painter, frame, piece.z, piece.slope)
                painter.setPen(QPen(racer_color(number), 2.6))
                paint_curve(painter, frame, piece.z, piece.a)
        painter.restore()

    def _paint_zones(self, painter: QPainter, frame: Frame) -> None:
        """Shade where the selected one passes little of a gradient, or none."""
        painter.setFont(small_font())
        for zone in self._zones:
            left, right = frame.point(zone.low, 0).x(), frame.point(zone.high, 0).x()
            area = QRectF(left, frame.area.top(), right - left, frame.area.height())
            painter.fillRect(area, self.theme.color("error" if zone.dead else "warning", 0.13))
            painter.setPen(self.theme.color("muted"))
            said = self.tr("dead") if zone.dead else self.tr("saturated")
            if painter.fontMetrics().horizontalAdvance(said) < area.width() - 6:
                above = QRectF(area.left(), area.top() + 4, area.width(), 18)
                painter.drawText(above, Qt.AlignmentFlag.AlignCenter, said)

    def _paint_histogram(self, painter: QPainter, frame: Frame) -> None:
        if self._z is None or not self._z.size:
            return
        counts, edges = np.histogram(self._z, bins=_BINS, range=(frame.x.low, frame.x.high))
        tallest = max(int(counts.max()), 1)
        color = QColor(self.theme.color("ink"))
        color.setAlphaF(0.28)
        for count, low, high in zip(counts, edges[:-1], edges[1:], strict=True):
            height = _BARS * frame.area.height() * count / tallest
            left, right = frame.point(low, 0).x(), frame.point(high, 0).x()
            painter.fillRect(QRectF(left, frame.area.bottom() - height, right - left - 1, height), color)
