"""The surface from the side: drag to turn, wheel to zoom; the ways run over a picture that is kept."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QPixmap, QPolygonF, QWheelEvent
from PySide6.QtWidgets import QWidget

from annstudio.core.calls import Array
from annstudio.labs.contest import Contest, Ground
from annstudio.labs.relief import Camera, Relief
from annstudio.ui.racing.colors import image_of, palette, racer_color, round_pen
from annstudio.ui.theme import theme_of
from annstudio.ui.views.painting import paint_mark

_TURN = 0.5
"""Degrees for each pixel that is dragged."""
_KEY = 8.0
_LOWEST, _HIGHEST = 8.0, 85.0
_MOST_POINTS = 600
"""Of a way that are drawn."""


class ReliefView(QWidget):
    """Shows a race over the surface. The surface is painted anew only when it turns."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._race: Contest | None = None
        self._terrain: Ground | None = None
        self._relief: Relief | None = None
        self._kept: tuple[object, QPixmap] | None = None
        self._camera = Camera()
        self._grabbed: QPointF | None = None
        self._trails = QPixmap()
        self._stands: object = None
        self._drawn: list[int] = []
        self.renderings = 0
        """How often the surface has been painted."""
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.OpenHandCursor)
        self.setMinimumSize(120, 60)
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self.setAccessibleName(self.tr("Surface from the side"))
        self.setToolTip(self.tr("Drag or use the arrow keys to turn, the wheel or + and − to zoom"))

    @property
    def camera(self) -> Camera:
        """Where the surface is looked at from."""
        return self._camera

    def show_race(self, race: Contest) -> None:
        """Show a race as it is now."""
        if race.terrain is not self._terrain:
            self._terrain = race.terrain
            self._relief = Relief(race.terrain.relief, palette())
        self._race = race
        self.update()

    def turn(self, azimuth: float, tilt: float) -> None:
        """Turn by so many degrees."""
        tilted = min(max(self._camera.tilt + tilt, _LOWEST), _HIGHEST)
        self._camera = replace(self._camera, azimuth=(self._camera.azimuth + azimuth) % 360, tilt=tilted)
        self.update()

    def zoom(self, factor: float) -> None:
        """Come nearer, or go away."""
        self._camera = replace(self._camera, zoom=min(max(self._camera.zoom * factor, 0.5), 4.0))
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold of the surface."""
        super().mousePressEvent(event)
        self._grabbed = event.position()
        self.setCursor(Qt.CursorShape.ClosedHandCursor)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Turn it with the pointer."""
        if self._grabbed is not None:
            moved = event.position() - self._grabbed
            self._grabbed = event.position()
            self.turn(moved.x() * _TURN, moved.y() * _TURN)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go."""
        super().mouseReleaseEvent(event)
        self._grabbed = None
        self.setCursor(Qt.CursorShape.OpenHandCursor)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom."""
        self.zoom(1.0015 ** event.angleDelta().y())
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Turn and zoom by keys."""
        turns = {
            Qt.Key.Key_Left: (-_KEY, 0.0),
            Qt.Key.Key_Right: (_KEY, 0.0),
            Qt.Key.Key_Up: (0.0, -_KEY / 2),
            Qt.Key.Key_Down: (0.0, _KEY / 2),
        }
        zooms = {Qt.Key.Key_Plus: 1.15, Qt.Key.Key_Equal: 1.15, Qt.Key.Key_Minus: 1 / 1.15}
        key = Qt.Key(event.key())
        if key in turns:
            self.turn(*turns[key])
        elif key in zooms:
            self.zoom(zooms[key])
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the kept surface, and the ways over it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._race is None or self._relief is None:
            return
        painter.drawPixmap(0, 0, self._surface(self._relief))
        self._extend()
        painter.drawPixmap(0, 0, self._trails)
        painter.setPen(QPen(QColor("#ffffff"), 1.4))
        for number, racer in enumerate(self._race.racers):
            for x, y in self._spots([racer.place]).tolist():
                painter.setBrush(racer_color(number))
                paint_mark(painter, number, QPointF(x, y), 5.5)
        if self.hasFocus():
            painter.setPen(QPen(theme_of(self.palette()).color("accent"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 8, 8)

    def _surface(self, relief: Relief) -> QPixmap:
        """Return the picture of the surface, painted only where something has changed."""
        background = theme_of(self.palette()).color("card")
        size = self.size() * self.devicePixelRatioF()
        wanted = relief, self._camera, size.width(), size.height(), background.rgb()
        if self._kept is None or self._kept[0] != wanted:
            rgb = background.red(), background.green(), background.blue()
            pixels = relief.picture(self._camera, size.width(), size.height(), rgb)
            picture = QPixmap.fromImage(image_of(pixels))
            picture.setDevicePixelRatio(self.devicePixelRatioF())
            self._kept = wanted, picture
            self.renderings += 1
        return self._kept[1]

    def _extend(self) -> None:
        """Add what is new of the ways to the kept picture; begin anew where they are shorter, or the surface turned."""
        race = self._race
        assert race is not None
        lengths = [len(racer.path) for racer in race.racers]
        shorter = any(now < before for now, before in zip(lengths, self._drawn, strict=False))
        stands = race.origin, self._camera, self.size(), len(lengths)
        if stands != self._stands or shorter:
            ratio = self.devicePixelRatioF()
            self._trails = QPixmap(self.size() * ratio)
            self._trails.setDevicePixelRatio(ratio)
            self._trails.fill(Qt.GlobalColor.transparent)
            self._stands, self._drawn = stands, [1] * len(lengths)
        painter = QPainter(self._trails)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for number, racer in enumerate(race.racers):
            fresh = racer.path[self._drawn[number] - 1 :]
            self._drawn[number] = len(racer.path)
            spots = self._spots(fresh) if len(fresh) > 1 else ()
            line = QPolygonF([QPointF(x, y) for x, y in np.asarray(spots).tolist()])
            for color, width in ((QColor(255, 255, 255, 170), 3.6), (racer_color(number), 2.0)):
                painter.setPen(round_pen(color, width))
                painter.drawPolyline(line)
        painter.end()

    def _spots(self, path: Sequence[tuple[float, float]]) -> Array:
        """Return where a way stands in the picture; what leaves the map is left out."""
        terrain, relief = self._terrain, self._relief
        assert terrain is not None
        assert relief is not None
        every = max(1, len(path) // _MOST_POINTS)
        places = np.array([*path[::every], path[-1]])
        places = places[(np.abs(places) <= terrain.extent).all(axis=1)]
        if not len(places):
            return places
        heights = terrain.looks(terrain.at(places[:, 0], places[:, 1]))
        points = np.column_stack([places / terrain.extent, heights + 0.012])
        return relief.project(self._camera, self.width(), self.height(), points)

    def sizeHint(self) -> QSize:
        """Be about as large as the map."""
        return QSize(440, 320)
