"""The picture of two features: the network's answers, the data on top, the student's own dot."""

from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QLineF, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPen

from annstudio.data.prepare import Prepared
from annstudio.ui.views import reading
from annstudio.ui.views.backdrop import Ground, Plane, SampleLayer
from annstudio.ui.views.dot import REACH, Dot, Predictor, Track, paint_dot
from annstudio.ui.views.frame import Frame, fit_frame
from annstudio.ui.views.painting import Line, box_at, paint_box, paint_sentence, picture_painter
from annstudio.ui.views.view import Picture

_ARROWS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, 1),
    Qt.Key.Key_Down: (0, -1),
}
_LONG_STRIDE = 5
_RING, _RING_WIDTH = 7.5, 1.8
_WIDE = 460
"""From this width on there is room for the names of the features beside the dot."""


class PlanePicture(Picture):
    """Paints a Plane and lets the student move the dot."""

    dot_moved = Signal(float, float)
    """(x, y) in the data's own units, when mouse or keys have moved the dot."""
    dot_placed = Signal()
    """New data have given the dot a place."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._plane: Plane | None = None
        self._sentence = ""
        self._predict: Predictor | None = None
        self._dot: Dot | None = None
        self._dot_data: Prepared | None = None
        self._dragged = False
        self._held: NDArray[Any] | None = None
        self._mouse: QPointF | None = None
        self._ground: Ground | None = None
        self._samples = SampleLayer()

    @property
    def dot(self) -> Dot | None:
        """The student's dot; None before there are data."""
        return self._dot if self._plane is not None else None

    @property
    def frame(self) -> Frame | None:
        """Where the axes run at the widget's present size; None before there are data."""
        return fit_frame(QRectF(self.rect()), *self._plane.axes()) if self._plane is not None else None

    def set_predictor(self, predict: Predictor | None) -> None:
        """Take the exact answers at the dot and under the mouse from here."""
        self._predict = predict
        self.update()

    def show_held_out(self, shown: bool) -> None:
        """Show or hide the samples that the network does not learn from."""
        self._samples.held_out = shown
        self.update()

    def hold_dot(self, outputs: NDArray[Any] | None) -> None:
        """Keep the student from moving the dot, which stands for a sample; or no longer.

        Args:
            outputs: what the network answers to the sample, (outputs,); None lets the dot go.
        """
        self._held = outputs
        self._dragged = self._dragged and outputs is None
        self._describe()
        self.update()

    def show_plane(self, plane: Plane | None, sentence: str = "") -> None:
        """Paint this from now on; the sentence where there is no plane."""
        self._plane, self._sentence = plane, sentence
        self.renew_look()
        if plane is not None and plane.prepared is not self._dot_data:
            self._place_dot(plane)
        self._describe()

    def renew_look(self) -> None:
        """Color the ground anew."""
        self._ground = Ground(self.theme, self._plane) if self._plane is not None else None
        super().renew_look()

    def move_dot(self, x: float, y: float) -> None:
        """Move the dot as near to here as it may go, and tell."""
        if self._dot is None:
            return
        moved = self._dot.at(x, y)
        if moved != self._dot:
            self._dot = moved
            self._describe()
            self.update()
            self.dot_moved.emit(moved.x, moved.y)

    def dot_lines(self, named: bool = False) -> list[Line]:
        """Return what is written beside the dot: where it is, and what the network says there.

        Args:
            named: whether with the features' names.
        """
        if self._plane is None or self._dot is None:
            return []
        write = reading.quantity if named else reading.amount
        place = ", ".join(map(write, self._plane.schema.features, (self._dot.x, self._dot.y)))
        lines = [Line(self.tr("You: {place}").format(place=place))]
        said = self._answer(self._dot.x, self._dot.y) if self._held is None else self._said(self._held)
        return [*lines, Line(self.tr("→ {answer}").format(answer=said), "accent", bold=True)] if said else lines

    def hover_lines(self) -> list[Line]:
        """Return what is written under the mouse; nothing outside the axes or at the dot."""
        frame = self.frame
        if self._plane is None or frame is None or self._mouse is None or self._dragged:
            return []
        if not frame.area.contains(self._mouse) or self._at_dot(self._mouse):
            return []
        x, y = frame.values(self._mouse)
        lines = [Line(reading.quantity(c, v)) for c, v in zip(self._plane.schema.features, (x, y), strict=True)]
        said = self._answer(x, y)
        return [*lines, Line(said, bold=True)] if said else lines

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold of the dot."""
        grasped = event.button() is Qt.MouseButton.LeftButton and self._at_dot(event.position())
        self._dragged = grasped and self._held is None
        self._follow(event.position())

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Bring the dot here."""
        frame = self.frame
        if self._held is None and frame is not None and frame.area.contains(event.position()):
            self.move_dot(*frame.values(event.position()))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Move the dot, or read the place."""
        if self._dragged and self.frame is not None:
            self.move_dot(*self.frame.values(event.position()))
        self._follow(event.position())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let the dot go."""
        self._dragged = False
        self._follow(event.position())

    def leaveEvent(self, event: QEvent) -> None:
        """Read no more."""
        self._mouse = None
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move the dot by the arrow keys, five steps at a time with Shift."""
        arrow = _ARROWS.get(Qt.Key(event.key()))
        if arrow is None or self._dot is None or self._held is not None:
            super().keyPressEvent(event)
            return
        stride = _LONG_STRIDE if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1
        target = self._dot.stepped(stride * arrow[0], stride * arrow[1])
        self.move_dot(target.x, target.y)

    def paint_picture(self) -> None:
        """Paint the ground, the border of the classes, the data, the dot and what is read."""
        frame, plane, ground = self.frame, self._plane, self._ground
        if frame is None or plane is None or ground is None:
            with picture_painter(self) as painter:
                paint_sentence(painter, self.theme, QRectF(self.rect()), self._sentence)
            return
        layer = self._samples.picture(self.theme, plane.prepared, frame, self.size(), self.devicePixelRatioF())
        with picture_painter(self) as painter:
            ground.paint(painter, frame)
            painter.drawPixmap(0, 0, layer)
            if plane.wrong is not None:
                self._paint_wrong(painter, frame, frame.points(plane.wrong[:, 0], plane.wrong[:, 1]))
            self._paint_dot(painter, frame)

    def _paint_dot(self, painter: QPainter, frame: Frame) -> None:
        """Paint the dot with its label, and what is read under the mouse; the label makes way for that."""
        if self._dot is None:
            return
        center = frame.point(self._dot.x, self._dot.y)
        paint_dot(painter, self.theme, center, self.hasFocus())
        label = self.dot_lines(named=frame.area.width() > _WIDE)
        label_box = box_at(center, label, frame.area)
        lines = self.hover_lines()
        box = box_at(self._mouse, lines, frame.area) if lines and self._mouse is not None else QRectF()
        if not box.intersects(label_box):
            paint_box(painter, self.theme, label_box, label)
        if lines:
            paint_box(painter, self.theme, box, lines)

    def _paint_wrong(self, painter: QPainter, frame: Frame, places: list[QPointF]) -> None:
        """Paint a ring around each of these places."""
        painter.save()
        painter.setClipRect(frame.area)
        painter.setPen(QPen(self.theme.color("error"), _RING_WIDTH))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for place in places:
            painter.drawEllipse(place, _RING, _RING)
        painter.restore()

    def _place_dot(self, plane: Plane) -> None:
        """Start in the middle of new data; with the features of before, stay as near to the old place as may be."""
        columns = plane.prepared.data.inputs
        dot = Dot.in_the_middle(*(Track.along(columns[:, k], *plane.extent[k]) for k in (0, 1)))
        if self._dot is not None and self._dot_data is not None and self._dot_data.data.schema == plane.schema:
            dot = dot.at(self._dot.x, self._dot.y)
        self._dot, self._dot_data = dot, plane.prepared
        self.dot_placed.emit()

    def _answer(self, x: float, y: float) -> str:
        outputs = self._predict(np.array([[x, y]])) if self._predict is not None else None
        return self._said(outputs[0]) if outputs is not None else ""

    def _said(self, outputs: NDArray[Any]) -> str:
        """Return an answer of the network in words; nothing for one of another network."""
        if self._plane is None or len(outputs) != self._plane.schema.outputs:
            return ""
        return reading.answer(self._plane.schema, outputs, self._plane.answers)

    def _at_dot(self, place: QPointF) -> bool:
        frame = self.frame
        if frame is None or self._dot is None:
            return False
        return QLineF(place, frame.point(self._dot.x, self._dot.y)).length() <= REACH

    def _follow(self, place: QPointF) -> None:
        self._mouse = place
        near = Qt.CursorShape.ClosedHandCursor if self._dragged else Qt.CursorShape.OpenHandCursor
        self.setCursor(near if self._dragged or self._at_dot(place) else Qt.CursorShape.CrossCursor)
        self.update()

    def _describe(self) -> None:
        read = " ".join(line.text for line in self.dot_lines(named=True))
        self.setAccessibleDescription(read or self._sentence)
