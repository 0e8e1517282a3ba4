"""XOR out of three perceptrons: click an input, and see what goes through."""

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPen

from annstudio.labs.perceptron.gates import GATES, xor_flow
from annstudio.ui.fonts import text_font
from annstudio.ui.views.numerals import short_figure
from annstudio.ui.views.painting import picture_painter
from annstudio.ui.views.view import Picture

_RADIUS = 40.0


class GatesPicture(Picture):
    """Two inputs, OR and NAND, and an AND that reads both."""

    inputs_changed = Signal(int, int)
    """(x1: int, x2: int)"""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumSize(160, 120)
        self.inputs = [0, 1]

    def places(self) -> dict[str, QPointF]:
        """Return the middle of each circle."""
        width, height = self.width(), self.height()
        return {
            "x₁": QPointF(width * 0.14, height * 0.3),
            "x₂": QPointF(width * 0.14, height * 0.7),
            "OR": QPointF(width * 0.48, height * 0.27),
            "NAND": QPointF(width * 0.48, height * 0.73),
            "AND": QPointF(width * 0.82, height * 0.5),
        }

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Turn an input."""
        super().mousePressEvent(event)
        for number, name in enumerate(("x₁", "x₂")):
            if QLineF(self.places()[name], event.position()).length() <= _RADIUS:
                self._turn(number)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Turn an input by 1 and 2."""
        if event.key() in (Qt.Key.Key_1, Qt.Key.Key_2):
            self._turn(event.key() - Qt.Key.Key_1)
        else:
            super().keyPressEvent(event)

    def paint_picture(self) -> None:
        """Paint what flows."""
        flow = xor_flow(*map(float, self.inputs))
        places = self.places()
        values = {
            "x₁": flow.inputs[0],
            "x₂": flow.inputs[1],
            "OR": flow.first[1],
            "NAND": flow.second[1],
            "AND": flow.output[1],
        }
        sums = {"OR": flow.first[0], "NAND": flow.second[0], "AND": flow.output[0]}
        with picture_painter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            for sources, gate in ((("x₁", "x₂"), "OR"), (("x₁", "x₂"), "NAND"), (("OR", "NAND"), "AND")):
                for source, weight in zip(sources, GATES[gate].w, strict=True):
                    self._paint_link(painter, places[source], places[gate], weight, bool(values[source]))
            for name, place in places.items():
                self._paint_circle(painter, name, place, values[name], sums.get(name))

    def _paint_link(self, painter: QPainter, start: QPointF, end: QPointF, weight: float, on: bool) -> None:
        color = self.theme.color("positive" if weight > 0 else "negative", 1.0 if on else 0.35)
        painter.setPen(QPen(color, 3.2 if on else 1.6))
        painter.drawLine(start, end)
        place = start + (end - start) * 0.32
        box = QRectF(place.x() - 17, place.y() - 11, 34, 22)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.theme.color("background"))
        painter.drawRoundedRect(box, 6, 6)
        painter.setPen(self.theme.color("ink"))
        painter.setFont(text_font(13))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, short_figure(weight))

    def _paint_circle(self, painter: QPainter, name: str, place: QPointF, value: float, z: float | None) -> None:
        on = bool(value)
        painter.setPen(QPen(self.theme.color("accent" if self.hasFocus() and z is None else "ink"), 2))
        painter.setBrush(self.theme.color("positive" if on else "card"))
        painter.drawEllipse(place, _RADIUS, _RADIUS)
        painter.setFont(text_font(20, text_font().Weight.Bold))
        painter.setPen(self.theme.color("card" if on else "ink"))
        around = QRectF(place.x() - _RADIUS, place.y() - _RADIUS, 2 * _RADIUS, 2 * _RADIUS)
        painter.drawText(around, Qt.AlignmentFlag.AlignCenter, short_figure(value))
        painter.setPen(self.theme.color("ink"))
        painter.setFont(text_font(14, text_font().Weight.DemiBold))
        above = QRectF(place.x() - 100, place.y() - _RADIUS - 26, 200, 22)
        painter.drawText(above, Qt.AlignmentFlag.AlignCenter, name)
        if z is not None:
            painter.setFont(text_font(12))
            painter.setPen(self.theme.color("muted"))
            said = self.tr("z = {z}, b = {b}").format(z=short_figure(z), b=short_figure(GATES[name].b))
            below = QRectF(place.x() - 100, place.y() + _RADIUS + 4, 200, 20)
            painter.drawText(below, Qt.AlignmentFlag.AlignCenter, said)

    def _turn(self, number: int) -> None:
        self.inputs[number] = 1 - self.inputs[number]
        self.inputs_changed.emit(*self.inputs)
        self.update()
