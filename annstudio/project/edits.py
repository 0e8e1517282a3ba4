"""Every edit of a project, as a function from one value to the next.

An edit that cannot be made raises UserError and leaves everything as it was: nothing is ever changed in place.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import count

from msgspec.structs import replace

from annstudio.core.errors import UserError
from annstudio.core.params import Param
from annstudio.core.texts import QT_TRANSLATE_NOOP, Text, text
from annstudio.engine.layers import layers
from annstudio.project import layout, placing
from annstudio.project.folding import carried, contracted, stand_ins, with_folds_in_place
from annstudio.project.following import FOLLOWING, followed
from annstudio.project.graph import Graph
from annstudio.project.groups import new_id, opened
from annstudio.project.limits import MAXIMUM_NODES, MAXIMUM_WIRES
from annstudio.project.model import Design, Group, Node, Positions, Project, Settings, Wire
from annstudio.project.names import title
from annstudio.project.settings import (
    DATA,
    TRAINING,
    checked,
    preferred_by,
    replaced,
    settings,
    shares_of,
    source_of,
)
from annstudio.project.tidying import tidy
from annstudio.project.unroll import length

_DECLARED: Mapping[str, tuple[Param, ...]] = {"data": DATA, "training": TRAINING}


def add_node(project: Project, kind: str, position: layout.Point) -> tuple[Project, str]:
    """Put a new layer on the canvas, unwired.

    Args:
        project: where to.
        kind: key of the layer.
        position: top left corner of its card, in scene units.

    Returns:
        The new project and the new node's id.

    Raises:
        UserError: there is no such layer, the place is out of reach, or the design is full.
    """
    node = _new_node(project.design, kind)
    placed = {**project.positions, node.id: layout.check_point(position)}
    design = replace(project.design, nodes=(*project.design.nodes, node))
    return followed(replace(project, design=design, positions=placed)), node.id


def append_node(project: Project, kind: str, after: str | None = None) -> tuple[Project, str]:
    """Put a new layer where the network goes on, wired in; the cards behind it make room.

    Args:
        project: where to.
        kind: key of the layer.
        after: id of the node to stand behind; None, or an Output, means at the end, before the Output.

    Returns:
        The new project and the new node's id.

    Raises:
        UserError: there is no such layer or node, or the design is full.
    """
    layer = layers.resolve(kind)
    if after is not None:
        _node(project.design, after)
    if not layer.takes_input:
        return _prepend(project, kind)
    source, targets = placing.neighbors(project, after)
    if not layer.gives_output:
        targets = ()
    return _put_between(project, kind, source, targets)


def insert_node(project: Project, kind: str, wire: Wire) -> tuple[Project, str]:
    """Put a new layer in the middle of a wire; the cards behind it make room.

    Returns:
        The new project and the new node's id.

    Raises:
        UserError: there is no such layer or wire, the layer lacks a port, or the design is full.
    """
    layer = layers.resolve(kind)
    _check_wires(project.design, (wire,))
    if not (layer.takes_input and layer.gives_output):
        raise UserError(
            text(
                QT_TRANSLATE_NOOP(
                    "annstudio", "A wire cannot pass through an {layer}: put it at an end of the network."
                ),
                layer=Text(layer.info.label),
            )
        )
    return _put_between(project, kind, wire.source, (wire.target,))


def remove(project: Project, nodes: Collection[str], wires: Collection[Wire] = ()) -> Project:
    """Take layers and wires away.

    The network stays connected where only one way is possible: what read a removed layer reads from now on the one
    layer that fed it, or fed those removed together with it.

    Raises:
        UserError: a node or wire is not there.
    """
    check_nodes(project.design, nodes)
    _check_wires(project.design, wires)
    loose = {wire for wire in wires if wire.source not in nodes and wire.target not in nodes}
    left = Design(
        tuple(node for node in project.design.nodes if node.id not in nodes),
        tuple(wire for wire in _bridged(project.design, nodes) if wire not in loose),
        tuple(_groups_without(project.design, nodes)),
    )
    places = {node_id: point for node_id, point in project.positions.items() if node_id not in nodes}
    return with_folds_in_place(project, replace(project, design=left, positions=places))


def connect(project: Project, source: str, target: str) -> Project:
    """Wire the output of one layer to the input of another.

    A layer that takes many gets one wire more; any other takes one, the new one.

    Raises:
        UserError: a node is not there or lacks the port, values would run in a circle, a layer that takes many has
            this wire already, or the design is full.
    """
    design = project.design
    start, end = _node(design, source), _node(design, target)
    _check_ports(start, end)
    if source in Graph(design).downstream(target):
        raise _loop(start, end)
    kept, wire = design.wires, Wire(source, target)
    if layers[end.kind].takes_many:
        if wire in kept:
            raise _twice(start, end)
    else:
        kept = tuple(other for other in kept if other.target != target)
        if wire in design.wires and len(kept) == len(design.wires) - 1:
            return project
    return replace(project, design=_wired(design, (*kept, wire)))


def reroute(project: Project, wire: Wire, source: str, target: str) -> Project:
    """Lead a wire from another layer, or to another one; it keeps its place among those that enter the same layer.

    Raises:
        UserError: the wire is not there, or the two cannot be connected; see connect.
    """
    connected = set(connect(remove(project, (), (wire,)), source, target).design.wires)
    led = (Wire(source, target) if kept == wire else kept for kept in project.design.wires)
    wires = tuple(dict.fromkeys(each for each in led if each in connected))
    return replace(project, design=replace(project.design, wires=wires))


def add_copies(project: Project, copied: Design, places: Mapping[str, layout.Point]) -> tuple[Project, tuple[str, ...]]:
    """Put copies of layers on the canvas, wired among themselves and in blocks of their own.

    Args:
        project: where to.
        copied: the layers, from here or elsewhere; the copies get ids of their own.
        places: top left corner of each copy's card, by the old id.

    Returns:
        The new project and the ids of the copies, in the order of the layers.

    Raises:
        UserError: a place is out of reach, or the design gets too full.
    """
    design, renamed = project.design, dict[str, str]()
    for node in copied.nodes:
        _check_room(design)
        renamed[node.id] = _new_id(design, node.kind)
        design = replace(design, nodes=(*design.nodes, replace(node, id=renamed[node.id])))
    wires = (Wire(renamed[wire.source], renamed[wire.target]) for wire in copied.wires)
    design = _wired(design, (*design.wires, *wires))
    for group in copied.groups:
        members = tuple(renamed[member] for member in group.members)
        design = replace(design, groups=(*design.groups, replace(group, id=new_id(design), members=members)))
    if length(design) > MAXIMUM_NODES:
        raise _full()
    placed = {renamed[node_id]: layout.check_point(place) for node_id, place in places.items()}
    return replace(project, design=design, positions={**project.positions, **placed}), tuple(renamed.values())


def set_value(project: Project, owner: str, key: str, value: object) -> Project:
    """Change one setting.

    Choosing an entry loads the entry's own defaults. Setting a value that follows the data set pins it.
    Choosing a data set brings its shares and its standardizing along, and everything that follows adapts.

    Args:
        project: where to.
        owner: "data", "training" or the id of a node.
        key: of the setting, dotted for a setting of a chosen entry ("optimizer.learning_rate").
        value: checked against the declared type and range.

    Raises:
        UserError: there is no such owner or setting, or the value is refused.
    """
    current = _settings(project, owner)
    changed = replaced(_params(project, owner), current, key, value)
    root = key.partition(".")[0]
    if root in _following(project, owner):
        changed = Settings(changed.values, tuple(sorted({*changed.pinned, root})))
    if owner != "data":
        return _with_settings(project, owner, changed)
    if changed["source"] != current["source"]:
        preferred = preferred_by(source_of(changed))
        changed = Settings(checked(DATA, {**changed.values, **preferred}), changed.pinned)
    shares_of(changed)
    return followed(replace(project, data=changed))


def unpin(project: Project, owner: str, key: str) -> Project:
    """Let a pinned value follow the data set again.

    Raises:
        UserError: there is no such owner, or the value never follows.
    """
    if key not in _following(project, owner):
        raise UserError(text(QT_TRANSLATE_NOOP("annstudio", "“{key}” does not follow the data set."), key=key[:40]))
    current = _settings(project, owner)
    pinned = tuple(name for name in current.pinned if name != key)
    return followed(_with_settings(project, owner, Settings(current.values, pinned)))


def move(project: Project, positions: Positions) -> Project:
    """Move cards to these places.

    Raises:
        UserError: a node is not there, or a place is out of reach.
    """
    check_nodes(project.design, positions)
    moved = {node_id: layout.check_point(point) for node_id, point in positions.items()}
    return replace(project, positions={**project.positions, **moved})


def relayout(project: Project) -> Project:
    """Line all cards up in columns, from Input to Output, and a long network in rows."""
    seen = contracted(project)
    return carried(project, tidy(seen.design, seen.positions))


def check_nodes(design: Design, nodes: Iterable[str]) -> None:
    """Refuse ids of which there is no layer.

    Raises:
        UserError: a node is not there.
    """
    for node_id in nodes:
        _node(design, node_id)


def _new_node(design: Design, kind: str) -> Node:
    layer = layers.resolve(kind)
    _check_room(design)
    return Node(_new_id(design, layer.info.key), layer.info.key, settings(layer.info.params, {}))


def _check_room(design: Design) -> None:
    if length(design) >= MAXIMUM_NODES:
        raise _full()


def _new_id(design: Design, kind: str) -> str:
    taken = {node.id for node in design.nodes}
    plain = layers[kind].takes_input and layers[kind].gives_output
    if not plain and kind not in taken:
        return kind
    numbers = count(len(design.of_kind(kind)) + 1)
    return next(node_id for number in numbers if (node_id := f"{kind}-{number}") not in taken)


def _put_between(project: Project, kind: str, source: str | None, targets: tuple[str, ...]) -> tuple[Project, str]:
    # What comes into a folded block is to be seen there.
    project = opened(project, (source, *targets))
    stands = stand_ins(project.design)
    seen_source = stands.get(source, source) if source is not None else None
    spot = placing.spot(contracted(project), seen_source, tuple(stands.get(target, target) for target in targets))
    project, node_id = add_node(project, kind, spot)
    before = [Wire(source, node_id)] if source is not None else []
    behind = {(source, target): Wire(node_id, target) for target in targets}
    # A wire keeps its place among those that enter the same layer: for some layers their order counts.
    kept = [behind.pop((wire.source, wire.target), wire) for wire in project.design.wires]
    design = _wired(project.design, (*kept, *before, *behind.values()))
    design = _joined(design, node_id, {source, *targets})
    wired = replace(project, design=design)
    seen = contracted(wired)
    return carried(wired, layout.make_room(seen.design, seen.positions, node_id)), node_id


def _wired(design: Design, wires: tuple[Wire, ...]) -> Design:
    if len(wires) > MAXIMUM_WIRES:
        raise UserError(
            text(
                QT_TRANSLATE_NOOP("annstudio", "A design holds at most {most} wires: remove one first."),
                most=MAXIMUM_WIRES,
            )
        )
    return replace(design, wires=wires)


def _joined(design: Design, node_id: str, neighbors: Collection[str | None]) -> Design:
    """Return the design with a new layer in the group that all its neighbors belong to, if there is one."""
    groups = tuple(
        replace(group, members=(*group.members, node_id)) if set(neighbors) <= set(group.members) else group
        for group in design.groups
    )
    longer = replace(design, groups=groups)
    if length(longer) > MAXIMUM_NODES:
        raise _full()
    return longer


def _prepend(project: Project, kind: str) -> tuple[Project, str]:
    target, point = placing.in_front(contracted(project))
    project, node_id = add_node(project, kind, point)
    return (connect(project, node_id, target) if target is not None else project), node_id


def _bridged(design: Design, gone: Collection[str]) -> tuple[Wire, ...]:
    """Return the wires between the layers that stay; those out of removed layers begin where their values came from."""
    graph = Graph(design)
    led: list[Wire] = []
    for wire in design.wires:
        if wire.target in gone:
            continue
        origins = _origins(graph, wire.source, gone) if wire.source in gone else [wire.source]
        if len(origins) == 1 and origins != [wire.target]:
            led.append(Wire(origins[0], wire.target))
    return tuple(dict.fromkeys(led))


def _origins(graph: Graph, node_id: str, gone: Collection[str]) -> list[str]:
    """Return the layers that stay and feed a removed one, directly or through removed ones alone."""
    found: dict[str, None] = {}
    seen = {node_id}
    waiting = [node_id]
    while waiting:
        for source in graph.sources[waiting.pop()]:
            if source not in gone:
                found[source] = None
            elif source not in seen:
                seen.add(source)
                waiting.append(source)
    return list(found)


def _groups_without(design: Design, gone: Collection[str]) -> Iterator[Group]:
    """Yield the groups without removed nodes; what has lost its last member is none any more."""
    for group in design.groups:
        members = tuple(member for member in group.members if member not in gone)
        if members:
            yield replace(group, members=members)


def _node(design: Design, node_id: str) -> Node:
    for node in design.nodes:
        if node.id == node_id:
            return node
    raise UserError(text(QT_TRANSLATE_NOOP("annstudio", "There is no layer “{id}” in this design."), id=node_id[:40]))


def _check_wires(design: Design, wires: Iterable[Wire]) -> None:
    if not set(wires) <= set(design.wires):
        raise UserError(text(QT_TRANSLATE_NOOP("annstudio", "There is no such wire in this design.")))


def _check_ports(start: Node, end: Node) -> None:
    if not layers[start.kind].gives_output:
        raise UserError(
            text(
                QT_TRANSLATE_NOOP("annstudio", "Nothing comes after {layer}: it gives the network's answer."),
                layer=title(start),
            )
        )
    if not layers[end.kind].takes_input:
        raise UserError(
            text(
                QT_TRANSLATE_NOOP("annstudio", "Nothing goes into {layer}: it gets its values from the data set."),
                layer=title(end),
            )
        )


def _full() -> UserError:
    return UserError(
        text(
            QT_TRANSLATE_NOOP("annstudio", "A design holds at most {most} layers: remove one first."),
            most=MAXIMUM_NODES,
        )
    )


def _loop(start: Node, end: Node) -> UserError:
    if start == end:
        return UserError(
            text(
                QT_TRANSLATE_NOOP("annstudio", "{layer} cannot feed itself: drag the wire to another layer."),
                layer=title(start),
            )
        )
    return UserError(
        text(
            QT_TRANSLATE_NOOP("annstudio", "{end} already feeds {start}: this wire would make values run in a circle."),
            start=title(start),
            end=title(end),
        )
    )


def _twice(start: Node, end: Node) -> UserError:
    return UserError(
        text(
            QT_TRANSLATE_NOOP("annstudio", "{start} feeds {end} already: one wire between two layers is enough."),
            start=title(start),
            end=title(end),
        )
    )


def _params(project: Project, owner: str) -> tuple[Param, ...]:
    return _DECLARED[owner] if owner in _DECLARED else layers[_node(project.design, owner).kind].info.params


def _following(project: Project, owner: str) -> tuple[str, ...]:
    kind = owner if owner in _DECLARED else _node(project.design, owner).kind
    return FOLLOWING.get(kind, ())


def _settings(project: Project, owner: str) -> Settings:
    if owner == "data":
        return project.data
    return project.training if owner == "training" else _node(project.design, owner).settings


def _with_settings(project: Project, owner: str, changed: Settings) -> Project:
    if owner == "training":
        return replace(project, training=changed)
    nodes = tuple(replace(node, settings=changed) if node.id == owner else node for node in project.design.nodes)
    return replace(project, design=replace(project.design, nodes=nodes))
