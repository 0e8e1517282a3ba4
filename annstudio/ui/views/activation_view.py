"""The activation of the selected layer, with its derivative."""

import math

from PySide6.QtCore import QEvent, QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QWidget

from annstudio.engine.activations import activations
from annstudio.project.model import Node, Project
from annstudio.project.names import title
from annstudio.project.settings import own_values
from annstudio.ui.strokes import Range
from annstudio.ui.translate import translate
from annstudio.ui.views.activation_curves import Curve
from annstudio.ui.views.frame import Axis, Frame, fit_frame, paint_axes, paint_curve
from annstudio.ui.views.header import Key
from annstudio.ui.views.numerals import figure, short_figure
from annstudio.ui.views.painting import Line, box_at, paint_box, paint_sentence, picture_painter
from annstudio.ui.views.view import Picture, TitledView

_MARGIN = 0.08
_DOT = 3.5


class ActivationView(TitledView):
    """The curve of the selected layer's activation and its derivative, around z = 0."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self.setAccessibleName(self.tr("Activation"))
        self.picture = ActivationPicture(self.tr("Curve of the activation and its derivative"))
        self._selected: str | None = None
        self.set_body(self.picture)

    def select_node(self, node_id: str | None) -> None:
        """Show the activation of this node's layer."""
        if node_id != self._selected:
            self._selected = node_id
            self._invalidate()

    def _concerned(self, before: Project, after: Project) -> bool:
        return self._node(before) != self._node(after) or super()._concerned(before, after)

    def _refresh(self) -> None:
        node = self._node(self.project)
        if node is None or "activation" not in node.settings.values:
            self.header.set_title(self.tr("Activation") if node is None else translate(title(node)))
            self.header.set_caption()
            self.picture.show_sentence(self._sentence(node))
            return
        key = str(node["activation"])
        curve = Curve(key, own_values(node.settings.values, "activation"))
        self.header.set_title(translate(activations[key].info.label))
        self.header.set_caption(
            Key(self.tr("a"), self.theme.color("accent")),
            Key(self.tr("da/dz"), self.theme.color("negative"), dashed=True),
        )
        nothing = self.tr("This function has no value from z = −{reach} to z = {reach}.")
        self.picture.show_curve(curve, nothing.format(reach=short_figure(curve.reach)))

    def _node(self, project: Project | None) -> Node | None:
        nodes = () if project is None else project.design.nodes
        return next((node for node in nodes if node.id == self._selected), None)

    def _sentence(self, node: Node | None) -> str:
        if node is None:
            return self.tr("Select a layer to see its activation.")
        return self.tr("This layer has no activation.")


class ActivationPicture(Picture):
    """Paints a Curve and reads it under the mouse."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self._curve: Curve | None = None
        self._span: Range = (0.0, 1.0)
        self._sentence = ""
        self._mouse: QPointF | None = None

    @property
    def frame(self) -> Frame | None:
        """Where the axes run at the widget's present size; None without a curve."""
        if self._curve is None:
            return None
        low, high = self._span
        margin = _MARGIN * (high - low)
        name = self.tr("z") if self._curve.elementwise else self.tr("z₁ of two units, z₂ = 0")
        x, y = Axis(name, -self._curve.reach, self._curve.reach), Axis("", low - margin, high + margin)
        return fit_frame(QRectF(self.rect()), x, y)

    def show_curve(self, curve: Curve, nothing: str) -> None:
        """Paint this curve from now on; the sentence if it has no value anywhere."""
        span = curve.span()
        if span is None:
            self.show_sentence(nothing)
            return
        self._curve, self._span = curve, span
        self.update()

    def show_sentence(self, sentence: str) -> None:
        """Paint this sentence instead of a curve."""
        self._curve, self._sentence = None, sentence
        self.update()

    def hover_lines(self) -> list[Line]:
        """Return what is written under the mouse; nothing outside the axes."""
        z = self._hovered()
        if z is None or self._curve is None:
            return []
        place = Line(self.tr("z = {value}").format(value=figure(z)), bold=True)
        a, slope = self._curve.at(z)
        if not math.isfinite(a):
            return [place, Line(self.tr("no value here"))]
        return [
            place,
            Line(self.tr("a = {value}").format(value=figure(a)), "accent"),
            Line(self.tr("da/dz = {value}").format(value=figure(slope)), "negative"),
        ]

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Read where the mouse is."""
        self._mouse = event.position()
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        """Read no more."""
        self._mouse = None
        self.update()

    def paint_picture(self) -> None:
        """Paint axes, curves and reading, or the sentence."""
        with picture_painter(self) as painter:
            curve, frame = self._curve, self.frame
            if curve is None or frame is None:
                paint_sentence(painter, self.theme, QRectF(self.rect()), self._sentence)
                return
            paint_axes(painter, self.theme, frame, grid=True)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self._paint_zero_lines(painter, frame)
            self._paint_curves(painter, frame, curve)
            self._paint_reading(painter, frame, curve)

    def _paint_zero_lines(self, painter: QPainter, frame: Frame) -> None:
        painter.setPen(QPen(self.theme.color("muted", 0.6), 1))
        origin = frame.point(0, 0)
        painter.drawLine(QLineF(frame.area.left(), origin.y(), frame.area.right(), origin.y()))
        painter.drawLine(QLineF(origin.x(), frame.area.top(), origin.x(), frame.area.bottom()))

    def _paint_curves(self, painter: QPainter, frame: Frame, curve: Curve) -> None:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.save()
        painter.setClipRect(frame.area)
        for piece in curve.pieces:
            painter.setPen(QPen(self.theme.color("negative"), 1.8, Qt.PenStyle.DashLine))
            paint_curve(painter, frame, piece.z, piece.slope)
            painter.setPen(QPen(self.theme.color("accent"), 2.2))
            paint_curve(painter, frame, piece.z, piece.a)
        painter.restore()
        for z, before, after in curve.jumps():
            value = curve.at(z)[0]
            for end in (before, after):
                if frame.y.holds(end):
                    self._paint_end(painter, frame.point(z, end), filled=abs(end - value) < 1e-6)

    def _paint_end(self, painter: QPainter, place: QPointF, filled: bool) -> None:
        """Paint the end of a curve at a jump: a filled dot belongs to it, an empty one does not."""
        painter.setPen(QPen(self.theme.color("accent"), 1.6))
        painter.setBrush(self.theme.color("accent" if filled else "card"))
        painter.drawEllipse(place, _DOT, _DOT)
        painter.setBrush(Qt.BrushStyle.NoBrush)

    def _paint_reading(self, painter: QPainter, frame: Frame, curve: Curve) -> None:
        z = self._hovered()
        if z is None:
            return
        a, slope = curve.at(z)
        x = frame.point(z, 0).x()
        painter.setPen(QPen(self.theme.color("muted"), 1))
        painter.drawLine(QLineF(x, frame.area.top(), x, frame.area.bottom()))
        for value, token in ((slope, "negative"), (a, "accent")):
            if frame.y.holds(value):
                _paint_dot(painter, frame.point(z, value), self.theme.color(token), self.theme.color("card"))
        lines = self.hover_lines()
        anchor = frame.point(z, frame.y.clamp(a) if math.isfinite(a) else 0.0)
        paint_box(painter, self.theme, box_at(anchor, lines, frame.area), lines)

    def _hovered(self) -> float | None:
        frame = self.frame
        if frame is None or self._mouse is None or not frame.area.contains(self._mouse):
            return None
        return frame.values(self._mouse)[0]


def _paint_dot(painter: QPainter, place: QPointF, color: QColor, ring: QColor) -> None:
    painter.setPen(QPen(ring, 1.4))
    painter.setBrush(color)
    painter.drawEllipse(place, _DOT + 0.5, _DOT + 0.5)
