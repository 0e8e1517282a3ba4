"""Small pictures on the cards: an activation's curve, a layer's units."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPen, QPolygonF, QTransform

from annstudio.core.params import Value
from annstudio.engine.activations import activations
from annstudio.engine.activations.base import Activation
from annstudio.ui.strokes import Numbers, drawable, heights, strokes, with_zero
from annstudio.ui.theme import Theme

_REACH = 4.0
_SAMPLES = 65
_EXAMPLE = np.log([[0.35, 1.0, 0.6, 0.2]])
"""The z of four units whose outputs stand as bars where these belong together (softmax) and make no single curve."""
_PITCHES = (13.0, 10.0, 8.0, 6.0, 5.0)
"""Distances between unit dots to choose from, the largest that fits is taken."""

Params = tuple[tuple[str, Value], ...]


def default_params(key: str) -> Params:
    """Return the parameters that an activation starts with."""
    return tuple(sorted((param.key, param.default) for param in activations[key].info.params))


def paint_activation(painter: QPainter, rect: QRectF, key: str, params: Params, theme: Theme) -> None:
    """Draw an activation's curve over z from −4 to 4, or beyond its last kink, into a rectangle."""
    with _saved(painter):
        if activations[key].elementwise:
            _paint_axes(painter, rect, _unit_curve(key, params)[1], theme)
            pen = QPen(theme.color("accent"), 1.8)
            pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
            pen.setCapStyle(Qt.PenCapStyle.RoundCap)
            painter.setPen(pen)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawPath(_into(rect).map(_unit_curve(key, params)[0]))
        else:
            _paint_bars(painter, rect, activations[key](**dict(params)).value(_EXAMPLE)[0], theme)


def paint_units(painter: QPainter, rect: QRectF, units: int, theme: Theme) -> None:
    """Draw a dot per unit; where they are too many, the grid fades out to the right."""
    pitch = next((pitch for pitch in _PITCHES if _capacity(rect, pitch) >= units), _PITCHES[-1])
    shown = min(units, _capacity(rect, pitch))
    rows, columns = _block(shown, int(rect.height() // pitch), int(rect.width() // pitch))
    left = rect.center().x() - columns * pitch / 2
    top = rect.center().y() - rows * pitch / 2
    with _saved(painter):
        painter.setPen(Qt.PenStyle.NoPen)
        for index in range(shown):
            column, row = divmod(index, rows)
            fading = 1 - 0.85 * column / columns if shown < units else 1.0
            painter.setBrush(theme.color("accent", 0.55 * fading))
            middle = QPointF(left + (column + 0.5) * pitch, top + (row + 0.5) * pitch)
            painter.drawEllipse(middle, pitch * 0.33, pitch * 0.33)


@contextmanager
def _saved(painter: QPainter) -> Iterator[None]:
    """Leave the painter as it was, also where painting fails."""
    painter.save()
    try:
        yield
    finally:
        painter.restore()


def _block(count: int, most_rows: int, most_columns: int) -> tuple[int, int]:
    """Return rows and columns that hold so many dots with the fewest gaps: 8 are 2 by 4, not 3, 3 and 2."""
    shapes = [(rows, -(-count // rows)) for rows in range(most_rows, 0, -1)]
    fitting = [shape for shape in shapes if shape[1] <= most_columns]
    return min(fitting, key=lambda shape: shape[0] * shape[1])


def _capacity(rect: QRectF, pitch: float) -> int:
    return int(rect.width() // pitch) * int(rect.height() // pitch)


@lru_cache(maxsize=64)
def _unit_curve(key: str, params: Params) -> tuple[QPainterPath, float]:
    """Return the curve in the unit square, y downwards, and the height of a = 0 in it (outside if not in view)."""
    activation = activations[key](**dict(params))
    reach = max([_REACH, *(abs(kink) + 1 for kink in activation.kinks)])
    z = np.linspace(-reach, reach, _SAMPLES)
    a = drawable(_along(activation, z))
    low, high = shown = with_zero([heights(lambda z: _along(activation, z), z, a)]) or (0.0, 1.0)
    down = (high - np.clip(a, low, high)) / (high - low)
    path = QPainterPath()
    for stroke in strokes(a, shown):
        across = np.linspace(0, 1, _SAMPLES)[stroke]
        path.addPolygon(QPolygonF([QPointF(*place) for place in zip(across, down[stroke], strict=True)]))
    return path, high / (high - low)


def _along(activation: Activation, z: Numbers) -> Numbers:
    """Return an activation of single units at each z, (points,)."""
    return activation.value(z[:, None])[:, 0]


def _into(rect: QRectF) -> QTransform:
    return QTransform(rect.width(), 0, 0, rect.height(), rect.x(), rect.y())


def _paint_axes(painter: QPainter, rect: QRectF, zero: float, theme: Theme) -> None:
    painter.setPen(QPen(theme.color("line"), 1))
    height = rect.top() + zero * rect.height()
    painter.drawLine(QPointF(rect.left(), height), QPointF(rect.right(), height))
    painter.drawLine(QPointF(rect.center().x(), rect.top()), QPointF(rect.center().x(), rect.bottom()))


def _paint_bars(painter: QPainter, rect: QRectF, values: Numbers, theme: Theme) -> None:
    """Draw values of one sign as bars: positive ones stand on the ground, negative ones hang from the top."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.color("accent"))
    slot = rect.width() / len(values)
    for index, share in enumerate(values / np.abs(values).max()):
        height = abs(share) * rect.height()
        top = rect.top() if share < 0 else rect.bottom() - height
        painter.drawRoundedRect(QRectF(rect.left() + (index + 0.15) * slot, top, slot * 0.7, height), 1.5, 1.5)
