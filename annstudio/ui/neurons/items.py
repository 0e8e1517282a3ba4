"""The two items of the scene: the network, and in front of it what is pointed out."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from annstudio.ui.canvas.look import Look
from annstudio.ui.neurons.drawn import Drawn, Moment
from annstudio.ui.neurons.painting import SMALL, LayerPainter, outline, paint_mark, paint_passing
from annstudio.ui.neurons.things import Link, Thing

_LEAST = 10.5
"""Pixels on the screen that text keeps when the drawing is seen from far, …"""
_MOST = 17.0
"""… unless it would become larger than this in the drawing."""


class NetworkItem(QGraphicsItem):
    """Paints all layers and links at once, which is many times faster than an item for each."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._drawn: Drawn | None = None
        self._moment = Moment()
        self._selected: str | None = None

    def show_drawn(self, drawn: Drawn) -> None:
        """Draw this network from now on."""
        self.prepareGeometryChange()
        self._drawn = drawn
        self.update()

    def show_moment(self, moment: Moment) -> None:
        """Draw these weights from now on."""
        self._moment = moment
        if self._drawn is not None:
            self._drawn.strands.show_weights(moment.weights)
        self.update()

    def select(self, node_id: str | None) -> None:
        """Point out a layer."""
        self._selected = node_id
        self.update()

    def boundingRect(self) -> QRectF:
        """Return all that is drawn."""
        return self._drawn.content().adjusted(-4, -4, 4, 8) if self._drawn is not None else QRectF()

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        """Paint lines first, then the layers."""
        drawn = self._drawn
        if drawn is None:
            return
        theme = self._look.theme
        paint_passing(painter, theme, drawn)
        drawn.strands.paint(painter, theme)
        painter.setLayoutDirection(Qt.LayoutDirection.LayoutDirectionAuto)
        zoom = QStyleOptionGraphicsItem.levelOfDetailFromTransform(painter.worldTransform())
        layers = LayerPainter(painter, self._look, min(max(SMALL, _LEAST / zoom), _MOST))
        for group in drawn.layout.groups.values():
            layers.paint(drawn, group, self._moment, group.node_id == self._selected)


class MarkItem(QGraphicsItem):
    """Points one thing out: what the pointer is on, or where the keyboard is."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._path, self._is_line = QPainterPath(), False

    def show_thing(self, drawn: Drawn, thing: Thing | None) -> None:
        """Point out this thing, or nothing."""
        self.prepareGeometryChange()
        self._path, self._is_line = outline(drawn, thing), isinstance(thing, Link)
        self.update()

    def boundingRect(self) -> QRectF:
        """Return the outline and its pen."""
        return self._path.boundingRect().adjusted(-6, -6, 6, 6)

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        """Paint the outline."""
        paint_mark(painter, self._look.theme, self._path, self._is_line)
