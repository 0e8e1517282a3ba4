"""The lines between the groups of a layout, as numbers: those with weights, and those that only hand values on."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from annstudio.project.model import Project
from annstudio.training.trained import LayerWeights
from annstudio.ui.neurons.layout import TITLE_ROOM, Group, Layout, Point
from annstudio.ui.neurons.things import Link

_LANE = 14.0
"""How far above the titles of other layers a wire leads around them."""

Ends = NDArray[np.float64]
"""(lines, 4): x and y of the left, then of the right end of each line."""


@dataclass(frozen=True, eq=False)
class Bundle:
    """The drawn links into one layer with weights.

    Args:
        node_id: that layer.
        source_id: the layer whose values they weigh.
        ends: of the links.
        sources: for each link the number of the value that it weighs, a row of the kernel.
        units: for each link the number of its neuron, a column of the kernel.
    """

    node_id: str
    source_id: str
    ends: Ends
    sources: NDArray[np.intp]
    units: NDArray[np.intp]

    def weights(self, known: Mapping[str, LayerWeights]) -> NDArray[np.float64]:
        """Return the weight of each link; NaN where it is not known."""
        kernel = known[self.node_id].parts.get("kernel") if self.node_id in known else None
        if kernel is None or not self._fit(kernel):
            return np.full(len(self.sources), np.nan)
        return kernel[self.sources, self.units].astype(np.float64)

    @cached_property
    def links(self) -> list[Link]:
        """Each link as what can be pointed at."""
        pairs = zip(self.sources.tolist(), self.units.tolist(), strict=True)
        return [Link(self.node_id, source, unit) for source, unit in pairs]

    def _fit(self, kernel: NDArray[Any]) -> bool:
        return kernel.ndim == 2 and self.sources.max() < len(kernel) and self.units.max() < kernel.shape[1]


@dataclass(frozen=True)
class Detour:
    """A wire that leads around the layers between its ends.

    Args:
        start, end: its ends.
        lane: the height at which it passes above them.
    """

    start: Point
    end: Point
    lane: float


@dataclass(frozen=True)
class _Wire:
    """A wire that hands values on as they are.

    Args:
        source, target: its ends.
        offset: number of the target's value that the first of the source becomes.
    """

    source: Group
    target: Group
    offset: int


def bundles_of(project: Project, layout: Layout) -> list[Bundle]:
    """Return the links into every layer that weighs single values, where any of them are drawn."""
    return [_bundle(source, target, layout) for source, target in _weighted(project, layout)]


def passing_lines(project: Project, layout: Layout) -> Ends:
    """Return a line for each drawn value that a layer hands on to its neighbor, or one where they are pictures."""
    lines = [line for wire in _wires(project, layout) if not _between(wire, layout) for line in _lines(wire, layout)]
    return np.array(lines, np.float64).reshape(-1, 4)


def detours_of(project: Project, layout: Layout) -> list[Detour]:
    """Return the wires that hand values on to a layer further away."""
    return [_detour(wire, layout) for wire in _wires(project, layout) if _between(wire, layout)]


def _weighted(project: Project, layout: Layout) -> Iterator[tuple[Group, Group]]:
    for target in layout.groups.values():
        sources = project.design.sources(target.node_id)
        source = layout.groups[sources[0]] if len(sources) == 1 else None
        if target.weighted and target.shown and source is not None and source.shown:
            yield source, target


def _bundle(source: Group, target: Group, layout: Layout) -> Bundle:
    out, into = layout.half_width(source), layout.half_width(target)
    starts = np.array([(source.spots[number].x + out, source.spots[number].y) for number in source.shown])
    ends = np.array([(target.spots[number].x - into, target.spots[number].y) for number in target.shown])
    first, last = (side.ravel() for side in np.indices((len(starts), len(ends))))
    return Bundle(
        target.node_id,
        source.node_id,
        np.hstack([starts[first], ends[last]]),
        np.array(source.shown)[first],
        np.array(target.shown)[last],
    )


def _wires(project: Project, layout: Layout) -> Iterator[_Wire]:
    """Yield the wires that carry no weights."""
    weighted = {target.node_id for _, target in _weighted(project, layout)}
    for target in layout.groups.values():
        offset = 0
        for node_id in project.design.sources(target.node_id) if target.node_id not in weighted else ():
            source = layout.groups[node_id]
            yield _Wire(source, target, offset)
            offset += source.size if target.size != source.size else 0


def _between(wire: _Wire, layout: Layout) -> list[Group]:
    """Return the layers between the ends of a wire."""
    low, high = wire.source.center.x, wire.target.center.x
    return [group for group in layout.groups.values() if low < group.center.x < high]


def _lines(wire: _Wire, layout: Layout) -> list[tuple[float, float, float, float]]:
    pairs = [
        (wire.source.spots[number], wire.target.spots[wire.offset + number])
        for number in wire.source.shown
        if wire.offset + number in wire.target.spots
    ]
    if wire.source.size > wire.target.size or not pairs:
        pairs = [(wire.source.center, wire.target.center)]
    out, into = layout.half_width(wire.source), layout.half_width(wire.target)
    return [(start.x + out, start.y, end.x - into, end.y) for start, end in pairs]


def _detour(wire: _Wire, layout: Layout) -> Detour:
    start, end = wire.source, wire.target
    others = [*_between(wire, layout), start]
    lane = min(group.top for group in others) - TITLE_ROOM - _LANE
    return Detour(
        Point(start.center.x + layout.half_width(start), start.top + start.pitch / 2),
        Point(end.center.x, end.top),
        lane,
    )
