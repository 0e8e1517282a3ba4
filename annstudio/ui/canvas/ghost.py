"""A layer that is being dragged in, where it would land."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from annstudio.ui.canvas.face import Face
from annstudio.ui.canvas.geometry import CARD
from annstudio.ui.canvas.look import Look, paint_face
from annstudio.ui.theme import CARD_RADIUS


class Ghost(QGraphicsItem):
    """A pale card with a dashed edge; the picture of the drag itself hangs at the pointer."""

    def __init__(self, face: Face, look: Look) -> None:
        super().__init__()
        self._face = face
        self._look = look
        self.setZValue(2)

    def boundingRect(self) -> QRectF:
        """Return the card with its line's width."""
        return CARD.adjusted(-2, -2, 2, 2)

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        """Paint the card."""
        theme = self._look.theme
        pen = QPen(theme.color("accent"), 1.5)
        pen.setStyle(Qt.PenStyle.DashLine)
        painter.setPen(pen)
        painter.setBrush(theme.color("card", 0.7))
        painter.drawRoundedRect(CARD, CARD_RADIUS, CARD_RADIUS)
        painter.setOpacity(0.6)
        paint_face(painter, self._face, self._look)
