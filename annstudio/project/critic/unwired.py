"""Layers that hang in the air."""

from collections.abc import Iterator

from annstudio.core.registry import Info
from annstudio.core.texts import QT_TRANSLATE_NOOP, text
from annstudio.engine.layers import layers
from annstudio.project.critic.base import Finding, Rule
from annstudio.project.graph import Graph
from annstudio.project.model import Project
from annstudio.project.names import title

_NO_WIRE = QT_TRANSLATE_NOOP(
    "annstudio", "{layer} is not wired: drag a wire to its left port, and one from its right port."
)
_NO_SOURCE = QT_TRANSLATE_NOOP(
    "annstudio", "Nothing flows into {layer}: drag a wire from the layer before it to its left port."
)
_NO_TARGET = QT_TRANSLATE_NOOP(
    "annstudio", "What {layer} gives goes nowhere: drag a wire from its right port to the next layer."
)


class Unwired(Rule):
    """Every port must have its wire."""

    info = Info(
        key="unwired",
        label=QT_TRANSLATE_NOOP("annstudio", "Missing wires"),
        summary=QT_TRANSLATE_NOOP("annstudio", "Every layer must be wired on both sides."),
        order=50,
    )

    def check(self, project: Project) -> Iterator[Finding]:
        """See Rule.check."""
        graph = Graph(project.design)
        for node in project.design.nodes:
            layer = layers[node.kind]
            no_source = layer.takes_input and not graph.sources[node.id]
            no_target = layer.gives_output and not graph.targets[node.id]
            if no_source or no_target:
                template = _NO_TARGET if not no_source else _NO_WIRE if no_target else _NO_SOURCE
                yield self.finding(text(template, layer=title(node)), node.id)
