"""Blocks that are repeated, spelled out: what the engine, the file and the critic see of a design.

The first copy of a block is the block itself, with the ids of its nodes, so repeating it touches nothing that it has
learned. The n-th copy of "dense-2" is "dense-2_n".
"""

from collections.abc import Iterator

from msgspec.structs import replace

from annstudio.project.graph import Graph, graph_of
from annstudio.project.latest import latest
from annstudio.project.model import Design, Group, Project, Wire


def unrolled(design: Design) -> Design:
    """Return the design with every repeated block spelled out, and without groups.

    A block that has not exactly one way in and one way out stands there once; the critic speaks of it.
    """
    if not design.groups:
        return design
    copies = _Copies(design)
    nodes = tuple(
        replace(node, id=copies.id_of(node.id, number))
        for node in design.nodes
        for number in range(1, copies.times(node.id) + 1)
    )
    return Design(nodes, tuple(copies.wires()))


@latest
def unrolled_graph(project: Project) -> Graph:
    """Return the wiring of all layers, copies included."""
    return Graph(unrolled(project.design)) if project.design.groups else graph_of(project)


def spelled_out(project: Project) -> Project:
    """Return the project with its design unrolled; copies stand where their originals do."""
    if not project.design.groups:
        return project
    places = {node_id: project.positions[origin] for node_id, origin in origins(project.design).items()}
    return replace(project, design=unrolled(project.design), positions=places)


def origins(design: Design) -> dict[str, str]:
    """Return, by the id of every node of the unrolled design, the id of the node that it is a copy of."""
    copies = _Copies(design)
    return {
        copies.id_of(node.id, number): node.id
        for node in design.nodes
        for number in range(1, copies.times(node.id) + 1)
    }


def copies(design: Design, node_id: str) -> list[str]:
    """Return the ids of all copies of a node, from the first pass to the last; the first is the node itself."""
    return [copy for copy, origin in origins(design).items() if origin == node_id]


def length(design: Design) -> int:
    """Return how many layers there are at most, all copies counted."""
    return len(design.nodes) + sum((group.times - 1) * len(group.members) for group in design.groups)


def exit_of(design: Design, group: Group) -> str | None:
    """Return the one member whose values leave the block, where only one layer's values enter it; else None."""
    inside = set(group.members)
    ins = {wire.source for wire in design.wires if wire.target in inside and wire.source not in inside}
    outs = {wire.source for wire in design.wires if wire.source in inside and wire.target not in inside}
    return outs.pop() if len(ins) == len(outs) == 1 else None


class _Copies:
    """The copies of a design's repeated blocks."""

    def __init__(self, design: Design) -> None:
        self._design = design
        self._blocks = {
            node_id: (group, way_out)
            for group in design.groups
            if group.times > 1 and (way_out := exit_of(design, group)) is not None
            for node_id in group.members
        }
        ids = {node.id for node in design.nodes}
        self._mark = "_"
        # Layers that were copies once, before their block was taken apart, keep their ids.
        while any(self.id_of(node_id, number) in ids for node_id in self._blocks for number in self._further(node_id)):
            self._mark += "_"

    def times(self, node_id: str) -> int:
        """Return how many copies of a node there are, itself included."""
        return self._blocks[node_id][0].times if node_id in self._blocks else 1

    def id_of(self, node_id: str, number: int) -> str:
        """Return the id of the n-th copy of a node, n from 1."""
        return node_id if number == 1 else f"{node_id}{self._mark}{number}"

    def wires(self) -> Iterator[Wire]:
        """Yield the wires between all copies; those into one layer stay in their order, which may count."""
        for wire in self._design.wires:
            within = wire.source in self._blocks and self._blocks[wire.source] == self._blocks.get(wire.target)
            for number in range(1, self.times(wire.target) + 1):
                if within:
                    source = self.id_of(wire.source, number)
                elif number == 1:
                    source = self.id_of(wire.source, self.times(wire.source))
                else:
                    source = self.id_of(self._blocks[wire.target][1], number - 1)
                yield Wire(source, self.id_of(wire.target, number))

    def _further(self, node_id: str) -> range:
        return range(2, self.times(node_id) + 1)
