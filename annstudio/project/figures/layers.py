"""What a figure says of each layer."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from annstudio.core.params import Expression, Integer, Param, Real, Value
from annstudio.core.texts import QT_TRANSLATE_NOOP, text
from annstudio.engine.activations import activations
from annstudio.engine.activations.base import Activation
from annstudio.engine.layers import layers
from annstudio.engine.layers.base import Shape, shown_shape
from annstudio.project.figures.extents import shortened
from annstudio.project.figures.inks import Hue
from annstudio.project.graph import graph_of
from annstudio.project.model import Group, Node, Project
from annstudio.project.names import title
from annstudio.project.settings import own_values, source_of
from annstudio.project.shapes import Flow, flow, parameters
from annstudio.project.tidying import in_one_row

Translate = Callable[[str], str]

_MOST_SIGNS = 26
_MOST_NAMED = 16
"""So many features or classes are named; more would be too many to read."""


@dataclass(frozen=True, eq=False)
class Part:
    """A layer as figures show it, its texts in the reader's language.

    Attributes:
        node: of the design.
        name: what it is called.
        details: what it does: its window, its activation, its most telling numbers; short pieces.
        hue: of which sort it is.
        flow: what it takes and gives.
        sources: ids of the layers wired into it.
        place: its column and its height, in any measure, in the tidied design.
        ports: what its single values are called, where that is known and they are few.
        function: the activation, where it has one.
    """

    node: Node
    name: str
    details: tuple[str, ...]
    hue: Hue
    flow: Flow
    sources: tuple[str, ...]
    place: tuple[float, float]
    ports: tuple[str, ...]
    function: Activation | None

    @property
    def output(self) -> Shape:
        """What it gives; nothing known counts as one value."""
        return self.flow.output or (1,)

    @property
    def shape(self) -> str:
        """What it gives, for people: “16 × 8 × 8”."""
        return shown_shape(self.flow.output) if self.flow.output else "?"

    @property
    def window(self) -> int:
        """Height and width of the window that it looks through; 0 where it looks at everything."""
        values = self.node.settings.values
        return next((int(values[param.key]) for param in _params(self.node) if _is_window(param)), 0)


@dataclass(frozen=True, eq=False)
class Parts:
    """A whole network as figures show it.

    Attributes:
        title: of the project.
        parts: by the layer's id.
        parameters: of all layers that are used, copies of repeated blocks included.
        groups: the blocks that layers are put together into.
    """

    title: str
    parts: Mapping[str, Part]
    parameters: int
    groups: tuple[Group, ...]


def parts_of(project: Project, translate: Translate) -> Parts:
    """Return what figures show of a project.

    Args:
        project: any, finished or not.
        translate: brings marked texts into the reader's language.
    """
    flows, graph = flow(project), graph_of(project)
    places = in_one_row(project.design, project.positions)
    parts = {
        node_id: Part(
            node=node,
            name=shortened(title(node).render(translate), _MOST_SIGNS),
            details=_details(project, node, translate),
            hue=_hue(node),
            flow=flows[node_id],
            sources=tuple(graph.sources[node_id]),
            place=places[node_id],
            ports=_ports(project, node, flows[node_id], translate),
            function=_function(node),
        )
        for node_id, node in graph.nodes.items()
    }
    return Parts(translate(project.name), parts, parameters(project, flows), project.design.groups)


def counted(count: int, translate: Translate) -> str:
    """Return a number of parameters for people."""
    return text(QT_TRANSLATE_NOOP("annstudio", "{count} params"), count=f"{count:,}").render(translate)


def _hue(node: Node) -> Hue:
    layer = layers[node.kind]
    if not layer.takes_input:
        return Hue.INPUT
    if not layer.gives_output:
        return Hue.OUTPUT
    return Hue.WEIGHTS if "trainable" in node.settings.values else Hue.PLAIN


def _details(project: Project, node: Node, translate: Translate) -> tuple[str, ...]:
    """Return the window first, then numbers, then the activation, as one reads them: 3 × 3, stride 2, ReLU."""
    if not layers[node.kind].takes_input:
        return (shortened(translate(source_of(project.data).info.label), _MOST_SIGNS),)
    values = node.settings.values
    said = [_said(param, values, translate) for param in _params(node)]
    name = _activation_name(values, translate)
    return tuple(shortened(each, _MOST_SIGNS) for each in (*said, name) if each)


def _said(param: Param, values: Mapping[str, Value], translate: Translate) -> str:
    """Return what a setting of a layer is worth saying in a figure; sizes that the shape tells are not."""
    value = values[param.key]
    if param.more or (param.needs and not values[param.needs]):
        return ""
    if _is_window(param):
        return f"{value} × {value}"
    if isinstance(param, Integer):
        steps = text(QT_TRANSLATE_NOOP("annstudio", "stride {step}"), step=value)
        return steps.render(translate) if param.key == "stride" and value != 1 else ""
    if isinstance(param, Real):
        return f"{translate(param.label)} {value:g}"
    return str(value) if isinstance(param, Expression) else ""


def _params(node: Node) -> tuple[Param, ...]:
    return layers[node.kind].info.params


def _is_window(param: Param) -> bool:
    """Return whether a parameter measures a window of pixels."""
    return isinstance(param, Integer) and param.unit == "px"


def _activation_name(values: Mapping[str, Value], translate: Translate) -> str:
    """Return the activation's name without what it adds in parentheses, or its formula."""
    if "activation" not in values:
        return ""
    if "activation.expression" in values:
        return str(values["activation.expression"])
    return translate(activations[str(values["activation"])].info.label).partition(" (")[0]


def _function(node: Node) -> Activation | None:
    values = node.settings.values
    if "activation" not in values:
        return None
    return activations[str(values["activation"])](**own_values(values, "activation"))


def _ports(project: Project, node: Node, found: Flow, translate: Translate) -> tuple[str, ...]:
    """Return the names of the features at the Input and of the classes at the Output."""
    schema = source_of(project.data).schema
    names: tuple[str, ...] = ()
    if not layers[node.kind].takes_input:
        names = tuple(column.name for column in schema.features)
    elif not layers[node.kind].gives_output:
        names = schema.classes if len(schema.classes) > 2 else (schema.target.name,)
    if len(names) > _MOST_NAMED or found.output != (len(names),):
        return ()
    return tuple(shortened(translate(name), _MOST_SIGNS) for name in names)
