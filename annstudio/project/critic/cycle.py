"""Values that run in a circle."""

from collections.abc import Iterator

from annstudio.core.registry import Info
from annstudio.core.texts import QT_TRANSLATE_NOOP, text
from annstudio.project.critic.base import Finding, Rule
from annstudio.project.graph import Graph
from annstudio.project.model import Project
from annstudio.project.names import title


class Cycle(Rule):
    """In a feedforward network no layer may wait for its own result."""

    info = Info(
        key="cycle",
        label=QT_TRANSLATE_NOOP("annstudio", "Cycle"),
        summary=QT_TRANSLATE_NOOP("annstudio", "No layer may wait for its own result."),
        order=30,
    )

    def check(self, project: Project) -> Iterator[Finding]:
        """See Rule.check; one loop at a time, since mending it may mend others."""
        graph = Graph(project.design)
        loop = graph.loop()
        if loop:
            yield self.finding(
                text(
                    QT_TRANSLATE_NOOP(
                        "annstudio",
                        "{layer} waits for its own result, because the wire from {last} closes a circle: "
                        "remove that wire.",
                    ),
                    layer=title(graph.nodes[loop[0]]),
                    last=title(graph.nodes[loop[-1]]),
                ),
                loop[0],
            )
