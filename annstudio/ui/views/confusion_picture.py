"""Which class is taken for which."""

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QFont, QFontMetricsF, QKeyEvent, QMouseEvent, QPainter, QPen

from annstudio.ui.views.painting import paint_sentence, picture_painter, small_font
from annstudio.ui.views.view import Picture

_TOP, _LEFT_SHARE, _LEFT = 34.0, 0.25, 74.0
_MOST_CELL = 64.0
_STEPS = {
    Qt.Key.Key_Left: (0, -1),
    Qt.Key.Key_Right: (0, 1),
    Qt.Key.Key_Up: (-1, 0),
    Qt.Key.Key_Down: (1, 0),
}

Cell = tuple[int, int]


class ConfusionPicture(Picture):
    """A row for each true class, a column for each answer; a click, or the arrow keys, choose a cell."""

    cell_chosen = Signal(object)
    """(cell: (true, said) | None), whose samples the student wants to see; None for no one in particular."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._counts: NDArray[np.intp] = np.empty((0, 0), np.intp)
        self._names: Sequence[str] = ()
        self._cell: Cell | None = None
        self._sentence = ""

    @property
    def cell(self) -> Cell | None:
        """The one that is chosen."""
        return self._cell

    def show_counts(self, counts: NDArray[np.intp], names: Sequence[str]) -> None:
        """Paint these from now on: how often each class (row) is taken for each (column)."""
        if counts.shape != self._counts.shape:
            self._cell = None
        self._counts, self._names = counts, names
        self._describe()
        self.update()

    def show_sentence(self, sentence: str) -> None:
        """Paint this sentence instead."""
        self._counts, self._sentence, self._cell = np.empty((0, 0), np.intp), sentence, None
        self.setAccessibleDescription(sentence)
        self.update()

    def place_of(self, true: int, said: int) -> QRectF:
        """Return where a cell is."""
        left, side = self._layout()
        return QRectF(left + said * side, _TOP + true * side, side, side)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose a cell; the chosen one once more, or what is beside them, chooses none."""
        cells = ((true, said) for true in range(len(self._counts)) for said in range(len(self._counts)))
        cell = next((cell for cell in cells if self.place_of(*cell).contains(event.position())), None)
        self._choose(None if cell == self._cell else cell)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go from cell to cell; Escape chooses none."""
        step = _STEPS.get(Qt.Key(event.key()))
        if step is not None and len(self._counts):
            true, said = self._cell or (-step[0], -step[1])
            last = len(self._counts) - 1
            self._choose((max(0, min(last, true + step[0])), max(0, min(last, said + step[1]))))
        elif event.key() == Qt.Key.Key_Escape and self._cell is not None:
            self._choose(None)
        else:
            super().keyPressEvent(event)

    def paint_picture(self) -> None:
        """Paint names, cells and counts."""
        with picture_painter(self) as painter:
            if not len(self._counts):
                paint_sentence(painter, self.theme, QRectF(self.rect()), self._sentence)
                return
            left, side = self._layout()
            painter.setFont(small_font())
            painter.setPen(self.theme.color("muted"))
            across = QRectF(left, 0, side * len(self._counts), 15)
            painter.drawText(across, Qt.AlignmentFlag.AlignCenter, self.tr("taken for →"))
            for number, name in enumerate(self._names):
                above = QRectF(left + number * side, 17, side, 15)
                self._paint_name(painter, above, name, Qt.AlignmentFlag.AlignHCenter)
                beside = QRectF(0, _TOP + number * side, left - 6, side)
                self._paint_name(painter, beside, name, Qt.AlignmentFlag.AlignRight)
            sums = self._counts.sum(axis=1, keepdims=True)
            shares = self._counts / np.maximum(sums, 1)
            for true in range(len(self._counts)):
                for said in range(len(self._counts)):
                    self._paint_cell(painter, (true, said), float(shares[true, said]))
            if self.hasFocus():
                painter.setPen(QPen(self.theme.color("accent"), 1))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRect(self.rect().adjusted(0, 0, -1, -1))

    def _paint_name(self, painter: QPainter, place: QRectF, name: str, side: Qt.AlignmentFlag) -> None:
        shown = QFontMetricsF(painter.font()).elidedText(name, Qt.TextElideMode.ElideRight, place.width())
        painter.drawText(place, side | Qt.AlignmentFlag.AlignVCenter, shown)

    def _paint_cell(self, painter: QPainter, cell: Cell, share: float) -> None:
        place = self.place_of(*cell).adjusted(1, 1, -1, -1)
        right, count = cell[0] == cell[1], int(self._counts[cell])
        # A single mistake among many is to be seen.
        opacity = 0.06 + 0.84 * (share if right else math.sqrt(share))
        painter.fillRect(place, self.theme.color("positive" if right else "negative", opacity if count else 0.04))
        if count and place.height() >= 11:
            painter.setFont(small_font(QFont.Weight.DemiBold if right else QFont.Weight.Normal))
            painter.setPen(self.theme.color("card" if opacity > 0.55 else "ink"))
            painter.drawText(place, Qt.AlignmentFlag.AlignCenter, f"{count:,}")
        if cell == self._cell:
            painter.setPen(QPen(self.theme.color("accent"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(place)

    def _layout(self) -> tuple[float, float]:
        """Return where the cells begin, and their side."""
        left = min(_LEFT, _LEFT_SHARE * self.width())
        count = max(1, len(self._counts))
        side = min(_MOST_CELL, (self.width() - left - 2) / count, (self.height() - _TOP - 2) / count)
        return left, max(2.0, side)

    def _choose(self, cell: Cell | None) -> None:
        self._cell = cell
        self._describe()
        self.update()
        self.cell_chosen.emit(cell)

    def _describe(self) -> None:
        """Tell a screen reader the chosen cell, or all that are not empty."""
        template = self.tr("{true} taken for {said}: {count}")
        cells = [self._cell] if self._cell is not None else [tuple(cell) for cell in np.argwhere(self._counts)]
        told = (
            template.format(true=self._names[true], said=self._names[said], count=int(self._counts[true, said]))
            for true, said in cells
        )
        self.setAccessibleDescription(", ".join(told))
