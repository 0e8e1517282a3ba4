"""A piece of a design: what copying takes along, as a text that people can read, and what pasting brings.

The text may come from anywhere, so it is distrusted as a file is: its size is limited, its layers' values are checked
by their own parameters, and its wires must make sense.
"""

from collections.abc import Collection
from typing import Annotated, Literal

import msgspec

from annstudio.core.errors import UserError
from annstudio.core.texts import QT_TRANSLATE_NOOP, Text, text
from annstudio.engine.layers import layers
from annstudio.project import edits, layout
from annstudio.project.file import strict_json
from annstudio.project.file.archive import LARGEST, PROJECT
from annstudio.project.file.record import (
    GroupRecord,
    Id,
    NodeRecord,
    group_record,
    node_record,
    read_group,
    read_node,
)
from annstudio.project.folding import contracted
from annstudio.project.graph import Graph
from annstudio.project.layout import Point
from annstudio.project.limits import MAXIMUM_NODES, MAXIMUM_WIRES
from annstudio.project.model import Design, Node, Positions, Project, Wire


class Fragment(msgspec.Struct, frozen=True):
    """Layers with the wires between them and the blocks that are made of them alone, and where their cards stand."""

    design: Design
    positions: Positions


class _Record(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    annstudio: Literal["layers"]
    # Grows when an older program could no longer read what is copied.
    format: Literal[1]
    layers: Annotated[list[NodeRecord], msgspec.Meta(min_length=1, max_length=MAXIMUM_NODES)]
    wires: Annotated[list[tuple[Id, Id]], msgspec.Meta(max_length=MAXIMUM_WIRES)]
    positions: dict[str, tuple[float, float]]
    groups: Annotated[list[GroupRecord], msgspec.Meta(max_length=MAXIMUM_NODES)] = []


def copied(project: Project, chosen: Collection[str]) -> Fragment:
    """Return the chosen layers and what holds them together; Input and Output stay where they are.

    Raises:
        UserError: nothing else was chosen.
    """
    nodes = tuple(node for node in project.design.nodes if node.id in chosen and not _is_single(node))
    if not nodes:
        raise _single()
    ids = {node.id for node in nodes}
    wires = tuple(wire for wire in project.design.wires if wire.source in ids and wire.target in ids)
    blocks = tuple(group for group in project.design.groups if ids.issuperset(group.members))
    return Fragment(Design(nodes, wires, blocks), {node_id: project.positions[node_id] for node_id in ids})


def pasted(project: Project, fragment: Fragment, corner: Point | None = None) -> tuple[Project, tuple[str, ...]]:
    """Put copies of a fragment's layers on the canvas, as one block, beside the cards that it would cover.

    Args:
        project: where to.
        fragment: what is added.
        corner: where the top left corner of the block is wanted; None wants it where it was copied.

    Returns:
        The new project and the ids of the copies.

    Raises:
        UserError: there is no room for them.
    """
    (left, top), size = layout.block(fragment.positions.values())
    x, y = layout.nearest_free(contracted(project).positions, corner or (left, top), size)
    by = x - left, y - top
    places = {node_id: (at[0] + by[0], at[1] + by[1]) for node_id, at in fragment.positions.items()}
    return edits.add_copies(project, fragment.design, places)


def written(fragment: Fragment) -> str:
    """Return the text for the clipboard."""
    record = _Record(
        annstudio="layers",
        format=1,
        layers=[node_record(node) for node in fragment.design.nodes],
        wires=[(wire.source, wire.target) for wire in fragment.design.wires],
        positions=dict(fragment.positions),
        groups=[group_record(each) for each in fragment.design.groups],
    )
    return msgspec.json.format(msgspec.json.encode(record), indent=1).decode()


def is_fragment(clip: str) -> bool:
    """Return whether a text is one that can be read."""
    try:
        read(clip)
    except UserError:
        return False
    return True


def read(clip: str) -> Fragment:
    """Return what a text from the clipboard holds.

    Raises:
        UserError: it holds no layers, or something about them is not as it should be.
    """
    record = _decoded(clip)
    try:
        nodes = tuple(read_node(layer) for layer in record.layers)
        positions = {node_id: layout.check_point(place) for node_id, place in record.positions.items()}
    except UserError as error:
        raise _refused(error.message) from None
    if any(map(_is_single, nodes)):
        raise _single()
    wires = tuple(Wire(*ends) for ends in record.wires)
    design = Design(nodes, wires, tuple(map(read_group, record.groups)))
    if not _fits(design) or set(positions) != {node.id for node in nodes}:
        raise _refused(Text(QT_TRANSLATE_NOOP("annstudio", "they do not fit together; copy them again.")))
    return Fragment(design, positions)


def _decoded(clip: str) -> _Record:
    # Most clips are from elsewhere: a look for the word is quick, reading megabytes is not.
    if len(clip) > LARGEST[PROJECT] or '"annstudio"' not in clip:
        raise _foreign()
    data = clip.encode(errors="replace")
    try:
        found = strict_json.check_unique(data, PROJECT)
    except UserError:
        raise _foreign() from None
    if not isinstance(found, dict) or found.get("annstudio") != "layers":
        raise _foreign()
    try:
        return strict_json.decode(data, _Record, PROJECT)
    except UserError:
        odd = QT_TRANSLATE_NOOP("annstudio", "something in them is not as this version writes it; copy them again.")
        raise _refused(Text(odd)) from None


def _fits(design: Design) -> bool:
    """Return whether edits could have made this: ids that are there once, and no wire that connect would refuse."""
    ids = [node.id for node in design.nodes]
    ends = {end for wire in design.wires for end in (wire.source, wire.target)}
    members = [member for group in design.groups for member in group.members]
    distinct = all(len(set(each)) == len(each) for each in (ids, design.wires, members))
    if not distinct or not ends.union(members).issubset(ids):
        return False
    graph = Graph(design)
    crowded = any(len(graph.sources[node.id]) > 1 and not layers[node.kind].takes_many for node in design.nodes)
    return not crowded and not graph.loop()


def _is_single(node: Node) -> bool:
    layer = layers[node.kind]
    return not (layer.takes_input and layer.gives_output)


def _single() -> UserError:
    return UserError(
        Text(QT_TRANSLATE_NOOP("annstudio", "A network has one Input and one Output: choose the layers between them."))
    )


def _foreign() -> UserError:
    return UserError(Text(QT_TRANSLATE_NOOP("annstudio", "There are no layers on the clipboard: copy some first.")))


def _refused(problem: Text) -> UserError:
    return UserError(
        text(QT_TRANSLATE_NOOP("annstudio", "The layers on the clipboard cannot be pasted: {problem}"), problem=problem)
    )
