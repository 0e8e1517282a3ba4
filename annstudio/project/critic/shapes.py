"""Layers that cannot take what comes in."""

from collections.abc import Iterator

from annstudio.core.registry import Info
from annstudio.core.texts import QT_TRANSLATE_NOOP, text
from annstudio.engine.layers import layers
from annstudio.project.critic.base import Finding, Rule, Severity
from annstudio.project.graph import Graph
from annstudio.project.model import Project
from annstudio.project.names import title
from annstudio.project.shapes import flow


class Shapes(Rule):
    """Each layer says itself what it can take."""

    info = Info(
        key="shapes",
        label=QT_TRANSLATE_NOOP("annstudio", "Shapes that do not fit"),
        summary=QT_TRANSLATE_NOOP("annstudio", "What comes into a layer must have a shape that it can take."),
        order=55,
    )

    def check(self, project: Project) -> Iterator[Finding]:
        """See Rule.check; several wires into a layer that takes one have a rule of their own."""
        graph = Graph(project.design)
        used = graph.used()
        for node_id, each in flow(project).items():
            node = graph.nodes[node_id]
            merging = len(graph.sources[node_id]) > 1 and not layers[node.kind].takes_many
            if each.problem is not None and not merging:
                yield self.finding(
                    text(
                        QT_TRANSLATE_NOOP("annstudio", "{layer} does not fit: {problem}"),
                        layer=title(node),
                        problem=each.problem,
                    ),
                    node_id,
                    Severity.ERROR if node_id in used else Severity.WARNING,
                )
