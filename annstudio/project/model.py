"""The project: one immutable value that holds everything a student designs.

Nothing in here changes. An edit makes a new Project (see edits.py), undo goes back to the earlier one.
"""

from collections.abc import Mapping

import msgspec

from annstudio.core.params import Value


class Settings(msgspec.Struct, frozen=True):
    """Values of declared parameters, all of them present and checked.

    Where a parameter picks an entry of a registry, the entry's own parameters stand beside it under dotted keys:
    {"optimizer": "adam", "optimizer.learning_rate": 0.001, …}.

    Attributes:
        values: by key; never mutated.
        pinned: keys that the student set on purpose and that no longer follow the data set, sorted.
    """

    values: Mapping[str, Value]
    pinned: tuple[str, ...] = ()

    def __getitem__(self, key: str) -> Value:
        return self.values[key]


class Node(msgspec.Struct, frozen=True):
    """A layer on the canvas.

    Attributes:
        id: unique in its design, e.g. "dense-2".
        kind: key of its layer in engine.layers.
        settings: values of the layer's parameters.
    """

    id: str
    kind: str
    settings: Settings

    def __getitem__(self, key: str) -> Value:
        return self.settings[key]


class Wire(msgspec.Struct, frozen=True, order=True):
    """A connection from one layer's output to another layer's input, by node id."""

    source: str
    target: str


class Group(msgspec.Struct, frozen=True):
    """Layers that belong together: a block, which the network may go through several times in a row.

    The passes share the settings, not the weights: each is a layer of its own, see unroll.py. A layer belongs to one
    group at most.

    Attributes:
        id: unique among the groups of its design, e.g. "block-1".
        members: ids of its nodes, at least one, in the order of the design.
        times: how many copies stand in a row, from 1.
        folded: it is shown as one card, see folding.py; the network does not care.
    """

    id: str
    members: tuple[str, ...]
    times: int = 1
    folded: bool = False


class Design(msgspec.Struct, frozen=True):
    """The graph of layers; where they stand on the canvas is kept apart."""

    nodes: tuple[Node, ...]
    wires: tuple[Wire, ...]
    groups: tuple[Group, ...] = ()

    def node(self, node_id: str) -> Node:
        """Return the node of this id, which must be there."""
        return next(node for node in self.nodes if node.id == node_id)

    def sources(self, node_id: str) -> tuple[str, ...]:
        """Return the ids of the nodes wired into this one."""
        return tuple(wire.source for wire in self.wires if wire.target == node_id)

    def targets(self, node_id: str) -> tuple[str, ...]:
        """Return the ids of the nodes that this one is wired into."""
        return tuple(wire.target for wire in self.wires if wire.source == node_id)

    def group_of(self, node_id: str) -> Group | None:
        """Return the group that a node belongs to, if it does."""
        return next((group for group in self.groups if node_id in group.members), None)

    def opened(self) -> "Design":
        """Return the design with no block folded."""
        if not any(group.folded for group in self.groups):
            return self
        return msgspec.structs.replace(
            self, groups=tuple(msgspec.structs.replace(group, folded=False) for group in self.groups)
        )

    def of_kind(self, kind: str) -> tuple[Node, ...]:
        """Return the nodes of this kind, in order."""
        return tuple(node for node in self.nodes if node.kind == kind)


Positions = Mapping[str, tuple[float, float]]
"""Top left corner of each node's card on the canvas, in scene units, by node id."""


class Project(msgspec.Struct, frozen=True):
    """Everything a student designs: the network, the data set, how it is to be trained.

    Attributes:
        name: what the window's title shows before the project has a file.
        design: the graph.
        positions: of the cards.
        data: values of settings.DATA.
        training: values of settings.TRAINING.
    """

    name: str
    design: Design
    positions: Positions
    data: Settings
    training: Settings

    def computes_as(self, other: "Project") -> bool:
        """Return whether the two differ at most in their names, where the cards stand and which blocks are folded."""
        mine, others = (
            (self.design.opened(), self.data, self.training),
            (other.design.opened(), other.data, other.training),
        )
        return mine == others
