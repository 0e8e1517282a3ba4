"""Where the layers of a figure stand, and how wires get from one to the other.

Layers stand in the cells of a grid, like houses between streets. Wires that do not lead straight to a neighbor keep to
the streets, each in a lane of its own, so that they never run behind a layer or through its texts. A network of very
many layers goes on below, as lines of a text do.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from itertools import accumulate
from typing import NamedTuple

from annstudio.project.figures.drawing import Box, Label, Point, Shape, cover
from annstudio.project.figures.layers import Part

LANE = 9.0
"""From one lane to the next."""

_ARCH = 12.0
"""From the layers to the first lane above them."""

_BLOCK = 26.0
"""Between what belongs to one row and what belongs to the next."""


class Cell(NamedTuple):
    """A place in the grid."""

    row: int
    column: int


class Way(Enum):
    """How a wire gets to its target."""

    STRAIGHT = auto()
    """To the next layer of its row."""
    BEND = auto()
    """To another row, across the street between two neighboring columns."""
    ARCH = auto()
    """Over the layers of its row that stand in between."""
    ROUND = auto()
    """Out into the street, along the one above a row, and back."""


@dataclass(frozen=True)
class Wire:
    """A wire of the network and its way.

    Args:
        source, target: ids of the layers.
        way: of which kind it is.
        row: of the cells below the lane that it takes.
        lane: counted from those cells upwards.
    """

    source: str
    target: str
    way: Way
    row: int = 0
    lane: int = 0


@dataclass(frozen=True)
class Slot:
    """A layer as a style draws it, around a middle of its own at (0, 0).

    Args:
        shapes: what is drawn.
        body: what wires lead to and around; they meet it at the height of the middle.
        captions: texts to stand below, aligned with those of its row; their y counts from where captions begin.
        roof: how far right of the middle arches stand on its top.
    """

    shapes: tuple[Shape, ...]
    body: Box
    captions: tuple[Label, ...] = ()
    roof: float = 0.0


@dataclass(frozen=True)
class Placed:
    """A layer in its place.

    Args:
        part: the layer.
        shapes: everything of it, captions too.
        body: see Slot.
        height: where wires meet its sides.
        roof: where arches stand on its top.
        column: what its column covers from left to right: the streets begin there.
    """

    part: Part
    shapes: tuple[Shape, ...]
    body: Box
    height: float
    roof: Point
    column: tuple[float, float]


def cells_of(parts: Mapping[str, Part], most_columns: int) -> dict[str, Cell]:
    """Return where each layer stands, with at most so many columns side by side; more only in very deep networks."""
    across = sorted({part.place[0] for part in parts.values()})
    bands = max(1, math.ceil(len(across) / max(most_columns, math.isqrt(len(across)))))
    length = max(1, math.ceil(len(across) / bands))
    rank = {x: index for index, x in enumerate(across)}
    heights = {node_id: (rank[part.place[0]] // length, part.place[1]) for node_id, part in parts.items()}
    rows = {height: index for index, height in enumerate(sorted(set(heights.values())))}
    return {node_id: Cell(rows[heights[node_id]], rank[part.place[0]] % length) for node_id, part in parts.items()}


def wires_of(parts: Mapping[str, Part], cells: Mapping[str, Cell]) -> list[Wire]:
    """Return every wire with its way; those that would meet in a lane take lanes of their own."""
    wires = [_way(source, target, cells) for target, part in parts.items() for source in part.sources]
    taken: dict[tuple[int, int], list[tuple[float, float]]] = {}
    led = []
    # Short ones first, so that they lie within long ones.
    for wire in sorted(wires, key=lambda wire: _length(_stretch(wire, cells))):
        stretch, lane = _stretch(wire, cells), 0
        if wire.way in {Way.ARCH, Way.ROUND}:
            while any(_meet(stretch, other) for other in taken.get((wire.row, lane), [])):
                lane += 1
            taken.setdefault((wire.row, lane), []).append(stretch)
        led.append(Wire(wire.source, wire.target, wire.way, wire.row, lane))
    return led


class Streets:
    """The grid with its measures.

    Args:
        parts: the layers by id.
        slots: how each is drawn.
        cells: where each stands.
        wires: with their ways.
        gap: width of the streets between two columns.
    """

    def __init__(
        self,
        parts: Mapping[str, Part],
        slots: Mapping[str, Slot],
        cells: Mapping[str, Cell],
        wires: Sequence[Wire],
        gap: float,
    ) -> None:
        self._parts, self._slots, self._cells = parts, slots, cells
        widths = self._largest({node_id: _width(slot) for node_id, slot in slots.items()}, "column")
        lefts = [0.0, *accumulate(width + gap for width in widths)]
        self._columns = [(left, left + width) for left, width in zip(lefts, widths, strict=False)]
        self._above = self._largest({node_id: -slot.body.y for node_id, slot in slots.items()}, "row")
        self._below = self._largest({node_id: slot.body.bottom for node_id, slot in slots.items()}, "row")
        texts = self._largest({node_id: _caption_height(slot) for node_id, slot in slots.items()}, "row")
        lanes = [0] * len(self._above)
        for wire in wires:
            if wire.way in {Way.ARCH, Way.ROUND}:
                lanes[wire.row] = max(lanes[wire.row], wire.lane + 1)
        heights = [
            _street(count) + sum(sizes) for count, *sizes in zip(lanes, self._above, self._below, texts, strict=True)
        ]
        starts = [0.0, *accumulate(height + _BLOCK for height in heights)]
        self._tops = [start + _street(count) for start, count in zip(starts, lanes, strict=False)]

    def placed(self) -> dict[str, Placed]:
        """Return all layers in their places."""
        return {node_id: self._place(node_id) for node_id in self._parts}

    def lane(self, wire: Wire) -> float:
        """Return the height of a wire's lane."""
        return self._tops[wire.row] - _ARCH - LANE * wire.lane

    def _place(self, node_id: str) -> Placed:
        slot, cell = self._slots[node_id], self._cells[node_id]
        left, right = self._columns[cell.column]
        middle = Point((left + right) / 2, self._tops[cell.row] + self._above[cell.row])
        shapes = [shape.moved(*middle) for shape in slot.shapes]
        captions = [label.moved(middle.x, middle.y + self._below[cell.row]) for label in slot.captions]
        body = slot.body._replace(x=slot.body.x + middle.x, y=slot.body.y + middle.y)
        roof = Point(middle.x + slot.roof, body.y)
        return Placed(self._parts[node_id], (*shapes, *captions), body, middle.y, roof, (left, right))

    def _largest(self, sizes: Mapping[str, float], axis: str) -> list[float]:
        """Return the largest size in every row or column."""
        count = max((getattr(cell, axis) for cell in self._cells.values()), default=-1) + 1
        largest = [0.0] * count
        for node_id, size in sizes.items():
            index = getattr(self._cells[node_id], axis)
            largest[index] = max(largest[index], size)
        return largest


def _way(source: str, target: str, cells: Mapping[str, Cell]) -> Wire:
    start, end = cells[source], cells[target]
    if start.row == end.row and start.column < end.column:
        between = {Cell(start.row, column) for column in range(start.column + 1, end.column)}
        hidden = between & set(cells.values())
        return Wire(source, target, Way.ARCH if hidden else Way.STRAIGHT, start.row)
    if end.column == start.column + 1:
        return Wire(source, target, Way.BEND)
    return Wire(source, target, Way.ROUND, max(start.row, end.row))


def _stretch(wire: Wire, cells: Mapping[str, Cell]) -> tuple[float, float]:
    """Return from where to where a wire takes its lane, in columns; streets lie halfway between them."""
    start, end = cells[wire.source].column, cells[wire.target].column
    if wire.way is Way.ARCH:
        return start, end
    first, last = sorted((start + 0.5, end - 0.5))
    return first, last


def _length(stretch: tuple[float, float]) -> float:
    return stretch[1] - stretch[0]


def _meet(one: tuple[float, float], other: tuple[float, float]) -> bool:
    return one[0] <= other[1] and other[0] <= one[1]


def _street(lanes: int) -> float:
    return _ARCH + LANE * lanes if lanes else 0.0


def _width(slot: Slot) -> float:
    """Return how wide a slot is, with as much on the left of its middle as on the right."""
    covered = cover([shape.box for shape in (*slot.shapes, *slot.captions)])
    return 2 * max(-covered.x, covered.right)


def _caption_height(slot: Slot) -> float:
    return max(0.0, cover([label.box for label in slot.captions]).bottom)
