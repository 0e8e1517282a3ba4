"""Cards in line: some of them aligned with one another, or spread evenly."""

from collections.abc import Collection
from enum import Enum
from itertools import pairwise

from annstudio.project import edits, layout
from annstudio.project.folding import stand_ins, with_folded
from annstudio.project.layout import CARD_HEIGHT, CARD_WIDTH, GAP, Point
from annstudio.project.model import Project

_SIZE = (CARD_WIDTH, CARD_HEIGHT)


class Line(Enum):
    """What cards are aligned at: an axis (0 runs across, 1 down), and how far along it, from 0 to 1."""

    LEFT = (0, 0.0)
    CENTER = (0, 0.5)
    RIGHT = (0, 1.0)
    TOP = (1, 0.0)
    MIDDLE = (1, 0.5)
    BOTTOM = (1, 1.0)


class Axis(Enum):
    """Which way cards are spread."""

    HORIZONTAL = 0
    VERTICAL = 1


def align(project: Project, chosen: Collection[str], line: Line) -> Project:
    """Move cards onto one line: that of the outermost, or midway between the two outermost.

    Those that would cover each other there, as cards of a row that get the same left edge, move apart along the line.
    Below two cards there is nothing to do.

    Raises:
        UserError: a node is not there, or a place is out of reach.
    """
    axis, share = line.value
    places = _places(project, chosen)
    if len(places) < 2:
        return project
    ends = [place[axis] for place in places.values()]
    at = min(ends) + share * (max(ends) - min(ends))
    along = 1 - axis
    ordered = sorted(places, key=lambda node_id: (places[node_id][along], places[node_id][axis]))
    apart = {ordered[0]: places[ordered[0]][along]}
    for before, node_id in pairwise(ordered):
        wanted = places[node_id][along]
        covers = wanted - apart[before] < _SIZE[along]
        apart[node_id] = apart[before] + _SIZE[along] + GAP if covers else wanted
    lined = {node_id: _point(axis, at, apart[node_id]) for node_id in ordered}
    return edits.move(project, with_folded(project, lined))


def distribute(project: Project, chosen: Collection[str], axis: Axis) -> Project:
    """Move cards so that neighbors are equally far apart; the outermost two stay, unless there is too little room.

    Below two cards there is nothing to do.

    Raises:
        UserError: a node is not there, or a place is out of reach.
    """
    across = axis.value
    places = _places(project, chosen)
    if len(places) < 2:
        return project
    ordered = sorted(places, key=lambda node_id: (places[node_id][across], places[node_id][1 - across]))
    first, last = places[ordered[0]][across], places[ordered[-1]][across]
    narrow = (last - first) / (len(ordered) - 1)
    for step in (narrow, _SIZE[across] + GAP):
        spread = {
            node_id: _point(across, first + index * step, places[node_id][1 - across])
            for index, node_id in enumerate(ordered)
        }
        if not layout.any_overlap(spread.values()):
            break
    return edits.move(project, with_folded(project, spread))


def _places(project: Project, chosen: Collection[str]) -> dict[str, Point]:
    """Return where the cards stand that are seen of the chosen layers; all layers of a folded block are one card."""
    edits.check_nodes(project.design, chosen)
    stands = stand_ins(project.design)
    return {node_id: project.positions[node_id] for node_id in dict.fromkeys(stands.get(key, key) for key in chosen)}


def _point(axis: int, at: float, along: float) -> Point:
    return (at, along) if axis == 0 else (along, at)
