"""Where things are on the canvas, in scene units (pixels at 100 %)."""

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainterPath

from annstudio.project.layout import CARD_HEIGHT, CARD_WIDTH

GRID = 10
"""Cards stand on multiples of this."""

CARD = QRectF(0, 0, CARD_WIDTH, CARD_HEIGHT)
INPUT_PORT = QPointF(CARD.left(), CARD.center().y())
OUTPUT_PORT = QPointF(CARD.right(), CARD.center().y())


def snap(point: QPointF) -> QPointF:
    """Return the nearest point of the grid."""
    return QPointF(round(point.x() / GRID) * GRID, round(point.y() / GRID) * GRID)


def corner_for_center(center: QPointF) -> QPointF:
    """Return where a card's top left corner is when its middle is held here, on the grid."""
    return snap(center - CARD.center())


def wire_path(start: QPointF, end: QPointF) -> QPainterPath:
    """Return the curve from an output port to an input port.

    It leaves and arrives horizontally; one that runs back to the left swings out wider, so that it stays visible
    beside the cards.
    """
    reach = QPointF(swing(end.x() - start.x()), 0)
    path = QPainterPath(start)
    path.cubicTo(start + reach, end - reach, end)
    return path


def swing(across: float) -> float:
    """Return how far a wire's curve swings out at its ends, which lie so far apart from left to right."""
    return max(across / 2, 12.0) if across >= 0 else min(60 - across / 3, 160.0)
