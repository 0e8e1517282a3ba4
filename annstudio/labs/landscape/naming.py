"""What single weights of a network are called."""

from dataclasses import dataclass

import numpy as np

from annstudio.core.calls import Array
from annstudio.core.texts import Text
from annstudio.project.compile import Compiled
from annstudio.project.graph import Graph
from annstudio.project.model import Project
from annstudio.project.names import title
from annstudio.project.unroll import unrolled

MOST_LISTED = 300


@dataclass(frozen=True)
class NamedWeight:
    """A trained weight.

    Args:
        place: in the flat vector.
        layer: its layer's name.
        part: which of the layer's arrays, "kernel" or "bias".
        index: within that.
    """

    place: int
    layer: Text
    part: str
    index: tuple[int, ...]

    @property
    def letters(self) -> str:
        """What it is called within its layer: w₁→₂, b₂, γ₁."""
        letter = {"kernel": "w", "bias": "b", "gamma": "γ", "beta": "β", "activation": "s"}.get(self.part, self.part)
        return f"{letter} {'→'.join(str(number + 1) for number in self.index)}"


def named_weights(project: Project, compiled: Compiled, moved: Array) -> list[NamedWeight]:
    """Return the trained weights in the order of the network; of many, those that have moved furthest.

    Args:
        project, compiled: whose.
        moved: how far each has moved, (trained,).
    """
    nodes = Graph(unrolled(project.design)).nodes
    # Each number's place stands where the number itself would.
    parts = compiled.parts(np.arange(compiled.network.size))
    far = np.argsort(-np.abs(moved), kind="stable")[:MOST_LISTED]
    found = []
    for node_id, arrays in parts.items():
        for part, places in arrays.items():
            for index in np.argwhere(np.isin(places, far)).tolist():
                found.append(NamedWeight(int(places[tuple(index)]), title(nodes[node_id]), part, tuple(index)))
    return sorted(found, key=lambda weight: weight.place)
