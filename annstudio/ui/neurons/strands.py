"""The links as they are drawn: a few bundles of lines, each with one pen, made anew when the weights change."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import chain

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QLineF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from annstudio.training.trained import LayerWeights
from annstudio.ui.neurons.links import Bundle, Ends
from annstudio.ui.theme import Theme
from annstudio.ui.views.numerals import nice_ceiling

LEVELS = 8
"""Widths and strengths that links come in; so few, because each takes a pen of its own."""
_THINNEST, _THICKEST = 0.9, 4.6
_PALEST = 0.2
"""How much of its color the weakest link has; the rest is the ground's."""
_LIFT = 0.7
_DASH, _BREAK = 15.0, 7.0
_MOST_DASHED = 2000
"""Links, at most, of which negative ones are dashed: among more, dashes are too many to be told apart, and too slow."""


class Strands:
    """All links with weights.

    Lines are opaque, in colors mixed with the ground, and dashes are lines of their own: both take a third of the time
    that transparent pens and Qt's dashes do.

    Args:
        bundles: of the layout.

    Attributes:
        values: the weight of each link, in the order of the bundles; NaN where it is not known.
        dashed: negative links are dashed, as there are few enough.
        scale: a round number that no drawn weight goes beyond: links of this size are the thickest.
    """

    def __init__(self, bundles: Sequence[Bundle]) -> None:
        self._bundles = bundles
        self._ends = np.concatenate([np.empty((0, 4)), *(bundle.ends for bundle in bundles)])
        self._solid = _lines(self._ends)
        self.dashed = len(self._ends) <= _MOST_DASHED
        self._dashes: dict[int, list[QLineF]] = {}
        self._batches: list[tuple[int, bool, list[QLineF]]] = []
        self.show_weights({})

    def show_weights(self, weights: Mapping[str, LayerWeights]) -> None:
        """Take on the weights of this moment, by node id."""
        self.values = np.concatenate([np.empty(0), *(bundle.weights(weights) for bundle in self._bundles)])
        largest = np.abs(self.values[np.isfinite(self.values)]).max(initial=0.0)
        self.scale = nice_ceiling(float(largest))
        found = strengths(self.values, self.scale)
        # Next to nothing has no sign that would matter.
        negative = (self.values < 0) & (found > 0)
        if self.dashed:
            self._dash(np.flatnonzero(negative).tolist())
        self._batches = []
        # From the weakest to the strongest, which lie on top.
        for level in np.unique(found).tolist():
            for below in (False, True):
                chosen = np.flatnonzero((found == level) & (negative == below)).tolist()
                if chosen:
                    self._batches.append((level, below, self._lines(chosen, below)))

    def paint(self, painter: QPainter, theme: Theme) -> None:
        """Draw all links."""
        for level, negative, lines in self._batches:
            painter.setPen(strand_pen(theme, level, negative))
            painter.drawLines(lines)

    def _lines(self, chosen: list[int], negative: bool) -> list[QLineF]:
        if negative and self.dashed:
            return list(chain.from_iterable(self._dashes[number] for number in chosen))
        return [self._solid[number] for number in chosen]

    def _dash(self, chosen: list[int]) -> None:
        """Have dashes for these links; they are kept, since signs change much less often than weights."""
        new = [number for number in chosen if number not in self._dashes]
        self._dashes.update(zip(new, dashes(self._ends[new]), strict=True))


@lru_cache(maxsize=64)
def strand_pen(theme: Theme, level: int, negative: bool) -> QPen:
    """Return the pen of links of a strength; −1 is that of weights that are not known."""
    if level < 0:
        return QPen(mixed(theme, "line", 1.0), _THINNEST)
    share = level / LEVELS
    color = mixed(theme, "negative" if negative else "positive", _PALEST + (1 - _PALEST) * share)
    pen = QPen(color, _THINNEST + (_THICKEST - _THINNEST) * share)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    return pen


def mixed(theme: Theme, token: str, share: float) -> QColor:
    """Return so much of a color with the ground's making up the rest."""
    color, ground = theme.color(token), theme.color("background")
    pairs = (
        (color.red(), ground.red()),
        (color.green(), ground.green()),
        (color.blue(), ground.blue()),
    )
    return QColor(*(round(share * one + (1 - share) * other) for one, other in pairs))


def strengths(values: NDArray[np.float64], scale: float) -> NDArray[np.intp]:
    """Return the level of each weight: 0 for next to nothing, LEVELS for the scale and above, −1 if it is not known.

    In between, levels rise faster than weights, or one large weight would make all others too faint to be seen.
    """
    shares = np.clip(np.abs(np.nan_to_num(values)) / scale, 0, 1) ** _LIFT
    return np.where(np.isnan(values), -1, np.rint(shares * LEVELS)).astype(np.intp)


def dashes(ends: Ends) -> list[list[QLineF]]:
    """Return each line as dashes; it begins and ends with one."""
    starts, spans = ends[:, :2], ends[:, 2:] - ends[:, :2]
    lengths = np.hypot(*spans.T)
    counts = np.maximum(1, np.rint((lengths + _BREAK) / (_DASH + _BREAK))).astype(np.intp)
    pitches = (lengths + _BREAK) / counts
    # One row for each dash: which line it is of, and where on it it begins and ends, from 0 to 1.
    line = np.repeat(np.arange(len(ends)), counts)
    behind = np.cumsum(counts)
    begin = (np.arange(len(line)) - np.repeat(behind - counts, counts)) * pitches[line]
    whole = np.where(lengths > 0, lengths, 1.0)[line]
    shares = np.stack([begin, begin + pitches[line] - _BREAK], axis=1) / whole[:, np.newaxis]
    points = starts[line, np.newaxis] + shares[..., np.newaxis] * spans[line, np.newaxis]
    pieces = _lines(points.reshape(-1, 4))
    return [pieces[start:stop] for start, stop in zip(behind - counts, behind, strict=True)]


def _lines(ends: Ends) -> list[QLineF]:
    return [QLineF(*end) for end in ends.tolist()]
