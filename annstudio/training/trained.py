"""Trained weights, and the project that they belong to."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from annstudio.core.calls import Array
from annstudio.core.params import Value
from annstudio.project.graph import Graph
from annstudio.project.model import Project
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

    Layers that lead nowhere are left out of the run, so they make no difference.
    """
    return _identity(before) == _identity(after)


def _identity(project: Project) -> object:
    training = project.training
    design = unrolled(project.design)
    graph = Graph(design)
    used = graph.used or graph.nodes.keys()
    nodes = [(node.id, node.kind, node.settings.values) for node in design.nodes if node.id in used]
    # Of wires into one layer the order counts, of others it does not.
    wires = {node_id: sources for node_id, sources in graph.sources.items() if node_id in used}
    return nodes, wires, project.data.values, training["seed"], training["precision"]


def _starts(project: Project) -> dict[str, dict[str, Value]]:
    """Return, by node id, how each layer's weights are drawn."""
    return {
        node.id: {key: value for key, value in node.settings.values.items() if "initializer" in key}
        for node in unrolled(project.design).nodes
    }
