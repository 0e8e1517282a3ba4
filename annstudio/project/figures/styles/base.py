"""What a figure style is, and how wires are drawn in all of them."""

from collections.abc import Sequence
from typing import ClassVar

from annstudio.core.registry import Info
from annstudio.project.figures.drawing import Drawing, Label, Path, Pen, Point, Polygon, Shape, cover
from annstudio.project.figures.inks import MUTED, TEXT, WIRE
from annstudio.project.figures.layers import Part, Parts, Translate
from annstudio.project.figures.legend import legend
from annstudio.project.figures.repeats import frames_of, framing, told
from annstudio.project.figures.streets import Placed, Slot, Streets
from annstudio.project.figures.ways import Way, Wire, cells_of, wires_of

_MARGIN = 16.0
_PEN = Pen(WIRE, 1.3)
_HEAD, _HALF = 7.0, 3.2
"""Length and half the width of an arrowhead."""

_ROUNDING = 6.0
_ASIDE = 3.0
"""How far beside the middle of a layer an arch ends, so that one that comes and one that goes are two."""

_OUT, _BACK, _SHIFT = 6.0, 13.0, 4.0
"""How far behind a column a wire turns into the street and how far before one it leaves it, and what the next adds."""

_NAME, _SMALL, _LINE = 13.0, 11.0, 15.0
"""Sizes of a layer's name and of what stands below it, and from line to line."""


class Style:
    """A way of drawing networks: how layers look, and what leads from one to its neighbor.

    Attributes:
        info: key and texts.
        gap: between two columns.
        most_columns: as many layers stand side by side; then the figure goes on below.
    """

    info: ClassVar[Info]
    gap: ClassVar[float] = 44.0
    most_columns: ClassVar[int] = 8

    def slot(self, part: Part, parts: Parts, translate: Translate) -> Slot:
        """Return a layer as it is drawn, and where its captions go.

        Args:
            part: the layer.
            parts: the whole network, for measures that all layers share.
            translate: brings marked texts into the reader's language.
        """
        raise NotImplementedError

    def link(self, source: Placed, target: Placed) -> Sequence[Shape]:
        """Return what leads straight from a layer to the next of its row; an arrow unless a style knows better."""
        return _arrow([_out_of(source), _into(target)])

    def draw(self, parts: Parts, with_legend: bool, translate: Translate) -> Drawing:
        """Return the figure of a network.

        Args:
            parts: the network.
            with_legend: whether a legend stands below.
            translate: brings marked texts into the reader's language.
        """
        cells = cells_of(parts.parts, self.most_columns)
        frames, scattered = frames_of(parts.groups, cells)
        parts = told(parts, scattered)
        slots = {node_id: self.slot(part, parts, translate) for node_id, part in parts.parts.items()}
        wires = wires_of(parts.parts, cells)
        streets = Streets(parts.parts, slots, cells, wires, frames, self.gap)
        placed = streets.placed()
        shapes: list[Shape] = [shape for frame in frames for shape in framing(frame, streets.area(frame))]
        shapes += [shape for each in placed.values() for shape in each.shapes]
        for number, wire in enumerate(wires):
            shapes += self._wired(wire, number, placed, streets)
        if with_legend:
            shapes += legend(parts, cover([shape.box for shape in shapes]), translate)
        page = cover([shape.box for shape in shapes]).grown(_MARGIN)
        return Drawing(parts.title, page, tuple(shapes))

    def _wired(self, wire: Wire, number: int, placed: dict[str, Placed], streets: Streets) -> Sequence[Shape]:
        source, target = placed[wire.source], placed[wire.target]
        if wire.way is Way.STRAIGHT:
            return self.link(source, target)
        if wire.way in {Way.LATE, Way.EARLY}:
            left = source.column[1] if wire.way is Way.EARLY else target.column[0] - self.gap
            return _bend(source, target, left, left + self.gap - _HEAD)
        lane = streets.lane(wire)
        return _arch(source, target, lane) if wire.way is Way.ARCH else _round(source, target, lane, number)


def captions(part: Part, first: float, *more: str) -> tuple[Label, ...]:
    """Return a layer's name and what it does, as lines to stand below it.

    Args:
        part: the layer.
        first: where the base line of its name is.
        more: further lines.
    """
    name = Label(part.name, Point(0, first), _NAME, TEXT, bold=True)
    lines = [line for line in (" · ".join(part.details), *more) if line]
    below = [Label(line, Point(0, first + _LINE * row), _SMALL, MUTED) for row, line in enumerate(lines, start=1)]
    return (name, *below)


def _bend(source: Placed, target: Placed, left: float, right: float) -> Sequence[Shape]:
    """Return an arrow that changes its height in a street, from its left to its right side."""
    start, end = _out_of(source), _into(target)
    middle = (left + right) / 2
    curve = (Point(middle, start.y), Point(middle, end.y), Point(right, end.y))
    path = Path(start, ((Point(left, start.y),), curve, (end.by(-_HEAD / 2),)), _PEN)
    return [path, _head(end, (1, 0))]


def _arch(source: Placed, target: Placed, lane: float) -> Sequence[Shape]:
    """Return an arrow out of the top of a layer, over those in between, onto the top of the target."""
    start, end = source.roof.by(_ASIDE), target.roof.by(-_ASIDE)
    return _arrow([start, Point(start.x, lane), Point(end.x, lane), end])


def _round(source: Placed, target: Placed, lane: float, number: int) -> Sequence[Shape]:
    """Return an arrow through the streets; its number moves it a little aside from others that turn there."""
    start, end, shift = _out_of(source), _into(target), _SHIFT * (number % 4)
    out, back = source.column[1] + _OUT + shift, target.column[0] - _BACK - shift
    return _arrow([start, Point(out, start.y), Point(out, lane), Point(back, lane), Point(back, end.y), end])


def _out_of(source: Placed) -> Point:
    return Point(source.body.right, source.height)


def _into(target: Placed) -> Point:
    return Point(target.body.x, target.height)


def _arrow(corners: Sequence[Point]) -> list[Shape]:
    """Return an arrow from the first to the last of these points, round at the corners, level or upright between."""
    steps: list[tuple[Point, ...]] = []
    for before, corner, after in zip(corners, corners[1:], corners[2:], strict=False):
        steps += [(_toward(corner, before),), (corner, _toward(corner, after))]
    *_, last, end = corners
    direction = (_sign(end.x - last.x), _sign(end.y - last.y))
    steps.append((end.by(-direction[0] * _HEAD / 2, -direction[1] * _HEAD / 2),))
    return [Path(corners[0], tuple(steps), _PEN), _head(end, direction)]


def _toward(corner: Point, other: Point) -> Point:
    """Return where the rounding of a corner begins, on the side that leads to the other."""
    across, down = other.x - corner.x, other.y - corner.y
    return corner.by(
        _sign(across) * min(_ROUNDING, abs(across) / 2),
        _sign(down) * min(_ROUNDING, abs(down) / 2),
    )


def _head(end: Point, direction: tuple[float, float]) -> Polygon:
    back = end.by(-direction[0] * _HEAD, -direction[1] * _HEAD)
    sides = (direction[1] * _HALF, direction[0] * _HALF)
    return Polygon((end, back.by(*sides), back.by(-sides[0], -sides[1])), WIRE)


def _sign(value: float) -> float:
    return float((value > 0) - (value < 0))
