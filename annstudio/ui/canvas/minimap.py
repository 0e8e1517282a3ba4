"""A small map of a network that does not fit into the view."""

from collections.abc import Callable
from itertools import groupby

from PySide6.QtCore import QEvent, QObject, QPointF, QRectF, QSettings, QSizeF, Qt
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPen, QPixmap, QTransform
from PySide6.QtWidgets import QWidget

from annstudio.ui.canvas.card import Card
from annstudio.ui.canvas.scene import CanvasScene
from annstudio.ui.canvas.zoom_view import ZoomView
from annstudio.ui.theme import RADIUS, Theme, theme_of

_MOST = QSizeF(168, 104)
_LEAST_HEIGHT = 34.0
_PAD = 8.0
_RIGHT, _BOTTOM = 14, 12
_ROOM = QSizeF(420, 220)
"""In a smaller view it would be in the way."""
_SPECK = 1.5
"""Pixels that a card takes at least, however large the network is."""
_WANTED = "canvas/minimap"


class Minimap(QWidget):
    """Shows all cards, those with problems in their color, and what the view shows of them; a drag moves the view.

    It hides itself while everything is in view.
    """

    def __init__(self, view: ZoomView, canvas: CanvasScene) -> None:
        super().__init__(view)
        self._view, self._canvas = view, canvas
        self._wanted = bool(QSettings().value(_WANTED, True, type=bool))
        self._area = QRectF()
        """What the cards cover, in scene units."""
        self._cards: QPixmap | None = None
        """The cards as they have been drawn; only the frame moves while the view is scrolled."""
        self._held: QPointF | None = None
        """Where in the frame the mouse holds it, from its middle, in scene units."""
        self.setAccessibleName(self.tr("Map of the network"))
        self.setToolTip(self.tr("Click or drag to move the view"))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        view.moved.connect(self.follow)
        canvas.selectionChanged.connect(self._draw_anew)
        view.installEventFilter(self)
        self.hide()

    @property
    def wanted(self) -> bool:
        """Whether it is shown where it helps."""
        return self._wanted

    def want(self, wanted: bool) -> None:
        """Switch it on or off; this is remembered."""
        self._wanted = wanted
        QSettings().setValue(_WANTED, wanted)
        self.follow()

    def follow(self) -> None:
        """Bring it in step with the view."""
        roomy = self._view.width() >= _ROOM.width() and self._view.height() >= _ROOM.height()
        self.setVisible(self._wanted and roomy and not self._seen().contains(self._area))
        if not self.isHidden():
            self._take_corner()
            self.update()

    def renew(self) -> None:
        """Bring it in step with the cards."""
        self._area, self._cards = self._covered(), None
        self.follow()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme."""
        if event.type() == QEvent.Type.PaletteChange:
            self._draw_anew()
        super().changeEvent(event)

    def point_at(self, pixel: QPointF) -> QPointF:
        """Return the point of the scene that is shown at a pixel."""
        inverse, _ = self._transform().inverted()
        return inverse.map(pixel)

    def pixel_at(self, point: QPointF) -> QPointF:
        """Return the pixel that shows a point of the scene."""
        return self._transform().map(point)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep to the corner when the view is resized."""
        if event.type() == QEvent.Type.Resize:
            self.follow()
        return False

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold of the frame, or bring it here."""
        point, seen = self.point_at(event.position()), self._seen()
        self._held = point - seen.center() if seen.contains(point) else QPointF(0, 0)
        self._go(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Carry the frame."""
        if self._held is not None:
            self._go(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let the frame go."""
        self._held = None
        self.follow()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the cards and the frame."""
        theme = theme_of(self.palette())
        if self._cards is None or self._cards.deviceIndependentSize().toSize() != self.size():
            self._cards = self._drawn(theme)
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.drawPixmap(0, 0, self._cards)
            painter.setClipRect(self.rect().adjusted(1, 1, -1, -1))
            painter.setPen(QPen(theme.color("accent"), 1.5))
            painter.setBrush(theme.color("accent", 0.1))
            painter.drawRoundedRect(self._transform().mapRect(self._seen()), 2, 2)

    def _drawn(self, theme: Theme) -> QPixmap:
        """Return the plate with the cards."""
        picture = QPixmap(self.size() * self.devicePixelRatio())
        picture.setDevicePixelRatio(self.devicePixelRatio())
        picture.fill(Qt.GlobalColor.transparent)
        transform = self._transform()
        with QPainter(picture) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(theme.color("line"), 1))
            painter.setBrush(theme.color("card", 0.94))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), RADIUS, RADIUS)
            painter.setPen(Qt.PenStyle.NoPen)
            # What is wrong lies on top, so that no neighbor covers it.
            for weight, cards in groupby(sorted(self._canvas.seen(), key=_weight), _weight):
                painter.setBrush(_COLORS[weight](theme))
                painter.drawRects([_at_least(transform.mapRect(card.area)) for card in cards])
        return picture

    def _draw_anew(self) -> None:
        self._cards = None
        self.update()

    def _go(self, event: QMouseEvent) -> None:
        if self._held is not None:
            self._view.leave_fit()
            self._view.centerOn(self.point_at(event.position()) - self._held)

    def _covered(self) -> QRectF:
        area = QRectF()
        for card in self._canvas.seen():
            area = area.united(card.area)
        return area

    def _seen(self) -> QRectF:
        return self._view.mapToScene(self._view.viewport().rect()).boundingRect()

    def _scale(self) -> float:
        room = _MOST - QSizeF(2 * _PAD, 2 * _PAD)
        return min(room.width() / max(self._area.width(), 1.0), room.height() / max(self._area.height(), 1.0))

    def _take_corner(self) -> None:
        size = self._area.size() * self._scale() + QSizeF(2 * _PAD, 2 * _PAD)
        self.resize(round(size.width()), round(max(size.height(), _LEAST_HEIGHT)))
        self.move(self._view.width() - self.width() - _RIGHT, self._view.height() - self.height() - _BOTTOM)

    def _transform(self) -> QTransform:
        """Return the way from the scene to the widget."""
        scale, middle = self._scale(), QRectF(self.rect()).center()
        shift = middle - self._area.center() * scale
        return QTransform(scale, 0, 0, scale, shift.x(), shift.y())


_COLORS: tuple[Callable[[Theme], QColor], ...] = (
    lambda theme: theme.color("muted", 0.55),
    lambda theme: theme.color("accent"),
    lambda theme: theme.color("warning"),
    lambda theme: theme.color("error"),
)
"""Of plain and of selected cards, of those with warnings and with errors."""


def _weight(card: Card) -> int:
    if card.problems.errors:
        return 3
    return 2 if card.problems.warnings else int(card.isSelected())


def _at_least(area: QRectF) -> QRectF:
    """Return the area, so large that it can be seen."""
    missing = max(0.0, _SPECK - area.width()), max(0.0, _SPECK - area.height())
    return area.adjusted(-missing[0] / 2, -missing[1] / 2, missing[0] / 2, missing[1] / 2)
