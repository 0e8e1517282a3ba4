"""What the card of a folded block says."""

from collections.abc import Mapping

from annstudio.core.texts import QT_TRANSLATE_NOOP, text
from annstudio.project.folding import ends
from annstudio.project.groups import name_of
from annstudio.project.model import Group, Project
from annstudio.project.names import title
from annstudio.project.shapes import Flow
from annstudio.project.unroll import copies
from annstudio.ui.canvas.face import Face, feet, few
from annstudio.ui.canvas.facts import layer_facts
from annstudio.ui.translate import translate


def block_title(block: Group) -> str:
    """Return a block's name, and how often it is gone through if more than once."""
    name = translate(name_of(block))
    return f"{name}  ×{block.times}" if block.times > 1 else name


def block_face(project: Project, block: Group, flows: Mapping[str, Flow]) -> Face:
    """Return what the card of a folded block shows.

    Args:
        project: that it is in.
        block: to show.
        flows: of every layer of the project, copies included, by id.
    """
    name, flow = block_title(block), _flow(project, block, flows)
    names = [translate(title(node)) for node in project.design.nodes if node.id in block.members]
    texts = feet("", flow)
    return Face(
        title=name,
        subtitles=(_layers(len(names)),),
        feet=texts,
        spoken=", ".join((name, _layers(len(names)), *names, texts[-1])),
        lines=few(names),
        icon="unfold-horizontal",
        chip=True,
        facts=(", ".join(names), *layer_facts(flow)),
    )


def _flow(project: Project, block: Group, flows: Mapping[str, Flow]) -> Flow:
    """Return what flows through all passes of a block, and what they cost together."""
    design = project.design
    entry, last = ends(design, block)
    inside = [flows[copy] for node_id in block.members for copy in copies(design, node_id)]
    return Flow(
        flows[entry].inputs,
        flows[copies(design, last)[-1]].output,
        sum(each.parameters for each in inside),
        sum(each.trained for each in inside),
        sum(each.multiply_adds for each in inside),
    )


def _layers(count: int) -> str:
    if count == 1:
        return translate(QT_TRANSLATE_NOOP("annstudio", "1 layer"))
    return translate(text(QT_TRANSLATE_NOOP("annstudio", "{count} layers"), count=count))
