"""Layers in a row, between which nothing helps the gradient on its way back."""

from collections.abc import Callable, Sequence

from annstudio.project.graph import Graph
from annstudio.project.model import Node, Project
from annstudio.project.shapes import flow
from annstudio.project.unroll import origins, unrolled_graph


def longest_row(project: Project, counts: Callable[[Node], bool]) -> list[Node]:
    """Return the longest row of layers that all gradient must pass, on the easiest way from the Output.

    A normalization, which brings values back to where activations are steep, ends a row. Repeated blocks are spelled
    out.

    Args:
        project: any.
        counts: whether a layer belongs into a row; others are passed by.
    """
    graph = unrolled_graph(project)
    lengths = _lengths(project, graph, counts)
    node_id, row = max(lengths, key=lambda each: lengths[each], default=""), []
    while lengths.get(node_id, 0):
        if counts(graph.nodes[node_id]):
            row.append(graph.nodes[node_id])
        node_id = _easiest(graph, node_id, lengths)
    return row


def originals(project: Project, row: Sequence[Node]) -> list[Node]:
    """Return the nodes of the design that those of a row are copies of, each once."""
    if not project.design.groups:
        return list(row)
    known = origins(project.design)
    return [project.design.node(node_id) for node_id in dict.fromkeys(known[node.id] for node in row)]


def _lengths(project: Project, graph: Graph, counts: Callable[[Node], bool]) -> dict[str, int]:
    """Return how many layers that count the gradient of each layer must pass, its own included."""
    flows, used = flow(project), graph.used
    lengths: dict[str, int] = {}
    for node_id in reversed(graph.ordered):
        node = graph.nodes[node_id]
        if node_id not in used or node.kind == "output":
            continue
        if "gamma" in flows[node_id].tensors:
            lengths[node_id] = 0
        else:
            lengths[node_id] = lengths.get(_easiest(graph, node_id, lengths), 0) + counts(node)
    return lengths


def _easiest(graph: Graph, node_id: str, lengths: dict[str, int]) -> str:
    """Return the target from which most of the gradient comes back: the Output, or that with the shortest row.

    It is empty behind a loop, which has a rule of its own.
    """
    targets = [target for target in graph.targets[node_id] if target in lengths or graph.nodes[target].kind == "output"]
    return min(targets, key=lambda target: lengths.get(target, 0), default="")
