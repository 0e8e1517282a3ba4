"""The circles at a card's edges where wires begin and end."""

from enum import Enum, auto

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from annstudio.ui.canvas.geometry import INPUT_PORT, OUTPUT_PORT
from annstudio.ui.canvas.look import Look

REACH = 12.0
"""Radius, in pixels on the screen, within which the pointer meets a port."""

_RADIUS = 5.0
_GLOW = 10.0
_BOUNDS = QRectF(-_GLOW, -_GLOW, 2 * _GLOW, 2 * _GLOW).adjusted(-1, -1, 1, 1)


class PortState(Enum):
    """How a port looks: at rest; under the pointer; able to take the wire being drawn; about to take it."""

    IDLE = auto()
    HOVERED = auto()
    OPEN = auto()
    CHOSEN = auto()


class Port(QGraphicsItem):
    """Where a card takes its input, or gives its output.

    Attributes:
        node_id: whose port this is.
        gives: it is the output.
    """

    def __init__(self, node_id: str, gives: bool, look: Look, card: QGraphicsItem) -> None:
        super().__init__(card)
        self.node_id = node_id
        self.gives = gives
        self._look = look
        self._state = PortState.IDLE
        self.setPos(OUTPUT_PORT if gives else INPUT_PORT)

    def show_state(self, state: PortState) -> None:
        """Look like this from now on."""
        if state is not self._state:
            self._state = state
            self.update()

    def boundingRect(self) -> QRectF:
        """Return the circle with its glow."""
        return _BOUNDS

    def shape(self) -> QPainterPath:
        """Return the circle with its glow: larger than what is seen at rest."""
        path = QPainterPath()
        path.addEllipse(QPointF(0, 0), _GLOW, _GLOW)
        return path

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        """Paint the circle."""
        theme = self._look.theme
        active, chosen = self._state is not PortState.IDLE, self._state is PortState.CHOSEN
        if active:
            painter.setPen(QPen(theme.color("accent", 0.0), 0))
            painter.setBrush(theme.color("accent", 0.45 if chosen else 0.15))
            painter.drawEllipse(QPointF(0, 0), _GLOW, _GLOW)
        painter.setPen(QPen(theme.color("accent" if active else "muted"), 2))
        painter.setBrush(theme.color("accent" if chosen else "card"))
        painter.drawEllipse(QPointF(0, 0), _RADIUS, _RADIUS)
