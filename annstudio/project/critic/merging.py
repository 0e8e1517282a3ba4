"""Several wires into one input."""

from collections.abc import Iterator
from functools import partial

from annstudio.core.registry import Info
from annstudio.core.texts import QT_TRANSLATE_NOOP, Text, text
from annstudio.engine.layers import layers
from annstudio.project import edits
from annstudio.project.critic.base import Finding, Fix, Rule
from annstudio.project.graph import graph_of
from annstudio.project.model import Project, Wire
from annstudio.project.names import title

_MANY = QT_TRANSLATE_NOOP("annstudio", "{layer} takes one wire but has {wires}: remove all but one.")
_WHY = QT_TRANSLATE_NOOP(
    "annstudio",
    "Its weights are for one row of values. Where several rows are to meet, Add or Concatenate makes one of them.",
)
_KEEP = QT_TRANSLATE_NOOP("annstudio", "Keep only the wire from {source}")


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
        graph = graph_of(project)
        for node_id, sources in graph.sources.items():
            node = graph.nodes[node_id]
            if len(sources) > 1 and not layers[node.kind].takes_many:
                message = text(_MANY, layer=title(node), wires=len(sources))
                keep = text(_KEEP, source=title(graph.nodes[sources[0]]))
                fix = Fix(keep, partial(edits.remove, nodes=(), wires=[Wire(each, node_id) for each in sources[1:]]))
                yield self.finding(message, node_id, why=Text(_WHY), fix=fix)
