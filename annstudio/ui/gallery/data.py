"""A small drawing of a data set: its points in the plane, or some of its pictures."""

from itertools import product

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter

from annstudio.data.dataset import Array, DataSet, Task
from annstudio.data.prepare import Prepared
from annstudio.ui.theme import Theme
from annstudio.ui.views.colors import color_image, ink_ramp
from annstudio.ui.views.ground import sample_colors
from annstudio.ui.views.painting import paint_mark
from annstudio.ui.views.picture_wall import Samples

_MOST_POINTS = 160
_SIDE = 3
"""Pictures are shown in a square of so many rows and columns."""
_GAP = 2.0
_FEW = 8
"""So few points are painted large."""
_LARGE, _SMALL = 5.5, 1.9
"""Radius of a point."""
_MARGIN = 5.0
"""Around pictures."""


def paint_data(painter: QPainter, theme: Theme, area: QRectF, prepared: Prepared) -> None:
    """Paint what the data look like within an area."""
    if prepared.data.schema.image_shape is not None:
        _paint_pictures(painter, theme, area, prepared)
    else:
        _paint_points(painter, theme, area, prepared.data)


def plane(data: DataSet) -> Array:
    """Return a place in the plane for each sample, (samples, 2).

    Two features are the plane. One is the way across, and the target is the height. Of more, it is the plane in which
    the standardized samples are spread most.

    Source: Pearson 1901, On lines and planes of closest fit to systems of points in space.
    """
    if data.schema.inputs == 1:
        return np.column_stack([data.inputs[:, 0], data.targets[:, 0]])
    if data.schema.inputs == 2:
        return data.inputs
    deviation = data.inputs.std(axis=0)
    scaled = (data.inputs - data.inputs.mean(axis=0)) / np.where(deviation > 0, deviation, 1.0)
    axes = np.linalg.svd(scaled, full_matrices=False)[2][:2]
    return np.asarray(scaled @ axes.T)


def _paint_points(painter: QPainter, theme: Theme, area: QRectF, data: DataSet) -> None:
    few = data.samples <= _FEW
    radius = _LARGE if few else _SMALL
    places = plane(data)
    low, high = places.min(axis=0), places.max(axis=0)
    shares = (places - low) / np.where(high > low, high - low, 1.0)
    inner = area.adjusted(*(side * (2 * radius + 1) for side in (1, 1, -1, -1)))
    numbers, colors = sample_colors(theme, data.schema, data.targets)
    regression = data.schema.task is Task.REGRESSION
    painter.setPen(Qt.PenStyle.NoPen)
    for sample in range(0, data.samples, -(-data.samples // _MOST_POINTS)):
        across, up = shares[sample].tolist()
        place = QPointF(inner.left() + across * inner.width(), inner.bottom() - up * inner.height())
        painter.setBrush(theme.color("positive") if regression else colors[numbers[sample]])
        paint_mark(painter, 0 if regression else int(numbers[sample]), place, radius)


def _paint_pictures(painter: QPainter, theme: Theme, area: QRectF, prepared: Prepared) -> None:
    ramp = ink_ramp(theme)
    pictures = Samples("", prepared.train, prepared).pictures(slice(_SIDE * _SIDE))
    inner = area.adjusted(_MARGIN, _MARGIN, -_MARGIN, -_MARGIN)
    side = (inner.width() - (_SIDE - 1) * _GAP) / _SIDE
    for picture, (row, column) in zip(pictures, product(range(_SIDE), repeat=2), strict=False):
        box = QRectF(inner.left() + column * (side + _GAP), inner.top() + row * (side + _GAP), side, side)
        painter.drawImage(box, color_image(ramp[picture]))
