"""Layers that lead nowhere."""

from collections.abc import Iterator

from annstudio.core.registry import Info
from annstudio.core.texts import QT_TRANSLATE_NOOP, text
from annstudio.engine.layers import layers
from annstudio.project.critic.base import Finding, Rule, Severity
from annstudio.project.graph import Graph
from annstudio.project.model import Project
from annstudio.project.names import title

_NO_WIRE = QT_TRANSLATE_NOOP(
    "annstudio",
    "{layer} is not wired, so it is left out: drag a wire to its left port, and one from its right port.",
)
_NO_TARGET = QT_TRANSLATE_NOOP(
    "annstudio",
    "What {layer} gives goes nowhere, so it is left out: drag a wire from its right port to the next layer.",
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
        graph = Graph(project.design)
        for node_id, node in graph.nodes.items():
            layer = layers[node.kind]
            if layer.gives_output and not graph.targets[node_id]:
                loose = layer.takes_input and not graph.sources[node_id]
                yield self.finding(text(_NO_WIRE if loose else _NO_TARGET, layer=title(node)), node_id)
