"""The map of a surface: heights in bands, the ways of the racers, and what moves the one that is selected."""

from collections.abc import Sequence
from math import isnan

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QPixmap, QPolygonF, QResizeEvent
from PySide6.QtWidgets import QWidget

from annstudio.labs.contest import Contest, Ground, Place, Walker
from annstudio.ui.arrow_head import arrow_head
from annstudio.ui.racing.colors import LEVELS, image_of, palette, racer_color, round_pen
from annstudio.ui.theme import theme_of
from annstudio.ui.views.numerals import figure
from annstudio.ui.views.painting import paint_mark

_FINE = 3
"""Pixels of the map's own picture to one step of the grid …"""
_FINEST = 360
"""… but so many at least in all, so that bands over a coarse grid have smooth edges too."""
_AGAIN = 30
"""Steps whose line is drawn once more."""
_FAR = 5000.0
_MOST_POINTS = 600
"""Of a way that are drawn at once."""
_LONGEST = 64.0
_HEAD = 9.0
_NUDGE = 0.05
ARROWS = {"gradient": "#e8590c", "momentum": "#7048e8", "step": "#2b8a3e"}
"""What is drawn at the selected racer, and how: against the gradient, along the momentum, the step it took."""


class MapView(QWidget):
    """Shows a race from above. Ways are added to a picture that is kept; only marks and arrows are painted anew."""

    start_chosen = Signal(float, float)
    """(x, y): a race is to begin there."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._terrain: Ground | None = None
        self._race: Contest | None = None
        self._selected = 0
        self._ground, self._scaled = QPixmap(), QPixmap()
        self._trails = QPixmap()
        self._drawn: list[int] = []
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setMinimumSize(130, 110)
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self.setAccessibleName(self.tr("Map of the surface"))
        self.setToolTip(self.tr("Click to start there; the arrow keys move the start"))

    @property
    def area(self) -> QRectF:
        """The square of the map, in pixels."""
        side = min(self.width(), self.height()) - 4
        return QRectF((self.width() - side) / 2, 2, side, side)

    def show_race(self, race: Contest, selected: int) -> None:
        """Show a race as it is now; of one that has only gone on, just what is new is added."""
        if race.terrain is not self._terrain:
            self._terrain = race.terrain
            self._ground, self._scaled = _ground_of(race.terrain), QPixmap()
        if self._race is None or race.origin is not self._race.origin:
            self._drawn = []
        self._race = race
        self._selected = selected
        self._extend()
        self.update()

    def spot(self, x: float, y: float) -> QPointF:
        """Return where a place of the surface is, in pixels of this widget."""
        area = self.area
        extent = 1.0 if self._terrain is None else self._terrain.extent
        return QPointF(
            area.left() + (x / extent + 1) / 2 * area.width(), area.bottom() - (y / extent + 1) / 2 * area.height()
        )

    def place(self, spot: QPointF) -> tuple[float, float]:
        """Return the place of the surface at a pixel."""
        area = self.area
        extent = 1.0 if self._terrain is None else self._terrain.extent
        x = ((spot.x() - area.left()) / area.width() * 2 - 1) * extent
        y = ((area.bottom() - spot.y()) / area.height() * 2 - 1) * extent
        return x, y

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Draw the ways anew."""
        self._drawn = []
        self._extend()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin where it is clicked."""
        super().mousePressEvent(event)
        if event.button() is Qt.MouseButton.LeftButton and self.area.contains(event.position()):
            self.start_chosen.emit(*self.place(event.position()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move the start by the arrows."""
        moves = {Qt.Key.Key_Left: (-1, 0), Qt.Key.Key_Right: (1, 0), Qt.Key.Key_Up: (0, 1), Qt.Key.Key_Down: (0, -1)}
        move = moves.get(Qt.Key(event.key()))
        if move is None or self._race is None:
            super().keyPressEvent(event)
            return
        extent = self._race.terrain.extent
        x, y = (
            min(max(value + way * _NUDGE * extent, -extent), extent)
            for value, way in zip(self._race.start, move, strict=True)
        )
        self.start_chosen.emit(x, y)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the map, the ways, and where everybody is."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        area, race = self.area, self._race
        painter.drawPixmap(area.topLeft(), self._scaled_ground(area))
        if race is None:
            return
        painter.setClipRect(area)
        painter.drawPixmap(0, 0, self._trails)
        self._paint_places(painter, race)
        if self._selected < len(race.racers):
            self._paint_arrows(painter, race.racers[self._selected])
        for number, racer in enumerate(race.racers):
            self._paint_racer(painter, number, racer)
        painter.setClipping(False)
        if self.hasFocus():
            painter.setPen(QPen(theme_of(self.palette()).color("accent"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(area)

    def _scaled_ground(self, area: QRectF) -> QPixmap:
        """Return the map in the size of its square; kept, because scaling takes longer than all the rest."""
        wanted = area.size().toSize() * self.devicePixelRatioF()
        if self._scaled.size() != wanted:
            smooth = Qt.TransformationMode.SmoothTransformation
            self._scaled = self._ground.scaled(wanted, Qt.AspectRatioMode.IgnoreAspectRatio, smooth)
            self._scaled.setDevicePixelRatio(self.devicePixelRatioF())
        return self._scaled

    def _paint_places(self, painter: QPainter, race: Contest) -> None:
        """Paint the start as a ring, the lowest places as crosses."""
        painter.setBrush(Qt.BrushStyle.NoBrush)
        start = self.spot(*race.start)
        for color, width in (("#ffffff", 4.5), ("#1d2430", 2.0)):
            painter.setPen(QPen(QColor(color), width))
            painter.drawEllipse(start, 8, 8)
            for place in race.terrain.lowest:
                spot = self.spot(*place)
                painter.drawLine(spot - QPointF(5, 5), spot + QPointF(5, 5))
                painter.drawLine(spot - QPointF(5, -5), spot + QPointF(5, -5))

    def _paint_racer(self, painter: QPainter, number: int, racer: Walker) -> None:
        painter.setPen(QPen(QColor("#ffffff"), 1.8))
        painter.setBrush(racer_color(number))
        paint_mark(painter, number, self.spot(*racer.place), 8.0 if number == self._selected else 6.0)

    def _paint_arrows(self, painter: QPainter, racer: Walker) -> None:
        arrows = racer.arrows()
        longest = max((np.hypot(*way) for name, way in arrows.items() if name != "step"), default=0.0)
        spot = self.spot(*racer.place)
        squares = racer.squares()
        if squares is not None and max(squares) > 0:
            self._paint_squares(painter, spot, squares)
        for name, (x, y) in arrows.items():
            length = float(np.hypot(x, y))
            if not (np.isfinite(length) and length > 0):
                continue
            shown = _LONGEST * (1.0 if name == "step" else length / longest)
            _arrow(painter, spot, QPointF(x, -y) / length * max(shown, 14.0), QColor(ARROWS[name]))

    def _paint_squares(self, painter: QPainter, spot: QPointF, squares: tuple[float, float]) -> None:
        """Paint a box whose sides are the roots of the averaged squares in both directions."""
        sides = np.sqrt(squares) / np.sqrt(max(squares)) * _LONGEST * 0.8
        box = QRectF(spot.x() - sides[0] / 2, spot.y() - sides[1] / 2, sides[0], sides[1])
        painter.setPen(QPen(QColor("#1d2430"), 1, Qt.PenStyle.DashLine))
        painter.setBrush(QColor(255, 255, 255, 70))
        painter.drawRect(box)

    def _extend(self) -> None:
        """Add what is new of the ways to the kept picture; begin anew where a way has become shorter."""
        race = self._race
        if race is None:
            return
        lengths = [len(racer.path) for racer in race.racers]
        shorter = any(now < before for now, before in zip(lengths, self._drawn, strict=False))
        ratio = self.devicePixelRatioF()
        if len(self._drawn) != len(lengths) or shorter:
            self._trails = QPixmap(self.size() * ratio)
            self._trails.setDevicePixelRatio(ratio)
            self._trails.fill(Qt.GlobalColor.transparent)
            self._drawn = [1] * len(lengths)
        painter = QPainter(self._trails)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for number, racer in enumerate(race.racers):
            fresh = racer.path[self._drawn[number] - 1 :]
            if len(fresh) < 2:
                continue
            # The rim of what is new lies on the end of what was there, which is therefore drawn once more.
            again = racer.path[max(0, self._drawn[number] - _AGAIN) :]
            for places, color, width in (
                (fresh, QColor(255, 255, 255, 190), 4.0),
                (again, racer_color(number), 2.2),
            ):
                painter.setPen(round_pen(color, width))
                painter.drawPolyline(self._line(places))
            self._drawn[number] = len(racer.path)
        painter.end()

    def _line(self, places: Sequence[Place]) -> QPolygonF:
        """Return a way in pixels, of a long one some places, and none so far away that painting it takes long."""
        area, extent = self.area, 1.0 if self._terrain is None else self._terrain.extent
        every = max(1, len(places) // _MOST_POINTS)
        shares = (np.array([*places[::every], places[-1]]) / extent + 1) / 2
        x = np.clip(area.left() + shares[:, 0] * area.width(), -_FAR, _FAR)
        y = np.clip(area.bottom() - shares[:, 1] * area.height(), -_FAR, _FAR)
        return QPolygonF([QPointF(*spot) for spot in zip(x.tolist(), y.tolist(), strict=True)])

    def reading(self, spot: QPointF) -> str:
        """Return what stands at a pixel: the place, and its height."""
        if self._terrain is None or not self.area.contains(spot):
            return ""
        x, y = self.place(spot)
        height = self._terrain.height(x, y)
        return "" if isnan(height) else f"{self._terrain.letter}({figure(x)}, {figure(y)}) = {figure(height)}"

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Tell the height under the pointer."""
        said = self.reading(event.position())
        self.setStatusTip(said)
        self.setAccessibleDescription(said)


def _ground_of(terrain: Ground) -> QPixmap:
    """Return the map's picture, finer than the grid, so that the bands have smooth edges."""
    relief = terrain.relief
    last = len(relief) - 1
    places = np.linspace(0, last, max(last * _FINE, _FINEST) + 1)
    low = np.minimum(places.astype(int), last - 1)
    share = places - low
    rows = relief[low] * (1 - share[:, None]) + relief[low + 1] * share[:, None]
    fine = rows[:, low] * (1 - share) + rows[:, low + 1] * share
    colors = palette()[np.clip(fine * (LEVELS - 1), 0, LEVELS - 1).astype(int)]
    return QPixmap.fromImage(image_of(colors[::-1]))


def _arrow(painter: QPainter, start: QPointF, way: QPointF, color: QColor) -> None:
    end = start + way
    head = arrow_head(start, end, _HEAD)
    base = (head.at(1) + head.at(2)) / 2
    for line, width in ((QColor(255, 255, 255, 220), 5.0), (color, 2.2)):
        painter.setPen(QPen(line, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        painter.setBrush(line)
        painter.drawLine(start, (base + end) / 2)
        painter.drawPolygon(head)
