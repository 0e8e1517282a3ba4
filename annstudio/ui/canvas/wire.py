"""The curves between cards."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPainterPath, QPainterPathStroker, QPen
from PySide6.QtWidgets import QGraphicsItem, QGraphicsPathItem, QStyleOptionGraphicsItem, QWidget

from annstudio.project.model import Wire
from annstudio.ui.canvas.look import Look
from annstudio.ui.canvas.routing import Way

REACH = 7.0
"""Distance, in pixels on the screen, within which the pointer meets a wire."""

_WIDTH = 2.0
_STRONG = 3.0
_GLOW = 9.0


class WireItem(QGraphicsPathItem):
    """One connection of the design.

    Attributes:
        wire: what it shows.
    """

    def __init__(self, wire: Wire, look: Look) -> None:
        super().__init__()
        self.wire = wire
        self._look = look
        self._hovered = False
        self._lit = False
        self._way: Way | None = None
        self.setFlag(QGraphicsItem.GraphicsItemFlag.ItemIsSelectable)
        self.setZValue(-1)
        # Only the bounding rectangle is taken from this pen; paint chooses its own.
        self.setPen(QPen(Qt.GlobalColor.black, _GLOW))

    def lead(self, way: Way) -> None:
        """Run this way; repaints only if it differs."""
        if way != self._way:
            self._way = way
            self.setPath(way.path())

    def show_hovered(self, hovered: bool) -> None:
        """Show that the pointer is on it."""
        self._hovered = hovered
        self.update()

    def show_lit(self, lit: bool) -> None:
        """Show that a layer dropped now would land in this wire."""
        if lit != self._lit:
            self._lit = lit
            self.update()

    def shape(self) -> QPainterPath:
        """Return the band around the curve where the pointer meets it."""
        return stroked(self.path(), 2 * REACH)

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        """Paint the curve."""
        theme = self._look.theme
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if self._lit:
            painter.setPen(QPen(theme.color("accent", 0.25), _GLOW))
            painter.drawPath(self.path())
        strong = self._lit or self.isSelected()
        color = theme.color("accent") if strong else theme.color("muted", 0.9 if self._hovered else 0.65)
        painter.setPen(QPen(color, _STRONG if strong or self._hovered else _WIDTH))
        painter.drawPath(self.path())


class LiveWire(QGraphicsPathItem):
    """The wire that is being drawn: dashed until it is let go."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        pen = QPen(look.theme.color("accent"), _WIDTH)
        pen.setDashPattern([3.0, 2.5])
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        self.setPen(pen)
        self.setZValue(2)


def stroked(path: QPainterPath, width: float) -> QPainterPath:
    """Return the area within half a width of a path."""
    stroker = QPainterPathStroker()
    stroker.setCapStyle(Qt.PenCapStyle.RoundCap)
    stroker.setWidth(width)
    return stroker.createStroke(path)
