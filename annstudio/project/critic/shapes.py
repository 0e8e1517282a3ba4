"""Layers that cannot take what comes in."""

from collections.abc import Iterator, Mapping

from annstudio.core.errors import UserError
from annstudio.core.params import Value
from annstudio.core.registry import Info
from annstudio.core.texts import QT_TRANSLATE_NOOP, Text, text
from annstudio.engine.layers import layers
from annstudio.project.build import put_before
from annstudio.project.critic.base import Finding, Fix, Rule, Severity
from annstudio.project.graph import graph_of
from annstudio.project.model import Project
from annstudio.project.names import title
from annstudio.project.settings import source_of
from annstudio.project.shapes import flow
from annstudio.project.unroll import origins, unrolled_graph

_MISFIT = QT_TRANSLATE_NOOP("annstudio", "{layer} does not fit: {problem}")
_WHY = QT_TRANSLATE_NOOP(
    "annstudio",
    "A layer has a weight for each value that comes in, or a place for it, so the shape behind one layer must be the "
    "shape that the next one takes.",
)
_FLATTEN = QT_TRANSLATE_NOOP("annstudio", "Put a Flatten in front")
_RESHAPE = QT_TRANSLATE_NOOP("annstudio", "Make pictures of {shape} in front")


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
        # A copy in a repeated block may lack what its original does not; it is told at the original.
        graph, used, origin = unrolled_graph(project), graph_of(project).used, origins(project.design)
        for node_id, each in flow(project).items():
            node = graph.nodes[node_id]
            merging = len(graph.sources[node_id]) > 1 and not layers[node.kind].takes_many
            if each.problem is not None and not merging:
                yield self.finding(
                    text(_MISFIT, layer=title(node), problem=each.problem),
                    origin[node_id],
                    Severity.ERROR if origin[node_id] in used else Severity.WARNING,
                    why=Text(_WHY),
                    fix=_fix(project, node_id) if origin[node_id] == node_id else None,
                )


def _fix(project: Project, node_id: str) -> Fix | None:
    """Return the fix that turns pictures into rows before a layer, or rows into pictures, if that is what it lacks."""
    sources, inputs = graph_of(project).sources[node_id], flow(project)[node_id].inputs
    picture = source_of(project.data).schema.image_shape
    if inputs is None or len(sources) != 1:
        return None
    if len(inputs[0]) == 3:
        return _tried(project, node_id, text(_FLATTEN), "flatten", {})
    if picture is None:
        return None
    height, width = picture
    values: dict[str, Value] = {"channels": inputs[0][0] // (height * width) or 1, "height": height, "width": width}
    return _tried(project, node_id, text(_RESHAPE, shape=f"{height} × {width}"), "reshape", values)


def _tried(project: Project, node_id: str, label: Text, kind: str, values: Mapping[str, Value]) -> Fix | None:
    """Return the fix that puts a layer in front of another, if all then fit that did before, and the other too."""
    try:
        after = flow(put_before(project, node_id, (kind, values)))
    except UserError:
        return None
    misfits = {key for key, each in flow(project).items() if each.problem is not None}
    if any(each.problem is not None for key, each in after.items() if key not in misfits - {node_id}):
        return None
    return Fix(label, lambda current: put_before(current, node_id, (kind, values)))
