"""Folded blocks: one card stands for all layers of such a block.

It stands in the place of the block's first layer. The others keep their places relative to that one, for when the block
is opened; meanwhile other cards may be there.
"""

from collections.abc import Mapping

from msgspec.structs import replace

from annstudio.project import layout
from annstudio.project.layout import GAP, Point
from annstudio.project.limits import MAXIMUM_COORDINATE
from annstudio.project.model import Design, Group, Positions, Project, Wire


def stand_ins(design: Design) -> dict[str, str]:
    """Return, by the id of every layer of a folded block, the first layer of that block."""
    return {node_id: group.members[0] for group in design.groups if group.folded for node_id in group.members}


def ends(design: Design, block: Group) -> tuple[str, str]:
    """Return the layer of a block that values enter, and the one that they leave; the first where there are several."""
    inside = set(block.members)
    ins = [wire.target for wire in design.wires if wire.target in inside and wire.source not in inside]
    outs = [wire.source for wire in design.wires if wire.source in inside and wire.target not in inside]
    return (ins or block.members)[0], (outs or block.members[::-1])[0]


def contracted(project: Project) -> Project:
    """Return the project as it is seen: each folded block is one layer, with the wires that enter or leave it."""
    stands = stand_ins(project.design)
    if not stands:
        return project
    hidden = stands.keys() - set(stands.values())
    wires = project.design.wires
    led = [Wire(stands.get(wire.source, wire.source), stands.get(wire.target, wire.target)) for wire in wires]
    design = Design(
        tuple(node for node in project.design.nodes if node.id not in hidden),
        tuple(dict.fromkeys(wire for wire in led if wire.source != wire.target)),
        tuple(group for group in project.design.groups if not group.folded),
    )
    places = {node_id: place for node_id, place in project.positions.items() if node_id not in hidden}
    return replace(project, design=design, positions=places)


def carried(project: Project, places: Mapping[str, Point]) -> Project:
    """Return the project with the cards that are seen at these places; see with_folded."""
    return replace(project, positions={**project.positions, **with_folded(project, places)})


def with_folded(project: Project, places: Mapping[str, Point]) -> dict[str, Point]:
    """Return new places together with those of the layers of folded blocks, which go along with their card."""
    old = project.positions
    by = {node_id: (x - old[node_id][0], y - old[node_id][1]) for node_id, (x, y) in places.items()}
    along = {
        node_id: _clipped(old[node_id], by[first])
        for node_id, first in stand_ins(project.design).items()
        if first in by and node_id != first
    }
    return {**places, **along}


def with_folds_in_place(before: Project, after: Project) -> Project:
    """Return a project with the cards of folded blocks where they were before some of their layers were removed."""
    firsts = {group.id: group.members[0] for group in before.design.groups}
    places = {group.members[0]: before.positions[firsts[group.id]] for group in after.design.groups if group.folded}
    return carried(after, places) if places else after


def close_gap(project: Project, block: Group) -> Project:
    """Bring the card of a block just folded to its left edge, and those behind it nearer by what is saved.

    Where other cards would be covered, they stay, or all do.
    """
    (left, _), (width, _) = layout.block(project.positions[node_id] for node_id in block.members)
    begun = carried(project, {block.members[0]: (left, project.positions[block.members[0]][1])})
    seen = contracted(begun)
    closed = carried(begun, _moved(seen.positions, _behind(seen, block), layout.CARD_WIDTH - width))
    ways = (closed, begun, project)
    return next((way for way in ways if not layout.any_overlap(contracted(way).positions.values())), closed)


def make_room(project: Project, block: Group) -> Project:
    """Move the cards behind a folded block to the right, and those that would lie on it, so that it can be opened."""
    first = project.positions[block.members[0]]
    corner, (width, height) = layout.block(project.positions[node_id] for node_id in block.members)
    seen = contracted(project)
    others = {node_id: place for node_id, place in seen.positions.items() if node_id != block.members[0]}
    behind = _behind(seen, block)
    covered = layout.covered(others, (first[0], corner[1]), (width, height))
    near = any(others[node_id][0] < first[0] + width + GAP for node_id in behind)
    if near or covered:
        project = carried(project, _moved(others, behind | covered, width - layout.CARD_WIDTH))
    by = (first[0] - corner[0], 0.0)
    opened = {node_id: _clipped(project.positions[node_id], by) for node_id in block.members}
    return replace(project, positions={**project.positions, **opened})


def _behind(seen: Project, block: Group) -> set[str]:
    """Return the cards in the same row that the values of a folded block reach."""
    first = block.members[0]
    return layout.within_rows(seen.design, seen.positions).downstream(first) - {first}


def _moved(positions: Positions, chosen: set[str], by: float) -> dict[str, Point]:
    return {node_id: _clipped(positions[node_id], (by, 0.0)) for node_id in chosen}


def _clipped(place: Point, by: Point) -> Point:
    x, y = (max(-MAXIMUM_COORDINATE, min(old + step, MAXIMUM_COORDINATE)) for old, step in zip(place, by, strict=True))
    return x, y
