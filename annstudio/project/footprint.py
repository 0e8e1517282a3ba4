"""What a network costs: its parameters, the memory that training takes, and the work for a sample."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast

import numpy as np

from annstudio.engine.layers.base import features
from annstudio.engine.optimizers import optimizers
from annstudio.project.model import Project
from annstudio.project.settings import own_values
from annstudio.project.shapes import Flow, flow
from annstudio.project.unroll import unrolled_graph

_PROBE = 8
"""Length of the vector of weights with which an optimizer is asked what it remembers."""


@dataclass(frozen=True)
class Footprint:
    """What the layers from which an Output can be reached cost together.

    Args:
        parameters: number of weights, biases and the like.
        multiply_adds: products that one sample takes on its way forward; see Layer.multiply_adds.
        weights: bytes of the parameters and of the statistics.
        gradients: bytes of dJ/dw of what training changes.
        optimizer: bytes of what the optimizer remembers of each of those.
        activations: bytes of what every layer gives for a batch, the data included.
    """

    parameters: int
    multiply_adds: int
    weights: int
    gradients: int
    optimizer: int
    activations: int

    @property
    def memory(self) -> int:
        """Bytes of all together."""
        return self.weights + self.gradients + self.optimizer + self.activations


def footprint(project: Project, flows: Mapping[str, Flow] | None = None) -> Footprint:
    """Return what a project's network costs; what is unknown yet counts nothing.

    Args:
        project: any, finished or not.
        flows: of its nodes, where they are known already.
    """
    used = unrolled_graph(project).used
    flowing = [each for node_id, each in (flows or flow(project)).items() if node_id in used]
    training = project.training
    number = np.dtype(cast(str, training["precision"])).itemsize
    trained = sum(each.trained for each in flowing)
    values = sum(features(each.output) for each in flowing if each.output is not None)
    return Footprint(
        parameters=sum(each.parameters for each in flowing),
        multiply_adds=sum(each.multiply_adds for each in flowing),
        weights=number * sum(each.kept for each in flowing),
        gradients=number * trained,
        optimizer=number * trained * _remembered(project),
        activations=number * values * cast(int, training["batch_size"]),
    )


def _remembered(project: Project) -> int:
    """Return how many numbers the optimizer remembers of each parameter."""
    key = cast(str, project.training["optimizer"])
    optimizer = optimizers[key](**own_values(project.training.values, "optimizer"))
    state = optimizer.initial_state(np.zeros(_PROBE))
    return sum(value.size for value in state.values() if value.shape[-1:] == (_PROBE,)) // _PROBE
