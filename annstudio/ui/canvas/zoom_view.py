"""A view of a scene that zooms, pans and fits."""

from PySide6.QtCore import QEvent, QMargins, QPoint, QPointF, QRectF, QSizeF, Qt, Signal
from PySide6.QtGui import QNativeGestureEvent, QPainter, QResizeEvent, QTransform, QWheelEvent
from PySide6.QtWidgets import QFrame, QGraphicsView, QWidget

from annstudio.ui.canvas.ground import Ground

_LEVELS = (0.1, 0.15, 0.2, 0.25, 0.33, 0.5, 0.67, 0.8, 0.9, 1.0, 1.1, 1.25, 1.5, 1.75, 2.0, 2.5, 3.0)
_PINCH = Qt.NativeGestureType.ZoomNativeGesture
_WHEEL = 1.0015
"""Zoom of one unit of the wheel's angle: 120 of them, one notch, make a fifth."""
_LINE = 0.5
"""Pixels that one unit of the wheel's angle scrolls: 60 in a notch."""
_LEGIBLE = 0.6
"""Scale at which the small print of cards can still be read."""
_SLIM, _HIGH = QMargins(16, 42, 16, 10), 240
"""What fit leaves free in a view that is less high than this: there the cards need the room more than the overlay."""
_REVEAL = 40
_FOOT = 44
"""Pixels at the bottom that the overlay may cover."""


class ZoomView(QGraphicsView):
    """Stays fitted to its cards while its size changes, until the user zooms or pans."""

    MARGIN = QMargins(24, 48, 24, 60)
    """What fit leaves free around the content for the overlay, in pixels."""

    FARTHEST = _LEVELS[0]
    """Scale that fit does not go below."""

    zoomed = Signal(float)
    """(zoom: 1.0 is 100 %), whenever it changes."""
    moved = Signal()
    """Another part of the scene has come into view."""
    fitted = Signal()
    """All cards have been brought into view."""

    def __init__(self, scene: Ground, parent: QWidget | None = None) -> None:
        super().__init__(scene, parent)
        self._ground = scene
        self._fitted, self._least = True, _LEGIBLE
        # The graph reads from left to right in every language.
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTransformationAnchor(QGraphicsView.ViewportAnchor.NoAnchor)
        self.setResizeAnchor(QGraphicsView.ViewportAnchor.NoAnchor)
        # Through a mask of many small areas, a wire takes thirty times as long to paint.
        self.setViewportUpdateMode(QGraphicsView.ViewportUpdateMode.BoundingRectViewportUpdate)

    @property
    def zoom(self) -> float:
        """The scale: 1.0 is 100 %."""
        return self.transform().m11()

    @property
    def is_low(self) -> bool:
        """Whether there is so little room that what lies over the content must give way."""
        return self.viewport().height() < _HIGH

    def zoom_in(self) -> None:
        """Go to the next larger of the usual scales, around the middle of the view."""
        larger = (level for level in _LEVELS if level > self.zoom * 1.01)
        self._zoom_by_hand(next(larger, _LEVELS[-1]))

    def zoom_out(self) -> None:
        """Go to the next smaller of the usual scales, around the middle of the view."""
        smaller = (level for level in reversed(_LEVELS) if level < self.zoom * 0.99)
        self._zoom_by_hand(next(smaller, _LEVELS[0]))

    def reset_zoom(self) -> None:
        """Go to 100 %."""
        self._zoom_by_hand(1.0)

    def fit(self) -> None:
        """Show all cards, as large as they fit but never above 100 %; the view stays fitted when it is resized.

        Where not all fit even at the scale that is farthest, the first are shown.
        """
        self._fit(self.FARTHEST)

    def begin(self) -> None:
        """Show all cards likewise, or from the first on where all of them would be too small to read."""
        self._fit(_LEGIBLE)

    def _fit(self, least: float) -> None:
        """Show all cards, or as many from the first on as can be seen at the least scale."""
        self._fitted, self._least = True, least
        content, seen = self._ground.content(), self.viewport().rect()
        room = seen.marginsRemoved(_SLIM if self.is_low else self.MARGIN)
        scale = 1.0
        if not (content.isEmpty() or room.isEmpty()):
            scale = min(room.width() / content.width(), room.height() / content.height(), 1.0)
        self._set_zoom(max(scale, least))
        shown = QRectF(QPointF(), QSizeF(room.size()) / self.zoom)
        shown.moveCenter(content.center())
        # Where not all fits, the left and the upper edge count: a network begins there.
        shown.moveTopLeft(QPointF(min(shown.left(), content.left()), min(shown.top(), content.top())))
        self.centerOn(shown.center() - QPointF(room.center() - seen.center()) / self.zoom)
        self.fitted.emit()

    def refit(self) -> None:
        """Fit again after the cards have changed, unless the user has chosen an own part to look at."""
        if self._fitted:
            self._fit(self._least)

    def reveal(self, area: QRectF) -> None:
        """Scroll as little as needed to show an area of the scene."""
        self.ensureVisible(area, _REVEAL, _REVEAL)

    def leave_fit(self) -> None:
        """Stay where the user has gone, also when the view is resized."""
        self._fitted = False

    def scroll_by(self, pixels: QPointF) -> None:
        """Move the view over the scene by so many of its own pixels."""
        across, down = self.horizontalScrollBar(), self.verticalScrollBar()
        across.setValue(across.value() + round(pixels.x()))
        down.setValue(down.value() + round(pixels.y()))

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll, as two fingers on a touch pad do, with Shift sideways; zoom at the pointer with Ctrl."""
        self.leave_fit()
        turned = QPointF(event.angleDelta())
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._zoom_around(self.zoom * _WHEEL ** turned.y(), event.position().toPoint())
        elif event.modifiers() & Qt.KeyboardModifier.ShiftModifier and not turned.x():
            self.scroll_by(QPointF(-turned.y(), 0) * _LINE)
        else:
            self.scroll_by(-turned * _LINE)
        event.accept()

    def viewportEvent(self, event: QEvent) -> bool:
        """Zoom at two fingers that are pinched."""
        if not isinstance(event, QNativeGestureEvent) or event.gestureType() is not _PINCH:
            return super().viewportEvent(event)
        self.leave_fit()
        self._zoom_around(self.zoom * (1 + event.value()), event.position().toPoint())
        return True

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep all cards in view while fitted."""
        super().resizeEvent(event)
        self.refit()
        self._on_moved()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """Tell that the view has moved."""
        super().scrollContentsBy(dx, dy)
        self._on_moved()

    def _on_moved(self) -> None:
        seen = self.viewport().rect().adjusted(0, 0, 0, -_FOOT)
        self._ground.keep_notes_in(self.mapToScene(seen).boundingRect())
        self.moved.emit()

    def _zoom_by_hand(self, scale: float) -> None:
        self.leave_fit()
        self._zoom_around(scale, self.viewport().rect().center())

    def _zoom_around(self, scale: float, pixel: QPoint) -> None:
        """Change the scale so that the scene's point at this pixel stays there."""
        point = self.mapToScene(pixel)
        self._set_zoom(max(_LEVELS[0], min(_LEVELS[-1], scale)))
        by = self.mapFromScene(point) - pixel
        self.scroll_by(QPointF(by))

    def _set_zoom(self, scale: float) -> None:
        if scale != self.zoom:
            self.setTransform(QTransform.fromScale(scale, scale))
            self._on_moved()
            self.zoomed.emit(scale)
