"""Paints the heatmaps of all layers with their color bar."""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from PySide6.QtCore import QEvent, QLineF, QPointF, QRectF, QSizeF, Qt, Signal
from PySide6.QtGui import (
    QFont,
    QFontMetricsF,
    QImage,
    QLinearGradient,
    QMouseEvent,
    QPainter,
    QPen,
    QResizeEvent,
)

from annstudio.training.trained import LayerWeights
from annstudio.ui.theme import Theme
from annstudio.ui.views.colors import color_image, diverging, levels
from annstudio.ui.views.heatmap import Cell, Heatmap, Numbers, Tiles, matrix_heatmap, picture_heatmap
from annstudio.ui.views.numerals import nice_ceiling, short_figure
from annstudio.ui.views.painting import Line, box_at, paint_box, paint_sentence, picture_painter, small_font
from annstudio.ui.views.view import Picture
from annstudio.ui.views.weights_layout import BIAS_ROOM, TITLE, Place, Shape, places, room_of

_BAR, _BAR_WIDTH, _BAR_ROOM = 8.0, 220.0, 30.0
_GRID_FROM = 5.0
"""Cells of so many pixels are kept apart by a line."""


@dataclass(frozen=True, eq=False)
class Layer:
    """A layer to paint.

    Args:
        node_id: of its node.
        title: its name.
        weights: of this moment; there is a kernel.
        image: (rows, columns) where its inputs are pixels and are to be shown as such.
        describe: puts a weight into words, the first line the most telling.
    """

    node_id: str
    title: str
    weights: LayerWeights
    describe: Callable[[Cell], list[str]]
    image: tuple[int, int] | None = None


@dataclass(frozen=True, eq=False)
class _Painted:
    """A layer as it is on the screen."""

    layer: Layer
    map: Heatmap
    place: Place
    kernel: QImage
    bias: QImage | None
    scale: float

    def serves(self, layer: Layer, place: Place, scale: float) -> bool:
        """Return whether the images of this layer would come out the same here."""
        before = self.layer
        same = before.weights is layer.weights and before.image == layer.image
        return same and (self.place, self.scale) == (place, scale)


class WeightsPicture(Picture):
    """Heatmaps of all layers. The images are made once per change, so that following the mouse costs little."""

    node_clicked = Signal(str)
    """(node id): the student has clicked on this layer."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self._sentence = ""
        self._layers: Sequence[Layer] = ()
        self._selected: str | None = None
        self._own_scale = False
        self.reach = 0.0
        """So far at least the shared scale goes, whatever the weights are."""
        self._painted: list[_Painted] | None = None
        self._last: dict[str, _Painted] = {}
        self._mouse: QPointF | None = None

    @property
    def room(self) -> QRectF:
        """Where the layers go: above the bar of colors."""
        return QRectF(self.rect()).adjusted(0, 0, 0, -_BAR_ROOM)

    @property
    def pooled(self) -> bool:
        """Some cells stand for several weights."""
        return any(painted.map.pooled for painted in self._made())

    def show_layers(self, layers: Sequence[Layer], selected: str | None, own_scale: bool) -> None:
        """Paint these from now on.

        Args:
            layers: in the order of the network.
            selected: node id of the layer to enlarge.
            own_scale: every layer gets the full range of colors for itself.
        """
        self._layers, self._selected, self._own_scale = layers, selected, own_scale
        self.setAccessibleDescription("")
        self._painted = None
        self.update()

    def show_sentence(self, sentence: str) -> None:
        """Paint this sentence instead of layers."""
        self._layers, self._sentence = (), sentence
        self.setAccessibleDescription(sentence)
        self.renew_look()

    def renew_look(self) -> None:
        """Make the images anew."""
        self._painted, self._last = None, {}
        super().renew_look()

    def cell_place(self, node_id: str, source: int | None, unit: int) -> QPointF:
        """Return the middle of a weight's cell; for layers shown as matrices.

        Args:
            node_id: of the layer, which must be shown.
            source: number of the input; None for the bias.
            unit: number of the unit.
        """
        painted = next(painted for painted in self._made() if painted.layer.node_id == node_id)
        rows, columns = painted.layer.weights.kernel.shape
        area = painted.place.kernel if source is not None else painted.place.bias
        down = (source + 0.5) / rows if source is not None else 0.5
        return QPointF(area.left() + (unit + 0.5) / columns * area.width(), area.top() + down * area.height())

    def hover_lines(self) -> list[Line]:
        """Return what is written under the mouse."""
        painted = self._under_mouse()
        cell = self._cell(painted) if painted is not None else None
        if painted is None or cell is None:
            return []
        first, *rest = painted.layer.describe(cell)
        return [Line(first, bold=True), *(Line(text, "muted") for text in rest)]

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Read where the mouse is."""
        self._mouse = event.position()
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        """Read no more."""
        self._mouse = None
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Tell which layer was clicked."""
        self._mouse = event.position()
        painted = self._under_mouse()
        if painted is not None:
            self.node_clicked.emit(painted.layer.node_id)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay the layers out anew."""
        super().resizeEvent(event)
        self.renew_look()

    def paint_picture(self) -> None:
        """Paint the layers, the color bar and the reading."""
        with picture_painter(self) as painter:
            made = self._made()
            if not made:
                paint_sentence(painter, self.theme, QRectF(self.rect()), self._sentence)
                return
            for painted in made:
                self._paint_layer(painter, painted)
            self._paint_bar(painter, made[0].scale)
            lines = self.hover_lines()
            if lines and self._mouse is not None:
                paint_box(painter, self.theme, box_at(self._mouse, lines, QRectF(self.rect())), lines)

    def _made(self) -> list[_Painted]:
        if self._painted is None:
            self._painted = self._make() if self._layers and self.width() and self.height() else []
            self._last = {painted.layer.node_id: painted for painted in self._painted}
        return self._painted

    def _make(self) -> list[_Painted]:
        bounds = self.room
        ids = [layer.node_id for layer in self._layers]
        selected = ids.index(self._selected) if self._selected in ids else None
        rooms = [room_of(bounds, len(ids), number == selected) for number in range(len(ids))]
        tiles = [_tiles(layer, room) for layer, room in zip(self._layers, rooms, strict=True)]
        shapes = [_shape(layer, tile) for layer, tile in zip(self._layers, tiles, strict=True)]
        found = places(shapes, bounds, selected)
        scales = [largest(layer.weights) for layer in self._layers]
        common = max(*scales, self.reach)
        return [
            self._image(layer, tile, place, nice_ceiling(own if self._own_scale else common))
            for layer, tile, place, own in zip(self._layers, tiles, found, scales, strict=True)
        ]

    def _image(self, layer: Layer, tiles: Tiles | None, place: Place, scale: float) -> _Painted:
        last = self._last.get(layer.node_id)
        if last is not None and last.serves(layer, place, scale):
            return replace(last, layer=layer)
        ratio = self.devicePixelRatioF()
        across = max(1, int(place.kernel.width() * ratio))
        if tiles is not None:
            heat = picture_heatmap(layer.weights, tiles, across)
        else:
            heat = matrix_heatmap(layer.weights, max(1, int(place.kernel.height() * ratio)), across)
        kernel = _colored(self.theme, heat.kernel, scale)
        bias = _colored(self.theme, heat.bias[None, :], scale) if heat.bias is not None else None
        return _Painted(layer, heat, place, kernel, bias, scale)

    def _under_mouse(self) -> _Painted | None:
        mouse = self._mouse
        if mouse is None:
            return None
        return next((p for p in self._made() if p.place.cells.united(p.place.title).contains(mouse)), None)

    def _cell(self, painted: _Painted) -> Cell | None:
        mouse, kernel, bias = self._mouse, painted.place.kernel, painted.place.bias
        if mouse is None:
            return None
        across = (mouse.x() - kernel.left()) / kernel.width()
        if kernel.contains(mouse):
            return painted.map.kernel_cell((mouse.y() - kernel.top()) / kernel.height(), across)
        return painted.map.bias_cell(across) if bias.contains(mouse) else None

    def _paint_layer(self, painter: QPainter, painted: _Painted) -> None:
        place = painted.place
        painter.drawImage(place.kernel, painted.kernel)
        borders = _cell_borders(painted.map.kernel, place.kernel)
        if painted.bias is not None and painted.map.bias is not None:
            painter.drawImage(place.bias, painted.bias)
            borders += _cell_borders(painted.map.bias, place.bias)
        painter.setPen(QPen(self.theme.color("card"), 1))
        painter.drawLines(borders)
        chosen = painted.layer.node_id == self._selected
        font = small_font(QFont.Weight.DemiBold if chosen else QFont.Weight.Normal)
        painter.setFont(font)
        painter.setPen(self.theme.color("accent" if chosen else "muted"))
        title = self._title(painted, QFontMetricsF(font))
        painter.drawText(place.title, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft, title)
        if not place.label.isEmpty():
            painter.setFont(small_font())
            painter.setPen(self.theme.color("muted"))
            painter.drawText(place.label, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, self.tr("bias"))

    def _title(self, painted: _Painted, metrics: QFontMetricsF) -> str:
        """Return the longest title that fits."""
        name, (inputs, units) = painted.layer.title, painted.layer.weights.kernel.shape
        titles = [f"{name} · {inputs}×{units}", name]
        if self._own_scale:
            titles.insert(0, f"{titles[0]} · ±{short_figure(painted.scale)}")
        room = painted.place.title.width()
        fitting = (title for title in titles if metrics.horizontalAdvance(title) <= room)
        return next(fitting, metrics.elidedText(name, Qt.TextElideMode.ElideRight, room))

    def _paint_bar(self, painter: QPainter, scale: float) -> None:
        width = min(_BAR_WIDTH, float(self.width()))
        bar = QRectF(0, self.height() - _BAR_ROOM + 6, width, _BAR)
        gradient = QLinearGradient(bar.topLeft(), bar.topRight())
        for place, token in ((0.0, "negative"), (0.5, "neutral"), (1.0, "positive")):
            gradient.setColorAt(place, self.theme.color(token))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(gradient)
        painter.drawRoundedRect(bar, 2, 2)
        painter.setFont(small_font())
        painter.setPen(self.theme.color("muted"))
        row = QRectF(bar.left(), bar.bottom() + 1, width, 15)
        ends = ("−max", "max") if self._own_scale else (short_figure(-scale), short_figure(scale))
        sides = (Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignHCenter, Qt.AlignmentFlag.AlignRight)
        for side, label in zip(sides, (ends[0], "0", ends[1]), strict=True):
            painter.drawText(row, side | Qt.AlignmentFlag.AlignTop, label)


def largest(weights: LayerWeights) -> float:
    """Return the largest size of a layer's kernel and bias; 1 where no number is finite."""
    shown = [weights.parts[name] for name in ("kernel", "bias") if name in weights.parts]
    # Not abs: in a large layer, memory for another copy takes longer than the figures.
    sizes = [max(float(part.max()), -float(part.min())) for part in shown if part.size]
    return max((size for size in sizes if math.isfinite(size)), default=1.0)


def _tiles(layer: Layer, room: QSizeF) -> Tiles | None:
    if layer.image is None:
        return None
    units = layer.weights.kernel.shape[1]
    return Tiles.fitting(layer.image, units, room.width(), room.height() - TITLE - BIAS_ROOM)


def _shape(layer: Layer, tiles: Tiles | None) -> Shape:
    bias = "bias" in layer.weights.parts
    if tiles is None:
        inputs, units = layer.weights.kernel.shape
        return Shape(inputs, units, bias=bias)
    rows, columns = math.ceil(tiles.units / tiles.columns), tiles.columns
    return Shape(rows * (tiles.image[0] + 1) - 1, columns * (tiles.image[1] + 1) - 1, square=True, bias=bias)


def _colored(theme: Theme, cells: Numbers, scale: float) -> QImage:
    ramp = diverging(theme)
    colors = ramp[levels(cells, scale)]
    colors[np.isnan(cells)] = theme.color("card").rgb()
    return color_image(colors)


def _cell_borders(cells: Numbers, area: QRectF) -> list[QLineF]:
    """Return lines between the cells, where these are large enough."""
    rows, columns = np.atleast_2d(cells).shape
    across, down = area.width() / columns, area.height() / rows
    if min(across, down) < _GRID_FROM or np.isnan(cells).any():
        return []
    upright = [area.left() + k * across for k in range(1, columns)]
    level = [area.top() + k * down for k in range(1, rows)]
    return [QLineF(x, area.top(), x, area.bottom()) for x in upright] + [
        QLineF(area.left(), y, area.right(), y) for y in level
    ]
