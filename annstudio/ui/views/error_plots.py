"""Small plots of how answers and truth differ."""

import math
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF

from annstudio.ui.views.frame import Axis, Frame, fit_frame, paint_axes
from annstudio.ui.views.painting import paint_sentence, picture_painter
from annstudio.ui.views.view import Picture

Numbers = NDArray[np.floating[Any]]

_MOST_POINTS = 1500
_FEWEST_BINS = 6
_MARGIN = 0.05


class _Plot(Picture):
    """Axes, and something in them."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self._sentence: str | None = ""

    def show_sentence(self, sentence: str) -> None:
        """Paint this sentence instead."""
        self._sentence = sentence
        self.setAccessibleDescription(sentence)
        self.update()

    def paint_picture(self) -> None:
        """Paint the axes, and in them what there is."""
        with picture_painter(self) as painter:
            if self._sentence is not None:
                paint_sentence(painter, self.theme, QRectF(self.rect()), self._sentence)
                return
            frame = fit_frame(QRectF(self.rect()), *self._axes())
            paint_axes(painter, self.theme, frame, grid=True)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setClipRect(frame.area.adjusted(-5, -5, 5, 5))
            self._paint(painter, frame)

    def _axes(self) -> tuple[Axis, Axis]:
        raise NotImplementedError

    def _paint(self, painter: QPainter, frame: Frame) -> None:
        raise NotImplementedError

    def _show(self, told: str) -> None:
        self._sentence = None
        self.setAccessibleDescription(told)
        self.setToolTip(told)
        self.update()


class RocPlot(_Plot):
    """How many of a class are found, against how many others are taken for it, at every threshold."""

    _curves: Sequence[tuple[QColor, Numbers, Numbers]] = ()

    def show_curves(self, curves: Sequence[tuple[QColor, Numbers, Numbers]], told: str) -> None:
        """Paint these from now on: color, false positive rates, true positive rates."""
        self._curves = curves
        self._show(told)

    def _axes(self) -> tuple[Axis, Axis]:
        return Axis(self.tr("false positive rate"), 0.0, 1.0), Axis(self.tr("true positive rate"), 0.0, 1.0)

    def _paint(self, painter: QPainter, frame: Frame) -> None:
        painter.setPen(QPen(self.theme.color("muted"), 1, Qt.PenStyle.DashLine))
        painter.drawLine(frame.point(0, 0), frame.point(1, 1))
        for color, false, true in self._curves:
            painter.setPen(QPen(color, 2))
            painter.drawPolyline(QPolygonF(frame.points(false, true)))


class AgreementPlot(_Plot):
    """Answers against targets: all would lie on the diagonal if they were right."""

    _targets: Numbers = np.empty(0)
    _answers: Numbers = np.empty(0)

    def show_answers(self, targets: Numbers, answers: Numbers, told: str) -> None:
        """Paint these from now on, both (samples,), finite."""
        self._targets, self._answers = targets[:_MOST_POINTS], answers[:_MOST_POINTS]
        self._show(told)

    def _axes(self) -> tuple[Axis, Axis]:
        both = np.concatenate([self._targets, self._answers])
        low, high = _range(both)
        return Axis(self.tr("target"), low, high), Axis(self.tr("answer"), low, high)

    def _paint(self, painter: QPainter, frame: Frame) -> None:
        painter.setPen(QPen(self.theme.color("muted"), 1, Qt.PenStyle.DashLine))
        painter.drawLine(frame.point(frame.x.low, frame.x.low), frame.point(frame.x.high, frame.x.high))
        painter.setPen(QPen(self.theme.color("card"), 1))
        painter.setBrush(self.theme.color("accent"))
        for point in frame.points(self._targets, self._answers):
            painter.drawEllipse(point, 3.5, 3.5)


class ResidualPlot(_Plot):
    """How often answers miss by how much: a hill around zero is what is left of noise."""

    _counts: NDArray[np.intp] = np.empty(0, np.intp)
    _edges: Numbers = np.empty(0)

    def show_residuals(self, residuals: Numbers, told: str) -> None:
        """Paint these from now on, (samples,), finite."""
        low, high = _range(np.append(residuals, 0.0))
        # Rice's rule: as many as the samples can fill.
        bins = max(_FEWEST_BINS, math.ceil(2 * len(residuals) ** (1 / 3)))
        self._counts, self._edges = np.histogram(residuals, bins, (low, high))
        self._show(told)

    def _axes(self) -> tuple[Axis, Axis]:
        x = Axis(self.tr("answer − target"), float(self._edges[0]), float(self._edges[-1]))
        return x, Axis(self.tr("samples"), 0.0, 1.1 * float(max(1, self._counts.max())))

    def _paint(self, painter: QPainter, frame: Frame) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.theme.color("accent", 0.7))
        for count, left, right in zip(self._counts, self._edges[:-1], self._edges[1:], strict=True):
            top = frame.point(float(left), float(count))
            painter.drawRect(QRectF(top, QPointF(frame.point(float(right), 0).x() - 1, frame.area.bottom())))
        painter.setPen(QPen(self.theme.color("ink"), 1.5))
        painter.drawLine(frame.point(0, 0), frame.point(0, frame.y.high))


def _range(values: Numbers) -> tuple[float, float]:
    low, high = float(values.min()), float(values.max())
    margin = _MARGIN * (high - low) or 0.5
    return low - margin, high + margin
