"""What the rules about the perceptron know of a design."""

from annstudio.engine.optimizers import optimizers
from annstudio.project.critic._trained import trained
from annstudio.project.model import Node, Project


def takes_own_error(project: Project) -> bool:
    """Return whether the optimizer learns from the Output's answers alone, whatever their slope and the loss."""
    return optimizers[str(project.training["optimizer"])].own_error


def trained_before_output(project: Project) -> list[Node]:
    """Return the layers, in the design's order, that feed the Output and have weights that training changes."""
    return [node for node in trained(project) if node.kind != "output"]
