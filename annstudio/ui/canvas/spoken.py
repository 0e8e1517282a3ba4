"""What a screen reader says of the canvas: it sees no cards, only this sentence."""

from collections.abc import Sequence

from annstudio.core.texts import QT_TRANSLATE_NOOP, text
from annstudio.project.graph import graph_of
from annstudio.project.model import Project, Wire
from annstudio.project.names import title
from annstudio.ui.canvas.card import Problems
from annstudio.ui.canvas.navigation import flow_order
from annstudio.ui.translate import translate


def spoken_layer(project: Project, node_id: str, name: str, problems: Problems) -> str:
    """Return the sentences about one layer: what it is, where it stands, what it is wired to, what is wrong.

    Args:
        project: that it is in.
        node_id: its id.
        name: its name with what its card says.
        problems: its own.
    """
    order = flow_order(project)
    place = text(
        QT_TRANSLATE_NOOP("annstudio", "{layer}, {number} of {count}"),
        layer=name,
        number=order.index(node_id) + 1,
        count=len(order),
    )
    return ". ".join((translate(place), *spoken_wires(project, node_id), *problems.errors, *problems.warnings))


def spoken_wires(project: Project, node_id: str) -> list[str]:
    """Return where the wires of a layer come from and where they lead, a sentence each; none without wires."""
    graph = graph_of(project)
    sides = (
        (QT_TRANSLATE_NOOP("annstudio", "From {layers}"), graph.sources[node_id]),
        (QT_TRANSLATE_NOOP("annstudio", "To {layers}"), graph.targets[node_id]),
    )
    return [
        translate(text(template, layers=tuple(title(graph.nodes[other]) for other in ends)))
        for template, ends in sides
        if ends
    ]


def spoken_wire(project: Project, wire: Wire) -> str:
    """Return the sentence about a wire."""
    nodes = graph_of(project).nodes
    template = QT_TRANSLATE_NOOP("annstudio", "Wire from {start} to {end}")
    return translate(text(template, start=title(nodes[wire.source]), end=title(nodes[wire.target])))


def spoken_block(name: str, problems: Problems) -> str:
    """Return the sentences about a folded block: its name with what its card says, and what is wrong in it."""
    folded = text(QT_TRANSLATE_NOOP("annstudio", "{block}, folded"), block=name)
    return ". ".join((translate(folded), *problems.errors, *problems.warnings))


def spoken_group(names: Sequence[str]) -> str:
    """Return the sentence about several selected layers."""
    template = QT_TRANSLATE_NOOP("annstudio", "{count} layers selected: {names}")
    return translate(text(template, count=len(names), names=tuple(names)))
