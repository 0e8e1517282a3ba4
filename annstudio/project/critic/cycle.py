"""Values that run in a circle."""

from collections.abc import Iterator
from functools import partial

from annstudio.core.registry import Info
from annstudio.core.texts import QT_TRANSLATE_NOOP, Text, text
from annstudio.project import edits
from annstudio.project.critic.base import Finding, Fix, Rule
from annstudio.project.graph import graph_of
from annstudio.project.model import Project, Wire
from annstudio.project.names import title

_CIRCLE = QT_TRANSLATE_NOOP(
    "annstudio",
    "{layer} waits for its own result, because the wire from {last} closes a circle: remove that wire.",
)
_WHY = QT_TRANSLATE_NOOP(
    "annstudio",
    "The network computes layer by layer, from the Input to the Output. In a circle each layer waits for the one "
    "before it, so none can begin.",
)
_CUT = QT_TRANSLATE_NOOP("annstudio", "Remove the wire from {last} to {layer}")


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
        graph = graph_of(project)
        loop = graph.loop()
        if not loop:
            return
        # Best cut where something else flows in: what starts there goes on without the wire.
        wires = list(zip((*loop[-1:], *loop), loop, strict=False))
        spare = next((wire for wire in wires if len(graph.sources[wire[1]]) > 1), None)
        last, first = spare or wires[0]
        names = {"layer": title(graph.nodes[first]), "last": title(graph.nodes[last])}
        fix = Fix(text(_CUT, **names), partial(edits.remove, nodes=(), wires=[Wire(last, first)]))
        yield self.finding(text(_CIRCLE, **names), first, why=Text(_WHY), fix=fix if spare else None)
