"""Ways of wires around the cards that stand in between."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainterPath

from annstudio.ui.canvas.geometry import wire_path

_LEAVE = 11.0
"""How far from a port a way around turns: in the gap between neighboring cards, a little off its middle, so that the
ways out of one card and into the next run side by side."""
_CLEARANCE = 16.0
_APART = 8.0
_TOUCH = 3.0
"""A wire may come so close to the edge of a card, or run so far beneath it."""
_SAMPLES = 24
_TRIES = 12
_BEHIND_A_CARD = 10_000.0
"""A way that runs behind a card costs as much as so long a detour: it is taken only where there is no other."""

Leg = tuple[QPointF, QPointF]


@dataclass(frozen=True)
class _Lane:
    """The level stretch of a way around.

    Args:
        source: id of the layer that the wire comes from.
        height: of the stretch, in scene units.
        left, right: its ends.
    """

    source: str
    height: float
    left: float
    right: float

    def meets(self, other: "_Lane") -> bool:
        """Return whether the two would be taken for one wire; those from one layer may share their way."""
        apart = abs(self.height - other.height) >= _APART or self.right < other.left or other.right < self.left
        return not apart and self.source != other.source


class Router:
    """Leads the wires of one picture; those from different layers keep apart.

    Args:
        cards: where the cards stand, in scene units.
    """

    def __init__(self, cards: Sequence[QRectF]) -> None:
        self._cards = [card.adjusted(_TOUCH, _TOUCH, -_TOUCH, -_TOUCH) for card in cards]
        self._lanes: list[_Lane] = []

    def path(self, source: str, start: QPointF, end: QPointF) -> QPainterPath:
        """Return the way of a wire: the plain curve, or an arc around the cards that would hide it.

        Args:
            source: id of the layer that the wire comes from.
            start, end: the output and the input port, in scene units.
        """
        plain = wire_path(start, end)
        if start.x() < end.x() and not self._hides(plain):
            return plain
        lane = self._lane(source, start, end)
        self._lanes.append(lane)
        return _rounded(_corners(start, end, lane.height))

    def _hides(self, path: QPainterPath) -> bool:
        covered = _padded(path.boundingRect())
        near = [card for card in self._cards if card.intersects(covered)]
        points = [path.pointAtPercent(step / _SAMPLES) for step in range(_SAMPLES + 1)] if near else []
        return any(card.contains(point) for card in near for point in points)

    def _lane(self, source: str, start: QPointF, end: QPointF) -> _Lane:
        left, right = sorted((start.x() + _LEAVE, end.x() - _LEAVE))
        heights = self._heights(left, right, start.y(), end.y())
        height = min(heights, key=lambda height: self._cost(start, end, height))
        lane = _Lane(source, height, left, right)
        outward = -_APART if height <= (start.y() + end.y()) / 2 else _APART
        while any(lane.meets(other) for other in self._lanes):
            lane = _Lane(source, lane.height + outward, left, right)
        return lane

    def _heights(self, left: float, right: float, start: float, end: float) -> list[float]:
        """Return the heights worth a try: close to each card in between, the shortest detours and the outermost."""
        between = [card for card in self._cards if card.left() < right and left < card.right()]
        above, below = {card.top() - _CLEARANCE for card in between}, {card.bottom() + _CLEARANCE for card in between}
        # Upwards first: the notes hang below the cards.
        heights = sorted(above | below, key=lambda height: (abs(height - start) + abs(height - end), height))
        outermost = [min(above), max(below)] if between else [start - _CLEARANCE]
        return heights[:_TRIES] + outermost

    def _cost(self, start: QPointF, end: QPointF, height: float) -> float:
        corners = _corners(start, end, height)
        legs = list(pairwise(corners))
        behind = sum(card.intersects(_covered(leg)) for card in self._cards for leg in legs)
        return abs(height - start.y()) + abs(height - end.y()) + _BEHIND_A_CARD * behind


def _corners(start: QPointF, end: QPointF, height: float) -> list[QPointF]:
    """Return the corners of the way along a lane of this height."""
    out, back = start.x() + _LEAVE, end.x() - _LEAVE
    turns = [QPointF(out, start.y()), QPointF(out, height), QPointF(back, height), QPointF(back, end.y())]
    return [start, *turns, end]


def _covered(leg: Leg) -> QRectF:
    return _padded(QRectF(*leg).normalized())


def _padded(area: QRectF) -> QRectF:
    """Return the area a little larger: Qt's rectangles without height or width intersect nothing."""
    return area.adjusted(-1, -1, 1, 1)


def _rounded(corners: list[QPointF]) -> QPainterPath:
    """Return the way through the corners, each rounded as far as its sides are long."""
    path = QPainterPath(corners[0])
    for before, corner, after in zip(corners, corners[1:], corners[2:], strict=False):
        path.lineTo(_toward(corner, before))
        path.quadTo(corner, _toward(corner, after))
    path.lineTo(corners[-1])
    return path


def _toward(corner: QPointF, other: QPointF) -> QPointF:
    """Return the point where the rounding of a corner begins on the side that leads to the other."""
    side = other - corner
    length = (side.x() ** 2 + side.y() ** 2) ** 0.5
    return corner + side * min(0.5, _LEAVE / length) if length else corner
