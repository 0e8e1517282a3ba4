"""RSS beside MSE while the batch grows."""

import numpy as np
from PySide6.QtCore import QLineF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QFormLayout, QHBoxLayout, QSlider, QVBoxLayout, QWidget

from annstudio.core.errors import UserError
from annstudio.core.params import Real, Value
from annstudio.core.texts import QT_TRANSLATE_NOOP
from annstudio.labs.losses.growing import MOST, Descents, Growth, descents, first_losses
from annstudio.ui.inspector.fields import NumberField
from annstudio.ui.page_parts import label, page_layout
from annstudio.ui.racing.colors import racer_color
from annstudio.ui.translate import translate
from annstudio.ui.views.frame import Axis, fit_frame, paint_axes, paint_curve
from annstudio.ui.views.numerals import figure
from annstudio.ui.views.painting import picture_painter
from annstudio.ui.views.view import Picture

_STYLES = (Qt.PenStyle.SolidLine, Qt.PenStyle.DashLine)
"""Of the sum and of the mean."""
_FIRST = 8
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
            for number, costs in enumerate((found.sum_costs, found.mean_costs)):
                painter.setPen(QPen(racer_color(2 * number), 2.8, _STYLES[number]))
                with np.errstate(all="ignore"):
                    paint_curve(painter, frame, steps, np.log10(np.maximum(costs, 1e-9)))


class GradientPicture(Picture):
    """The length of the first gradient over the batch, both axes logarithmic, with the chosen batch."""

    def __init__(self, name: str, growth: Growth) -> None:
        super().__init__(name)
        self.setMinimumSize(160, 120)
        self._growth, self._batch = growth, _FIRST

    def show_batch(self, batch: int) -> None:
        """Mark a batch."""
        self._batch = batch
        self.update()

    def paint_picture(self) -> None:
        """Paint axes, both curves, and the batch."""
        growth = self._growth
        batches = np.log10(growth.batches)
        sizes = [np.log10(each) for each in (growth.sum_gradients, growth.mean_gradients)]
        low, high = np.floor(min(each.min() for each in sizes)), np.ceil(max(each.max() for each in sizes))
        y = Axis(self.tr("length of the gradient"), float(low), float(high), powers=True)
        bounds = QRectF(self.rect()).adjusted(4, 4, -4, -4)
        frame = fit_frame(bounds, Axis(self.tr("samples in the batch"), 0, float(batches[-1]), powers=True), y)
        with picture_painter(self) as painter:
            paint_axes(painter, self.theme, frame, grid=True)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            here = batches[self._batch - 1]
            x = frame.point(here, low).x()
            painter.setPen(QPen(self.theme.color("accent"), 1.2, Qt.PenStyle.DashLine))
            painter.drawLine(QLineF(x, frame.area.top(), x, frame.area.bottom()))
            for number, size in enumerate(sizes):
                painter.setPen(QPen(racer_color(2 * number), 2.8, _STYLES[number]))
                paint_curve(painter, frame, batches, size)
                painter.setPen(QPen(self.theme.color("card"), 1.4))
                painter.setBrush(racer_color(2 * number))
                painter.drawEllipse(frame.point(here, size[self._batch - 1]), 4.5, 4.5)


class GrowingPage(QWidget):
    """The batch on a slider, one learning rate for both."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.picture = GrowingPicture(self.tr("Gradient descent on a sum and on a mean"))
        self.growth = Growth.measured()
        self.gradients = GradientPicture(self.tr("Gradient over the batch, of a sum and of a mean"), self.growth)
        self.batch = QSlider(Qt.Orientation.Horizontal)
        self.batch.setRange(1, MOST)
        self.batch.setPageStep(16)
        self.batch.setValue(_FIRST)
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
        page_layout(self, self._pictures(), title, legend, form, self._told, self.said)
        self._show()

    def _pictures(self) -> QWidget:
        both = QWidget()
        row = QHBoxLayout(both)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(14)
        named = ((self.tr("The error while it learns"), self.picture), (self.tr("The first gradient"), self.gradients))
        for name, picture in named:
            column = QVBoxLayout()
            column.addWidget(label("heading", name))
            column.addWidget(picture, 1)
            row.addLayout(column, 1)
        return both

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
        found = descents(self.batch.value(), self._rate)
        self._samples.setText(self.tr("batch: {count}").format(count=found.batch))
        self.picture.show_descents(found)
        self.gradients.show_batch(found.batch)
        one, total, mean = first_losses(found.batch)
        costs = self.tr(
            "At the start, the loss ℓ of the first sample is {one}. The cost J of all {count} is their sum {total} "
            "by RSS, and their mean {mean} by MSE."
        )
        gradients = self.tr("First gradient: {sum} of the sum, {mean} of the mean.")
        limits = self.tr("Largest η that still converges, 2/λ: {sum} on RSS, {mean} on MSE.")
        lines = [
            gradients.format(sum=figure(found.sum_gradient), mean=figure(found.mean_gradient)),
            limits.format(sum=figure(found.sum_limit), mean=figure(found.mean_limit)),
            self._verdict(found),
            self._largest(),
            costs.format(one=figure(one), count=found.batch, total=figure(total), mean=figure(mean)),
        ]
        self.said.setText("\n\n".join(lines))

    def _largest(self) -> str:
        largest = self.growth.largest_batch(self._rate)
        if largest == 0:
            return self.tr("At this η, RSS diverges with a single sample already.")
        if largest == MOST:
            return self.tr("At this η, RSS converges with all {count} samples.").format(count=MOST)
        said = self.tr("At this η, RSS converges with up to {count} samples; one more, and it diverges.")
        return said.format(count=largest)

    def _verdict(self, found: Descents) -> str:
        if self._rate > found.mean_limit:
            return self.tr("This η is too large for both: both diverge.")
        if self._rate > found.sum_limit:
            return self.tr("This η suits the mean, and the sum diverges: it is beyond its limit.")
        return self.tr("This η is below both limits: both converge. Let the batch grow.")
