"""Walking along the design: the order of the cards, and which one is next in a direction."""

from annstudio.engine.layers import layers
from annstudio.project.graph import graph_of
from annstudio.project.model import Positions, Project, Wire


def flow_order(project: Project) -> list[str]:
    """Return every node's id in the order the data pass them.

    Loose layers, and those on and behind a loop, which no order fits, come last, from left to right.
    """
    graph = graph_of(project)
    ordered = [node_id for node_id in graph.ordered if graph.sources[node_id] or graph.targets[node_id]]
    rest = graph.nodes.keys() - set(ordered)
    return ordered + sorted(rest, key=lambda node_id: (project.positions[node_id], node_id))


def possible_targets(project: Project, source: str) -> list[str]:
    """Return the ids of the layers that may take a new wire from this one, in the order of the flow."""
    graph = graph_of(project)
    if not layers[graph.nodes[source].kind].gives_output:
        return []
    closed = graph.upstream(source).union(graph.targets[source])
    return [key for key in flow_order(project) if key not in closed and layers[graph.nodes[key].kind].takes_input]


def possible_sources(project: Project, target: str) -> list[str]:
    """Return the ids of the layers that a new wire to this one may come from, in the order of the flow."""
    graph = graph_of(project)
    if not layers[graph.nodes[target].kind].takes_input:
        return []
    closed = graph.downstream(target).union(graph.sources[target])
    return [key for key in flow_order(project) if key not in closed and layers[graph.nodes[key].kind].gives_output]


def wires_along(project: Project, node_id: str, forward: bool) -> list[Wire]:
    """Return the wires out of a card, or into it, from the top."""
    ends = [wire for wire in project.design.wires if (wire.source if forward else wire.target) == node_id]
    return sorted(ends, key=lambda wire: project.positions[wire.target if forward else wire.source][1])


def along(project: Project, node_id: str, forward: bool) -> str | None:
    """Return the neighbor at the other end of a wire, the one at most the same height where there are several.

    A card without a wire on that side leads to the nearest card that lies there, if any.
    """
    design = project.design
    neighbors = design.targets(node_id) if forward else design.sources(node_id)
    if not neighbors:
        return _nearest(project.positions, node_id, (1, 0) if forward else (-1, 0))
    height = project.positions[node_id][1]
    return min(neighbors, key=lambda other: abs(project.positions[other][1] - height))


def beside(project: Project, node_id: str, down: bool) -> str | None:
    """Return the nearest card below or above this one, or None."""
    return _nearest(project.positions, node_id, (0, 1) if down else (0, -1))


def _nearest(positions: Positions, node_id: str, direction: tuple[int, int]) -> str | None:
    """Return the card that lies in a direction with the least detour, or None."""
    x, y = positions[node_id]
    costs: dict[str, float] = {}
    for other, (other_x, other_y) in positions.items():
        ahead = (other_x - x) * direction[0] + (other_y - y) * direction[1]
        aside = abs((other_x - x) * direction[1]) + abs((other_y - y) * direction[0])
        if ahead > 0:
            costs[other] = ahead + 2 * aside
    return min(costs, key=costs.__getitem__, default=None)
