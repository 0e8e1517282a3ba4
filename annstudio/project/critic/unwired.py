"""Layers that nothing flows into."""

from collections.abc import Iterator

from annstudio.core.registry import Info
from annstudio.core.texts import QT_TRANSLATE_NOOP, text
from annstudio.engine.layers import layers
from annstudio.project.critic.base import Finding, Rule
from annstudio.project.graph import Graph
from annstudio.project.model import Project
from annstudio.project.names import title


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
        graph = Graph(project.design)
        used = graph.used()
        for node_id, node in graph.nodes.items():
            if node_id in used and layers[node.kind].takes_input and not graph.sources[node_id]:
                yield self.finding(
                    text(
                        QT_TRANSLATE_NOOP(
                            "annstudio",
                            "Nothing flows into {layer}: drag a wire from the layer before it to its left port.",
                        ),
                        layer=title(node),
                    ),
                    node_id,
                )
