"""What the outline says of each layer, as a value."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from annstudio.core.texts import QT_TRANSLATE_NOOP, text
from annstudio.engine.layers import layers
from annstudio.engine.layers.base import shown_shape
from annstudio.project.critic import criticize
from annstudio.project.graph import Graph, graph_of
from annstudio.project.model import Project
from annstudio.project.names import title
from annstudio.project.shapes import Flow, flow
from annstudio.ui.canvas.card import Problems
from annstudio.ui.canvas.face import Face, face_of
from annstudio.ui.canvas.navigation import flow_order
from annstudio.ui.canvas.report import problems_of
from annstudio.ui.canvas.spoken import spoken_layer
from annstudio.ui.translate import translate


@dataclass(frozen=True)
class Entry:
    """A layer's line.

    Args:
        node_id: the layer.
        name: its name.
        shape: what it gives, with an arrow.
        details: its settings in short; where it is fed from, unless from the line above.
        spoken: all of it in sentences.
        icon: name of its picture in resources/icons.
        problems: what is wrong with it.
    """

    node_id: str
    name: str
    shape: str
    details: str
    spoken: str
    icon: str
    problems: Problems


def entries_of(project: Project) -> tuple[Entry, ...]:
    """Return a line for every layer, in the order of the flow."""
    graph, flows, problems = graph_of(project), flow(project), problems_of(criticize(project))
    entries, above = [], ""
    for node_id in flow_order(project):
        node, wrong = graph.nodes[node_id], problems.get(node_id, Problems())
        face = face_of(project, node, flows[node_id])
        entries.append(
            Entry(
                node_id=node_id,
                name=face.title,
                shape=_shape(flows[node_id]),
                details=" · ".join((*_settings(face), *_sources(graph, graph.sources[node_id], above))),
                spoken=spoken_layer(project, node_id, face.spoken, wrong),
                icon=layers[node.kind].icon,
                problems=wrong,
            )
        )
        above = node_id
    return tuple(entries)


def _shape(flow: Flow) -> str:
    return "→ ?" if flow.output is None else f"→ {shown_shape(flow.output)}"


def _settings(face: Face) -> tuple[str, ...]:
    return face.subtitles[:1] or face.lines[:1]


def _sources(graph: Graph, sources: Sequence[str], above: str) -> Iterator[str]:
    """Yield where a layer is fed from, unless that is the line above alone."""
    if sources and list(sources) != [above]:
        names = tuple(title(graph.nodes[source]) for source in sources)
        yield translate(text(QT_TRANSLATE_NOOP("annstudio", "from {layers}"), layers=names))
