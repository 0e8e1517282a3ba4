"""What flows into and out of every layer, and what it keeps: computed by the engine's own layers."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from types import MappingProxyType

import numpy as np

from annstudio.core.errors import UserError
from annstudio.core.params import Value
from annstudio.core.texts import QT_TRANSLATE_NOOP, Text, text
from annstudio.engine.layers import layers
from annstudio.engine.layers.base import Layer, Shape, shown_shape
from annstudio.project.latest import latest
from annstudio.project.limits import MAXIMUM_VALUES
from annstudio.project.make import made
from annstudio.project.model import Node, Project, Settings
from annstudio.project.settings import source_of
from annstudio.project.unroll import unrolled_graph

_ANY_INPUTS: tuple[tuple[Shape, ...], ...] = (((1,),), ((2,),))
"""What stands in for unknown inputs: a layer that gives the same for all of these gives it whatever comes in."""


@dataclass(frozen=True)
class Flow:
    """What a layer takes, gives and keeps.

    Args:
        inputs: shapes that come in, one per wire; None while one of them is unknown, or nothing comes in.
        output: shape that goes out; None while it is unknown.
        parameters: number of weights, biases and the like; 0 while the inputs are unknown, as the next two.
        trained: how many of them training changes.
        multiply_adds: products that a sample takes on its way forward; see Layer.multiply_adds.
        tensors: the shapes of its parameters and statistics by name ("kernel", "bias", …); see Layer.parts.
        problem: why the layer cannot take what comes in, as a sentence that goes on after a colon.
    """

    inputs: tuple[Shape, ...] | None
    output: Shape | None
    parameters: int = 0
    trained: int = 0
    multiply_adds: int = 0
    tensors: Mapping[str, Shape] = field(default_factory=lambda: MappingProxyType({}))
    problem: Text | None = None

    @cached_property
    def kept(self) -> int:
        """Number of parameters and statistics."""
        return sum(math.prod(shape) for shape in self.tensors.values())


@latest
def flow(project: Project) -> dict[str, Flow]:
    """Return the flow of every node by id, copies of repeated blocks included; any graph will do, finished or not."""
    graph = unrolled_graph(project)
    data: Shape = (source_of(project.data).schema.inputs,)
    ordered = graph.ordered
    on_loops = graph.nodes.keys() - set(ordered)
    found: dict[str, Flow] = {}
    for node_id in (*ordered, *(node_id for node_id in graph.nodes if node_id in on_loops)):
        node = graph.nodes[node_id]
        if not layers[node.kind].takes_input:
            found[node_id] = Flow((data,), data)
        else:
            found[node_id] = _flow(node, _incoming(graph.sources[node_id], found))
    return {node_id: found[node_id] for node_id in graph.nodes}


def parameters(project: Project, flows: Mapping[str, Flow] | None = None) -> int:
    """Return the number of weights, biases and the like in all layers from which an Output can be reached.

    Args:
        project: any.
        flows: of its nodes, where they are known already.
    """
    used = unrolled_graph(project).used
    return sum(each.parameters for node_id, each in (flows or flow(project)).items() if node_id in used)


def _incoming(sources: Sequence[str], found: Mapping[str, Flow]) -> tuple[Shape, ...] | None:
    """Return the shapes that these sources give, None while one of them is unknown, or there is none."""
    shapes = [found[source].output if source in found else None for source in sources]
    known = tuple(shape for shape in shapes if shape is not None)
    return known if known and len(known) == len(shapes) else None


def _flow(node: Node, inputs: tuple[Shape, ...] | None) -> Flow:
    return _computed(node.kind, tuple(node.settings.values.items()), inputs)


@lru_cache(maxsize=4096)
def _computed(kind: str, values: tuple[tuple[str, Value], ...], inputs: tuple[Shape, ...] | None) -> Flow:
    """Ask the layer. At each edit most layers are what they were, so the answers are kept."""
    try:
        layer = made(Node(kind, kind, Settings(dict(values))))
        if inputs is None:
            return Flow(None, _regardless(layer))
        output = layer.output(inputs)
        _check_size(output)
    except UserError as error:
        return Flow(inputs, None, problem=error.message)
    blocks = layer.blocks(inputs)
    room = [np.broadcast_to(0.0, (block.rows, block.columns)) for block in (*blocks, *layer.statistics(inputs))]
    tensors = {name: part.shape for name, part in layer.parts(room).items()}
    parameters = sum(block.size for block in blocks)
    trained = parameters if layer.trainable else 0
    return Flow(inputs, output, parameters, trained, layer.multiply_adds(inputs), tensors)


def _regardless(layer: Layer) -> Shape | None:
    """Return the shape that this layer gives whatever comes in, None if that depends."""
    try:
        first, *others = (layer.output(inputs) for inputs in _ANY_INPUTS)
    except UserError:
        return None
    return first if all(other == first for other in others) else None


def _check_size(output: Shape) -> None:
    if math.prod(output) > MAXIMUM_VALUES:
        raise UserError(
            text(
                QT_TRANSLATE_NOOP("annstudio", "it gives {shape} values for every sample: at most {most} fit."),
                shape=shown_shape(output),
                most=f"{MAXIMUM_VALUES:,}",
            )
        )
