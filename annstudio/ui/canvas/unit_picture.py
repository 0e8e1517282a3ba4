"""What one unit answers, large: the window that pops up beside its small map."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QLineF, QRectF, QSize, Qt
from PySide6.QtGui import QImage, QLinearGradient, QPainter, QPen
from PySide6.QtWidgets import QWidget

from annstudio.training.answers import Scope
from annstudio.ui.fonts import figures_font
from annstudio.ui.theme import FONT_PIXELS
from annstudio.ui.views.numerals import figure
from annstudio.ui.views.painting import fitted, paint_plate, picture_painter, small_font
from annstudio.ui.views.view import Picture

_PAD = 10
_SIDE = 170
"""Of the picture; those of rows are lower."""
_ROW_HEIGHT = 90
_LINE = 17
_GAP = 6
_SCALE = 6
"""Height of the bar with the colors."""


@dataclass(frozen=True, eq=False)
class UnitAnswer:
    """What there is to show of a unit.

    Args:
        title: which unit of which layer.
        scope: to what it answers.
        values: its answers, (rows, columns).
        image: the same in colors.
        reach: the answer that has the strongest color; 0 where the colors mean something else.
        captions: what lies along the axes, a line each.
    """

    title: str
    scope: Scope
    values: NDArray[Any]
    image: QImage
    reach: float
    captions: tuple[str, ...]

    @property
    def in_bars(self) -> bool:
        """It is a row of answers, which stand as bars."""
        return self.scope in (Scope.LINE, Scope.SAMPLES)

    @property
    def spoken(self) -> str:
        """The unit with the range of its answers, for whoever cannot see the picture."""
        known = self.values[np.isfinite(self.values)]
        if not self.reach or not known.size:
            return self.title
        return f"{self.title}: {figure(float(known.min()))} … {figure(float(known.max()))}"


class UnitPicture(Picture):
    """Lies over the other parts of the window, like a tool tip, and takes neither the focus nor the mouse."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__("", parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()
        self._answer: UnitAnswer | None = None

    def show_answer(self, answer: UnitAnswer) -> None:
        """Show this from now on."""
        self._answer = answer
        self.setAccessibleName(answer.spoken)
        self.resize(self.sizeHint())
        self.try_again()
        self.update()

    def sizeHint(self) -> QSize:
        """Fit the picture with its title, its scale and its captions."""
        answer = self._answer
        captions = len(answer.captions) if answer is not None else 0
        scale = _SCALE + _LINE if answer is not None and answer.reach else 0
        below = _GAP + scale + _LINE * captions + _PAD // 2
        return QSize(_SIDE + 2 * _PAD, int(self._picture_area().bottom()) + below)

    def paint_picture(self) -> None:
        """Paint the plate and everything on it."""
        answer, theme = self._answer, self.theme
        if answer is None:
            return
        with picture_painter(self) as painter:
            paint_plate(painter, theme, QRectF(self.rect()))
            painter.setPen(theme.color("ink"))
            painter.setFont(figures_font(FONT_PIXELS - 1))
            self._write(painter, QRectF(_PAD, _PAD - 2, _SIDE, _LINE), answer.title)
            if answer.in_bars:
                self._paint_bars(painter, self._picture_area(), answer)
            else:
                painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, answer.scope is Scope.PLANE)
                painter.drawImage(fitted(answer.image, self._picture_area()), answer.image)
            self._paint_below(painter, self._picture_area(), answer)

    def _picture_area(self) -> QRectF:
        in_bars = self._answer is not None and self._answer.in_bars
        return QRectF(_PAD, _PAD + _LINE + 4, _SIDE, _ROW_HEIGHT if in_bars else _SIDE)

    def _paint_below(self, painter: QPainter, area: QRectF, answer: UnitAnswer) -> None:
        """Write under the picture what its colors and its axes mean."""
        painter.setFont(small_font())
        painter.setPen(self.theme.color("muted"))
        top = area.bottom() + _GAP
        if answer.reach:
            self._paint_scale(painter, QRectF(area.left(), top, area.width(), _SCALE), answer.reach)
            top += _SCALE + _LINE
        for caption in answer.captions:
            self._write(painter, QRectF(area.left(), top, area.width(), _LINE), caption)
            top += _LINE

    def _write(self, painter: QPainter, area: QRectF, text: str) -> None:
        shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, int(area.width()))
        painter.drawText(area, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)

    def _paint_bars(self, painter: QPainter, area: QRectF, answer: UnitAnswer) -> None:
        """Draw the answers as bars, upwards from zero where they are positive."""
        values = np.nan_to_num(answer.values.ravel(), posinf=answer.reach, neginf=-answer.reach)
        reach = float(np.abs(values).max()) or 1.0
        below = values.min() < 0
        zero = area.center().y() if below else area.bottom()
        unit = (zero - area.top()) / reach
        slot = area.width() / len(values)
        painter.setPen(Qt.PenStyle.NoPen)
        for index, value in enumerate(values.tolist()):
            painter.setBrush(self.theme.color("positive" if value > 0 else "negative"))
            top = zero - max(value, 0) * unit
            painter.drawRect(QRectF(area.left() + index * slot, top, slot * 0.85, abs(value) * unit))
        painter.setPen(QPen(self.theme.color("muted"), 1))
        painter.drawLine(QLineF(area.left(), zero, area.right(), zero))

    def _paint_scale(self, painter: QPainter, area: QRectF, reach: float) -> None:
        """Draw the bar that says which color means which answer."""
        gradient = QLinearGradient(area.topLeft(), area.topRight())
        for place, token in ((0.0, "negative"), (0.5, "neutral"), (1.0, "positive")):
            gradient.setColorAt(place, self.theme.color(token))
        painter.fillRect(area, gradient)
        below = QRectF(area.left(), area.bottom() + 1, area.width(), _LINE - 2)
        for flag, value in (
            (Qt.AlignmentFlag.AlignLeft, -reach),
            (Qt.AlignmentFlag.AlignHCenter, 0.0),
            (Qt.AlignmentFlag.AlignRight, reach),
        ):
            painter.drawText(below, flag | Qt.AlignmentFlag.AlignVCenter, figure(value))
