"""Where the neurons of a network stand: columns from left to right, as the values flow."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from functools import cached_property
from itertools import pairwise

from annstudio.engine.layers import layers
from annstudio.engine.layers.base import Shape, features
from annstudio.project.graph import Graph, graph_of
from annstudio.project.model import Node, Project
from annstudio.project.shapes import Flow

MOST_NEURONS = 16
FIRST, LAST = 8, 4
"""Of a layer with more neurons, so many at its beginning and at its end are shown."""

STACK = 74.0
"""Side of a stack of pictures."""
BAR = 24.0
"""Width of a bar."""
LABEL_ROOM = 132.0
"""On the left for the names of the inputs, on the right for those of the outputs."""
TITLE_ROOM = 40.0

_PITCHES = (27.0, 62.0)
_HEIGHT = 330.0
"""What the tallest layer aims at; its neurons never stand closer, or farther apart, than the pitches."""
_RADII = 0.37, 16.0
_SHAPE = 2.7
"""Width of the whole to the height of its tallest column, at least: the canvas is wider than it is high, …"""
_STEPS = (150.0, 240.0, 420.0)
"""… but between layers with weights there is never less than the first, the second where they are few, nor more than
the third."""
_FEW = 3
_NARROW, _MIDDLING = 74.0, 120.0
"""Between layers without weights, and around pictures."""
_BETWEEN = 64.0
"""Between two layers in one column."""
_SHORTEST_BAR = 104.0


class Form(Enum):
    """How a layer is drawn."""

    NEURONS = "neurons"
    """A circle for each value: what comes in, and what layers with weights give."""
    BAR = "bar"
    """A slim bar that the values pass: layers that only change, drop or join them."""
    STACK = "stack"
    """Squares behind each other: values that are pictures, one for each channel."""


@dataclass(frozen=True)
class Point:
    """A place of the drawing, in scene units."""

    x: float
    y: float


@dataclass(frozen=True)
class Group:
    """A layer of the drawing.

    Args:
        node_id: its layer.
        form: how it is drawn.
        shape: of what it gives; None while that is unknown.
        weighted: what comes in reaches it by links with weights.
        biased: its neurons have a bias each.
        center: its middle.
        pitch: from one row to the next.
    """

    node_id: str
    form: Form
    shape: Shape | None
    weighted: bool
    biased: bool
    center: Point
    pitch: float

    @property
    def size(self) -> int:
        """How many values it has; of pictures, how many channels."""
        if self.shape is None:
            return 0
        return self.shape[0] if self.form is Form.STACK else features(self.shape)

    @cached_property
    def shown(self) -> tuple[int, ...]:
        """Numbers of the values that are drawn one by one, from the top."""
        return () if self.form is Form.STACK else shown_of(self.size)

    @property
    def hidden(self) -> int:
        """How many values stand for nothing but a number."""
        return 0 if self.form is Form.STACK else self.size - len(self.shown)

    @property
    def height(self) -> float:
        """From its upper to its lower edge."""
        return _height(self.form, self.size, self.pitch)

    @property
    def top(self) -> float:
        """Of its upper edge."""
        return self.center.y - self.height / 2

    @property
    def gap(self) -> Point:
        """Where it is said how many values are hidden."""
        return self._row(FIRST)

    @cached_property
    def spots(self) -> Mapping[int, Point]:
        """Where each shown value is, by its number."""
        return {number: self._row(row + (self.hidden > 0 and row >= FIRST)) for row, number in enumerate(self.shown)}

    def _row(self, row: int) -> Point:
        rows = _rows(self.size)
        return Point(self.center.x, self.center.y + (row - (rows - 1) / 2) * self.pitch)


@dataclass(frozen=True)
class Layout:
    """The whole drawing.

    Args:
        groups: by node id, in the order of the flow.
        radius: of a neuron.
    """

    groups: Mapping[str, Group]
    radius: float

    def bias_spot(self, node_id: str, number: int) -> Point:
        """Return where the bias of a neuron stands: at its foot."""
        spot = self.groups[node_id].spots[number]
        return Point(spot.x, spot.y + self.radius)

    def half_width(self, group: Group) -> float:
        """Return how far a group reaches from its middle to either side."""
        return {Form.NEURONS: self.radius, Form.BAR: BAR / 2, Form.STACK: STACK / 2}[group.form]


def layout_of(project: Project, flows: Mapping[str, Flow]) -> Layout:
    """Return where everything stands.

    Args:
        project: any graph will do, finished or not.
        flows: of its nodes.
    """
    graph = graph_of(project)
    columns = _columns(project, graph)
    forms = {node.id: _form(node, flows[node.id]) for node in project.design.nodes}
    sizes = {node_id: _size(forms[node_id], flows[node_id].output) for node_id in forms}
    # Of layers whose sizes are unknown there is no row.
    tallest = max([1, *(_rows(sizes[node_id]) for node_id in forms if forms[node_id] is not Form.STACK)])
    pitch = min(max(_HEIGHT / tallest, _PITCHES[0]), _PITCHES[1])
    lefts = _lefts([[forms[node_id] for node_id in column] for column in columns], tallest * pitch)
    groups: dict[str, Group] = {}
    for x, column in zip(lefts, columns, strict=True):
        heights = [_height(forms[node_id], sizes[node_id], pitch) for node_id in column]
        y = -(sum(heights) + _BETWEEN * (len(column) - 1)) / 2
        for node_id, height in zip(column, heights, strict=True):
            weighted = forms[node_id] is Form.NEURONS and bool(graph.sources[node_id])
            middle = Point(x, y + height / 2)
            biased = weighted and "bias" in flows[node_id].tensors
            groups[node_id] = Group(node_id, forms[node_id], flows[node_id].output, weighted, biased, middle, pitch)
            y += height + _BETWEEN
    return Layout(groups, min(_RADII[0] * pitch, _RADII[1]))


def shown_of(count: int) -> tuple[int, ...]:
    """Return the numbers of those of so many neurons that are drawn: all of a few, of many the first and the last."""
    return tuple(range(count)) if count <= MOST_NEURONS else (*range(FIRST), *range(count - LAST, count))


def _rows(size: int) -> int:
    """Return how many rows a layer takes, with one for what is hidden."""
    return size if size <= MOST_NEURONS else FIRST + 1 + LAST


def _height(form: Form, size: int, pitch: float) -> float:
    if form is Form.STACK:
        return STACK
    rows = _rows(size) * pitch
    return max(rows, _SHORTEST_BAR) if form is Form.BAR else max(rows, pitch)


def _columns(project: Project, graph: Graph) -> list[list[str]]:
    """Return the ids of each column's layers, from top to bottom as their cards are."""
    columns = graph.columns()
    filled: list[list[str]] = [[] for _ in range(max(columns.values(), default=-1) + 1)]
    for node_id in sorted(columns, key=lambda node_id: (project.positions[node_id][1], node_id)):
        filled[columns[node_id]].append(node_id)
    return [column for column in filled if column]


def _form(node: Node, flow: Flow) -> Form:
    if flow.output is not None and len(flow.output) == 3:
        return Form.STACK
    layer = layers[node.kind]
    has_neurons = not layer.takes_input or not layer.gives_output or "units" in node.settings.values
    return Form.NEURONS if has_neurons else Form.BAR


def _size(form: Form, shape: Shape | None) -> int:
    if shape is None:
        return 0
    return shape[0] if form is Form.STACK else features(shape)


def _lefts(columns: list[list[Form]], height: float) -> list[float]:
    """Return where each column's middle is, from left to right, in a drawing of about this height."""
    gaps = [_gap(before, after) for before, after in pairwise(columns)]
    wide = gaps.count(None)
    rest = _SHAPE * height - 2 * LABEL_ROOM - sum(gap for gap in gaps if gap is not None)
    narrow, usual, most = _STEPS
    step = min(max(rest / max(wide, 1), narrow if wide > _FEW else usual), most)
    lefts = [0.0] if columns else []
    for gap in gaps:
        lefts.append(lefts[-1] + (step if gap is None else gap))
    return lefts


def _gap(before: list[Form], after: list[Form]) -> float | None:
    """Return how far one column is from the next; None where links with weights need room."""
    if Form.NEURONS in after:
        return None
    return _MIDDLING if Form.STACK in (*before, *after) else _NARROW
