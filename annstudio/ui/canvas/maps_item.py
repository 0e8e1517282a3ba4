"""The part of a card that changes all the time while a network learns."""

from collections.abc import Callable

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget


class MapsItem(QGraphicsItem):
    """Lies over its card, which so keeps everything else as it has been drawn once.

    Args:
        area: where it lies, in the card's coordinates.
        paint_maps: paints what is there to see.
        card: its parent.
    """

    def __init__(self, area: QRectF, paint_maps: Callable[[QPainter], None], card: QGraphicsItem) -> None:
        super().__init__(card)
        self._area, self._paint_maps = area, paint_maps

    def boundingRect(self) -> QRectF:
        """Return the area."""
        return self._area

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        """Paint the maps."""
        self._paint_maps(painter)
