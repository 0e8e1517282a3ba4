"""The tip of an arrow, as every picture paints it."""

from PySide6.QtCore import QPointF
from PySide6.QtGui import QPolygonF

_SHORTEST = 1e-6
_HALF_WIDTH = 0.42


def arrow_head(start: QPointF, end: QPointF, length: float) -> QPolygonF:
    """Return the triangle at the end of an arrow.

    Args:
        start: where the arrow, or its last stretch, comes from.
        end: the tip.
        length: from the tip to the base, in the unit of the points.
    """
    way = end - start
    back = way * (length / max(_SHORTEST, QPointF.dotProduct(way, way) ** 0.5))
    side = QPointF(-back.y(), back.x()) * _HALF_WIDTH
    return QPolygonF([end, end - back + side, end - back - side])
