"""Commands that lead to a layer."""

from collections.abc import Callable, Iterator
from functools import partial

from annstudio.core.texts import QT_TRANSLATE_NOOP, text
from annstudio.engine.layers import layers
from annstudio.project.graph import graph_of
from annstudio.project.names import title
from annstudio.ui.canvas.navigation import flow_order
from annstudio.ui.commands.command import Command
from annstudio.ui.document import Document
from annstudio.ui.translate import translate


def jump_commands(document: Document, jump: Callable[[str], object]) -> Iterator[Command]:
    """Yield one command for every layer of the design, in the order of the flow.

    Args:
        document: whose design.
        jump: selects the layer of this id and shows it.
    """
    nodes = graph_of(document.project).nodes
    for node_id in flow_order(document.project):
        node = nodes[node_id]
        yield Command(
            key=f"go to {node_id}",
            label=translate(text(QT_TRANSLATE_NOOP("annstudio", "Go to {layer}"), layer=title(node))),
            run=partial(jump, node_id),
            place=translate(QT_TRANSLATE_NOOP("annstudio", "On the canvas")),
            icon=layers[node.kind].icon,
        )
