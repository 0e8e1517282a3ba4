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

_FRAME, _HEAD = 9.0, 30.0
"""Between a frame and what is in it, and what a frame with its text takes above."""

_BLOCK = 26.0
"""Between what belongs to one row and what belongs to the next."""


class Cell(NamedTuple):
    """A place in the grid."""

    row: int
    column: int


class Way(Enum):
    """How a wire gets to its target."""

    STRAIGHT = auto()
    """To a layer of its row, with nothing in between."""
    LATE = auto()
    """Along its own row, where nothing stands in between, and into another in the street before its target."""
    EARLY = auto()
    """Into another row in the street behind its source, and along that row, where nothing stands in between."""
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
        row: of the cells that it runs along or, in a lane, above.
        lane: counted from those cells upwards.
    """

    source: str
    target: str
    way: Way
    row: int = 0
    lane: int = 0


class Frame(NamedTuple):
    """A line around a block of cells.

    Attributes:
        times: how often the network goes through the block.
        first, last: the block's upper left and its lower right cell.
    """

    times: int
    first: Cell
    last: Cell


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
    heights = {node_id: (rank[part.place[0]] // length, round(part.place[1])) for node_id, part in parts.items()}
    rows = {height: index for index, height in enumerate(sorted(set(heights.values())))}
    return {node_id: Cell(rows[heights[node_id]], rank[part.place[0]] % length) for node_id, part in parts.items()}


def wires_of(parts: Mapping[str, Part], cells: Mapping[str, Cell]) -> list[Wire]:
    """Return every wire with its way; those that would meet in a lane take lanes of their own."""
    wires = _ways(parts, cells)
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
        frames: around blocks of cells; there is room for a line of text above them.
        gap: width of the streets between two columns.
    """

    def __init__(
        self,
        parts: Mapping[str, Part],
        slots: Mapping[str, Slot],
        cells: Mapping[str, Cell],
        wires: Sequence[Wire],
        frames: Sequence[Frame],
        gap: float,
    ) -> None:
        self._parts, self._slots, self._cells = parts, slots, cells
        widths = self._largest({node_id: _width(slot) for node_id, slot in slots.items()}, "column")
        lefts = [0.0, *accumulate(width + gap for width in widths)]
        self._columns = [(left, left + width) for left, width in zip(lefts, widths, strict=False)]
        self._above = self._largest({node_id: -slot.body.y for node_id, slot in slots.items()}, "row")
        self._below = self._largest({node_id: slot.body.bottom for node_id, slot in slots.items()}, "row")
        self._texts = self._largest({node_id: _caption_height(slot) for node_id, slot in slots.items()}, "row")
        lanes = [0] * len(self._above)
        for wire in wires:
            if wire.way in {Way.ARCH, Way.ROUND}:
                lanes[wire.row] = max(lanes[wire.row], wire.lane + 1)
        framed = {frame.first.row for frame in frames}
        self._streets = [_street(count) for count in lanes]
        heads = [street + (_HEAD if row in framed else 0.0) for row, street in enumerate(self._streets)]
        heights = map(sum, zip(heads, self._above, self._below, self._texts, strict=True))
        starts = [0.0, *accumulate(height + _BLOCK for height in heights)]
        self._tops = [start + head for start, head in zip(starts, heads, strict=False)]

    def placed(self) -> dict[str, Placed]:
        """Return all layers in their places."""
        return {node_id: self._place(node_id) for node_id in self._parts}

    def lane(self, wire: Wire) -> float:
        """Return the height of a wire's lane."""
        return self._tops[wire.row] - _ARCH - LANE * wire.lane

    def area(self, frame: Frame) -> Box:
        """Return where a frame goes: around its cells, their texts and the lanes above them."""
        upper, lower = frame.first.row, frame.last.row
        left, right = self._columns[frame.first.column][0], self._columns[frame.last.column][1]
        top = self._tops[upper] - self._streets[upper]
        bottom = self._tops[lower] + self._above[lower] + self._below[lower] + self._texts[lower]
        return Box(left, top, right - left, bottom - top).grown(_FRAME)

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


def _ways(parts: Mapping[str, Part], cells: Mapping[str, Cell]) -> list[Wire]:
    """Return every wire with the plainest way that is free; two from different layers never run along one row."""
    taken: dict[int, list[tuple[str, float, float]]] = {}
    wires = []
    for target, part in parts.items():
        for source in part.sources:
            wire = _plainest(source, target, cells, taken)
            wires.append(wire)
            if wire.way in {Way.STRAIGHT, Way.LATE, Way.EARLY}:
                taken.setdefault(wire.row, []).append((source, *_stretch(wire, cells)))
    return wires


def _plainest(
    source: str, target: str, cells: Mapping[str, Cell], taken: Mapping[int, Sequence[tuple[str, float, float]]]
) -> Wire:
    start, end = cells[source], cells[target]
    level, ahead = start.row == end.row, start.column < end.column
    occupied = set(cells.values())
    choices = (
        [Wire(source, target, Way.STRAIGHT, start.row)]
        if level
        else [
            Wire(source, target, Way.LATE, start.row),
            Wire(source, target, Way.EARLY, end.row),
        ]
    )
    for wire in choices if ahead else ():
        between = {Cell(wire.row, column) for column in range(start.column + 1, end.column)}
        first, last = _stretch(wire, cells)
        others = [other for other in taken.get(wire.row, ()) if other[0] != source]
        if not between & occupied and not any(low < last and first < high for _, low, high in others):
            return wire
    return Wire(source, target, Way.ARCH if level and ahead else Way.ROUND, max(start.row, end.row))


def _stretch(wire: Wire, cells: Mapping[str, Cell]) -> tuple[float, float]:
    """Return from where to where a wire runs along its row or lane, in columns; streets lie halfway between them."""
    start, end = cells[wire.source].column, cells[wire.target].column
    match wire.way:
        case Way.STRAIGHT | Way.ARCH:
            return start, end
        case Way.LATE:
            return start, end - 0.5
        case Way.EARLY:
            return start + 0.5, end
        case Way.ROUND:
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
