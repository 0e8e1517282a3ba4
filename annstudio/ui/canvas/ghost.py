"""The place where a layer that is being dragged would land."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from annstudio.ui.canvas.geometry import CARD
from annstudio.ui.canvas.look import Look
from annstudio.ui.theme import CARD_RADIUS


class Ghost(QGraphicsItem):
    """A dashed slot of a card's size; the dragged picture itself hangs at the pointer."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.setZValue(2)

    def boundingRect(self) -> QRectF:
        """Return the slot with its line's width."""
        return CARD.adjusted(-2, -2, 2, 2)

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        """Paint the slot."""
        theme = self._look.theme
        pen = QPen(theme.color("accent"), 1.5)
        pen.setStyle(Qt.PenStyle.DashLine)
        painter.setPen(pen)
        painter.setBrush(theme.color("accent", 0.08))
        painter.drawRoundedRect(CARD, CARD_RADIUS, CARD_RADIUS)
