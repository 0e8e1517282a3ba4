"""Remembering what was found out about the latest project, because several ask within one edit."""

from annstudio.project.graph import Graph
from annstudio.project.latest import latest
from annstudio.project.model import Project
from annstudio.project.shapes import parameters


@latest
def graph_of(project: Project) -> Graph:
    """Return the wiring of the project's design."""
    return Graph(project.design)


@latest
def used_in(project: Project) -> frozenset[str]:
    """Return the ids of all layers from which the Output is reached."""
    return frozenset(graph_of(project).used())


@latest
def parameters_of(project: Project) -> int:
    """Return how many weights, biases and the like the layers have from which the Output is reached."""
    return parameters(project)
