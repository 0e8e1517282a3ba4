"""Ways of wires around the cards that stand in between.

All wires of a picture are led anew whenever a card moves, many times a second in a network of hundreds of layers. So
the cards are held as columns of numbers, and each question is asked of all of them at once.
"""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainterPath

from annstudio.ui.canvas.geometry import swing, wire_path

_LEAVE = 11.0
"""How far from a port a way around turns: in the gap between neighboring cards, a little off its middle, so that the
ways out of one card and into the next run side by side."""
_CLEARANCE = 16.0
_APART = 8.0
_TOUCH = 3.0
"""A wire may come so close to the edge of a card, or run so far beneath it."""
_TRIES = 12
_BEHIND_A_CARD = 10_000.0
"""A way that runs behind a card costs as much as so long a detour: it is taken only where there is no other."""

_Numbers = NDArray[np.float64]

_T = np.linspace(0, 1, 25)[:, None]
_BERNSTEIN = np.hstack(((1 - _T) ** 3, 3 * _T * (1 - _T) ** 2, 3 * _T**2 * (1 - _T), _T**3))
"""Shares of a cubic curve's four points in each of its samples."""


@dataclass(frozen=True)
class Ends:
    """Where a wire begins and ends, in scene units.

    Args:
        source: id of the layer that it comes from.
        start, end: the output and the input port.
    """

    source: str
    start: QPointF
    end: QPointF


@dataclass(frozen=True)
class Way:
    """How a wire runs.

    Args:
        start, end: the output and the input port, in scene units.
        lane: height of the level stretch of a way around; None for the plain curve.
    """

    start: QPointF
    end: QPointF
    lane: float | None = None

    def path(self) -> QPainterPath:
        """Return the curve to draw."""
        if self.lane is None:
            return wire_path(self.start, self.end)
        return _rounded(_corners(self.start, self.end, self.lane))


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
    """Leads the wires of a picture; those from different layers keep apart.

    It remembers what it was asked last, because most edits move nothing, and the ways around that it has found: while
    one card is carried, most go past cards that stay.
    """

    def __init__(self) -> None:
        self._found: dict[Hashable, float] = {}
        self._found_before: dict[Hashable, float] = {}
        self._detours: dict[Hashable, bool] = {}
        """Whether a wire between two points needs a way around the present cards."""
        self._asked: tuple[Sequence[QRectF], Sequence[Ends]] = (), ()
        self._ways: list[Way] = []
        self._take(())

    def ways(self, cards: Sequence[QRectF], wires: Sequence[Ends]) -> list[Way]:
        """Return the way of every wire: the plain curve, or an arc around the cards that would hide it.

        Args:
            cards: where the cards stand, in scene units.
            wires: to lead.
        """
        if cards != self._asked[0]:
            self._take(cards)
        elif wires == self._asked[1]:
            return self._ways
        self._asked = cards, wires
        self._found, self._found_before = {}, self._found
        lanes: list[_Lane] = []
        self._ways = [
            self._way_around(ends, lanes) if detour else Way(ends.start, ends.end)
            for ends, detour in zip(wires, self._need_detours(wires), strict=True)
        ]
        return self._ways

    def _take(self, cards: Sequence[QRectF]) -> None:
        inner = [(card.left(), card.top(), card.right(), card.bottom()) for card in cards]
        sides = np.array(inner, float).reshape(-1, 4) + np.array((_TOUCH, _TOUCH, -_TOUCH, -_TOUCH))
        self._left, self._top, self._right, self._bottom = sides.T
        self._detours = {}

    def _need_detours(self, wires: Sequence[Ends]) -> list[bool]:
        """Return of every wire whether it runs back to the left, or its plain curve behind a card."""
        keys = [(*ends.start.toTuple(), *ends.end.toTuple()) for ends in wires]
        unknown = {key: ends for key, ends in zip(keys, wires, strict=True) if key not in self._detours}
        if unknown:
            self._detours.update(zip(unknown, self._find_detours([*unknown.values()]), strict=True))
        return [self._detours[key] for key in keys]

    def _find_detours(self, wires: Sequence[Ends]) -> NDArray[np.bool_]:
        starts = np.array([ends.start.toTuple() for ends in wires], float).reshape(-1, 2)
        targets = np.array([ends.end.toTuple() for ends in wires], float).reshape(-1, 2)
        reach = np.array([(swing(ends.end.x() - ends.start.x()), 0.0) for ends in wires], float).reshape(-1, 2)
        curves = _BERNSTEIN @ np.stack((starts, starts + reach, targets - reach, targets), axis=1)
        low, high = curves.min(axis=1, keepdims=True), curves.max(axis=1, keepdims=True)
        wire, card = np.nonzero(self._met(low[..., 0], low[..., 1], high[..., 0], high[..., 1]))
        x, y = curves[wire].transpose(2, 0, 1)
        left, top, right, bottom = (side[card, None] for side in (self._left, self._top, self._right, self._bottom))
        hidden = ((left <= x) & (x <= right) & (top <= y) & (y <= bottom)).any(axis=1)
        detours = np.asarray(starts[:, 0] >= targets[:, 0])
        detours[wire[hidden]] = True
        return detours

    def _way_around(self, ends: Ends, lanes: list[_Lane]) -> Way:
        lane = self._lane(ends, lanes)
        lanes.append(lane)
        return Way(ends.start, ends.end, lane.height)

    def _lane(self, ends: Ends, lanes: list[_Lane]) -> _Lane:
        start, end = ends.start, ends.end
        left, right = sorted((start.x() + _LEAVE, end.x() - _LEAVE))
        height = self._height(start, end, left, right)
        lane = _Lane(ends.source, height, left, right)
        outward = -_APART if height <= (start.y() + end.y()) / 2 else _APART
        while any(lane.meets(other) for other in lanes):
            lane = _Lane(ends.source, lane.height + outward, left, right)
        return lane

    def _height(self, start: QPointF, end: QPointF, left: float, right: float) -> float:
        """Return the height of the best way between two ports, from memory while the cards there stay."""
        near = (self._left < right + 2) & (left - 2 < self._right)
        asked = (start.toTuple(), end.toTuple(), self._left[near].tobytes(), self._top[near].tobytes())
        height = self._found_before.get(asked)
        if height is None:
            heights = self._heights(left, right, start.y(), end.y())
            height = float(heights[self._costs(start, end, heights).argmin()])
        self._found[asked] = height
        return height

    def _heights(self, left: float, right: float, start: float, end: float) -> _Numbers:
        """Return the heights worth a try: close to each card in between, the shortest detours and the outermost."""
        between = (self._left < right) & (left < self._right)
        if not between.any():
            return np.array([start - _CLEARANCE])
        above, below = self._top[between] - _CLEARANCE, self._bottom[between] + _CLEARANCE
        heights = np.unique(np.concatenate((above, below)))
        # Upwards first: the notes hang below the cards.
        nearest = np.argsort(abs(heights - start) + abs(heights - end), kind="stable")[:_TRIES]
        return np.append(heights[nearest], (above.min(), below.max()))

    def _costs(self, start: QPointF, end: QPointF, heights: _Numbers) -> _Numbers:
        """Return what a way along each of these heights would cost."""
        out, back = start.x() + _LEAVE, end.x() - _LEAVE
        behind = np.zeros(len(heights))
        # The first and the last stretch, beside the ports, are the same at every height.
        for x, other_x, y in ((out, out, start.y()), (out, back, heights), (back, back, end.y())):
            lower, upper = np.minimum(y, heights), np.maximum(y, heights)
            met = self._met(min(x, other_x), lower[:, None], max(x, other_x), upper[:, None])
            behind += met.sum(axis=1)
        return abs(heights - start.y()) + abs(heights - end.y()) + _BEHIND_A_CARD * behind

    def _met(
        self, left: float | _Numbers, top: _Numbers, right: float | _Numbers, bottom: _Numbers
    ) -> NDArray[np.bool_]:
        """Return which cards these areas, a little enlarged, overlap: (areas, cards)."""
        across = (self._left < np.add(right, 1)) & (np.subtract(left, 1) < self._right)
        return np.asarray(across & (self._top < bottom + 1) & (top - 1 < self._bottom))


def _corners(start: QPointF, end: QPointF, height: float) -> list[QPointF]:
    """Return the corners of the way along a lane of this height."""
    out, back = start.x() + _LEAVE, end.x() - _LEAVE
    turns = [QPointF(out, start.y()), QPointF(out, height), QPointF(back, height), QPointF(back, end.y())]
    return [start, *turns, end]


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
