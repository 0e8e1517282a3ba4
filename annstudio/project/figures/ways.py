"""Which cell of a figure's grid each layer stands in, and by which way each wire gets from one to another."""

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import Enum, auto
from typing import NamedTuple

from annstudio.project.figures.layers import Part

Stretch = tuple[float, float]
"""From where to where something runs, in columns; the streets lie halfway between them."""


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
    row: int
    lane: int = 0

    @property
    def in_lane(self) -> bool:
        """Whether it takes a lane, or else runs along its row."""
        return self.way in {Way.ARCH, Way.ROUND}


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
    rows = _Rows(cells)
    wires = [rows.lead(source, target) for target, part in parts.items() for source in part.sources]
    taken: dict[tuple[int, int], list[Stretch]] = {}
    led = []
    # Short ones first, so that they lie within long ones.
    for wire in sorted(wires, key=lambda wire: _length(_stretch(wire, cells))):
        stretch, lane = _stretch(wire, cells), 0
        if wire.in_lane:
            while any(_touch(stretch, other) for other in taken.get((wire.row, lane), [])):
                lane += 1
            taken.setdefault((wire.row, lane), []).append(stretch)
        led.append(replace(wire, lane=lane))
    return led


class _Rows:
    """The rows of the grid: what stands in them, and which wires run along them already.

    Args:
        cells: where the layers stand.
    """

    def __init__(self, cells: Mapping[str, Cell]) -> None:
        self._cells, self._occupied = cells, frozenset(cells.values())
        self._wires: dict[int, list[tuple[str, Stretch]]] = {}

    def lead(self, source: str, target: str) -> Wire:
        """Return a wire with the plainest way that is free; two from different layers never run along one stretch."""
        start, end = self._cells[source], self._cells[target]
        level, ahead = start.row == end.row, start.column < end.column
        around = Wire(source, target, Way.ARCH if level and ahead else Way.ROUND, max(start.row, end.row))
        if not ahead:
            return around
        late, early = Wire(source, target, Way.LATE, start.row), Wire(source, target, Way.EARLY, end.row)
        plain = [Wire(source, target, Way.STRAIGHT, start.row)] if level else [late, early]
        wire = next((wire for wire in plain if self._is_free(wire)), around)
        if not wire.in_lane:
            self._wires.setdefault(wire.row, []).append((source, _stretch(wire, self._cells)))
        return wire

    def _is_free(self, wire: Wire) -> bool:
        """Return whether nothing stands in the way, and no wire of another layer runs along it."""
        columns = range(self._cells[wire.source].column + 1, self._cells[wire.target].column)
        stretch = _stretch(wire, self._cells)
        met = any(source != wire.source and _overlap(stretch, other) for source, other in self._wires.get(wire.row, []))
        return not met and not any(Cell(wire.row, column) in self._occupied for column in columns)


def _stretch(wire: Wire, cells: Mapping[str, Cell]) -> Stretch:
    """Return the stretch for which a wire runs along its row or lane."""
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


def _length(stretch: Stretch) -> float:
    return stretch[1] - stretch[0]


def _overlap(one: Stretch, other: Stretch) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _touch(one: Stretch, other: Stretch) -> bool:
    return one[0] <= other[1] and other[0] <= one[1]
