"""What a stack answers all over its inputs, and the straight map beside it."""

import numpy as np
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QMouseEvent, QPainter, QPen

from annstudio.labs.linear.comparison import Comparison
from annstudio.ui.views.colors import color_image, diverging, levels
from annstudio.ui.views.contour import level_lines
from annstudio.ui.views.frame import Axis, Frame, fit_frame, paint_axes, paint_curve
from annstudio.ui.views.numerals import figure
from annstudio.ui.views.painting import Line, box_at, paint_box, paint_sentence, picture_painter
from annstudio.ui.views.view import Picture

_STRENGTH = 0.55
_QUANTILE = 0.9
_GOLDEN = 0.61803398875
"""Hues so far apart tell neighbors from each other, however many there are."""


class LinearPicture(Picture):
    """A plane or a curve, with both boundaries."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self._found: Comparison | None = None
        self._pieces = False
        self._output = 0
        self._sentence = ""
        self._ground: QImage | None = None
        self._mouse: QPointF | None = None
        self.setMinimumSize(160, 120)

    def show_comparison(self, found: Comparison, output: int, pieces: bool) -> None:
        """Show this.

        Args:
            found: with a picture.
            output: number of the output that is shown.
            pieces: color the straight pieces, where they are known.
        """
        self._found, self._output, self._pieces = found, output, pieces and found.pieces is not None
        self.renew_look()

    def show_sentence(self, sentence: str) -> None:
        """Show a sentence in place of a picture."""
        self._found, self._sentence = None, sentence
        self.update()

    def renew_look(self) -> None:
        """Color the ground anew."""
        found = self._found
        self._ground = None
        if found is not None and found.view.shape[0] > 1:
            self._ground = self._pieces_image(found) if self._pieces else self._answers_image(found)
        self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Read where the mouse is."""
        self._mouse = event.position()
        self.update()

    def leaveEvent(self, event: object) -> None:
        """Read no more."""
        self._mouse = None
        self.update()

    def frame(self) -> Frame | None:
        """Return where the axes run; None without a picture."""
        found = self._found
        if found is None:
            return None
        view = found.view
        x = Axis(view.names[0], *view.extent[0])
        bounds = QRectF(self.rect()).adjusted(4, 4, -4, -4)
        if view.shape[0] > 1:
            return fit_frame(bounds, x, Axis(view.names[1], *view.extent[1]))
        both = np.concatenate([found.values[:, self._output], found.line[:, self._output]])
        low, high = float(both.min()), float(both.max())
        margin = 0.06 * max(high - low, 1e-6)
        return fit_frame(bounds, x, Axis(self.tr("z of the output"), low - margin, high + margin))

    def hover_lines(self) -> list[Line]:
        """Return what is written under the mouse: both answers there."""
        found, frame = self._found, self.frame()
        if found is None or frame is None or self._mouse is None or not frame.area.contains(self._mouse):
            return []
        rows, columns = found.view.shape
        x, y = frame.values(self._mouse)
        column = round(frame.x.share(x) * (columns - 1))
        row = round(frame.y.share(y) * (rows - 1)) if rows > 1 else 0
        at = row * columns + column
        stack, line = (float(each[at, self._output]) for each in (found.values, found.line))
        return [
            Line(self.tr("all layers: z = {value}").format(value=figure(stack)), "accent", bold=True),
            Line(self.tr("one layer: z = {value}").format(value=figure(line)), "negative"),
        ]

    def paint_picture(self) -> None:
        """Paint the ground and the boundaries, or the curves."""
        with picture_painter(self) as painter:
            found, frame = self._found, self.frame()
            if found is None or frame is None:
                paint_sentence(painter, self.theme, QRectF(self.rect()), self._sentence)
                return
            if self._ground is None:
                self._paint_curves(painter, frame, found)
            else:
                painter.drawImage(frame.area, self._ground)
                paint_axes(painter, self.theme, frame)
                self._paint_boundaries(painter, frame, found)
            lines = self.hover_lines()
            if lines and self._mouse is not None:
                paint_box(painter, self.theme, box_at(self._mouse, lines, frame.area), lines)

    def _paint_boundaries(self, painter: QPainter, frame: Frame, found: Comparison) -> None:
        """Paint where z is 0: of all layers as a line, of the one layer dashed over it."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rows, columns = found.view.shape
        pens = (
            (found.values, QPen(self.theme.color("ink"), 3.4)),
            (found.line, QPen(self.theme.color("card"), 1.6, Qt.PenStyle.DashLine)),
        )
        for values, pen in pens:
            pieces = level_lines(values[:, self._output].reshape(rows, columns), 0.0)
            scaled = pieces / [columns - 1, rows - 1, columns - 1, rows - 1]
            area = frame.area
            lines = [
                QLineF(
                    area.left() + x0 * area.width(),
                    area.bottom() - y0 * area.height(),
                    area.left() + x1 * area.width(),
                    area.bottom() - y1 * area.height(),
                )
                for x0, y0, x1, y1 in scaled.tolist()
            ]
            if pen.style() is Qt.PenStyle.DashLine:
                # Each piece is shorter than a dash: leaving some out makes the dashes.
                pen.setStyle(Qt.PenStyle.SolidLine)
                lines = _dashed(lines)
            painter.setPen(pen)
            painter.drawLines(lines)

    def _paint_curves(self, painter: QPainter, frame: Frame, found: Comparison) -> None:
        paint_axes(painter, self.theme, frame, grid=True)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        x = np.linspace(frame.x.low, frame.x.high, len(found.values))
        painter.setPen(QPen(self.theme.color("accent"), 3.0))
        paint_curve(painter, frame, x, found.values[:, self._output])
        painter.setPen(QPen(self.theme.color("negative"), 2.0, Qt.PenStyle.DashLine))
        paint_curve(painter, frame, x, found.line[:, self._output])
        if found.kinks is None:
            return
        painter.setPen(QPen(self.theme.color("card"), 1.4))
        painter.setBrush(self.theme.color("accent"))
        for kink, height in zip(found.kinks, np.interp(found.kinks, x, found.values[:, self._output]), strict=True):
            painter.drawEllipse(frame.point(float(kink), float(height)), 4.5, 4.5)

    def _answers_image(self, found: Comparison) -> QImage:
        z = found.values[:, self._output].reshape(found.view.shape)[::-1]
        reach = float(np.quantile(np.abs(z), _QUANTILE)) or 1.0
        return color_image(diverging(self.theme, _STRENGTH)[levels(z, reach)])

    def _pieces_image(self, found: Comparison) -> QImage:
        assert found.regions is not None
        light = 0.42 if self.theme.color("card").lightness() < 128 else 0.8
        colors = [QColor.fromHslF((0.58 + number * _GOLDEN) % 1, 0.5, light) for number in range(found.regions.count)]
        table = np.array([color.rgb() for color in colors], np.uint32)
        return color_image(table[found.regions.numbers[::-1]])


def _dashed(lines: list[QLineF]) -> list[QLineF]:
    """Return the pieces that make dashes: those in every other square of a fine board."""
    side = 9.0
    return [line for line in lines if int(line.center().x() // side + line.center().y() // side) % 2 == 0]
