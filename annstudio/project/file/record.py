"""project.json: the project as plain records, checked field by field on the way back."""

import unicodedata
from collections.abc import Mapping, Sequence
from typing import Annotated

import msgspec

from annstudio.core.errors import UserError
from annstudio.core.params import Integer, Param, Real, Value
from annstudio.core.texts import QT_TRANSLATE_NOOP, Text, text
from annstudio.engine.layers import layers
from annstudio.project import settings
from annstudio.project.file import problems, strict_json
from annstudio.project.file.archive import PROJECT
from annstudio.project.following import FOLLOWING, pinned_where_different
from annstudio.project.layout import check_point
from annstudio.project.limits import MAXIMUM_NAME, MAXIMUM_NODES, MAXIMUM_TIMES, MAXIMUM_WIRES
from annstudio.project.model import Design, Group, Node, Positions, Project, Settings, Wire
from annstudio.project.unroll import length

FORMAT = 1
"""Grows when an older program could no longer read what is written."""

_JOINERS = "\u200c\u200d"
"""Invisible, but Persian and the scripts of India cannot be written without."""

Id = Annotated[str, msgspec.Meta(pattern=r"\A(?!(data|training)\Z)[A-Za-z0-9][A-Za-z0-9_-]*\Z", max_length=64)]
"""Edits call the other settings "data" and "training", so no node may be called so."""

_Count = Annotated[int, msgspec.Meta(ge=0, le=2**53)]


class Progress(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How far a network was trained.

    Attributes:
        epoch: whole epochs done.
        step: batches done in all.
    """

    epoch: _Count
    step: _Count


class _Values(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    values: dict[str, Value]
    pinned: tuple[str, ...] = ()


class NodeRecord(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A layer as a file or the clipboard holds it."""

    id: Id
    kind: str
    values: dict[str, Value]
    pinned: tuple[str, ...] = ()


class GroupRecord(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A block as a file or the clipboard holds it."""

    id: Annotated[str, msgspec.Meta(pattern=r"\Ablock-[1-9][0-9]{0,5}\Z")]
    members: Annotated[list[Id], msgspec.Meta(min_length=1, max_length=MAXIMUM_NODES)]
    times: Annotated[int, msgspec.Meta(ge=1, le=MAXIMUM_TIMES)] = 1
    folded: bool = False


class _Record(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    format: int
    name: str
    nodes: Annotated[list[NodeRecord], msgspec.Meta(max_length=MAXIMUM_NODES)]
    wires: Annotated[list[tuple[Id, Id]], msgspec.Meta(max_length=MAXIMUM_WIRES)]
    positions: dict[str, tuple[float, float]]
    data: _Values
    training: _Values
    progress: Progress | None = None
    groups: Annotated[list[GroupRecord], msgspec.Meta(max_length=MAXIMUM_NODES)] = []


def encode(project: Project, progress: Progress | None) -> bytes:
    """Return the project as JSON that people can read, too."""
    record = _Record(
        format=FORMAT,
        name=clean_name(project.name),
        nodes=[node_record(node) for node in project.design.nodes],
        wires=[(wire.source, wire.target) for wire in project.design.wires],
        positions=dict(project.positions),
        data=_values_record(project.data),
        training=_values_record(project.training),
        progress=progress,
        groups=[group_record(each) for each in project.design.groups],
    )
    return msgspec.json.format(msgspec.json.encode(record), indent=1)


def decode(data: bytes) -> tuple[Project, Progress | None]:
    """Return the project and how far it was trained.

    Cycles, several Outputs and layers without wires are a student's business: the critic speaks of them.

    Raises:
        UserError: anything else is not as it should be.
    """
    _check_format(strict_json.check_unique(data, PROJECT))
    record = strict_json.decode(data, _Record, PROJECT)
    nodes = _nodes(record.nodes)
    project = Project(
        name=clean_name(record.name),
        design=_design(record, nodes),
        positions=_positions(record.positions, nodes),
        data=_data(record.data),
        training=_settings(settings.TRAINING, record.training, "training", _TRAINING),
    )
    return pinned_where_different(project), record.progress


def clean_name(name: str) -> str:
    """Return the name without characters that steer a terminal or turn the writing around, and not too long."""
    kept = "".join(each for each in name if each in _JOINERS or unicodedata.category(each) not in _STEERING)
    return kept.strip()[:MAXIMUM_NAME].rstrip()


_STEERING = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
_TRAINING = text(QT_TRANSLATE_NOOP("annstudio", "training settings"))
_DATA = text(QT_TRANSLATE_NOOP("annstudio", "data settings"))


def node_record(node: Node) -> NodeRecord:
    """Return the record of a layer; read_node is the way back."""
    return NodeRecord(node.id, node.kind, dict(node.settings.values), node.settings.pinned)


def group_record(group: Group) -> GroupRecord:
    """Return the record of a block; read_group is the way back."""
    return GroupRecord(group.id, list(group.members), group.times, group.folded)


def read_group(record: GroupRecord) -> Group:
    """Return the block of a record."""
    return Group(record.id, tuple(record.members), record.times, record.folded)


def _values_record(current: Settings) -> _Values:
    return _Values(dict(current.values), current.pinned)


def _check_format(decoded: object) -> None:
    number = decoded.get("format") if isinstance(decoded, dict) else None
    if isinstance(number, bool) or not isinstance(number, int) or number < 1:
        raise problems.foreign()
    if number > FORMAT:
        raise UserError(
            text(
                QT_TRANSLATE_NOOP(
                    "annstudio", "it was made by a newer version of ANN Studio; update this one to open it."
                )
            )
        )


def _nodes(records: Sequence[NodeRecord]) -> tuple[Node, ...]:
    if len({record.id for record in records}) != len(records):
        raise UserError(
            text(QT_TRANSLATE_NOOP("annstudio", "two of its layers share a name; use another copy of the file."))
        )
    return tuple(read_node(record) for record in records)


def read_node(record: NodeRecord) -> Node:
    """Return the layer of a record.

    Raises:
        UserError: there is no such layer, or a value is refused.
    """
    where = text(QT_TRANSLATE_NOOP("annstudio", "layer “{id}”"), id=record.id)
    try:
        layer = layers.resolve(record.kind)
    except UserError as error:
        raise _at(where, error) from None
    values = _Values(record.values, record.pinned)
    return Node(record.id, layer.info.key, _settings(layer.info.params, values, layer.info.key, where))


def _data(record: _Values) -> Settings:
    data = _settings(settings.DATA, record, "data", _DATA)
    try:
        settings.shares_of(data)
    except UserError as error:
        raise _at(_DATA, error) from None
    return data


def _settings(params: Sequence[Param], record: _Values, follower: str, where: Text) -> Settings:
    """Return checked settings, by the same ranges as everywhere.

    Args:
        params: the declared ones.
        record: what the file holds.
        follower: under which name FOLLOWING lists what may be pinned.
        where: what the settings belong to, for messages.
    """
    try:
        _check_types(params, record.values)
        values = settings.checked(params, record.values)
    except UserError as error:
        raise _at(where, error) from None
    if not set(record.pinned) <= set(FOLLOWING.get(follower, ())):
        raise _at(where, UserError(text(QT_TRANSLATE_NOOP("annstudio", "something is pinned that never follows."))))
    return Settings(values, tuple(sorted(set(record.pinned))))


def _check_types(params: Sequence[Param], values: Mapping[str, Value]) -> None:
    """Refuse numbers written as texts: a form may hold them, a file never does."""
    for key, param in settings.declared(params, values).items():
        if isinstance(values.get(key), str) and isinstance(param, Integer | Real):
            raise UserError(
                text(QT_TRANSLATE_NOOP("annstudio", "{name} must be a number, not a text."), name=Text(param.label))
            )


def _wires(record: Sequence[tuple[str, str]], nodes: Sequence[Node]) -> tuple[Wire, ...]:
    kinds = {node.id: layers[node.kind] for node in nodes}
    for source, target in record:
        known = source in kinds and target in kinds
        if not (known and kinds[source].gives_output and kinds[target].takes_input):
            raise UserError(
                text(
                    QT_TRANSLATE_NOOP(
                        "annstudio",
                        "its wire from “{source}” to “{target}” has no layer to fit; use another copy of the file.",
                    ),
                    source=source,
                    target=target,
                )
            )
    wires = tuple(Wire(source, target) for source, target in record)
    if len(set(wires)) != len(wires):
        raise UserError(
            text(QT_TRANSLATE_NOOP("annstudio", "it has the same wire twice; use another copy of the file."))
        )
    return wires


def _design(record: _Record, nodes: tuple[Node, ...]) -> Design:
    groups = tuple(map(read_group, record.groups))
    members = [node_id for group in groups for node_id in group.members]
    inner = {node.id for node in nodes if layers[node.kind].takes_input and layers[node.kind].gives_output}
    design = Design(nodes, _wires(record.wires, nodes), groups)
    distinct = len({group.id for group in groups}) == len(groups) and len(set(members)) == len(members)
    if not (distinct and inner.issuperset(members) and length(design) <= MAXIMUM_NODES):
        raise UserError(
            text(QT_TRANSLATE_NOOP("annstudio", "its blocks do not fit its layers; use another copy of the file."))
        )
    return design


def _positions(record: Mapping[str, tuple[float, float]], nodes: Sequence[Node]) -> Positions:
    ids = [node.id for node in nodes]
    if set(record) != set(ids):
        raise UserError(
            text(
                QT_TRANSLATE_NOOP(
                    "annstudio", "its layers and their places do not match; use another copy of the file."
                )
            )
        )
    return {node_id: check_point(record[node_id]) for node_id in ids}


def _at(where: Text, error: UserError) -> UserError:
    return UserError(text(QT_TRANSLATE_NOOP("annstudio", "{where}: {problem}"), where=where, problem=error.message))
