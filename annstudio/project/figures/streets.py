"""The grid of a figure with its measures: where everything stands, to the pixel.

Layers stand in cells, like houses between streets. Wires that do not lead straight to a neighbor keep to the streets,
each in a lane of its own, so that they never run behind a layer or through its texts.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import NamedTuple

from annstudio.project.figures.drawing import Box, Label, Point, Shape, cover
from annstudio.project.figures.layers import Part
from annstudio.project.figures.ways import Cell, Wire

_LANE = 9.0
"""From one lane to the next."""

_ARCH = 12.0
"""From the layers to the first lane above them."""

_FRAME, _HEAD = 9.0, 30.0
"""Between a frame and what is in it, and what a frame with its text takes above."""

_BLOCK = 26.0
"""Between what belongs to one row and what belongs to the next."""


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
        self._columns = self._measured_columns(gap)
        self._above = self._largest(lambda slot: -slot.body.y, "row")
        self._below = self._largest(lambda slot: slot.body.bottom, "row")
        self._texts = self._largest(_caption_height, "row")
        self._streets = self._measured_streets(wires)
        framed = {frame.first.row for frame in frames}
        heads = [street + (_HEAD if row in framed else 0.0) for row, street in enumerate(self._streets)]
        heights = map(sum, zip(heads, self._above, self._below, self._texts, strict=True))
        starts = [0.0, *accumulate(height + _BLOCK for height in heights)]
        self._tops = [start + head for start, head in zip(starts, heads, strict=False)]

    def placed(self) -> dict[str, Placed]:
        """Return all layers in their places."""
        return {node_id: self._place(node_id) for node_id in self._parts}

    def lane(self, wire: Wire) -> float:
        """Return the height of a wire's lane."""
        return self._tops[wire.row] - _ARCH - _LANE * wire.lane

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

    def _measured_columns(self, gap: float) -> list[tuple[float, float]]:
        """Return the left and the right edge of every column."""
        widths = self._largest(_width, "column")
        lefts = [0.0, *accumulate(width + gap for width in widths)]
        return [(left, left + width) for left, width in zip(lefts, widths, strict=False)]

    def _measured_streets(self, wires: Sequence[Wire]) -> list[float]:
        """Return how high the street above every row is; without lanes it needs no height."""
        lanes = [0] * len(self._above)
        for wire in wires:
            if wire.in_lane:
                lanes[wire.row] = max(lanes[wire.row], wire.lane + 1)
        return [_ARCH + _LANE * count if count else 0.0 for count in lanes]

    def _largest(self, size: Callable[[Slot], float], axis: str) -> list[float]:
        """Return the largest size of a slot in every row or column."""
        count = max((getattr(cell, axis) for cell in self._cells.values()), default=-1) + 1
        largest = [0.0] * count
        for node_id, slot in self._slots.items():
            index = getattr(self._cells[node_id], axis)
            largest[index] = max(largest[index], size(slot))
        return largest


def _width(slot: Slot) -> float:
    """Return how wide a slot is, with as much on the left of its middle as on the right."""
    covered = cover([shape.box for shape in (*slot.shapes, *slot.captions)])
    return 2 * max(-covered.x, covered.right)


def _caption_height(slot: Slot) -> float:
    return max(0.0, cover([label.box for label in slot.captions]).bottom)
