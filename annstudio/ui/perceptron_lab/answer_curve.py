"""The activation of a neuron, with one weighted sum on it."""

import numpy as np
from PySide6.QtCore import QLineF, QRectF, QSize
from PySide6.QtGui import QPainter, QPen

from annstudio.labs.perceptron.neuron import Neuron
from annstudio.ui.views.frame import Axis, Frame, fit_frame, paint_axes, paint_curve
from annstudio.ui.views.painting import picture_painter
from annstudio.ui.views.view import Picture

_REACH = 5.0
_POINTS = 301


class AnswerCurve(Picture):
    """a over z, around 0 or as far as the sum lies."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.setFixedHeight(112)
        self._neuron: Neuron | None = None
        self._z = 0.0

    def sizeHint(self) -> QSize:
        """Be flat."""
        return QSize(300, 112)

    def show_neuron(self, neuron: Neuron, z: float) -> None:
        """Show the activation of this neuron, and this sum."""
        self._neuron, self._z = neuron, z
        self.update()

    def paint_picture(self) -> None:
        """Paint axes, curve and sum."""
        neuron = self._neuron
        if neuron is None:
            return
        reach = max(_REACH, 1.15 * abs(self._z))
        z = np.linspace(-reach, reach, _POINTS)
        a = neuron.activation.value(z[:, np.newaxis])[:, 0]
        answer = float(neuron.activation.value(np.array([[self._z]]))[0, 0])
        margin = 0.12 * max(float(np.ptp(a)), 1e-6)
        y = Axis("a", float(a.min()) - margin, float(a.max()) + margin)
        frame = fit_frame(QRectF(self.rect()), Axis("z", -reach, reach), y)
        with picture_painter(self) as painter:
            paint_axes(painter, self.theme, frame, grid=True)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(self.theme.color("accent"), 2.2))
            paint_curve(painter, frame, z, a)
            self._paint_sum(painter, frame, answer)

    def _paint_sum(self, painter: QPainter, frame: Frame, answer: float) -> None:
        spot = frame.point(self._z, answer)
        painter.setPen(QPen(self.theme.color("muted"), 1))
        painter.drawLine(QLineF(spot.x(), frame.area.bottom(), spot.x(), spot.y()))
        painter.setPen(QPen(self.theme.color("card"), 1.6))
        painter.setBrush(self.theme.color("ink"))
        painter.drawEllipse(spot, 5.5, 5.5)
