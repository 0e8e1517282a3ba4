"""Small pictures of what the units of a layer answer: maps of the plane, rows over samples, pictures of filters."""

import math
from dataclasses import dataclass
from typing import Any

from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QImage, QPainter, QPen

from annstudio.data.dataset import Array, Schema
from annstudio.training.answers import Answers, Scope
from annstudio.training.snapshot import Snapshot
from annstudio.ui.theme import Theme
from annstudio.ui.views.ground import ground_image
from annstudio.ui.views.unit_images import reaches, unit_images

_GAP = 2.0
_LARGEST = 38.0
_THICKEST = 10.0
"""Height of a row over samples, at most."""
_REST = 10.0
"""Height of the line that tells how many units are left out."""
_ROWS = (Scope.SAMPLES, Scope.LINE)
_COARSER = 2
"""Of the points of the decision boundary, every second will do."""


@dataclass(frozen=True, eq=False)
class Decision:
    """What the network decides all over the plane.

    Args:
        schema: what the outputs mean.
        surface: the network's outputs, (rows, columns, outputs), row 0 at the bottom.
        targets: of the training part, (samples, outputs).
        wanted: the outputs that the loss asks for; see Loss.answers.
    """

    schema: Schema
    surface: NDArray[Any]
    targets: Array
    wanted: tuple[float, float]

    def image(self, theme: Theme) -> QImage:
        """Return it in the colors of the view of the decision boundary."""
        return ground_image(theme, self.schema, self.surface[::_COARSER, ::_COARSER], self.targets, self.wanted)


def decision_of(snapshot: Snapshot) -> Decision | None:
    """Return what the network decides at this moment of a run; None where there is no plane of two features."""
    prepared, surface = snapshot.prepared, snapshot.surface
    if prepared is None or surface is None or prepared.data.schema.inputs != 2:
        return None
    return Decision(prepared.data.schema, surface, prepared.train.targets, snapshot.loss.answers)


class Maps:
    """Answers as images, blue where they are positive and orange where they are negative.

    Args:
        answers: of a layer.
        theme: gives the colors.
        decision: what stands for all of an Output's units, if it is known.

    Attributes:
        images: upright, one for each unit that is shown.
        reaches: for each of them the answer, up or down, that has the strongest color.
    """

    def __init__(self, answers: Answers, theme: Theme, decision: Decision | None = None) -> None:
        self.answers, self.theme = answers, theme
        self.decides = decision is not None
        self.reaches = reaches(answers.values)
        upright = answers.values[:, ::-1] if answers.scope is Scope.PLANE else answers.values
        self.images = [decision.image(theme)] if decision is not None else unit_images(theme, upright, self.reaches)

    @property
    def left_out(self) -> int:
        """How many units are not shown."""
        return 0 if self.decides else self.answers.units - len(self.images)

    def cells(self, area: QRectF) -> list[QRectF]:
        """Return where each image goes."""
        room = area.adjusted(0, 0, 0, -_REST) if self.left_out else area
        return _rows(len(self.images), room) if self.answers.scope in _ROWS else _tiles(len(self.images), room)

    def unit_at(self, area: QRectF, point: QPointF) -> int | None:
        """Return the number, from 0, of the unit whose image is at a point."""
        # The gaps belong to the neighbors, so that nothing flickers while the pointer crosses them.
        near = (cell.adjusted(-_GAP / 2, -_GAP / 2, _GAP / 2, _GAP / 2) for cell in self.cells(area))
        return next((unit for unit, cell in enumerate(near) if cell.contains(point)), None)

    def paint(self, painter: QPainter, area: QRectF, font: QFont) -> None:
        """Paint the images, and how many units are left out."""
        smooth = self.answers.scope is Scope.PLANE
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, smooth)
        painter.setPen(QPen(self.theme.color("line"), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for image, cell in zip(self.images, self.cells(area), strict=True):
            painter.drawImage(cell, image)
            if self.answers.scope not in _ROWS:
                painter.drawRect(cell)
        if self.left_out:
            line = QRectF(area.left(), area.bottom() - _REST + 1, area.width(), _REST)
            painter.setFont(font)
            painter.setPen(self.theme.color("muted"))
            painter.drawText(line, Qt.AlignmentFlag.AlignCenter, f"+ {self.left_out:,}")


def _rows(count: int, room: QRectF) -> list[QRectF]:
    """Return as many rows, one below the other without a gap, in the middle of a room."""
    height = min(room.height() / count, _THICKEST)
    top = room.center().y() - count * height / 2
    return [QRectF(room.left(), top + row * height, room.width(), height) for row in range(count)]


def _tiles(count: int, room: QRectF) -> list[QRectF]:
    """Return as many squares, as large as they fit, in the middle of a room."""
    side, columns = max((_side(count, columns, room), -columns) for columns in range(1, count + 1))
    pitch, columns = side + _GAP, -columns
    left = room.center().x() - (columns * pitch - _GAP) / 2
    top = room.center().y() - (-(-count // columns) * pitch - _GAP) / 2
    places = (divmod(unit, columns) for unit in range(count))
    return [QRectF(left + column * pitch, top + row * pitch, side, side) for row, column in places]


def _side(count: int, columns: int, room: QRectF) -> float:
    rows = -(-count // columns)
    across, down = (room.width() + _GAP) / columns - _GAP, (room.height() + _GAP) / rows - _GAP
    return math.floor(min(across, down, _LARGEST))
