"""Projects made in one call: for templates, the command line and tests."""

from collections.abc import Mapping, Sequence
from itertools import pairwise
from types import MappingProxyType

from annstudio.core.params import Value
from annstudio.engine.layers import layers
from annstudio.project import edits, layout
from annstudio.project.following import FOLLOWING, followed
from annstudio.project.model import Design, Node, Project, Settings, Wire
from annstudio.project.settings import DATA, TRAINING, checked, preferred_by, settings, shares_of, source_of

_NOTHING: Mapping[str, Value] = MappingProxyType({})

_RECTIFIERS = frozenset({"relu", "leaky_relu"})
"""Activations that let half of the signal through, so that their weights start larger (He et al. 2015)."""


def chain(
    name: str,
    source: str,
    hidden: Sequence[tuple[int, str]],
    *,
    data: Mapping[str, Value] = _NOTHING,
    training: Mapping[str, Value] = _NOTHING,
    initializer: str | None = None,
) -> Project:
    """Return Input -> Dense … -> Output; the Output and the loss follow the data set.

    Args:
        name: of the project.
        source: key of the data set.
        hidden: units and activation of each Dense layer.
        data: further data settings ("source.noise", "train", …); the rest as the data set prefers.
        training: training settings; a loss given here is pinned.
        initializer: of the Dense layers; None picks one that suits each activation.

    Raises:
        UserError: a value is refused.
    """
    nodes = (
        _node("input", "input", {}),
        *(
            _node(f"dense-{number}", "dense", _dense(units, activation, initializer))
            for number, (units, activation) in enumerate(hidden, start=1)
        ),
        _node("output", "output", {}),
    )
    ids = [node.id for node in nodes]
    wires = tuple(Wire(before, after) for before, after in pairwise(ids))
    pinned = [key for key in FOLLOWING["training"] if key in training]
    project = Project(
        name=name,
        design=Design(nodes, wires),
        positions=layout.row(ids),
        data=_data(source, data),
        training=settings(TRAINING, training, pinned),
    )
    return followed(edits.relayout(project))


def put_before(project: Project, target: str, *kinds: tuple[str, Mapping[str, Value]]) -> Project:
    """Return the project with layers, one behind the other, in the wire that enters a node.

    Args:
        project: where to.
        target: id of the node, which one wire enters.
        kinds: of each layer its kind, and those of its values that are not the defaults.

    Raises:
        UserError: there is no such layer, or a value is refused.
    """
    for kind, values in kinds:
        (source,) = project.design.sources(target)
        project, node_id = edits.insert_node(project, kind, Wire(source, target))
        for key, value in values.items():
            project = edits.set_value(project, node_id, key, value)
    return edits.relayout(project)


def initializer_for(activation: str) -> str:
    """Return the key of an initializer that keeps the size of the signal in a layer with this activation."""
    return "he_normal" if activation in _RECTIFIERS else "xavier_uniform"


def _node(node_id: str, kind: str, values: Mapping[str, Value]) -> Node:
    return Node(node_id, kind, settings(layers[kind].info.params, values))


def _dense(units: int, activation: str, initializer: str | None) -> dict[str, Value]:
    return {"units": units, "activation": activation, "initializer": initializer or initializer_for(activation)}


def _data(source: str, values: Mapping[str, Value]) -> Settings:
    chosen = source_of(settings(DATA, {"source": source}))
    own = {"source": chosen.info.key, **preferred_by(chosen)}
    data = Settings(checked(DATA, {**own, **values}))
    shares_of(data)
    return data
