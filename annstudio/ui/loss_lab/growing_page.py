"""RSS beside MSE while the batch grows."""

import numpy as np
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QFormLayout, QSlider, QWidget

from annstudio.core.errors import UserError
from annstudio.core.params import Real, Value
from annstudio.core.texts import QT_TRANSLATE_NOOP
from annstudio.labs.losses.growing import Descents, descents
from annstudio.ui.inspector.fields import NumberField
from annstudio.ui.page_parts import color_of, label, page_layout
from annstudio.ui.translate import translate
from annstudio.ui.views.frame import Axis, fit_frame, paint_axes, paint_curve
from annstudio.ui.views.numerals import figure
from annstudio.ui.views.painting import picture_painter
from annstudio.ui.views.view import Picture

_BATCHES = (1, 2, 4, 8, 16, 32, 64, 128, 256, 512)
RATE = Real(
    "rate",
    QT_TRANSLATE_NOOP("annstudio", "Learning rate η"),
    default=0.02,
    minimum=1e-6,
    maximum=10,
    help=QT_TRANSLATE_NOOP("annstudio", "The same for both."),
)
_LOW, _HIGH = -3.0, 4.0
"""Powers of ten of the mean squared error that are shown."""


class GrowingPicture(Picture):
    """Both descents, on a logarithmic axis."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.setMinimumSize(160, 120)
        self._found: Descents | None = None

    def show_descents(self, found: Descents) -> None:
        """Show these."""
        self._found = found
        self.update()

    def paint_picture(self) -> None:
        """Paint axes and both curves."""
        found = self._found
        if found is None:
            return
        steps = np.arange(len(found.sum_costs), dtype=np.float64)
        bounds = QRectF(self.rect()).adjusted(4, 4, -4, -4)
        y = Axis(self.tr("mean squared error"), _LOW, _HIGH, powers=True)
        frame = fit_frame(bounds, Axis(self.tr("steps"), 0, float(steps[-1])), y)
        with picture_painter(self) as painter:
            paint_axes(painter, self.theme, frame, grid=True)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setClipRect(frame.area)
            styles = (Qt.PenStyle.SolidLine, Qt.PenStyle.DashLine)
            for number, costs in enumerate((found.sum_costs, found.mean_costs)):
                painter.setPen(QPen(color_of(2 * number), 2.8, styles[number]))
                with np.errstate(all="ignore"):
                    paint_curve(painter, frame, steps, np.log10(np.maximum(costs, 1e-9)))


class GrowingPage(QWidget):
    """The batch on a slider, one learning rate for both."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.picture = GrowingPicture(self.tr("Gradient descent on a sum and on a mean"))
        self.batch = QSlider(Qt.Orientation.Horizontal)
        self.batch.setRange(0, len(_BATCHES) - 1)
        self.batch.setValue(3)
        self.batch.setAccessibleName(self.tr("Samples in the batch"))
        self.batch.valueChanged.connect(self._show)
        self._rate = RATE.default
        self.rate = NumberField(RATE)
        self.rate.show_value(self._rate)
        self.rate.entered.connect(self._on_rate)
        self._samples = label("")
        form = QWidget()
        rows = QFormLayout(form)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.addRow(self._samples, self.batch)
        rows.addRow("η", self.rate)
        self._told, self.said = label("error"), label("")
        title = label("title", self.tr("A sum grows with the batch"))
        legend = label(
            "muted", self.tr("Line: descent on RSS, the sum. Dashes: descent on MSE, the mean. Same samples, same η.")
        )
        page_layout(self, self.picture, title, legend, form, self._told, self.said)
        self._show()

    def _on_rate(self, typed: Value) -> None:
        try:
            self._rate = float(RATE.check(typed))
        except UserError as error:
            self.rate.show_refusal()
            self._told.setText(translate(error.message))
            return
        self._told.setText("")
        self.rate.show_value(self._rate)
        self._show()

    def _show(self) -> None:
        found = descents(_BATCHES[self.batch.value()], self._rate)
        self._samples.setText(self.tr("batch: {count}").format(count=found.batch))
        self.picture.show_descents(found)
        gradients = self.tr("First gradient: {sum} of the sum, {mean} of the mean.")
        limits = self.tr("Largest η that still converges, 2/λ: {sum} on RSS, {mean} on MSE.")
        lines = [
            gradients.format(sum=figure(found.sum_gradient), mean=figure(found.mean_gradient)),
            limits.format(sum=figure(found.sum_limit), mean=figure(found.mean_limit)),
            self._verdict(found),
        ]
        self.said.setText("\n\n".join(lines))

    def _verdict(self, found: Descents) -> str:
        if self._rate > found.mean_limit:
            return self.tr("This η is too large for both: both diverge.")
        if self._rate > found.sum_limit:
            return self.tr("This η suits the mean, and the sum diverges: it is beyond its limit.")
        return self.tr("This η is below both limits: both converge. Let the batch grow.")
