"""Axes of an own-painted plot: from the data's units to pixels and back."""

from dataclasses import dataclass
from typing import Any

from numpy.typing import NDArray
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPen, QPolygonF

from annstudio.ui.strokes import Numbers, drawable, strokes, within_reach
from annstudio.ui.theme import Theme
from annstudio.ui.views.numerals import nice_ticks, power_label, tick_labels
from annstudio.ui.views.painting import small_font

_PIXELS_PER_X_TICK, _PIXELS_PER_Y_TICK = 56, 30
_FEWEST_X, _FEWEST_Y = 2, 3
_LINE = 16.0
_GAP = 5.0


@dataclass(frozen=True)
class Axis:
    """One direction of a plot.

    Args:
        name: what is along it, with its unit.
        low, high: its ends, low < high, in the data's unit.
        powers: what is along it are the logarithms, to base 10, of what is written at the ticks.
    """

    name: str
    low: float
    high: float
    powers: bool = False

    def ticks(self, most: int) -> list[float]:
        """Return about so many round values."""
        ticks = nice_ticks(self.low, self.high, most)
        return [tick for tick in ticks if tick.is_integer()] if self.powers else ticks

    def labels(self, ticks: list[float]) -> list[str]:
        """Return what is written at the ticks."""
        return [power_label(10.0**tick) for tick in ticks] if self.powers else tick_labels(ticks)

    def share(self, value: float) -> float:
        """Return where a value lies: 0 at the low end, 1 at the high end."""
        return (value - self.low) / (self.high - self.low)

    def at(self, share: float) -> float:
        """Return the value at a share of the way; the inverse of share."""
        return self.low + share * (self.high - self.low)

    def holds(self, value: float) -> bool:
        """Return whether a value lies between the ends; NaN lies nowhere."""
        return self.low <= value <= self.high

    def clamp(self, value: float) -> float:
        """Return the value, or the nearer end where it lies outside."""
        return max(self.low, min(self.high, value))


@dataclass(frozen=True)
class Frame:
    """A rectangle of pixels over which two axes run; x to the right, y upwards."""

    area: QRectF
    x: Axis
    y: Axis

    def point(self, x: float, y: float) -> QPointF:
        """Return the pixel of a pair of values."""
        return QPointF(
            self.area.left() + self.x.share(x) * self.area.width(),
            self.area.bottom() - self.y.share(y) * self.area.height(),
        )

    def points(self, x: NDArray[Any], y: NDArray[Any]) -> list[QPointF]:
        """Return the pixels of many pairs of values, each array (samples,)."""
        left = self.area.left() + (x - self.x.low) * (self.area.width() / (self.x.high - self.x.low))
        down = self.area.bottom() - (y - self.y.low) * (self.area.height() / (self.y.high - self.y.low))
        return [QPointF(*pixel) for pixel in zip(left.tolist(), down.tolist(), strict=True)]

    def values(self, point: QPointF) -> tuple[float, float]:
        """Return the values at a pixel; the inverse of point."""
        across = (point.x() - self.area.left()) / self.area.width()
        up = (self.area.bottom() - point.y()) / self.area.height()
        return self.x.at(across), self.y.at(up)

    def ticks(self) -> tuple[list[float], list[float]]:
        """Return the ticks of both axes, as many as there is room for."""
        across = max(_FEWEST_X, int(self.area.width() / _PIXELS_PER_X_TICK))
        up = max(_FEWEST_Y, int(self.area.height() / _PIXELS_PER_Y_TICK))
        return self.x.ticks(across), self.y.ticks(up)


def fit_frame(bounds: QRectF, x: Axis, y: Axis) -> Frame:
    """Return the frame that leaves just enough room within the bounds for tick labels and the axes' names."""
    labels = y.labels(Frame(bounds, x, y).ticks()[1])
    metrics = QFontMetricsF(small_font())
    left = max((metrics.horizontalAdvance(label) for label in labels), default=0.0) + _GAP
    left += _LINE if y.name else 0.0
    below = _LINE * (2 if x.name else 1)
    return Frame(bounds.adjusted(round(left), 4, -8, -below), x, y)


def paint_axes(painter: QPainter, theme: Theme, frame: Frame, grid: bool = False) -> None:
    """Paint tick labels and names around a frame, and light lines at the ticks if asked for."""
    x_ticks, y_ticks = frame.ticks()
    if grid:
        paint_grid(painter, theme, frame)
    painter.setFont(small_font())
    painter.setPen(theme.color("muted"))
    area = frame.area
    for tick, label in zip(x_ticks, frame.x.labels(x_ticks), strict=True):
        place = QRectF(frame.point(tick, frame.y.low).x() - 40, area.bottom() + 2, 80, _LINE)
        painter.drawText(place, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignVCenter, label)
    for tick, label in zip(y_ticks, frame.y.labels(y_ticks), strict=True):
        place = QRectF(0, frame.point(frame.x.low, tick).y() - _LINE / 2, area.left() - _GAP, _LINE)
        painter.drawText(place, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, label)
    _paint_names(painter, frame)


def paint_grid(painter: QPainter, theme: Theme, frame: Frame) -> None:
    """Paint light lines at the ticks."""
    x_ticks, y_ticks = frame.ticks()
    area = frame.area
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    painter.setPen(QPen(theme.color("line"), 1))
    across = [frame.point(tick, frame.y.low).x() for tick in x_ticks]
    up = [frame.point(frame.x.low, tick).y() for tick in y_ticks]
    painter.drawLines(
        [QLineF(x, area.top(), x, area.bottom()) for x in across]
        + [QLineF(area.left(), y, area.right(), y) for y in up]
    )


def paint_curve(painter: QPainter, frame: Frame, x: Numbers, y: Numbers) -> None:
    """Paint the values over ascending x with the painter's pen; nothing where they are NaN, infinite or huge."""
    shown, values = (frame.y.low, frame.y.high), drawable(y)
    for stroke in strokes(values, shown):
        painter.drawPolyline(QPolygonF(frame.points(x[stroke], within_reach(values[stroke], shown))))


def _paint_names(painter: QPainter, frame: Frame) -> None:
    area = frame.area
    if frame.x.name:
        place = QRectF(area.left(), area.bottom() + _LINE, area.width(), _LINE)
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter, frame.x.name)
    if frame.y.name:
        painter.save()
        painter.translate(_LINE / 2, area.center().y())
        painter.rotate(-90)
        place = QRectF(-area.height() / 2, -_LINE / 2, area.height(), _LINE)
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter, frame.y.name)
        painter.restore()
