"""What every unit of a network answers, wherever it is asked."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from annstudio.core.calls import Array
from annstudio.engine.plan import ForwardPlan
from annstudio.project.compile import Compiled
from annstudio.project.model import Project

_MOST_VALUES = 2_000_000
"""Of the widest layer, over all points that are asked together."""


class Units:
    """All units of a network, and the data that come in.

    Args:
        project: that was compiled.
        compiled: its network.
        weights: the flat vector; read at every question.
    """

    def __init__(self, project: Project, compiled: Compiled, weights: Array) -> None:
        self._compiled, self._weights = compiled, weights
        self._sources = [node.id for node in project.design.of_kind("input")]
        self._plan: ForwardPlan | None = None
        self._points = 0

    def room(self, work: float) -> int:
        """Return how many points can be asked together.

        Args:
            work: multiply-adds for all of them, at most.
        """
        network = self._compiled.network
        shaped = [(layer, network.input_shapes(place)) for place, layer in enumerate(network.layers)]
        needed = sum(layer.multiply_adds(shapes) for layer, shapes in shaped)
        widest = max(network.inputs, *(layer.room(shapes) for layer, shapes in shaped))
        return int(min(work // max(needed, 1), _MOST_VALUES // widest))

    def answers(self, points: NDArray[Any]) -> dict[str, Array]:
        """Return what every layer answers, by node id, (values, points); it holds until the next question.

        Args:
            points: scaled as the training data are, (points, features).
        """
        inputs = points.astype(self._weights.dtype)
        if self._plan is None or self._points != len(inputs):
            self._plan, self._points = ForwardPlan(self._compiled.network, self._weights, len(inputs)), len(inputs)
        with np.errstate(all="ignore"):
            self._plan.run(inputs)
        found: dict[str, Array] = dict.fromkeys(self._sources, inputs.T)
        return found | dict(zip(self._compiled.node_ids, self._plan.outputs, strict=True))
