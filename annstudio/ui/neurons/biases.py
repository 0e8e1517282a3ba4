"""The biases as they are drawn: full dots where they are positive, rings where they are negative."""

from collections.abc import Mapping, Sequence

import numpy as np
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from annstudio.training.trained import LayerWeights
from annstudio.ui.neurons.layout import Layout
from annstudio.ui.neurons.strands import LEVELS, strengths
from annstudio.ui.neurons.things import Bias
from annstudio.ui.neurons.words import value_of
from annstudio.ui.theme import Theme

_SMALLEST, _LARGEST = 5.6, 9.6
"""Diameters."""
_HALO = 1.6
_RING = 3.2


class Biases:
    """All drawn biases, in batches of one size and sign.

    Args:
        layout: where the neurons are.
    """

    def __init__(self, layout: Layout) -> None:
        groups = [group for group in layout.groups.values() if group.biased]
        self._places = {
            Bias(group.node_id, number): layout.bias_spot(group.node_id, number)
            for group in groups
            for number in group.shown
        }
        self._batches: dict[tuple[int, bool], list[QPointF]] = {}

    def show_weights(self, known: Mapping[str, LayerWeights], scale: float) -> None:
        """Take on the weights of this moment.

        Args:
            known: by node id; a bias that is not known is not drawn.
            scale: the size of bias that is drawn largest.
        """
        values = {bias: value for bias in self._places if (value := value_of(bias, known)) is not None}
        found = strengths(np.array(list(values.values()), np.float64), scale).tolist()
        self._batches = {}
        for (bias, value), level in zip(values.items(), found, strict=True):
            place = self._places[bias]
            self._batches.setdefault((max(level, 0), bool(value < 0)), []).append(QPointF(place.x, place.y))

    def paint(self, painter: QPainter, theme: Theme) -> None:
        """Draw all of them."""
        for (level, negative), points in self._batches.items():
            paint_biases(painter, theme, points, level, negative)


def paint_biases(painter: QPainter, theme: Theme, points: Sequence[QPointF], level: int, negative: bool) -> None:
    """Draw biases of one size and sign: the stronger, the larger."""
    size = _SMALLEST + (_LARGEST - _SMALLEST) * level / LEVELS
    color = theme.color("negative" if negative else "positive")
    # Points with round pens take a fraction of the time that circles do.
    painter.setPen(_dot(color if negative else theme.color("background"), size + _HALO))
    painter.drawPoints(points)
    painter.setPen(_dot(theme.color("card") if negative else color, size + _HALO - _RING if negative else size))
    painter.drawPoints(points)


def _dot(color: QColor, size: float) -> QPen:
    pen = QPen(color, size)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    return pen
