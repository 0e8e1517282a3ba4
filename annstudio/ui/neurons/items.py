"""The items of the scene, from back to front: what lives, the layers, the biases, and what is pointed out.

What training changes is painted anew many times a second, so that the rest, which takes longer, has items of its own
and comes from a cache.
"""

from collections.abc import Mapping

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QImage, QPainter, QPainterPath
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

from annstudio.ui.canvas.look import Look
from annstudio.ui.neurons.drawn import Drawn
from annstudio.ui.neurons.painting import SMALL, LayerPainter, filling, outline, paint_mark, paint_passing
from annstudio.ui.neurons.things import Link, Thing

_LEAST = 10.5
"""Pixels on the screen that text keeps when the drawing is seen from far, …"""
_MOST = 17.0
"""… unless it would become larger than this in the drawing, …"""
_FAR, _MOST_FAR = 0.48, 32.0
"""… or is a name, seen from farther than the first, where everything else that is written is left out."""
_AROUND = 5.0
"""How far lines and dots may reach beyond the content."""

Images = Mapping[str, list[QImage]]
"""What neurons answer, by node id and in the order of those drawn; of some layers there may be none."""


class _Item(QGraphicsItem):
    """An item as large as the whole drawing."""

    def __init__(self, look: Look, drawn: Drawn, height: float) -> None:
        super().__init__()
        self._look, self._drawn = look, drawn
        self.setZValue(height)

    def show_drawn(self, drawn: Drawn) -> None:
        """Draw this network from now on."""
        self.prepareGeometryChange()
        self._drawn = drawn
        self.update()

    def boundingRect(self) -> QRectF:
        """Return all that is drawn."""
        return self._drawn.content().adjusted(-_AROUND, -_AROUND, _AROUND, _AROUND)


class LivingItem(_Item):
    """Paints the links with weights, and what the neurons answer."""

    def __init__(self, look: Look, drawn: Drawn) -> None:
        super().__init__(look, drawn, 0)
        self._fillings: list[tuple[QBrush, QPointF]] = []

    def show_images(self, images: Images) -> None:
        """Fill the neurons with these from now on."""
        groups, radius = self._drawn.layout.groups, self._drawn.layout.radius
        self._fillings = [
            (filling(image, spot, radius), QPointF(spot.x, spot.y))
            for node_id, each in images.items()
            for image, spot in zip(each, groups[node_id].spots.values(), strict=True)
        ]
        self.update()

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        """Paint them all."""
        self._drawn.strands.paint(painter, self._look.theme)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.setPen(Qt.PenStyle.NoPen)
        radius = self._drawn.layout.radius
        for brush, middle in self._fillings:
            painter.setBrush(brush)
            painter.drawEllipse(middle, radius, radius)


class LayersItem(_Item):
    """Paints the layers with what is written beside them, and the links without weights."""

    def __init__(self, look: Look, drawn: Drawn) -> None:
        super().__init__(look, drawn, 1)
        self._filled: frozenset[str] = frozenset()
        self._selected: str | None = None
        self.setCacheMode(QGraphicsItem.CacheMode.DeviceCoordinateCache)

    def show_filled(self, filled: frozenset[str]) -> None:
        """Leave the neurons of these layers to others."""
        if filled != self._filled:
            self._filled = filled
            self.update()

    def select(self, node_id: str | None) -> None:
        """Point out a layer."""
        if node_id != self._selected:
            self._selected = node_id
            self.update()

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        """Paint lines first, then the layers."""
        paint_passing(painter, self._look.theme, self._drawn)
        painter.setLayoutDirection(Qt.LayoutDirection.LayoutDirectionAuto)
        zoom = QStyleOptionGraphicsItem.levelOfDetailFromTransform(painter.worldTransform())
        far = zoom < _FAR
        pixels = min(max(SMALL, _LEAST / zoom), _MOST_FAR if far else _MOST)
        layers = LayerPainter(painter, self._look, pixels, names_only=far)
        for node_id, group in self._drawn.layout.groups.items():
            layers.paint(self._drawn, group, node_id not in self._filled, node_id == self._selected)


class BiasItem(_Item):
    """Paints the biases, in front of the neurons."""

    def __init__(self, look: Look, drawn: Drawn) -> None:
        super().__init__(look, drawn, 2)

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        """Paint them all."""
        self._drawn.biases.paint(painter, self._look.theme)


class MarkItem(QGraphicsItem):
    """Points one thing out: what the pointer is on, or where the keyboard is."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._path, self._is_line = QPainterPath(), False
        self.setZValue(3)

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
