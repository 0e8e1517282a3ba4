"""Curves over a continuous axis that are read under the mouse and by the arrow keys."""

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPixmap, QResizeEvent

from annstudio.ui.views.crosshair import Crosshair, Reading
from annstudio.ui.views.frame import Frame
from annstudio.ui.views.painting import Line, picture_painter
from annstudio.ui.views.view import Picture

_POINTS = 120
"""Places along the axis at which the keys stop."""


class ReadCurves(Picture):
    """A picture with a crosshair over it. Whoever makes one says where the axes run, and what is read at a place.

    Attributes:
        crosshair: reads the curves, and has the focus.
    """

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.crosshair = Crosshair(name, self._find, self._count, self._read, self, begin=_POINTS // 2)
        self.setFocusProxy(self.crosshair)
        self.setMinimumSize(160, 120)
        self._kept = QPixmap()

    def frame(self) -> Frame | None:
        """Return where the axes run; None without a curve."""
        raise NotImplementedError

    def marks_at(self, x: float) -> list[tuple[float, QColor]]:
        """Return the heights that are marked at a place, and their colors."""
        raise NotImplementedError

    def lines_at(self, x: float) -> list[Line]:
        """Return what is written beside a place."""
        raise NotImplementedError

    def paint_plot(self, painter: QPainter) -> None:
        """Paint axes and curves; not asked for again while only the reading moves."""
        raise NotImplementedError

    def renew_look(self) -> None:
        """Paint axes and curves anew: they have changed, or their colors have."""
        self._kept = QPixmap()
        self.update()

    def paint_picture(self) -> None:
        """Show the kept picture of axes and curves."""
        ratio = self.devicePixelRatioF()
        size = self.size() * ratio
        if self._kept.size() != size:
            self._kept = QPixmap(size)
            self._kept.setDevicePixelRatio(ratio)
            self._kept.fill(Qt.GlobalColor.transparent)
            with picture_painter(self._kept) as painter:
                self.paint_plot(painter)
        with picture_painter(self) as painter:
            painter.drawPixmap(0, 0, self._kept)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the crosshair over everything."""
        super().resizeEvent(event)
        self.crosshair.setGeometry(self.rect())

    def _find(self, spot: QPointF) -> float | None:
        frame = self.frame()
        return (
            None if frame is None or not frame.area.contains(spot) else frame.x.share(frame.values(spot)[0]) * _POINTS
        )

    def _count(self) -> int:
        return 0 if self.frame() is None else _POINTS + 1

    def _read(self, place: float) -> Reading:
        frame = self.frame()
        assert frame is not None
        x = frame.x.at(place / _POINTS)
        marks = tuple((frame.point(x, height), color) for height, color in self.marks_at(x) if frame.y.holds(height))
        return Reading(frame.point(x, 0).x(), marks, tuple(self.lines_at(x)), frame.area)
