"""Samples that are pictures, each with what the network takes it for."""

import time
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QImage, QKeyEvent, QMouseEvent, QPainter, QPen, QResizeEvent

from annstudio.data.dataset import Schema
from annstudio.data.prepare import Part, Prepared
from annstudio.engine.losses.base import Loss
from annstudio.training.metrics import classes_of
from annstudio.ui.translate import translate
from annstudio.ui.views import reading
from annstudio.ui.views.colors import RAMP_LEVELS, color_image, ink_ramp
from annstudio.ui.views.dot import Predictor
from annstudio.ui.views.painting import Line, box_at, paint_box, picture_painter, small_font
from annstudio.ui.views.view import Picture

_HEADING = 20.0
_LABEL = 17.0
_SIDE, _SMALLEST_SIDE = 52.0, 24.0
_PITCH = 60.0
"""From one picture to the next: "3, not 8" must fit below."""
_ROW_GAP = 8.0
_PAUSE = 0.3
"""Seconds between two looks at a network that learns: names that change faster cannot be read."""


@dataclass(frozen=True, eq=False)
class Samples:
    """What a wall shows.

    Args:
        name: of the part, translated.
        part: the samples; their features are the pixels of a picture, row by row.
        prepared: the data that they are from; they have classes.
        loss: by which the network's outputs are to be read.
    """

    name: str
    part: Part
    prepared: Prepared
    loss: type[Loss] = Loss

    @property
    def schema(self) -> Schema:
        """What the data mean."""
        return self.prepared.data.schema

    def pictures(self, chosen: slice) -> NDArray[np.intp]:
        """Return pictures as levels of the ink ramp, (samples, rows, columns)."""
        low, high = float(self.prepared.data.inputs.min()), float(self.prepared.data.inputs.max())
        shares = (self.part.raw[chosen] - low) / ((high - low) or 1.0)
        levels = np.rint(shares * (RAMP_LEVELS - 1)).astype(np.intp)
        return levels.reshape(-1, *(self.schema.image_shape or (1, self.schema.inputs)))


class PictureWall(Picture):
    """A page of samples in rows; the arrow keys turn the page."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._samples: Samples | None = None
        self._predict: Predictor | None = None
        self._page = 0
        self._outputs: NDArray[Any] | None = None
        self._images: list[QImage] = []
        self._asked = 0.0
        self._mouse: QPointF | None = None

    def set_predictor(self, predict: Predictor | None) -> None:
        """Take the answers from here; called in the window's thread."""
        self._predict = predict
        self._ask()

    def show_samples(self, samples: Samples, learning: bool) -> None:
        """Show these, with the network's present answers.

        Args:
            samples: those of one part.
            learning: the answers change all the time; so a few looks in a second are enough.
        """
        other = self._samples is None or samples.part is not self._samples.part
        self._samples = samples
        if other:
            self._page, self._asked = 0, 0.0
            self.renew_look()
        if not learning or time.monotonic() - self._asked >= _PAUSE:
            self._ask()

    def turn_on(self) -> None:
        """Turn one page on."""
        self.turn(1)

    def turn(self, by: int) -> None:
        """Turn so many pages on, or back; behind the last comes the first."""
        self._page = (self._page + by) % self._pages
        self.renew_look()
        self._ask()

    def labels(self) -> list[tuple[str, bool]]:
        """Return what is written below each picture of the page, and whether the network is right; none unasked."""
        if self._samples is None or self._outputs is None:
            return []
        schema = self._samples.schema
        names = [*(translate(name) for name in schema.classes), self.tr("no answer")]
        said = classes_of(schema.task, self._outputs, self._samples.loss.threshold())
        true = classes_of(schema.task, self._samples.part.targets[self._shown])
        wrong = self.tr("{said}, not {true}")
        return [
            (f"{names[a]} ✓" if a == b else wrong.format(said=names[a], true=names[b]), bool(a == b))
            for a, b in zip(said, true, strict=True)
        ]

    def renew_look(self) -> None:
        """Make the images of the page anew."""
        ramp = ink_ramp(self.theme)
        pictures = self._samples.pictures(self._shown) if self._samples is not None else ()
        self._images = [color_image(ramp[picture]) for picture in pictures]
        super().renew_look()

    def hover_lines(self) -> list[Line]:
        """Return what is written under the mouse."""
        mouse, numbers = self._mouse, range(len(self._images))
        number = next((k for k in numbers if mouse is not None and self._cell(k).contains(mouse)), None)
        if number is None or self._samples is None:
            return []
        schema = self._samples.schema
        true = classes_of(schema.task, self._samples.part.targets[self._shown])[number]
        lines = [Line(self.tr("{name}, as it was labeled").format(name=translate(schema.classes[true])))]
        if self._outputs is not None:
            said = reading.answer(schema, self._outputs[number], self._samples.loss.answers)
            lines.append(Line(self.tr("→ {answer}").format(answer=said), bold=True))
        return lines

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Read the sample under the mouse."""
        self._mouse = event.position()
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        """Read no more."""
        self._mouse = None
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Turn the page."""
        if event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self.turn(1 if event.key() == Qt.Key.Key_Right else -1)
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show as many as there is room for."""
        super().resizeEvent(event)
        self._page = min(self._page, self._pages - 1)
        self.renew_look()
        self._ask()

    def paint_picture(self) -> None:
        """Paint the heading and the page."""
        if self._samples is None:
            return
        with picture_painter(self) as painter:
            # Few pixels are easier to read as a digit when their edges are soft.
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            self._paint_heading(painter, self._samples)
            labels = self.labels() or [("", True)] * len(self._images)
            for number, (image, label) in enumerate(zip(self._images, labels, strict=True)):
                self._paint_sample(painter, self._cell(number), image, *label)
            lines = self.hover_lines()
            if lines and self._mouse is not None:
                paint_box(painter, self.theme, box_at(self._mouse, lines, QRectF(self.rect())), lines)

    @property
    def _grid(self) -> tuple[int, int]:
        """Rows and columns of a page, at least one each."""
        rows = int((self.height() - _HEADING + _ROW_GAP) / (_SIDE + _LABEL + _ROW_GAP))
        return max(1, rows), max(1, int(self.width() / _PITCH))

    @property
    def _pages(self) -> int:
        count = len(self._samples.part.raw) if self._samples is not None else 0
        return max(1, -(-count // (self._grid[0] * self._grid[1])))

    @property
    def _shown(self) -> slice:
        size = self._grid[0] * self._grid[1]
        return slice(self._page * size, (self._page + 1) * size)

    def _cell(self, number: int) -> QRectF:
        """Return where a picture of the page goes, with its label."""
        rows, columns = self._grid
        row, column = divmod(number, columns)
        room = self.height() - _HEADING - rows * _LABEL - (rows - 1) * _ROW_GAP
        side = max(_SMALLEST_SIDE, min(_SIDE, room / rows))
        top = _HEADING + row * (side + _LABEL + _ROW_GAP)
        return QRectF(column * min(self.width() / columns, 1.3 * _PITCH), top, _PITCH - 4, side + _LABEL)

    def _ask(self) -> None:
        """Take the network's answers to the samples of the page."""
        self._asked = time.monotonic()
        self._outputs = None
        if self._samples is not None and self._predict is not None and self.isVisible():
            outputs = self._predict(self._samples.part.raw[self._shown])
            fits = outputs is not None and outputs.shape == self._samples.part.targets[self._shown].shape
            self._outputs = outputs if fits else None
        self.setAccessibleDescription("; ".join(label for label, _ in self.labels()))
        self.update()

    def _paint_heading(self, painter: QPainter, samples: Samples) -> None:
        first = self._shown.start + 1
        heading = self.tr("{part}: {first}–{last} of {count}").format(
            part=samples.name, first=first, last=first + len(self._images) - 1, count=len(samples.part.raw)
        )
        painter.setFont(small_font(QFont.Weight.DemiBold if self.hasFocus() else QFont.Weight.Normal))
        painter.setPen(self.theme.color("accent" if self.hasFocus() else "muted"))
        painter.drawText(QRectF(0, 0, self.width(), _HEADING - 4), Qt.AlignmentFlag.AlignVCenter, heading)

    def _paint_sample(self, painter: QPainter, cell: QRectF, image: QImage, label: str, right: bool) -> None:
        side = cell.height() - _LABEL
        picture = QRectF(cell.left(), cell.top(), side, side)
        painter.drawImage(picture, image)
        token = "ok" if right else "error"
        painter.setPen(QPen(self.theme.color("line" if right or not label else "error"), 1 if right else 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(picture)
        painter.setFont(small_font(QFont.Weight.DemiBold))
        painter.setPen(self.theme.color(token))
        below = QRectF(cell.left(), picture.bottom() + 2, cell.width(), _LABEL - 2)
        painter.drawText(below, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, label)
