"""The samples of a data set as marks over a picture of the plane."""

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from annstudio.data.dataset import Array, Schema, Task
from annstudio.data.prepare import Part
from annstudio.ui.theme import Theme
from annstudio.ui.translate import translate
from annstudio.ui.views.frame import Frame
from annstudio.ui.views.ground import sample_colors
from annstudio.ui.views.painting import paint_mark, small_font

_FEW = 8
"""So few samples are painted large, with the name of their class in them."""
_LARGE = 11.0
_SIZES = ((400, 4.2), (1200, 3.2))
_SMALLEST = 2.4
_HELD_OUT = 0.8
"""Size of held-out samples against those for training."""


@dataclass(frozen=True)
class Look:
    """How the samples of one part are drawn.

    Args:
        radius: in pixels.
        hollow: as outlines: samples that the network does not learn from.
    """

    radius: float
    hollow: bool = False

    @classmethod
    def of_training(cls, samples: int) -> "Look":
        """Return the look of the training part: the more samples, the smaller."""
        if samples <= _FEW:
            return cls(_LARGE)
        return cls(next((size for most, size in _SIZES if samples <= most), _SMALLEST))

    def held_out(self) -> "Look":
        """Return the look of the samples kept from training."""
        return Look(self.radius * _HELD_OUT, hollow=True)


def paint_samples(painter: QPainter, theme: Theme, frame: Frame, schema: Schema, part: Part, look: Look) -> None:
    """Paint the samples of a part of two features at their places."""
    places = frame.points(part.raw[:, 0], part.raw[:, 1])
    paint_marks(painter, theme, schema, part.targets, places, look)


def paint_marks(
    painter: QPainter, theme: Theme, schema: Schema, targets: Array, places: list[QPointF], look: Look
) -> None:
    """Paint a mark per sample: shape and color tell its class, or its color the target of a regression.

    Args:
        painter: paints in pixels.
        theme: gives the colors.
        schema: what the targets mean.
        targets: (samples, outputs).
        places: where the marks go, one per sample.
        look: how they are drawn.
    """
    if not places:
        return
    numbers, colors = sample_colors(theme, schema, targets)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for number, place in zip(numbers.tolist(), places, strict=True):
        _set_pens(painter, theme, colors[number], look)
        paint_mark(painter, 0 if schema.task is Task.REGRESSION else number, place, look.radius)
    if look.radius == _LARGE and schema.classes:
        _paint_names(painter, [translate(schema.classes[number]) for number in numbers], places)


def outline(theme: Theme) -> QColor:
    """Return the light color around a mark, which sets it off from a ground of its own color."""
    return theme.color("ink" if theme.dark else "card")


def _set_pens(painter: QPainter, theme: Theme, color: QColor, look: Look) -> None:
    if look.hollow:
        painter.setPen(QPen(color.darker(115) if not theme.dark else color, 1.6))
        painter.setBrush(theme.color("card"))
    else:
        painter.setPen(QPen(outline(theme), 1.2))
        painter.setBrush(color)


def _paint_names(painter: QPainter, names: list[str], places: list[QPointF]) -> None:
    painter.setFont(small_font())
    painter.setPen(Qt.GlobalColor.white)
    for name, place in zip(names, places, strict=True):
        around = QRectF(place.x() - 40, place.y() - _LARGE, 80, 2 * _LARGE)
        painter.drawText(around, Qt.AlignmentFlag.AlignCenter, name)
