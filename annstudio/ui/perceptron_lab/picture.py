"""The samples of one neuron and its line; both can be dragged."""

import math

import numpy as np
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent, QMouseEvent, QPainter, QPen, QResizeEvent

from annstudio.labs.perceptron.fits import Fit
from annstudio.labs.perceptron.neuron import Kind, Neuron, Samples
from annstudio.ui.arrow_head import arrow_head
from annstudio.ui.views.colors import class_color, color_image, diverging, levels
from annstudio.ui.views.frame import Axis, Frame, fit_frame, paint_axes
from annstudio.ui.views.painting import paint_mark, picture_painter
from annstudio.ui.views.view import Picture

_MARGIN = 0.35
_GRID = 256
_STRENGTH = 0.4
_NEAR = 10.0
_ARROW = 0.2
"""Length of the arrow, of the height of the picture."""
_NUDGE = 0.02
_RADIUS = 7.0


class NeuronPicture(Picture):
    """A plane of two inputs with the line on which z is 0; or one input and the answer over it."""

    sample_moved = Signal(int, float, float)
    """(place: int, x: float, y: float): to there, both as the axes have them."""
    sample_added = Signal(float, float, bool)
    """(x: float, y: float, second: bool): a new one there, of the first class or the second."""
    sample_removed = Signal(int)
    """(place: int)"""
    sample_chosen = Signal(int)
    """(place: int)"""
    numbers_changed = Signal(object, float)
    """(w: tuple[float, ...], b: float): the line is to lie so."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumSize(160, 120)
        self._samples: Samples | None = None
        self._neuron: Neuron | None = None
        self._fit: Fit | None = None
        self._looked: int | None = None
        self.selected = 0
        self._held: str = ""
        self._scale = 1.0
        self._frame: Frame | None = None
        self._ground: QImage | None = None

    def show_neuron(self, samples: Samples, neuron: Neuron, fit: Fit | None, looked: int | None) -> None:
        """Show this from now on.

        Args:
            samples, neuron: what is learned, and by whom.
            fit: numbers that were computed at once, drawn dashed.
            looked: the sample of the last step, ringed.
        """
        other = self._samples is None or self._neuron is None or neuron.kind is not self._neuron.kind
        self._samples, self._neuron, self._fit, self._looked = samples, neuron, fit, looked
        self.selected = max(0, min(self.selected, len(samples) - 1))
        if not self._held or other:
            self._frame = None
        self._ground = None
        self.update()

    def frame(self) -> Frame | None:
        """Return where the axes run; while something is dragged, they stay."""
        if self._frame is None and self._samples is not None and self._neuron is not None:
            self._frame = self._fitted(self._samples, self._neuron)
        return self._frame

    def tip(self) -> QPointF | None:
        """Return where the arrow of the weights ends, in pixels; of one input, the handle on the line."""
        frame, neuron = self.frame(), self._neuron
        if frame is None or neuron is None:
            return None
        if neuron.kind is Kind.LINEAR:
            x = frame.x.at(0.85)
            return frame.point(x, neuron.w[0] * x + neuron.b)
        foot = self._foot(frame, neuron)
        if foot is None:
            return None
        if not self._held:
            span = frame.y.high - frame.y.low
            self._scale = _ARROW * span / math.hypot(*neuron.w)
        return frame.point(foot[0] + neuron.w[0] * self._scale, foot[1] + neuron.w[1] * self._scale)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the axes anew."""
        super().resizeEvent(event)
        self._frame = None

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold of a sample, of the arrow's tip or of the line; elsewhere, place a sample."""
        frame, spot = self.frame(), event.position()
        if frame is None or self._samples is None or not frame.area.contains(spot):
            return
        found, tip = self._sample_at(spot), self.tip()
        right = event.button() is Qt.MouseButton.RightButton
        if found is not None:
            self.selected, self._held = found, "sample"
            self.sample_chosen.emit(found)
        elif tip is not None and QLineF(tip, spot).length() < _NEAR:
            self._held = "tip"
        elif self._from_line(spot) < _NEAR:
            self._held = "line"
        else:
            self.sample_added.emit(*frame.values(spot), not right)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Move what is held; show what could be."""
        frame, spot = self.frame(), event.position()
        if frame is None:
            return
        if not self._held:
            near = self._sample_at(spot) is not None or self._from_line(spot) < _NEAR
            tip = self.tip()
            near = near or (tip is not None and QLineF(tip, spot).length() < _NEAR)
            self.setCursor(Qt.CursorShape.OpenHandCursor if near else Qt.CursorShape.CrossCursor)
            return
        x, y = frame.values(spot)
        if self._held == "sample":
            self.sample_moved.emit(self.selected, frame.x.clamp(x), frame.y.clamp(y))
        else:
            self._drag_line(frame, x, y)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go."""
        super().mouseReleaseEvent(event)
        self._held = ""
        self._frame = self._ground = None
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move the selected sample by the arrows, remove it, or go to the next."""
        moves = {Qt.Key.Key_Left: (-1, 0), Qt.Key.Key_Right: (1, 0), Qt.Key.Key_Up: (0, 1), Qt.Key.Key_Down: (0, -1)}
        key, frame, samples = Qt.Key(event.key()), self.frame(), self._samples
        if frame is None or samples is None or not len(samples):
            super().keyPressEvent(event)
        elif key in moves:
            x, y = self._places()[self.selected].tolist()
            dx, dy = moves[key]
            step = _NUDGE * (frame.y.high - frame.y.low)
            self.sample_moved.emit(self.selected, x + dx * step, y + dy * step)
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.sample_removed.emit(self.selected)
        elif key in (Qt.Key.Key_PageDown, Qt.Key.Key_PageUp):
            way = 1 if key is Qt.Key.Key_PageDown else -1
            self.selected = (self.selected + way) % len(samples)
            self.sample_chosen.emit(self.selected)
            self.update()
        else:
            super().keyPressEvent(event)

    def renew_look(self) -> None:
        """Color the ground anew."""
        self._ground = None
        self.update()

    def paint_picture(self) -> None:
        """Paint ground, axes, lines and samples."""
        with picture_painter(self) as painter:
            frame, neuron, samples = self.frame(), self._neuron, self._samples
            if frame is None or neuron is None or samples is None:
                return
            if neuron.kind is not Kind.LINEAR:
                painter.drawImage(frame.area, self._ground_image(frame, neuron))
            paint_axes(painter, self.theme, frame, grid=neuron.kind is Kind.LINEAR)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setClipRect(frame.area)
            if self._fit is not None:
                painter.setPen(QPen(self.theme.color("muted"), 2.2, Qt.PenStyle.DashLine))
                self._paint_line(painter, frame, self._fit.w, self._fit.b, neuron.kind)
            painter.setPen(QPen(self.theme.color("accent"), 2.6))
            self._paint_line(painter, frame, neuron.w, neuron.b, neuron.kind)
            self._paint_tip(painter, frame, neuron)
            self._paint_samples(painter, frame, neuron, samples)
            if self.hasFocus():
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.setPen(QPen(self.theme.color("accent"), 2))
                painter.drawRect(frame.area)

    def _paint_line(self, painter: QPainter, frame: Frame, w: tuple[float, ...], b: float, kind: Kind) -> None:
        ends = _line_ends(frame, w, b, kind)
        if ends is not None:
            painter.drawLine(ends)

    def _paint_tip(self, painter: QPainter, frame: Frame, neuron: Neuron) -> None:
        tip = self.tip()
        if tip is None:
            return
        painter.setPen(QPen(self.theme.color("accent"), 2.2))
        painter.setBrush(self.theme.color("accent"))
        foot = None if neuron.kind is Kind.LINEAR else self._foot(frame, neuron)
        if foot is None:
            painter.setBrush(self.theme.color("card"))
            painter.drawEllipse(tip, 6, 6)
            return
        start = frame.point(*foot)
        painter.drawLine(start, tip)
        painter.drawPolygon(arrow_head(start, tip, 11.0))

    def _paint_samples(self, painter: QPainter, frame: Frame, neuron: Neuron, samples: Samples) -> None:
        for place, (x, y) in enumerate(self._places().tolist()):
            spot = frame.point(x, y)
            second = neuron.kind is not Kind.LINEAR and samples.y[place] > 0.5
            color = self.theme.color("ink") if neuron.kind is Kind.LINEAR else class_color(self.theme, int(second))
            painter.setPen(QPen(self.theme.color("card"), 1.6))
            painter.setBrush(color)
            paint_mark(painter, 0 if not second else 2, spot, _RADIUS)
            rings = ((self.selected, "ink", 12.0), (self._looked, "accent", 15.0))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            for number, token, radius in rings:
                if number == place:
                    painter.setPen(QPen(self.theme.color(token), 2.0))
                    painter.drawEllipse(spot, radius, radius)

    def _ground_image(self, frame: Frame, neuron: Neuron) -> QImage:
        if self._ground is None:
            x, y = np.meshgrid(
                np.linspace(frame.x.low, frame.x.high, _GRID), np.linspace(frame.y.high, frame.y.low, _GRID)
            )
            answers = neuron.answers(np.column_stack([x.ravel(), y.ravel()])).reshape(_GRID, _GRID)
            self._ground = color_image(diverging(self.theme, _STRENGTH)[levels(answers - 0.5, 0.5)])
        return self._ground

    def _drag_line(self, frame: Frame, x: float, y: float) -> None:
        neuron = self._neuron
        assert neuron is not None
        w, b = neuron.w, neuron.b
        if neuron.kind is Kind.LINEAR:
            if self._held == "tip":
                # The line turns around its place in the middle, or around the origin without a bias.
                pivot = frame.x.at(0.5) if neuron.biased else 0.0
                height = w[0] * pivot + b
                slope = (y - height) / (x - pivot) if abs(x - pivot) > 1e-6 else w[0]
                self.numbers_changed.emit((slope,), height - slope * pivot)
            elif neuron.biased:
                self.numbers_changed.emit(w, y - w[0] * x)
            return
        if self._held == "tip":
            foot = self._foot(frame, neuron)
            if foot is not None:
                turned = ((x - foot[0]) / self._scale, (y - foot[1]) / self._scale)
                # The line keeps its place under the arrow.
                self.numbers_changed.emit(turned, -(turned[0] * foot[0] + turned[1] * foot[1]))
        elif neuron.biased:
            self.numbers_changed.emit(w, -(w[0] * x + w[1] * y))

    def _foot(self, frame: Frame, neuron: Neuron) -> tuple[float, float] | None:
        """Return the place on the line that is nearest to the middle of the picture; None without a line."""
        size = neuron.w[0] ** 2 + neuron.w[1] ** 2
        if size < 1e-12:
            return None
        x, y = (frame.x.low + frame.x.high) / 2, (frame.y.low + frame.y.high) / 2
        off = (neuron.w[0] * x + neuron.w[1] * y + neuron.b) / size
        return x - off * neuron.w[0], y - off * neuron.w[1]

    def _from_line(self, spot: QPointF) -> float:
        """Return how many pixels a spot is from the line."""
        frame, neuron = self.frame(), self._neuron
        if frame is None or neuron is None:
            return math.inf
        ends = _line_ends(frame, neuron.w, neuron.b, neuron.kind)
        if ends is None or ends.length() == 0:
            return math.inf
        way, off = ends.p2() - ends.p1(), spot - ends.p1()
        return abs(way.x() * off.y() - way.y() * off.x()) / ends.length()

    def _sample_at(self, spot: QPointF) -> int | None:
        frame = self.frame()
        if frame is None:
            return None
        far = [QLineF(frame.point(x, y), spot).length() for x, y in self._places().tolist()]
        nearest = int(np.argmin(far)) if far else 0
        return nearest if far and far[nearest] < _NEAR else None

    def _places(self) -> np.ndarray:
        """Return where the samples are on the axes, (samples, 2)."""
        samples = self._samples
        assert samples is not None
        return samples.x if samples.x.shape[1] == 2 else np.column_stack([samples.x[:, 0], samples.y])

    def _fitted(self, samples: Samples, neuron: Neuron) -> Frame:
        """Return a frame that holds all samples; of two inputs with one scale, so that right angles look right."""
        bounds = QRectF(self.rect()).adjusted(4, 4, -4, -4)
        places = self._places() if len(samples) else np.array([[0.0, 0.0], [1.0, 1.0]])
        low, high = places.min(axis=0), places.max(axis=0)
        middle, reach = (low + high) / 2, np.maximum((high - low) / 2, 0.5) * (1 + 2 * _MARGIN)
        names = ("x", "y") if neuron.kind is Kind.LINEAR else ("x₁", "x₂")
        axes = [Axis(name, float(m - r), float(m + r)) for name, m, r in zip(names, middle, reach, strict=True)]
        frame = fit_frame(bounds, *axes)
        if neuron.kind is Kind.LINEAR:
            return frame
        pixel = max(2 * float(reach[0]) / frame.area.width(), 2 * float(reach[1]) / frame.area.height())
        halves = pixel * frame.area.width() / 2, pixel * frame.area.height() / 2
        return Frame(
            frame.area,
            *(Axis(name, float(m) - h, float(m) + h) for name, m, h in zip(names, middle, halves, strict=True)),
        )


def _line_ends(frame: Frame, w: tuple[float, ...], b: float, kind: Kind) -> QLineF | None:
    """Return a line, in pixels, as far as the picture goes; None where there is none."""
    if kind is Kind.LINEAR:
        ends = [(x, w[0] * x + b) for x in (frame.x.low, frame.x.high)]
    elif abs(w[1]) >= abs(w[0]) and w[1]:
        ends = [(x, -(w[0] * x + b) / w[1]) for x in (frame.x.low, frame.x.high)]
    elif w[0]:
        ends = [(-(w[1] * y + b) / w[0], y) for y in (frame.y.low, frame.y.high)]
    else:
        return None
    if not np.abs(ends).max() < 1e6:
        return None
    return QLineF(frame.point(*ends[0]), frame.point(*ends[1]))
