"""Where a new layer goes when nobody points at a place: between which neighbors, and where on the canvas."""

from annstudio.engine.layers import layers
from annstudio.project import layout
from annstudio.project.graph import Graph, graph_of
from annstudio.project.model import Project


def neighbors(project: Project, after: str | None) -> tuple[str | None, tuple[str, ...]]:
    """Return the node that a new one stands behind, if any, and those that come next.

    Args:
        project: where to.
        after: id of the node to stand behind; None, or a layer without an output, means before the end.
    """
    graph = graph_of(project)
    if after is not None and layers[graph.nodes[after].kind].gives_output:
        return after, tuple(graph.targets[after])
    end = after if after is not None else next((node.id for node in project.design.of_kind("output")), None)
    if end is None:
        return _loose_end(project, graph), ()
    sources = graph.sources[end]
    return sources[0] if sources else _loose_end(project, graph), (end,)


def spot(project: Project, source: str | None, targets: tuple[str, ...]) -> layout.Point:
    """Return the place right of the source; the cards behind it move away later, any other makes it move down."""
    positions = project.positions
    if source is not None:
        wanted = (positions[source][0] + layout.STEP, positions[source][1])
    elif targets:
        wanted = positions[targets[0]]
    else:
        wanted = (max((x + layout.STEP for x, _ in positions.values()), default=0.0), 0.0)
    row = layout.within_rows(project.design, positions)
    giving_way = set().union(*(row.downstream(key) for key in targets if layout.goes_on(wanted, positions[key])))
    return layout.free_spot({key: at for key, at in positions.items() if key not in giving_way}, wanted)


def in_front(project: Project) -> tuple[str | None, layout.Point]:
    """Return the leftmost node that nothing feeds, if any, and a place left of all cards to feed it from."""
    graph = graph_of(project)
    positions = project.positions
    hungry = [
        node_id for node_id, node in graph.nodes.items() if layers[node.kind].takes_input and not graph.sources[node_id]
    ]
    target = min(hungry, key=lambda node_id: positions[node_id][0], default=None)
    left = min((x for x, _ in positions.values()), default=layout.STEP) - layout.STEP
    return target, (left, positions[target][1] if target is not None else 0.0)


def _loose_end(project: Project, graph: Graph) -> str | None:
    """Return the rightmost node whose output goes nowhere."""
    loose = [
        node_id
        for node_id, node in graph.nodes.items()
        if layers[node.kind].gives_output and not graph.targets[node_id]
    ]
    return max(loose, key=lambda node_id: project.positions[node_id][0], default=None)
