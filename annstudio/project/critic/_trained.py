"""What training would change."""

from annstudio.project.graph import graph_of
from annstudio.project.model import Node, Project
from annstudio.project.shapes import flow


def trained(project: Project) -> list[Node]:
    """Return the layers, in the design's order, from which the Output is reached and whose weights training changes."""
    used, flows = graph_of(project).used, flow(project)
    return [
        node
        for node in project.design.nodes
        if node.id in used and flows[node.id].parameters and node.settings.values.get("trainable", True)
    ]
