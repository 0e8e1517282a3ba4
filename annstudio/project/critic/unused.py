"""Layers that lead nowhere."""

from collections.abc import Iterator

from annstudio.core.registry import Info
from annstudio.core.texts import QT_TRANSLATE_NOOP, Text, text
from annstudio.engine.layers import layers
from annstudio.project.critic.base import Finding, Fix, Rule, Severity
from annstudio.project.fixes import remove
from annstudio.project.graph import graph_of
from annstudio.project.model import Node, Project
from annstudio.project.names import title

_NO_WIRE = QT_TRANSLATE_NOOP(
    "annstudio",
    "{layer} is not wired, so it is left out: drag a wire to its left port, and one from its right port.",
)
_NO_TARGET = QT_TRANSLATE_NOOP(
    "annstudio",
    "What {layer} gives goes nowhere, so it is left out: drag a wire from its right port to the next layer.",
)

_WHY = QT_TRANSLATE_NOOP(
    "annstudio", "Only what reaches the Output has a say in the answers, and so only that gets a gradient and learns."
)


class Unused(Rule):
    """What never reaches the Output has no say in its answers; the run leaves it out."""

    info = Info(
        key="unused",
        label=QT_TRANSLATE_NOOP("annstudio", "Dead ends"),
        summary=QT_TRANSLATE_NOOP("annstudio", "A layer whose values never reach the Output is left out."),
        order=51,
    )
    severity = Severity.WARNING

    def check(self, project: Project) -> Iterator[Finding]:
        """See Rule.check; of several layers in a row it names the last, where the wire is missing."""
        graph = graph_of(project)
        for node_id, node in graph.nodes.items():
            layer = layers[node.kind]
            if layer.gives_output and not graph.targets[node_id]:
                loose = layer.takes_input and not graph.sources[node_id]
                message = text(_NO_WIRE if loose else _NO_TARGET, layer=title(node))
                yield self.finding(message, node_id, why=Text(_WHY), fix=_removal(project, node))


def _removal(project: Project, node: Node) -> Fix | None:
    """Return the fix that removes a dead end with all that leads only there; the only Input stays."""
    graph = graph_of(project)
    kept = {each.id for each in project.design.of_kind("input")[:1]}
    others = graph.upstream(node.id) - graph_of(project).used - kept - {node.id}
    leads_only_here = {each for each in others if graph.downstream(each) <= others | {node.id}}
    return None if node.id in kept else remove(node, *sorted(leads_only_here))
