"""What lies behind the student's dot: the network's answers as colored ground, the axes, the data."""

from dataclasses import dataclass
from typing import Any

from numpy.typing import NDArray
from PySide6.QtCore import QLineF, QRectF, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPen, QPixmap

from annstudio.data.dataset import Schema, Task
from annstudio.data.prepare import Prepared
from annstudio.engine.losses.base import Loss
from annstudio.ui.strokes import Range
from annstudio.ui.theme import Theme
from annstudio.ui.views import reading
from annstudio.ui.views.contour import level_lines
from annstudio.ui.views.frame import Axis, Frame, paint_axes
from annstudio.ui.views.ground import ground_image
from annstudio.ui.views.painting import picture_painter
from annstudio.ui.views.plane_options import decided
from annstudio.ui.views.samples import Look, paint_samples

_OVERHANG = 14
"""Marks may reach so many pixels beyond the axes."""


@dataclass(frozen=True, eq=False)
class Plane:
    """What there is to paint.

    Args:
        prepared: the data, of two features.
        extent: ranges of both axes in the data's own units.
        surface: the network's outputs, (rows, columns, outputs), row 0 at the bottom; None before a network.
        answers: the outputs that the loss asks for; see Loss.answers.
        hard: the class that is named is painted, and not how likely it is.
        wrong: where samples stand that are to be marked, (samples, 2).
    """

    prepared: Prepared
    extent: tuple[Range, Range]
    surface: NDArray[Any] | None = None
    answers: tuple[float, float] = Loss.answers
    hard: bool = False
    wrong: NDArray[Any] | None = None

    @property
    def schema(self) -> Schema:
        """What the data mean."""
        return self.prepared.data.schema

    def axes(self) -> tuple[Axis, Axis]:
        """Return the two axes."""
        names = [reading.axis_name(column) for column in self.schema.features]
        return Axis(names[0], *self.extent[0]), Axis(names[1], *self.extent[1])


class Ground:
    """The answers all over the plane as an image, and the border between two classes as a line."""

    def __init__(self, theme: Theme, plane: Plane) -> None:
        self._theme = theme
        self._plane = plane
        self._image: QImage | None = None
        self._border: list[QLineF] = []
        self._border_frame: Frame | None = None
        if plane.surface is not None:
            targets, surface = plane.prepared.train.targets, plane.surface
            if plane.hard:
                surface = decided(plane.schema, surface, plane.answers)
            self._image = ground_image(theme, plane.schema, surface, targets, plane.answers)

    def paint(self, painter: QPainter, frame: Frame) -> None:
        """Paint into the frame."""
        if self._image is None:
            painter.fillRect(frame.area, self._theme.color("neutral"))
            return
        # The outer points of the grid lie on the axes' ends, so half a pixel around them is cut off.
        inner = QRectF(self._image.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(frame.area, self._image, inner)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        # Opaque: where its pieces overlap, a transparent line shows beads.
        painter.setPen(QPen(self._theme.color("ink"), 1.3))
        painter.drawLines(self._border_in(frame))

    def _border_in(self, frame: Frame) -> list[QLineF]:
        """Return the border in pixels: Qt takes six times as long to draw it scaled."""
        if frame != self._border_frame:
            self._border_frame = frame
            self._border = _border(self._plane, frame)
        return self._border


def _border(plane: Plane, frame: Frame) -> list[QLineF]:
    if plane.surface is None or plane.schema.task is not Task.BINARY:
        return []
    rows, columns = plane.surface.shape[:2]
    pieces = level_lines(plane.surface[..., 0], sum(plane.answers) / 2)
    across, up = frame.area.width() / (columns - 1), -frame.area.height() / (rows - 1)
    pieces *= (across, up, across, up)
    pieces += (frame.area.left(), frame.area.bottom()) * 2
    return [QLineF(*piece) for piece in pieces.tolist()]


class SampleLayer:
    """Axes and marks, painted once and kept: while a network learns, only the ground changes."""

    def __init__(self) -> None:
        self.held_out = False
        self._picture = QPixmap()
        self._key: object = None

    def picture(self, theme: Theme, prepared: Prepared, frame: Frame, size: QSize, ratio: float) -> QPixmap:
        """Return the layer, painted anew where anything about it has changed.

        Args:
            theme: gives the colors.
            prepared: the data.
            frame: where they go.
            size: of the widget.
            ratio: device pixels per pixel.
        """
        key = (theme, prepared, frame, size, ratio, self.held_out)
        if key != self._key:
            self._key = key
            self._picture = QPixmap(size * ratio)
            self._picture.setDevicePixelRatio(ratio)
            self._picture.fill(Qt.GlobalColor.transparent)
            with picture_painter(self._picture) as painter:
                paint_axes(painter, theme, frame)
                self._paint_samples(painter, theme, prepared, frame)
        return self._picture

    def _paint_samples(self, painter: QPainter, theme: Theme, prepared: Prepared, frame: Frame) -> None:
        schema, look = prepared.data.schema, Look.of_training(len(prepared.train.raw))
        painter.setClipRect(frame.area.adjusted(-_OVERHANG, -_OVERHANG, _OVERHANG, _OVERHANG))
        if self.held_out:
            for part in (prepared.validation, prepared.test):
                paint_samples(painter, theme, frame, schema, part, look.held_out())
        paint_samples(painter, theme, frame, schema, prepared.train, look)
