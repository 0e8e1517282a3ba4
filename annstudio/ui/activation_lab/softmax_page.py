"""Logits on sliders, what softmax makes of them, and how each share answers to each logit."""

import numpy as np
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QFormLayout, QSlider, QWidget

from annstudio.core.calls import Array
from annstudio.labs.activations.softmax import jacobian, logistic_of, shares_of
from annstudio.ui.choice_box import choice_box
from annstudio.ui.fonts import figures_font, text_font
from annstudio.ui.page_parts import caption_label, label, page_layout
from annstudio.ui.views.colors import class_color
from annstudio.ui.views.numerals import figure, subscript
from annstudio.ui.views.painting import picture_painter
from annstudio.ui.views.view import Picture

_MOST = 5
_TICKS = 10
_REACH = 5
_STARTS = (2.0, 1.0, 0.0, -1.0, -2.0)


class SoftmaxPicture(Picture):
    """Bars of the shares on the left, the Jacobian as colored cells on the right."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.setMinimumSize(160, 120)
        self.logits: Array = np.array(_STARTS[:3])

    def show_logits(self, logits: Array) -> None:
        """Show these."""
        self.logits = logits
        self.update()

    def paint_picture(self) -> None:
        """Paint bars and cells."""
        half = self.width() / 2
        with picture_painter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self._paint_bars(painter, QRectF(16, 40, half - 48, self.height() - 90))
            side = min(half - 60, self.height() - 110)
            self._paint_cells(painter, QRectF(half + 40, 40 + 20, side, side))

    def _paint_bars(self, painter: QPainter, area: QRectF) -> None:
        a = shares_of(self.logits)
        wide = area.width() / len(a)
        self._title(painter, area, self.tr("Shares a, which add up to 1"))
        for number, share in enumerate(a):
            bar = QRectF(area.left() + number * wide + wide * 0.15, 0, wide * 0.7, share * area.height())
            bar.moveBottom(area.bottom())
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(class_color(self.theme, number, _MOST))
            painter.drawRoundedRect(bar, 4, 4)
            painter.setPen(self.theme.color("ink"))
            painter.setFont(figures_font(14))
            above = QRectF(bar.left() - 20, bar.top() - 22, bar.width() + 40, 20)
            painter.drawText(above, Qt.AlignmentFlag.AlignCenter, figure(float(share)))
            below = QRectF(bar.left() - 20, area.bottom() + 6, bar.width() + 40, 20)
            painter.drawText(below, Qt.AlignmentFlag.AlignCenter, f"a{subscript(number + 1)}")

    def _paint_cells(self, painter: QPainter, area: QRectF) -> None:
        values = jacobian(self.logits)
        count = len(values)
        side = area.width() / count
        self._title(painter, area.translated(0, -20), self.tr("Jacobian: ∂a of each row by ∂z of each column"))
        for row in range(count):
            for column in range(count):
                value = float(values[row, column])
                cell = QRectF(area.left() + column * side, area.top() + row * side, side - 3, side - 3)
                color = QColor(self.theme.color("positive" if value >= 0 else "negative"))
                color.setAlphaF(min(1.0, 0.08 + 3.4 * abs(value)))
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(color)
                painter.drawRoundedRect(cell, 5, 5)
                painter.setPen(self.theme.color("ink"))
                painter.setFont(figures_font(13))
                painter.drawText(cell, Qt.AlignmentFlag.AlignCenter, figure(value))
        painter.setPen(self.theme.color("muted"))
        for number in range(count):
            across = QRectF(area.left() + number * side, area.top() - 20, side - 3, 18)
            down = QRectF(area.left() - 34, area.top() + number * side, 30, side - 3)
            painter.drawText(across, Qt.AlignmentFlag.AlignCenter, f"z{subscript(number + 1)}")
            painter.drawText(down, Qt.AlignmentFlag.AlignCenter, f"a{subscript(number + 1)}")

    def _title(self, painter: QPainter, area: QRectF, said: str) -> None:
        painter.setFont(text_font(13, text_font().Weight.DemiBold))
        painter.setPen(self.theme.color("ink"))
        painter.drawText(QRectF(area.left(), area.top() - 34, area.width(), 22), Qt.AlignmentFlag.AlignLeft, said)


class SoftmaxPage(QWidget):
    """Two to five classes."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.picture = SoftmaxPicture(self.tr("Shares of softmax, and its Jacobian"))
        counts = [(self.tr("{count} classes").format(count=count), count) for count in range(2, _MOST + 1)]
        self.counts = choice_box(counts, self.tr("How many classes"), self)
        self.counts.setCurrentIndex(1)
        self.counts.activated.connect(self._show)
        self.sliders: list[QSlider] = []
        form = QWidget()
        self._rows = QFormLayout(form)
        self._rows.setContentsMargins(0, 0, 0, 0)
        for number, start in enumerate(_STARTS):
            slider = QSlider(Qt.Orientation.Horizontal)
            slider.setRange(-_REACH * _TICKS, _REACH * _TICKS)
            slider.setValue(round(start * _TICKS))
            slider.setAccessibleName(f"z{subscript(number + 1)}")
            slider.valueChanged.connect(self._show)
            self._rows.addRow(label(""), slider)
            self.sliders.append(slider)
        self.said = label("")
        about = label("muted", self.tr("Adding the same number to all logits changes nothing: only differences count."))
        page_layout(self, self.picture, label("title", self.tr("Softmax")), self.counts, form, about, self.said)
        self._show()

    @property
    def logits(self) -> Array:
        """z of the classes there are."""
        count = int(self.counts.currentData())
        return np.array([slider.value() / _TICKS for slider in self.sliders[:count]])

    def _show(self) -> None:
        logits = self.logits
        for number in range(_MOST):
            self._rows.setRowVisible(number, number < len(logits))
            caption = caption_label(self._rows, self.sliders[number])
            caption.setText(f"z{subscript(number + 1)} = {figure(self.sliders[number].value() / _TICKS)}")
        self.picture.show_logits(logits)
        if len(logits) != 2:
            said = self.tr("Raise one logit, and every other share gives some of its own: the rows add up to 0.")
            self.said.setText(said)
            return
        first, alone = float(shares_of(logits)[0]), logistic_of(float(logits[0] - logits[1]))
        said = self.tr("Two classes: the logistic of the difference. a₁ = {share}, logistic(z₁ − z₂) = {alone}.")
        self.said.setText(said.format(share=figure(first), alone=figure(alone)))
