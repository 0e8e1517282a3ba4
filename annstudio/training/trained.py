"""Trained weights, and the project that they belong to."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from annstudio.core.calls import Array
from annstudio.core.params import Param, Value
from annstudio.engine.layers import layers
from annstudio.project.graph import Graph
from annstudio.project.model import Node, Project
from annstudio.project.settings import declared
from annstudio.project.unroll import unrolled


@dataclass(frozen=True, eq=False)
class LayerWeights:
    """The parameters and statistics of one layer: a copy, safe to keep.

    Attributes:
        parts: by name, such as "kernel" and "bias"; see Layer.parts.
    """

    parts: Mapping[str, Array]

    @property
    def kernel(self) -> Array:
        """W, (inputs, units): column j holds the weights into unit j; for layers that have one."""
        return self.parts["kernel"]

    @property
    def bias(self) -> Array:
        """b, (units,); for layers that have one."""
        return self.parts["bias"]


@dataclass(frozen=True)
class Progress:
    """How far weights have been trained: whole epochs and single steps."""

    epoch: int = 0
    step: int = 0


UNTRAINED = Progress()


@dataclass(frozen=True, eq=False)
class Trained:
    """What a network has learned.

    Attributes:
        project: what was trained.
        weights: of the layers that have learned anything, by node id.
        progress: how far.
    """

    project: Project
    weights: Mapping[str, LayerWeights] = field(default_factory=lambda: MappingProxyType({}))
    progress: Progress = UNTRAINED

    def kept_for(self, after: Project) -> "Trained":
        """Return what is still worth something after an edit.

        A layer keeps its weights if it is the same layer, started the same way, and the data and the seed are the
        same; whether its shape still fits is for the new network to say. An edit of the network starts a new count.
        """
        before = self.project
        if before.data.values != after.data.values or before.training["seed"] != after.training["seed"]:
            return Trained(after)
        then, now = _starts(before), _starts(after)
        kept = {node_id: weights for node_id, weights in self.weights.items() if now.get(node_id) == then.get(node_id)}
        return Trained(after, kept, self.progress if same_network(before, after) else UNTRAINED)


def same_network(before: Project, after: Project) -> bool:
    """Return whether a run of one project may go on as a run of the other: same network, data, seed and precision.

    What only tunes training makes no difference; see Param.tunes.

    Layers that lead nowhere are left out of the run, so they make no difference.
    """
    return _identity(before) == _identity(after)


def tunings(project: Project) -> dict[tuple[str, str], Value]:
    """Return the settings of layers that only tune training, by node id and key; see Param.tunes."""
    return {
        (node.id, key): value
        for node in _used(project)
        for key, value in node.settings.values.items()
        if _params(node)[key].tunes
    }


def _identity(project: Project) -> object:
    training = project.training
    used = _used(project)
    nodes = [(node.id, node.kind, _making(node)) for node in used]
    # Of wires into one layer the order counts, of others it does not.
    sources = Graph(unrolled(project.design)).sources
    wires = {node.id: sources[node.id] for node in used if node.id in sources}
    return nodes, wires, project.data.values, training["seed"], training["precision"]


def _used(project: Project) -> list[Node]:
    """Return the layers that are part of the run."""
    design = unrolled(project.design)
    graph = Graph(design)
    used = graph.used or graph.nodes.keys()
    return [node for node in design.nodes if node.id in used]


def _making(node: Node) -> dict[str, Value]:
    """Return the settings that make a layer what it is."""
    params = _params(node)
    return {key: value for key, value in node.settings.values.items() if not params[key].tunes}


def _params(node: Node) -> dict[str, Param]:
    return declared(layers[node.kind].info.params, node.settings.values)


def _starts(project: Project) -> dict[str, dict[str, Value]]:
    """Return, by node id, how each layer's weights are drawn."""
    return {
        node.id: {key: value for key, value in node.settings.values.items() if "initializer" in key}
        for node in unrolled(project.design).nodes
    }
