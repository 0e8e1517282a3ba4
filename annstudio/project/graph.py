"""The wiring of a design, indexed: who feeds whom. It takes any graph, also one with loops."""

from collections import deque
from collections.abc import Iterable, Mapping
from functools import cached_property

from annstudio.engine.layers import layers
from annstudio.project.latest import latest
from annstudio.project.model import Design, Node, Project


class Graph:
    """An index of a design.

    Attributes:
        nodes: by id, in the order of the design.
        sources: for every id the ids wired into it.
        targets: for every id the ids that it is wired into.
    """

    def __init__(self, design: Design) -> None:
        self.nodes: Mapping[str, Node] = {node.id: node for node in design.nodes}
        self.sources: Mapping[str, list[str]] = {node_id: [] for node_id in self.nodes}
        self.targets: Mapping[str, list[str]] = {node_id: [] for node_id in self.nodes}
        for wire in design.wires:
            self.sources[wire.target].append(wire.source)
            self.targets[wire.source].append(wire.target)

    def downstream(self, node_id: str) -> set[str]:
        """Return this id and all that its values reach."""
        return _reached([node_id], self.targets)

    def upstream(self, node_id: str) -> set[str]:
        """Return this id and all whose values reach it."""
        return _reached([node_id], self.sources)

    @cached_property
    def used(self) -> frozenset[str]:
        """All ids whose values reach an end of the network, a layer without an output; ends included."""
        ends = [node_id for node_id, node in self.nodes.items() if not layers[node.kind].gives_output]
        return frozenset(_reached(ends, self.sources))

    @cached_property
    def ordered(self) -> tuple[str, ...]:
        """The ids so that sources come before their targets; nodes on or behind a loop are left out.

        Source: Kahn 1962, Topological sorting of large networks.
        """
        missing = {node_id: len(sources) for node_id, sources in self.sources.items()}
        ready = deque(node_id for node_id, count in missing.items() if count == 0)
        done = []
        while ready:
            node_id = ready.popleft()
            done.append(node_id)
            for target in self.targets[node_id]:
                missing[target] -= 1
                if missing[target] == 0:
                    ready.append(target)
        return tuple(done)

    def loop(self) -> tuple[str, ...]:
        """Return the ids of one loop, each feeding the next, the last the first; empty without loops.

        It starts with the node that comes first in the design.
        """
        done = set(self.ordered)
        stuck = [node_id for node_id in self.nodes if node_id not in done]
        if not stuck:
            return ()
        loop = self._walk_back(stuck[0], done)
        first = next(index for node_id in stuck for index, other in enumerate(loop) if other == node_id)
        return loop[first:] + loop[:first]

    def _walk_back(self, node_id: str, done: set[str]) -> tuple[str, ...]:
        """Return the loop met by walking from source to source; nodes that are not done have one that is not."""
        walked: list[str] = []
        while node_id not in walked:
            walked.append(node_id)
            node_id = next(source for source in self.sources[node_id] if source not in done)
        return tuple(reversed(walked[walked.index(node_id) :]))

    def columns(self) -> dict[str, int]:
        """Return the column of every node: right of all its sources; layers without an output stand last."""
        columns = dict.fromkeys(self.nodes, 0)
        for node_id in self.ordered:
            for target in self.targets[node_id]:
                columns[target] = max(columns[target], columns[node_id] + 1)
        self._spread_loops(columns)
        last = max(columns.values(), default=0)
        ends = {node_id for node_id, node in self.nodes.items() if not layers[node.kind].gives_output}
        return {node_id: last if node_id in ends else column for node_id, column in columns.items()}

    def _spread_loops(self, columns: dict[str, int]) -> None:
        """Give the nodes of and behind loops, which have no order, a column each."""
        done = set(self.ordered)
        free = max((columns[node_id] for node_id in done), default=-1) + 1
        stuck = [node_id for node_id in self.nodes if node_id not in done]
        columns.update({node_id: free + index for index, node_id in enumerate(stuck)})


@latest
def graph_of(project: Project) -> Graph:
    """Return the wiring of a project's design; see Graph."""
    return Graph(project.design)


def _reached(start: Iterable[str], neighbors: Mapping[str, list[str]]) -> set[str]:
    """Return these ids and all that can be reached from them by going from neighbor to neighbor."""
    reached = set(start)
    waiting = list(reached)
    while waiting:
        fresh = [other for other in neighbors[waiting.pop()] if other not in reached]
        reached.update(fresh)
        waiting.extend(fresh)
    return reached
