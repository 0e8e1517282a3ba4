"""Blocks that the network goes through several times: a frame around them says how often."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from annstudio.project.figures.drawing import Anchor, Box, Label, Pen, Point, Rect, Shape
from annstudio.project.figures.inks import HAIRLINE, TEXT
from annstudio.project.figures.layers import Parts
from annstudio.project.figures.streets import Frame
from annstudio.project.figures.ways import Cell
from annstudio.project.model import Group

_RADIUS, _SIZE, _ABOVE = 12.0, 13.0, 5.0


def frames_of(groups: Iterable[Group], cells: Mapping[str, Cell]) -> tuple[list[Frame], list[Group]]:
    """Return a frame for every block that is repeated, and the blocks that stand too scattered for one.

    Args:
        groups: of the design.
        cells: where its layers stand.
    """
    frames, scattered = [], []
    for group in groups:
        if group.times > 1:
            own = {cells[node_id] for node_id in group.members}
            rows, columns = zip(*own, strict=True)
            first, last = Cell(min(rows), min(columns)), Cell(max(rows), max(columns))
            if any(_within(cell, first, last) for cell in set(cells.values()) - own):
                scattered.append(group)
            else:
                frames.append(Frame(group.times, first, last))
    return frames, scattered


def told(parts: Parts, scattered: Sequence[Group]) -> Parts:
    """Return the parts; those of scattered blocks say themselves how often they are there."""
    times = {node_id: group.times for group in scattered for node_id in group.members}
    said = {
        node_id: replace(part, details=(*part.details, _times(times[node_id]))) if node_id in times else part
        for node_id, part in parts.parts.items()
    }
    return replace(parts, parts=said)


def framing(frame: Frame, area: Box) -> list[Shape]:
    """Return a frame and, above its end, how often what is in it comes."""
    times = Label(_times(frame.times), Point(area.right - _RADIUS, area.y - _ABOVE), _SIZE, TEXT, Anchor.END, bold=True)
    return [Rect(area, _RADIUS, None, Pen(HAIRLINE, 1.2, dashed=True)), times]


def _times(count: int) -> str:
    return f"× {count}"


def _within(cell: Cell, first: Cell, last: Cell) -> bool:
    return first.row <= cell.row <= last.row and first.column <= cell.column <= last.column
