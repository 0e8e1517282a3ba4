"""What the rules about the perceptron know of a design."""

from annstudio.engine.optimizers import optimizers
from annstudio.project.graph import Graph
from annstudio.project.model import Node, Project
from annstudio.project.shapes import flow


def takes_own_error(project: Project) -> bool:
    """Return whether the optimizer learns from the Output's answers alone, whatever their slope and the loss."""
    return optimizers[str(project.training["optimizer"])].own_error


def trained_before_output(project: Project) -> list[Node]:
    """Return the layers, in the design's order, that feed the Output and have weights that training changes."""
    graph, flows = Graph(project.design), flow(project)
    used = graph.used()
    return [
        node
        for node in project.design.nodes
        if node.id in used
        and node.kind != "output"
        and flows[node.id].parameters
        and node.settings.values.get("trainable", True)
    ]
