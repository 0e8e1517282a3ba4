"""Layers that nothing flows into."""

import math
from collections.abc import Iterator

from annstudio.core.registry import Info
from annstudio.core.texts import QT_TRANSLATE_NOOP, Text, text
from annstudio.engine.layers import layers
from annstudio.project import edits
from annstudio.project.critic.base import Finding, Fix, Rule
from annstudio.project.fixes import connect
from annstudio.project.graph import graph_of
from annstudio.project.model import Node, Project
from annstudio.project.names import title
from annstudio.project.shapes import flow

_NO_SOURCE = QT_TRANSLATE_NOOP(
    "annstudio", "Nothing flows into {layer}: drag a wire from the layer before it to its left port."
)
_WHY = QT_TRANSLATE_NOOP(
    "annstudio", "A layer computes with what the layers before it give. Without a wire there is no path from the Input."
)


class Unwired(Rule):
    """Every layer on the way to the Output must get its values from somewhere."""

    info = Info(
        key="unwired",
        label=QT_TRANSLATE_NOOP("annstudio", "Missing wires"),
        summary=QT_TRANSLATE_NOOP("annstudio", "Something must flow into every layer on the way to the Output."),
        order=50,
    )

    def check(self, project: Project) -> Iterator[Finding]:
        """See Rule.check; layers that do not lead to the Output have a rule of their own."""
        graph = graph_of(project)
        for node_id, node in graph.nodes.items():
            if node_id in graph.used and layers[node.kind].takes_input and not graph.sources[node_id]:
                message = text(_NO_SOURCE, layer=title(node))
                yield self.finding(message, node_id, why=Text(_WHY), fix=_wiring(project, node))


def _wiring(project: Project, node: Node) -> Fix | None:
    """Return the fix that wires the layer that is probably meant: one that leads nowhere yet, and stands near by."""
    graph, flows = graph_of(project), flow(project)
    behind = graph.downstream(node.id)
    sources = [each for each in project.design.nodes if layers[each.kind].gives_output and each.id not in behind]
    if not sources:
        return None
    nearest = min(sources, key=lambda each: (bool(graph.targets[each.id]), _distance(project, each.id, node.id)))
    after = flow(edits.connect(project, nearest.id, node.id))
    misfits = {key for key, each in flows.items() if each.problem is not None}
    fits = all(each.problem is None for key, each in after.items() if key not in misfits)
    return connect(nearest, node) if fits else None


def _distance(project: Project, one: str, other: str) -> float:
    return math.dist(project.positions[one], project.positions[other])
