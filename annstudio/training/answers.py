"""What every layer answers, unit by unit: the numbers behind the small pictures on the cards."""

import time
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import numpy as np
from numpy.typing import NDArray

from annstudio.core.calls import Array
from annstudio.data.prepare import Part, Prepared
from annstudio.engine.layers.base import Shape
from annstudio.project.compile import Compiled
from annstudio.project.model import Project
from annstudio.training.surface import LINE_COLUMNS, lattice
from annstudio.training.units import Units

MOST_MAPS = 8
"""Units of a layer, at most, of which there is a map or a picture each."""
MOST_ROWS = 20
"""Units of a layer, at most, that answer in a row each."""

_SIDES = (20, 14, 10)
"""Points along each side of a map, from fine to coarse."""
_SAMPLES = 24
_MOST_PIXELS = 32
"""Rows and columns of a picture, at most; of larger ones some are left out."""
_MOST_WORK = 2e7
"""Multiply-adds for one look, some milliseconds: larger networks are asked at fewer points."""
_SHARE = 0.02
"""Of the time of a run, at most, that looking takes."""


class Scope(StrEnum):
    """To what the units of a layer answer."""

    PLANE = "plane"
    """All points of the plane of two features."""
    LINE = "line"
    """One feature, from its smallest to its largest value."""
    SAMPLES = "samples"
    """Some training samples, in the order of their targets."""
    PICTURE = "picture"
    """A single training sample, by a picture."""


@dataclass(frozen=True, eq=False)
class Answers:
    """What the first units of a layer answer.

    Args:
        scope: to what.
        values: (units, rows, columns); of a plane row 0 is at the bottom.
        units: how many the layer has.
    """

    scope: Scope
    values: Array
    units: int


@dataclass(frozen=True, eq=False)
class _Question:
    """The points at which a network is asked.

    Args:
        scope: what they are.
        shape: rows and columns of what a unit answers.
        inputs: scaled, (points, features).
    """

    scope: Scope
    shape: tuple[int, int]
    inputs: NDArray[Any]


class Probe:
    """Looks at a network in training; on the thread that trains, between two batches.

    Args:
        project: that was compiled.
        compiled: its network.
        prepared: its data.
        weights: the flat vector; read at every look.
    """

    def __init__(self, project: Project, compiled: Compiled, prepared: Prepared, weights: Array) -> None:
        network, image_shape = compiled.network, prepared.data.schema.image_shape
        entering = (1, *image_shape) if image_shape is not None else network.input_shape
        self._shapes: dict[str, Shape] = {node.id: entering for node in project.design.of_kind("input")}
        self._shapes |= zip(compiled.node_ids, network.shapes, strict=True)
        self._units = Units(project, compiled, weights)
        self._question = _question(prepared, self._units.room(_MOST_WORK))
        self._latest: dict[str, Answers] = {}
        self._due = 0.0

    def look(self, hurried: bool = False) -> dict[str, Answers]:
        """Return what every layer answers, by node id, the data included; nothing for networks that are too large.

        Args:
            hurried: looking must not take more than its share of the time: if it would, the return is that of the
                last look.
        """
        begin = time.perf_counter()
        if self._question is not None and not (hurried and begin < self._due):
            self._latest = self._ask(self._question)
            self._due = begin + (time.perf_counter() - begin) / _SHARE
        return self._latest

    def _ask(self, question: _Question) -> dict[str, Answers]:
        found = self._units.answers(question.inputs)
        return {node_id: _answers(question, self._shapes[node_id], values) for node_id, values in found.items()}


def _answers(question: _Question, shape: Shape, values: Array) -> Answers:
    """Return what a layer answers.

    Args:
        question: what it was asked.
        shape: of a sample behind the layer.
        values: (features, points).
    """
    if question.scope is Scope.SAMPLES and len(shape) == 3:
        # A picture as wide as all samples would show nothing: one sample is enough.
        rows, columns = (slice(None, None, -(-size // _MOST_PIXELS)) for size in shape[1:])
        return Answers(Scope.PICTURE, values[:, 0].reshape(shape)[:MOST_MAPS, rows, columns].copy(), shape[0])
    most = MOST_MAPS if question.scope is Scope.PLANE else MOST_ROWS
    return Answers(question.scope, values[:most].reshape(-1, *question.shape).copy(), len(values))


def _question(prepared: Prepared, room: int) -> _Question | None:
    """Return the points at which a network is asked, None where not even the fewest fit into the room."""
    inputs = prepared.data.schema.inputs
    if inputs == 2:
        side = next((side for side in _SIDES if side * side <= room), None)
        return None if side is None else _Question(Scope.PLANE, (side, side), lattice(prepared, side)[1])
    if inputs == 1:
        columns = min(room, LINE_COLUMNS // 4)
        return _Question(Scope.LINE, (1, columns), lattice(prepared, columns)[1]) if columns > 1 else None
    chosen = prepared.train.inputs[_spread(prepared.train, min(room, _SAMPLES))]
    return _Question(Scope.SAMPLES, (1, len(chosen)), chosen) if len(chosen) else None


def _spread(part: Part, most: int) -> NDArray[np.intp]:
    """Return the numbers of some samples, in the order of their targets and from all over their range."""
    targets = part.targets
    order = np.argsort(targets[:, 0] if targets.shape[1] == 1 else targets.argmax(axis=1), kind="stable")
    return order[np.linspace(0, len(order) - 1, min(most, len(order))).astype(np.intp)]
