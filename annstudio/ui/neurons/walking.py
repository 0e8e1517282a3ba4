"""Where the keyboard goes from one neuron or link to the next."""

from collections.abc import Sequence
from enum import Enum

from annstudio.ui.neurons.layout import Form, Layout
from annstudio.ui.neurons.links import Bundle
from annstudio.ui.neurons.things import Bias, Link, Neuron, Thing, Whole


class Way(Enum):
    """An arrow key."""

    UP = -1, True
    DOWN = 1, True
    LEFT = -1, False
    RIGHT = 1, False

    @property
    def step(self) -> int:
        """−1 is up or left."""
        return self.value[0]

    @property
    def upright(self) -> bool:
        """It leads up or down."""
        return self.value[1]


class Walker:
    """Tab goes from neuron to neuron; the arrows also onto the links.

    Left of a neuron are the links into it, with its bias as the last one; up and down choose among them, and left goes
    on to where a link comes from.

    Args:
        layout: where the groups are.
        bundles: the links with weights.

    Attributes:
        sources: for each layer with links, by node id, the layer that they come from.
        order: where Tab stops, column by column.
    """

    def __init__(self, layout: Layout, bundles: Sequence[Bundle]) -> None:
        self._layout = layout
        self.sources = {bundle.node_id: bundle.source_id for bundle in bundles}
        self._links = {bundle.node_id: bundle.links for bundle in bundles}
        groups = sorted(layout.groups.values(), key=lambda group: (group.center.x, group.center.y))
        self.order: list[Thing] = [stop for group in groups for stop in self._stops(group.node_id)]

    def tab(self, thing: Thing | None, forward: bool) -> Thing | None:
        """Return the next neuron, column by column; None behind the last. A layer without any stands for itself."""
        order = self.order if forward else self.order[::-1]
        thing = _neuron_of(thing)
        following = order[order.index(thing) + 1 :] if thing in order else order
        return following[0] if following else None

    def go(self, thing: Thing | None, way: Way) -> Thing | None:
        """Return where an arrow leads; the thing itself at an end."""
        if thing is None:
            return self.tab(None, True)
        if isinstance(thing, Link | Bias):
            return self._from_weight(thing, way)
        if way.upright:
            return self._beside(thing, way.step)
        into = self._into(thing) if way is Way.LEFT else []
        return into[0] if into else self._across(thing, way.step)

    def _from_weight(self, weight: Link | Bias, way: Way) -> Thing:
        neuron = Neuron(weight.node_id, weight.unit)
        if way is Way.RIGHT:
            return neuron
        if way.upright:
            return _neighbor(self._into(neuron), weight, way.step)
        return self._start(weight) if isinstance(weight, Link) else weight

    def _start(self, link: Link) -> Thing:
        """Return where a link comes from."""
        source = self.sources[link.node_id]
        has_neurons = self._layout.groups[source].form is Form.NEURONS
        return Neuron(source, link.source) if has_neurons else Whole(source)

    def _into(self, thing: Thing) -> list[Thing]:
        """Return the links into a neuron, from the top, and its bias."""
        if not isinstance(thing, Neuron):
            return []
        links: list[Thing] = [link for link in self._links.get(thing.node_id, []) if link.unit == thing.number]
        return [*links, Bias(thing.node_id, thing.number)] if self._layout.groups[thing.node_id].biased else links

    def _stops(self, node_id: str) -> list[Thing]:
        group = self._layout.groups[node_id]
        if group.form is not Form.NEURONS or not group.shown:
            return [Whole(node_id)]
        return [Neuron(node_id, number) for number in group.shown]

    def _beside(self, thing: Thing, step: int) -> Thing:
        x = self._x(thing)
        return _neighbor([other for other in self.order if self._x(other) == x], thing, step)

    def _across(self, thing: Thing, step: int) -> Thing:
        """Return the nearest stop in the next column."""
        x, y = self._x(thing), self._y(thing)
        beyond = [other for other in self.order if (self._x(other) - x) * step > 0]
        nearest = min((abs(self._x(other) - x) for other in beyond), default=0)
        column = [other for other in beyond if abs(self._x(other) - x) == nearest]
        return min(column, key=lambda other: abs(self._y(other) - y), default=thing)

    def _x(self, thing: Thing) -> float:
        return self._layout.groups[thing.node_id].center.x

    def _y(self, thing: Thing) -> float:
        group = self._layout.groups[thing.node_id]
        return group.spots[thing.number].y if isinstance(thing, Neuron) else group.center.y


def _neighbor(stops: list[Thing], thing: Thing, step: int) -> Thing:
    return stops[min(max(stops.index(thing) + step, 0), len(stops) - 1)] if thing in stops else thing


def _neuron_of(thing: Thing | None) -> Thing | None:
    return Neuron(thing.node_id, thing.unit) if isinstance(thing, Link | Bias) else thing
