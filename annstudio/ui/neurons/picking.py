"""What the pointer means, and where the keyboard goes from there."""

from collections.abc import Sequence

import numpy as np

from annstudio.ui.neurons.layout import TITLE_ROOM, Form, Group, Layout, Point
from annstudio.ui.neurons.links import Bundle
from annstudio.ui.neurons.things import Bias, Link, Neuron, Thing, Whole

_TITLE = 66.0
"""How far a title can be clicked to either side of its middle."""


class Picker:
    """Finds things by their places.

    Args:
        layout: where the groups are.
        bundles: the links with weights.

    Attributes:
        links: every drawn link, in the order of the bundles.
    """

    def __init__(self, layout: Layout, bundles: Sequence[Bundle]) -> None:
        self._layout = layout
        self.links: list[Link] = [link for bundle in bundles for link in bundle.links]
        self._ends = np.concatenate([np.empty((0, 4)), *(bundle.ends for bundle in bundles)])
        self._numbers = {link: number for number, link in enumerate(self.links)}

    def at(self, point: Point, reach: float) -> Thing | None:
        """Return what is at a point: a bias before a neuron, these before a link, and a layer as a whole at last.

        Args:
            point: in scene units.
            reach: how far beside a link still counts.
        """
        return self._at_spot(point, reach) or self._link_at(point, reach) or self._whole_at(point)

    def ends(self, link: Link) -> tuple[Point, Point]:
        """Return the ends of a drawn link."""
        x1, y1, x2, y2 = self._ends[self._numbers[link]].tolist()
        return Point(x1, y1), Point(x2, y2)

    def place(self, thing: Thing) -> Point | None:
        """Return where a thing is, of a link the middle; None where it is not drawn."""
        group = self._layout.groups.get(thing.node_id)
        if group is None:
            return None
        match thing:
            case Link():
                return self._middle(thing)
            case Bias(node_id, number):
                drawn = group.biased and number in group.spots
                return self._layout.bias_spot(node_id, number) if drawn else None
            case Neuron(_, number):
                return group.spots.get(number)
            case Whole():
                titled = group.form is Form.NEURONS
                return Point(group.center.x, group.top - TITLE_ROOM / 2) if titled else group.center

    def _middle(self, link: Link) -> Point | None:
        if link not in self._numbers:
            return None
        start, end = self.ends(link)
        return Point((start.x + end.x) / 2, (start.y + end.y) / 2)

    def _at_spot(self, point: Point, reach: float) -> Thing | None:
        radius = self._layout.radius
        for group in self._layout.groups.values():
            near = abs(group.center.x - point.x) <= radius + reach and group.form is Form.NEURONS
            for number in group.shown if near else ():
                to_bias = _distance(self._layout.bias_spot(group.node_id, number), point)
                to_middle = _distance(group.spots[number], point)
                if group.biased and to_bias <= reach and to_bias < to_middle:
                    return Bias(group.node_id, number)
                if to_middle <= radius + 1:
                    return Neuron(group.node_id, number)
        return None

    def _link_at(self, point: Point, reach: float) -> Link | None:
        if not self.links:
            return None
        start, way = self._ends[:, :2], self._ends[:, 2:] - self._ends[:, :2]
        at = np.array([point.x, point.y])
        share = np.clip(((at - start) * way).sum(axis=1) / np.maximum((way * way).sum(axis=1), 1e-9), 0, 1)
        distances = np.hypot(*(start + share[:, None] * way - at).T)
        nearest = int(distances.argmin())
        return self.links[nearest] if distances[nearest] <= reach else None

    def _whole_at(self, point: Point) -> Whole | None:
        return next(
            (Whole(group.node_id) for group in self._layout.groups.values() if self._covers(group, point)), None
        )

    def _covers(self, group: Group, point: Point) -> bool:
        """Return whether a point is on a group, or on its title."""
        titled = group.form is not Form.BAR
        side = max(self._layout.half_width(group), _TITLE if titled and point.y < group.top else 0)
        top = group.top - (TITLE_ROOM if titled else 0)
        return abs(point.x - group.center.x) <= side and top <= point.y <= group.top + group.height


def _distance(one: Point, other: Point) -> float:
    return float(np.hypot(one.x - other.x, one.y - other.y))
