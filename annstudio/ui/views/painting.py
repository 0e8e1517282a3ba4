"""What the views paint alike: fonts, marks of the classes, the box that reads values out."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QImage, QPaintDevice, QPainter, QPen, QPolygonF

from annstudio.ui.fonts import figures_font
from annstudio.ui.theme import RADIUS, Theme

SMALL_PIXELS = 11
"""Size of tick labels and readings."""

_PADDING = 7.0
_DISTANCE = 12.0
"""Between a read point and its box."""

_MARKS = (0, 3, 4, -4, -3, 5, 6)
"""Corners of the mark of class 0, 1, 2 …: 0 is a circle, a negative number stands on its tip."""


def small_font(weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
    """Return the font of ticks and readings, with figures of equal width."""
    return figures_font(SMALL_PIXELS, weight)


def picture_painter(device: QPaintDevice) -> QPainter:
    """Return a painter that writes each text in the direction of its own script.

    Left alone, it would write "−1.8" as "1.8−" in a window that runs from right to left.
    """
    painter = QPainter(device)
    painter.setLayoutDirection(Qt.LayoutDirection.LayoutDirectionAuto)
    return painter


@dataclass(frozen=True)
class Line:
    """One line of a reading.

    Args:
        text: what it says.
        color: token of its color.
        bold: whether it stands out.
    """

    text: str
    color: str = "ink"
    bold: bool = False

    @property
    def font(self) -> QFont:
        """The font that it is written in."""
        return small_font(QFont.Weight.DemiBold if self.bold else QFont.Weight.Normal)


def box_at(anchor: QPointF, lines: Sequence[Line], bounds: QRectF, distance: float = _DISTANCE) -> QRectF:
    """Return where the box with these lines goes: within the bounds and beside the anchor, if there is room."""
    width = max(QFontMetricsF(line.font).horizontalAdvance(line.text) for line in lines) + 2 * _PADDING
    height = len(lines) * _line_height() + 2 * _PADDING - 2
    beside = anchor.y() - height / 2
    centered = anchor.x() - width / 2
    corners = (
        (anchor.x() + distance, beside),
        (anchor.x() - distance - width, beside),
        (centered, anchor.y() - distance - height),
        (centered, anchor.y() + distance),
    )
    boxes = [_within(bounds, QRectF(left, top, width, height)) for left, top in corners]
    free = QRectF(anchor.x() - distance / 2, anchor.y() - distance / 2, distance, distance)
    box = next((box for box in boxes if not box.intersects(free)), boxes[0])
    return QRectF(round(box.left()), round(box.top()), math.ceil(width), math.ceil(height))


def paint_box(painter: QPainter, theme: Theme, box: QRectF, lines: Sequence[Line]) -> None:
    """Paint a box of box_at with its lines."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(theme.color("line"), 1))
    painter.setBrush(theme.color("card", 0.94))
    painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
    top = box.top() + _PADDING - 1
    for line in lines:
        painter.setFont(line.font)
        painter.setPen(theme.color(line.color))
        row = QRectF(box.left() + _PADDING, top, box.width() - _PADDING, _line_height())
        painter.drawText(row, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, line.text)
        top += _line_height()


def paint_plate(painter: QPainter, theme: Theme, area: QRectF) -> None:
    """Paint the ground of a window that pops up over other things, with an edge that stands out from them."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(theme.color("muted", 0.6), 1))
    painter.setBrush(theme.color("card"))
    painter.drawRoundedRect(area.adjusted(0.5, 0.5, -0.5, -0.5), RADIUS, RADIUS)


def fitted(image: QImage, area: QRectF) -> QRectF:
    """Return the middle of an area, as large as an image of this shape fits into it."""
    size = QSizeF(image.size()).scaled(area.size(), Qt.AspectRatioMode.KeepAspectRatio)
    found = QRectF(QPointF(), size)
    found.moveCenter(area.center())
    return found


def paint_sentence(painter: QPainter, theme: Theme, bounds: QRectF, sentence: str) -> None:
    """Paint a muted sentence in the middle, for a view that has nothing to show yet."""
    painter.setFont(figures_font(12))
    painter.setPen(theme.color("muted"))
    flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
    painter.drawText(bounds.adjusted(12, 8, -12, -8), flags, sentence)


def paint_mark(painter: QPainter, number: int, center: QPointF, radius: float) -> None:
    """Paint the mark of a class with the painter's pen and brush: its shape differs, not its color alone."""
    corners = _MARKS[number % len(_MARKS)]
    if corners == 0:
        painter.drawEllipse(center, radius, radius)
    else:
        painter.drawPolygon(_polygon(corners, center, radius))


def paint_star(painter: QPainter, center: QPointF, radius: float, color: QColor) -> None:
    """Paint a filled five-pointed star."""
    points = [_on_circle(center, radius * (1 if k % 2 == 0 else 0.45), k / 10) for k in range(10)]
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(color)
    painter.drawPolygon(QPolygonF(points))


def _within(bounds: QRectF, box: QRectF) -> QRectF:
    """Return the box moved into the bounds."""
    left = max(bounds.left(), min(box.left(), bounds.right() - box.width()))
    top = max(bounds.top(), min(box.top(), bounds.bottom() - box.height()))
    return QRectF(left, top, box.width(), box.height())


def _polygon(corners: int, center: QPointF, radius: float) -> QPolygonF:
    count = abs(corners)
    # Regular polygons of one radius look smaller the fewer corners they have.
    reach = radius * {3: 1.3, 4: 1.25}.get(count, 1.1)
    turn = 0.0 if corners != 4 else 0.125
    upside_down = 0.5 if corners == -3 else 0.0
    return QPolygonF([_on_circle(center, reach, k / count + turn + upside_down) for k in range(count)])


def _on_circle(center: QPointF, radius: float, turn: float) -> QPointF:
    """Return the point this many turns clockwise from the top."""
    angle = 2 * math.pi * turn
    return QPointF(center.x() + radius * math.sin(angle), center.y() - radius * math.cos(angle))


def _line_height() -> float:
    return SMALL_PIXELS + 4.0
