"""How layers are painted: neurons, bars, stacks, and what is written beside them."""

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QFontMetricsF, QImage, QPainter, QPainterPath, QPen, QTransform

from annstudio.ui.canvas.look import Look
from annstudio.ui.neurons.drawn import TITLE_WIDTH, Drawn
from annstudio.ui.neurons.layout import BAR, LABEL_ROOM, Form, Group, Point
from annstudio.ui.neurons.strands import mixed
from annstudio.ui.neurons.things import Bias, Link, Neuron, Thing, Whole
from annstudio.ui.theme import FONT_PIXELS, Theme

SMALL = FONT_PIXELS - 1
"""Size of text at 100 %."""

_SYMBOL_FROM = 12.0
"""A neuron of this radius has room for its symbol."""
_SQUARES = 4
_OFFSET = 7.0
_CORNER = 22.0
"""Of a wire that leads around layers."""
_CENTERED = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignVCenter


class LayerPainter:
    """Paints the layers of one drawing.

    Args:
        painter: in scene units.
        look: theme and font.
        pixels: size of the text, in scene units.
        names_only: nothing else is written than the layers' names.
    """

    def __init__(self, painter: QPainter, look: Look, pixels: float, names_only: bool) -> None:
        self._painter, self._look, self._theme = painter, look, look.theme
        self._pixels, self._names_only = round(pixels), names_only

    def paint(self, drawn: Drawn, group: Group, empty: bool, selected: bool) -> None:
        """Paint a layer with its title and its labels.

        Args:
            drawn: the whole.
            group: the layer.
            empty: nothing is painted into its neurons by others.
            selected: it is pointed out.
        """
        if group.form is Form.BAR:
            self._paint_bar(group, drawn.titles[group.node_id], selected)
            return
        if group.form is Form.STACK:
            self._paint_stack(group, selected)
        else:
            self._paint_neurons(drawn, group, empty, selected)
            self._paint_gap(drawn, group)
            if not self._names_only:
                self._paint_labels(drawn, group)
        self._paint_title(group, drawn.titles[group.node_id], selected)

    def _paint_neurons(self, drawn: Drawn, group: Group, empty: bool, selected: bool) -> None:
        painter, radius = self._painter, drawn.layout.radius
        self._set_ring(selected)
        painter.setBrush(self._theme.color("card") if empty else Qt.BrushStyle.NoBrush)
        for spot in group.spots.values():
            painter.drawEllipse(QPointF(spot.x, spot.y), radius, radius)
        if empty and radius >= _SYMBOL_FROM:
            painter.setFont(self._look.sized(SMALL))
            painter.setPen(self._theme.color("muted"))
            for spot, symbol in zip(group.spots.values(), drawn.symbols[group.node_id], strict=True):
                painter.drawText(_square(spot, radius), _CENTERED, symbol)

    def _paint_bar(self, group: Group, title: tuple[str, str], selected: bool) -> None:
        painter = self._painter
        self._set_ring(selected)
        painter.setBrush(self._theme.color("card"))
        area = QRectF(group.center.x - BAR / 2, group.top, BAR, group.height)
        painter.drawRoundedRect(area, 7, 7)
        painter.save()
        painter.translate(area.center())
        painter.rotate(-90)
        painter.setFont(self._look.sized(min(self._pixels, 14), bold=selected))
        painter.setPen(self._theme.color("accent" if selected else "ink"))
        self._paint_text(QRectF(-area.height() / 2 + 6, -BAR / 2, area.height() - 12, BAR), _CENTERED, title[0])
        painter.restore()

    def _paint_stack(self, group: Group, selected: bool) -> None:
        painter = self._painter
        count = min(max(group.size, 1), _SQUARES)
        side = group.height - _OFFSET * (_SQUARES - 1)
        reach = (count - 1) * _OFFSET / 2
        self._set_ring(selected)
        painter.setBrush(self._theme.color("card"))
        for number in range(count):
            away = reach - number * _OFFSET
            middle = QPointF(group.center.x + away, group.center.y - away)
            painter.drawRoundedRect(QRectF(middle.x() - side / 2, middle.y() - side / 2, side, side), 4, 4)
        painter.setFont(self._look.sized(SMALL, bold=True))
        painter.setPen(self._theme.color("muted"))
        front = QRectF(group.center.x - reach - side / 2, group.center.y + reach - side / 2, side, side)
        painter.drawText(front, _CENTERED, f"× {group.size:,}")

    def _paint_title(self, group: Group, title: tuple[str, str], selected: bool) -> None:
        painter, (name, detail) = self._painter, title
        line = self._pixels + 4
        bottom = group.top - 3
        row = QRectF(group.center.x - TITLE_WIDTH / 2, bottom - line, TITLE_WIDTH, line)
        if detail and not self._names_only:
            painter.setFont(self._look.sized(self._pixels - 1))
            painter.setPen(self._theme.color("muted"))
            self._paint_text(row, _CENTERED, detail)
            row.translate(0, -line + 2)
        painter.setFont(self._look.sized(self._pixels, bold=True))
        painter.setPen(self._theme.color("accent" if selected else "ink"))
        self._paint_text(row, _CENTERED, name)

    def _paint_gap(self, drawn: Drawn, group: Group) -> None:
        """Say how many neurons are not drawn, on a ground of its own, since links pass behind."""
        if not group.hidden:
            return
        painter = self._painter
        font = self._look.sized(self._pixels - 1)
        words = "⋮" if self._names_only else drawn.gaps[group.node_id]
        width = QFontMetricsF(font).horizontalAdvance(words) + 12
        area = QRectF(group.gap.x - width / 2, group.gap.y - group.pitch * 0.36, width, group.pitch * 0.72)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.color("background", 0.9))
        painter.drawRoundedRect(area, 6, 6)
        painter.setFont(font)
        painter.setPen(self._theme.color("ink"))
        painter.drawText(area, _CENTERED, words)

    def _paint_labels(self, drawn: Drawn, group: Group) -> None:
        painter, room = self._painter, drawn.layout.radius + 10
        painter.setFont(self._look.sized(self._pixels - 1))
        painter.setPen(self._theme.color("ink"))
        side = Qt.AlignmentFlag.AlignLeft if group.weighted else Qt.AlignmentFlag.AlignRight
        for number, label in zip(group.shown, drawn.labels[group.node_id], strict=False):
            spot = group.spots[number]
            left = spot.x + room if group.weighted else spot.x - room - (LABEL_ROOM - 10)
            row = QRectF(left, spot.y - group.pitch / 2, LABEL_ROOM - 10, group.pitch)
            # Absolute: sides of the drawing are the same in every language.
            self._paint_text(row, side | Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignAbsolute, label)

    def _paint_text(self, row: QRectF, flags: Qt.AlignmentFlag, words: str) -> None:
        shown = QFontMetricsF(self._painter.font()).elidedText(words, Qt.TextElideMode.ElideRight, row.width())
        self._painter.drawText(row, flags, shown)

    def _set_ring(self, selected: bool) -> None:
        color = self._theme.color("accent") if selected else mixed(self._theme, "muted", 0.75)
        self._painter.setPen(QPen(color, 2.2 if selected else 1.2))


def filling(image: QImage, spot: Point, radius: float) -> QBrush:
    """Return a brush that fills a neuron with its picture."""
    brush = QBrush(image)
    brush.setTransform(
        QTransform()
        .translate(spot.x - radius, spot.y - radius)
        .scale(2 * radius / image.width(), 2 * radius / image.height())
    )
    return brush


def paint_passing(painter: QPainter, theme: Theme, drawn: Drawn) -> None:
    """Paint the lines without weights."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(mixed(theme, "muted", 0.45), 1.2))
    painter.drawLines([QLineF(*end) for end in drawn.passing.tolist()])
    painter.setPen(QPen(mixed(theme, "muted", 0.6), 2))
    for detour in drawn.detours:
        path = QPainterPath(QPointF(detour.start.x, detour.start.y))
        up, down = detour.start.x + 2 * _CORNER, detour.end.x
        path.cubicTo(up, detour.start.y, up - _CORNER, detour.lane, up + _CORNER, detour.lane)
        path.lineTo(down - _CORNER, detour.lane)
        path.quadTo(down, detour.lane, down, detour.lane + _CORNER)
        path.lineTo(down, detour.end.y)
        painter.drawPath(path)


def paint_mark(painter: QPainter, theme: Theme, path: QPainterPath, line: bool) -> None:
    """Paint an outline; a line shines through its mark, so that its color can still be seen."""
    pen = QPen(theme.color("accent", 0.32 if line else 1.0), 11 if line else 2.2)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(pen)
    painter.drawPath(path)


def outline(drawn: Drawn, thing: Thing | None) -> QPainterPath:
    """Return the line around a thing that points it out; an empty one around nothing, or around what is not drawn."""
    path = QPainterPath()
    place = drawn.picker.place(thing) if thing is not None else None
    if thing is None or place is None:
        return path
    middle = QPointF(place.x, place.y)
    match thing:
        case Link():
            start, end = drawn.picker.ends(thing)
            path.moveTo(start.x, start.y)
            path.lineTo(end.x, end.y)
        case Bias():
            path.addEllipse(middle, 7.5, 7.5)
        case Neuron():
            path.addEllipse(middle, drawn.layout.radius + 3, drawn.layout.radius + 3)
        case Whole(node_id):
            area = drawn.area(drawn.layout.groups[node_id])
            path.addRoundedRect(area.adjusted(-2, -2, 2, 6), 8, 8)
    return path


def _square(spot: Point, radius: float) -> QRectF:
    return QRectF(spot.x - radius, spot.y - radius, 2 * radius, 2 * radius)
