"""A small drawing of a network: neurons as circles, other layers as bars, pictures as stacked sheets."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from itertools import product

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPen

from annstudio.engine.layers import layers
from annstudio.engine.layers.base import Shape
from annstudio.project.graph import graph_of
from annstudio.project.model import Node, Project
from annstudio.project.shapes import flow
from annstudio.ui.theme import Theme

_MOST = 6
"""A layer with more neurons is drawn as the first and the last two, with dots in between."""
_OTHERS = 3
"""Neurons that a row without any is as high as."""
_BETWEEN = 1
"""Neurons that would fit between two rows."""
_PITCH = 16.0
"""From one neuron to the next below it, at most; all lengths in points."""
_LARGEST, _SMALLEST = 5.0, 1.6
_OF_PITCH, _OF_COLUMN = 0.4, 0.32
"""What a neuron's radius may take of the way to the next one, down and across."""
_SHEETS = 3


class Kind(Enum):
    """How a layer is drawn."""

    NEURONS = auto()
    BAR = auto()
    SHEETS = auto()


@dataclass(frozen=True)
class Spot:
    """Where a layer is drawn.

    Args:
        kind: how it is drawn.
        center: of it.
        reach: from the center to its left and right edge.
        ys: heights of its neurons, or the upper and the lower end of what else it is.
        ends: whether it is an Input or an Output.
        dots: whether neurons are left out in the middle.
    """

    kind: Kind
    center: QPointF
    reach: float
    ys: tuple[float, ...]
    ends: bool = False
    dots: bool = False


def paint_network(painter: QPainter, theme: Theme, area: QRectF, project: Project) -> None:
    """Paint the network of a project from left to right within an area."""
    spots = place(project, area)
    columns = graph_of(project).columns()
    painter.setBrush(Qt.BrushStyle.NoBrush)
    # Where many lines lie side by side, they must not become a block.
    painter.setPen(QPen(theme.color("muted", min(0.45, area.width() / (60 * len(spots)) + 0.15)), 0.8))
    for wire in project.design.wires:
        source, target = spots[wire.source], spots[wire.target]
        passes = columns[wire.target] - columns[wire.source] > 1
        if passes and source.center.y() == target.center.y():
            _paint_arc(painter, source, target)
        else:
            painter.drawLines(_lines(source, target))
    for spot in spots.values():
        _PAINTERS[spot.kind](painter, theme, spot)


def place(project: Project, area: QRectF) -> dict[str, Spot]:
    """Return the spot of every layer, by node id, in columns as the wires lead; layers of one column share it."""
    shapes = {node_id: given.output or (1,) for node_id, given in flow(project).items()}
    kinds = {node.id: _kind(node, shapes[node.id]) for node in project.design.nodes}
    neurons = {node_id: shapes[node_id][0] if kind is Kind.NEURONS else _OTHERS for node_id, kind in kinds.items()}
    cells = _cells(project)
    across = area.width() / (max(column for column, _ in cells.values()) + 1)
    heights = _heights(cells, neurons)
    pitch = min(_PITCH, area.height() / (sum(heights) + _BETWEEN * (len(heights) - 1)))
    radius = max(_SMALLEST, min(_LARGEST, _OF_COLUMN * across, _OF_PITCH * pitch))
    middles = _middles(heights, area.center().y(), pitch)
    spots = {}
    for node_id, (column, row) in cells.items():
        center = QPointF(area.left() + (column + 0.5) * across, middles[row])
        if kinds[node_id] is Kind.NEURONS:
            spots[node_id] = _neuron_spot(project.design.node(node_id), neurons[node_id], center, pitch, radius)
        else:
            spots[node_id] = _other_spot(kinds[node_id], center, heights[row] * pitch, radius)
    return spots


def _cells(project: Project) -> dict[str, tuple[int, int]]:
    """Return column and row of every layer; where the cards stand does not matter, for long networks are folded."""
    filled: Counter[int] = Counter()
    cells = {}
    for node_id, column in graph_of(project).columns().items():
        cells[node_id] = column, filled[column]
        filled[column] += 1
    return cells


def _kind(node: Node, output: Shape) -> Kind:
    if len(output) > 1:
        return Kind.SHEETS
    return Kind.NEURONS if _is_end(node) or "units" in node.settings.values else Kind.BAR


def _heights(cells: Mapping[str, tuple[int, int]], neurons: Mapping[str, int]) -> list[int]:
    """Return the height of each row, in neurons."""
    heights = [0] * (max(row for _, row in cells.values()) + 1)
    for node_id, (_, row) in cells.items():
        heights[row] = max(heights[row], min(neurons[node_id], _MOST))
    return heights


def _middles(heights: Sequence[int], center: float, pitch: float) -> list[float]:
    """Return where the middle of each row is, all rows together around the center."""
    top = center - pitch * (sum(heights) + _BETWEEN * (len(heights) - 1)) / 2
    middles = []
    for height in heights:
        middles.append(top + pitch * height / 2)
        top += pitch * (height + _BETWEEN)
    return middles


def _neuron_spot(node: Node, neurons: int, center: QPointF, pitch: float, radius: float) -> Spot:
    places = min(neurons, _MOST)
    ys = [center.y() + (place - (places - 1) / 2) * pitch for place in range(places)]
    dots = neurons > _MOST
    if dots:
        del ys[2:-2]
    return Spot(Kind.NEURONS, center, radius, tuple(ys), _is_end(node), dots)


def _other_spot(kind: Kind, center: QPointF, height: float, radius: float) -> Spot:
    """Return the spot of sheets or of a bar, which is as high as its row."""
    reach = 0.7 * radius if kind is Kind.BAR else 1.5 * radius
    return Spot(kind, center, reach, (center.y() - height / 2, center.y() + height / 2))


def _is_end(node: Node) -> bool:
    layer = layers[node.kind]
    return not (layer.takes_input and layer.gives_output)


def _lines(source: Spot, target: Spot) -> list[QLineF]:
    """Return the lines between two layers: from every neuron to every neuron, straight into a bar beside them."""
    left, right = source.center.x() + source.reach, target.center.x() - target.reach
    level = source.center.y() == target.center.y()
    if level and {source.kind, target.kind} == {Kind.NEURONS, Kind.BAR}:
        ys = source.ys if source.kind is Kind.NEURONS else target.ys
        return [QLineF(left, y, right, y) for y in ys]
    starts, ends = ((spot.ys if spot.kind is Kind.NEURONS else (spot.center.y(),)) for spot in (source, target))
    return [QLineF(left, y, right, other) for y, other in product(starts, ends)]


def _paint_arc(painter: QPainter, source: Spot, target: Spot) -> None:
    """Paint a wire that leads over the layers between its ends."""
    begin, end = QPointF(source.center.x(), source.ys[0]), QPointF(target.center.x(), target.ys[0])
    top = min(begin.y(), end.y()) - 3 * _LARGEST
    path = QPainterPath(begin)
    path.cubicTo(QPointF(begin.x(), top), QPointF(end.x(), top), end)
    painter.drawPath(path)


def _paint_neurons(painter: QPainter, theme: Theme, spot: Spot) -> None:
    painter.setPen(QPen(theme.color("accent"), min(1.2, spot.reach / 2)))
    painter.setBrush(theme.color("card" if spot.ends else "accent"))
    x, middle = spot.center.x(), spot.center.y()
    for y in spot.ys:
        painter.drawEllipse(QPointF(x, y), spot.reach, spot.reach)
    if spot.dots:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("muted"))
        size = min(1.1, spot.reach / 2)
        for shift in (-1, 0, 1):
            painter.drawEllipse(QPointF(x, middle + 4 * shift * size), size, size)


def _paint_bar(painter: QPainter, theme: Theme, spot: Spot) -> None:
    painter.setPen(QPen(theme.color("accent"), 1))
    painter.setBrush(theme.color("accent_soft"))
    box = QRectF(spot.center.x() - spot.reach, spot.ys[0], 2 * spot.reach, spot.ys[-1] - spot.ys[0])
    painter.drawRoundedRect(box, spot.reach, spot.reach)


def _paint_sheets(painter: QPainter, theme: Theme, spot: Spot) -> None:
    painter.setPen(QPen(theme.color("accent"), 1))
    painter.setBrush(theme.color("accent_soft"))
    shift, side = spot.reach / 3, 1.5 * spot.reach
    for number in reversed(range(_SHEETS)):
        away = (number - (_SHEETS - 1) / 2) * shift
        middle = spot.center + QPointF(away, -away)
        painter.drawRect(QRectF(middle.x() - side / 2, middle.y() - side / 2, side, side))


_PAINTERS = {Kind.NEURONS: _paint_neurons, Kind.BAR: _paint_bar, Kind.SHEETS: _paint_sheets}
