"""Several wires into one input."""

from collections.abc import Iterator

from annstudio.core.registry import Info
from annstudio.core.texts import QT_TRANSLATE_NOOP, text
from annstudio.engine.layers import layers
from annstudio.project.critic.base import Finding, Rule
from annstudio.project.graph import Graph
from annstudio.project.model import Project
from annstudio.project.names import title


class Merging(Rule):
    """Most layers take one wire. The canvas sees to it; a file from elsewhere may not."""

    info = Info(
        key="merging",
        label=QT_TRANSLATE_NOOP("annstudio", "Wires that merge"),
        summary=QT_TRANSLATE_NOOP("annstudio", "Only layers that join others take several wires."),
        order=40,
    )

    def check(self, project: Project) -> Iterator[Finding]:
        """See Rule.check."""
        graph = Graph(project.design)
        for node_id, sources in graph.sources.items():
            if len(sources) > 1 and not layers[graph.nodes[node_id].kind].takes_many:
                yield self.finding(
                    text(
                        QT_TRANSLATE_NOOP("annstudio", "{layer} takes one wire but has {wires}: remove all but one."),
                        layer=title(graph.nodes[node_id]),
                        wires=len(sources),
                    ),
                    node_id,
                )
