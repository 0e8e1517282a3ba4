"""How many values flow into and out of every layer, and how many weights that makes."""

from dataclasses import dataclass

from annstudio.engine.layers import layers
from annstudio.project.graph import Graph
from annstudio.project.model import Node, Project
from annstudio.project.settings import source_of


@dataclass(frozen=True)
class Flow:
    """What a layer takes and gives.

    Args:
        inputs: values per sample that come in; None while no layer, or more than one, is wired into it.
        outputs: values per sample that go out.
        parameters: number of weights and biases; 0 while the inputs are unknown.
    """

    inputs: int | None
    outputs: int | None
    parameters: int


def flow(project: Project) -> dict[str, Flow]:
    """Return the flow of every node by id; any graph will do, finished or not."""
    features = source_of(project.data).schema.inputs
    graph = Graph(project.design)
    gives = {node.id: _outputs(node, features) for node in project.design.nodes}
    return {node.id: _flow(node, graph.sources[node.id], gives) for node in project.design.nodes}


def parameters(project: Project) -> int:
    """Return the number of weights and biases of the whole network."""
    return sum(each.parameters for each in flow(project).values())


def _outputs(node: Node, features: int) -> int:
    return int(node["units"]) if layers[node.kind].takes_input else features


def _flow(node: Node, sources: list[str], gives: dict[str, int]) -> Flow:
    units = gives[node.id]
    if not layers[node.kind].takes_input:
        return Flow(units, units, 0)
    if len(sources) != 1:
        return Flow(None, units, 0)
    inputs = gives[sources[0]]
    return Flow(inputs, units, (inputs + 1) * units)
