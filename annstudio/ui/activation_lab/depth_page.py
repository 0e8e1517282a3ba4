"""A chain of neurons: how its derivatives multiply."""

import numpy as np
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QFormLayout, QSlider, QWidget

from annstudio.engine.activations import activations
from annstudio.labs.activations.depth import MOST_LAYERS, Chain, chain
from annstudio.ui.choice_box import choice_box
from annstudio.ui.page_parts import caption_label, label, page_layout
from annstudio.ui.translate import translate
from annstudio.ui.views.frame import Axis, fit_frame, paint_axes
from annstudio.ui.views.numerals import figure
from annstudio.ui.views.painting import picture_painter
from annstudio.ui.views.view import Picture

_LOW, _HIGH = -12.0, 12.0
_TICKS = 20


class DepthPicture(Picture):
    """Bars of the product behind each neuron, on a logarithmic axis around 1."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.setMinimumSize(160, 120)
        self.found: Chain | None = None

    def show_chain(self, found: Chain) -> None:
        """Show this."""
        self.found = found
        self.update()

    def paint_picture(self) -> None:
        """Paint axes and bars."""
        found = self.found
        if found is None:
            return
        count = len(found.products)
        bounds = QRectF(self.rect()).adjusted(4, 4, -4, -4)
        powers = _powers(found.products)
        least, most = min(-2.0, float(powers.min()) - 0.5), max(2.0, float(powers.max()) + 0.5)
        y = Axis(self.tr("size of ∂a/∂x"), max(_LOW, least), min(_HIGH, most), powers=True)
        frame = fit_frame(bounds, Axis(self.tr("neuron"), 0.4, count + 0.6), y)
        with picture_painter(self) as painter:
            paint_axes(painter, self.theme, frame, grid=True)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            one = frame.point(0.5, 0).y()
            for number, power in enumerate(powers, start=1):
                left, right = frame.point(number - 0.36, 0).x(), frame.point(number + 0.36, 0).x()
                end = frame.point(number, frame.y.clamp(float(power))).y()
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(self.theme.color("positive" if power >= 0 else "negative"))
                painter.drawRoundedRect(QRectF(left, min(one, end), right - left, max(abs(end - one), 1.5)), 2, 2)
            painter.setPen(self.theme.color("ink"))
            painter.drawLine(round(frame.area.left()), round(one), round(frame.area.right()), round(one))


class DepthPage(QWidget):
    """Activation, number of neurons, weight and input."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.picture = DepthPicture(self.tr("How much of a change at the beginning arrives behind each neuron"))
        chained = {key: entry for key, entry in activations.items() if entry.elementwise and entry.defined_everywhere}
        items = [(translate(entry.info.label), key) for key, entry in chained.items()]
        self.kinds = choice_box(items, self.tr("Activation of all neurons"), self)
        self.kinds.activated.connect(self._show)
        self.layers, self.weight, self.start = (QSlider(Qt.Orientation.Horizontal) for _ in range(3))
        self.layers.setRange(1, MOST_LAYERS)
        self.weight.setRange(-4 * _TICKS, 4 * _TICKS)
        self.start.setRange(-3 * _TICKS, 3 * _TICKS)
        form = QWidget()
        rows = self._rows = QFormLayout(form)
        rows.setContentsMargins(0, 0, 0, 0)
        starts = (12, _TICKS, _TICKS)
        names = (self.tr("neurons"), self.tr("weight"), self.tr("input"))
        for slider, start, name in zip((self.layers, self.weight, self.start), starts, names, strict=True):
            slider.setValue(start)
            slider.setAccessibleName(name)
            slider.valueChanged.connect(self._show)
            rows.addRow(label(""), slider)
        self.said = label("")
        about = label(
            "muted",
            self.tr("Neurons one behind the other, a = f(w·a). By the chain rule ∂a/∂x is the product of all w·f′(z)."),
        )
        title = label("title", self.tr("A deep chain"))
        page_layout(self, self.picture, title, about, self.kinds, form, self.said)
        self._show()

    def _show(self) -> None:
        weight, x = self.weight.value() / _TICKS, self.start.value() / _TICKS
        found = chain(str(self.kinds.currentData()), self.layers.value(), weight, x)
        captions = (
            self.tr("neurons: {count}").format(count=self.layers.value()),
            f"w = {figure(weight)}",
            f"x = {figure(x)}",
        )
        for slider, caption in zip((self.layers, self.weight, self.start), captions, strict=True):
            caption_label(self._rows, slider).setText(caption)
        self.picture.show_chain(found)
        self.said.setText("\n\n".join([self._product(found), self._verdict(found)]))

    def _product(self, found: Chain) -> str:
        factors = " · ".join(figure(float(value)) for value in found.factors[:4])
        if len(found.factors) > 4:
            factors += " · …"
        said = self.tr("∂a/∂x = {factors} = {product}")
        return said.format(factors=factors, product=figure(float(found.products[-1])))

    def _verdict(self, found: Chain) -> str:
        if not np.isfinite(found.products[-1]):
            return self.tr("The numbers have grown beyond what a computer holds.")
        if found.products[-1] == 0:
            return self.tr("Nothing arrives: somewhere the derivative is exactly 0.")
        if found.vanishes:
            return self.tr("The gradient vanishes: the first weights hardly learn.")
        if found.explodes:
            return self.tr("The gradient explodes: steps of the first weights are far too long.")
        return self.tr("The gradient arrives in a useful size.")


def _powers(products: np.ndarray) -> np.ndarray:
    with np.errstate(all="ignore"):
        return np.nan_to_num(np.log10(np.abs(products)), nan=0.0, neginf=_LOW, posinf=_HIGH)
