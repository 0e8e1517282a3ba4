"""Reading a plot with the mouse or the arrow keys."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QWidget

from annstudio.ui.views.painting import Line, box_at, paint_box, picture_painter
from annstudio.ui.views.view import Picture

_STEPS = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_PageUp: -10, Qt.Key.Key_PageDown: 10}


@dataclass(frozen=True)
class Reading:
    """What stands at one place of a plot.

    Attributes:
        x: pixel of the vertical line.
        marks: the points read and their colors, or the tokens of these.
        lines: what they say.
        area: the plot between its axes.
    """

    x: float
    marks: tuple[tuple[QPointF, str | QColor], ...]
    lines: tuple[Line, ...]
    area: QRectF


class Crosshair(Picture):
    """A layer of glass over a plot that shows the values under the mouse.

    Args:
        name: accessible name of the plot.
        find: returns the number of the point at a pixel, which may lie between two points where the plot is continuous,
            or None where there is none.
        count: returns how many points there are.
        read: returns the reading of a point.
        begin: number of the point at which the keys begin; None is the last one.
    """

    def __init__(
        self,
        name: str,
        find: Callable[[QPointF], Any],
        count: Callable[[], int],
        read: Callable[[Any], Reading],
        parent: QWidget | None = None,
        begin: int | None = None,
    ) -> None:
        super().__init__(name, parent)
        self._begin = begin
        self._find, self._count, self._read = find, count, read
        self._mouse: QPointF | None = None
        self._point: int | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    @property
    def reading(self) -> Reading | None:
        """What is shown now."""
        if self._mouse is not None:
            point = self._find(self._mouse)
        else:
            point = self._point if self._point is not None and self._point < self._count() else None
        return self._read(point) if point is not None else None

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Read where the mouse is."""
        self._mouse = event.position()
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        """Show what the keys chose, if anything."""
        self._mouse = None
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Step from point to point with the arrow keys; Home and End go to the ends."""
        last = self._count() - 1
        if last < 0:
            return super().keyPressEvent(event)
        begin = last if self._begin is None else self._begin
        now = begin if self._point is None else self._point
        targets = {key: now + step for key, step in _STEPS.items()} | {
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: last,
        }
        if (target := targets.get(Qt.Key(event.key()))) is None:
            return super().keyPressEvent(event)
        self._point, self._mouse = max(0, min(last, target)), None
        self.setAccessibleDescription(", ".join(line.text for line in self._read(self._point).lines))
        return self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Take the keys' reading away."""
        super().focusOutEvent(event)
        self._point = None
        self.update()

    def paint_picture(self) -> None:
        """Paint the line, the points and the box of the reading."""
        reading = self.reading
        with picture_painter(self) as painter:
            if reading is not None:
                self._paint(painter, reading)
            if self.hasFocus():
                painter.setPen(QPen(self.theme.color("accent"), 1))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRect(self.rect().adjusted(0, 0, -1, -1))

    def _paint(self, painter: QPainter, reading: Reading) -> None:
        painter.setPen(QPen(self.theme.color("muted"), 1))
        painter.drawLine(QPointF(reading.x, reading.area.top()), QPointF(reading.x, reading.area.bottom()))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self.theme.color("card"), 1.5))
        for point, token in reading.marks:
            painter.setBrush(self.theme.color(token) if isinstance(token, str) else token)
            painter.drawEllipse(point, 4, 4)
        anchor = QPointF(reading.x, reading.area.top() + 34)
        paint_box(painter, self.theme, box_at(anchor, reading.lines, reading.area), reading.lines)
