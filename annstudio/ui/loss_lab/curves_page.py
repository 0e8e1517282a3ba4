"""Losses as curves, with their derivatives; several laid over one another."""

import math

import numpy as np
from PySide6.QtCore import QLineF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QCheckBox, QFormLayout, QVBoxLayout, QWidget

from annstudio.core.errors import UserError
from annstudio.core.params import Real, Value
from annstudio.engine.losses import losses
from annstudio.labs.losses.curves import LossCurve, Over, curve, losses_over
from annstudio.labs.notation import Equation
from annstudio.labs.reading import read
from annstudio.ui.choice_box import choice_box
from annstudio.ui.formula.digits import written
from annstudio.ui.formula.view import FormulaView
from annstudio.ui.inspector.fields import NumberField
from annstudio.ui.page_parts import label, page_layout, swatch
from annstudio.ui.racing.colors import racer_color
from annstudio.ui.translate import translate
from annstudio.ui.views.frame import Axis, Frame, fit_frame, paint_axes, paint_curve
from annstudio.ui.views.numerals import figure
from annstudio.ui.views.painting import Line
from annstudio.ui.views.read_curves import ReadCurves

_HIGHEST, _LOWEST = 5.0, -4.0
_STARTS = {
    Over.RESIDUAL: ("mse", "mae", "huber"),
    Over.PROBABILITY: ("log_loss", "mse"),
    Over.SCORE: ("hinge", "squared_hinge"),
}


class CurvesPicture(ReadCurves):
    """The curves, and what they are under the pointer."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self._curves: list[tuple[int, str, LossCurve]] = []
        self._axis = ""

    def show_curves(self, curves: list[tuple[int, str, LossCurve]], axis: str) -> None:
        """Show these.

        Args:
            curves: number of the color, name and curve of each.
            axis: what they are drawn over.
        """
        self._curves, self._axis = curves, axis
        self.renew_look()

    def frame(self) -> Frame | None:
        """See ReadCurves.frame."""
        if not self._curves:
            return None
        x = self._curves[0][2].x
        low, high = min(_least(each) for _, _, each in self._curves), _HIGHEST
        bounds = QRectF(self.rect()).adjusted(4, 4, -4, -4)
        return fit_frame(bounds, Axis(self._axis, float(x[0]), float(x[-1])), Axis("", low, high))

    def marks_at(self, x: float) -> list[tuple[float, QColor]]:
        """See ReadCurves.marks_at."""
        return [(each.at(x)[0], racer_color(number)) for number, _, each in self._curves]

    def lines_at(self, x: float) -> list[Line]:
        """See ReadCurves.lines_at."""
        lines = [Line(f"{self._axis} = {figure(x)}", bold=True)]
        for _, name, each in self._curves:
            loss, slope = each.at(x)
            said = self.tr("{name}: {loss}, slope {slope}")
            lines.append(Line(said.format(name=name, loss=figure(loss), slope=figure(slope))))
        return lines

    def paint_plot(self, painter: QPainter) -> None:
        """See ReadCurves.paint_plot."""
        frame = self.frame()
        if frame is None:
            return
        paint_axes(painter, self.theme, frame, grid=True)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self.theme.color("muted", 0.7), 1))
        zero = frame.point(frame.x.low, 0).y()
        painter.drawLine(QLineF(frame.area.left(), zero, frame.area.right(), zero))
        painter.setClipRect(frame.area)
        for number, _, each in self._curves:
            loss, slope = each.values
            painter.setPen(QPen(racer_color(number), 1.6, Qt.PenStyle.DashLine))
            paint_curve(painter, frame, each.x, _without_jumps(slope))
            painter.setPen(QPen(racer_color(number), 2.6))
            paint_curve(painter, frame, each.x, loss)


class CurvesPage(QWidget):
    """Choices on the right, curves on the left."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.picture = CurvesPicture(self.tr("Losses and their derivatives"))
        self.overs = choice_box(
            [
                (self.tr("over the residual ŷ − y"), Over.RESIDUAL),
                (self.tr("over the probability p of class 1"), Over.PROBABILITY),
                (self.tr("over the score ŷ"), Over.SCORE),
            ],
            self.tr("What the losses are drawn over"),
            self,
        )
        self.targets = choice_box(
            [(self.tr("the answer is class 1 (y = 1)"), 1.0), (self.tr("the answer is class 0 (y = 0)"), 0.0)],
            self.tr("What would have been right"),
            self,
        )
        self._values: dict[str, dict[str, Value]] = {}
        self.boxes: dict[str, QCheckBox] = {}
        self._list, self._form = QVBoxLayout(), QFormLayout()
        lists, self._fields = QWidget(), QWidget()
        self._list.setContentsMargins(0, 0, 0, 0)
        self._form.setContentsMargins(0, 0, 0, 0)
        lists.setLayout(self._list)
        self._fields.setLayout(self._form)
        self._name, self._about = label("heading"), label("muted")
        self.formula = FormulaView(lambda value: written(value, 4), 15.0)
        self._told = label("error")
        legend = label("muted", self.tr("Lines: the loss of one sample. Dashes: its derivative."))
        parts = (self.overs, self.targets, lists, self._fields, self._told, legend)
        page_layout(self, self.picture, *parts, self._name, self.formula, self._about)
        self.overs.activated.connect(self._on_over)
        self.targets.activated.connect(self._show)
        self._on_over()

    @property
    def over(self) -> Over:
        """What the losses are drawn over."""
        return Over(self.overs.currentData())

    def _on_over(self) -> None:
        for box in self.boxes.values():
            self._list.removeWidget(box)
            box.hide()
            box.deleteLater()
        self.boxes = {}
        self.targets.setVisible(self.over is not Over.RESIDUAL)
        for number, (key, entry) in enumerate(losses_over(self.over).items()):
            box = QCheckBox(translate(entry.info.label), self)
            box.setIcon(swatch(number))
            box.setChecked(key in _STARTS[self.over])
            box.toggled.connect(lambda _=False, key=key: self._on_toggled(key))
            self._list.addWidget(box)
            self.boxes[key] = box
        self._explain(next(key for key in self.boxes if self.boxes[key].isChecked()))
        self._show()

    def _on_toggled(self, key: str) -> None:
        if not any(box.isChecked() for box in self.boxes.values()):
            self.boxes[key].setChecked(True)
            return
        self._explain(key)
        self._show()

    def _explain(self, key: str) -> None:
        """Say what a loss is, and show its numbers to change."""
        info = losses[key].info
        self._name.setText(translate(info.label))
        shown = [read(part.strip()) for part in info.formula.split(";") if part.strip()]
        self.formula.show_equations([Equation((), row) for row in shown])
        said = (info.summary, info.when_to_use, info.pros, info.cons)
        self._about.setText("\n".join(translate(text) for text in said if text))
        while self._form.rowCount():
            self._form.removeRow(0)
        for param in info.params:
            if isinstance(param, Real):
                field = NumberField(param)
                field.show_value(self._values.get(key, {}).get(param.key, param.default))
                field.entered.connect(lambda typed, f=field, p=param, key=key: self._on_value(key, p, f, typed))
                self._form.addRow(translate(param.label), field)
        self._fields.setVisible(bool(self._form.rowCount()))

    def _on_value(self, key: str, param: Real, field: NumberField, typed: Value) -> None:
        try:
            value = param.check(typed)
        except UserError as error:
            field.show_refusal()
            self._told.setText(translate(error.message))
            return
        self._told.setText("")
        self._values.setdefault(key, {})[param.key] = value
        field.show_value(value)
        self._show()

    def _show(self) -> None:
        target = float(self.targets.currentData())
        found = [
            (number, box.text(), curve(key, self._values.get(key, {}), self.over, target))
            for number, (key, box) in enumerate(self.boxes.items())
            if box.isChecked()
        ]
        axes = {Over.RESIDUAL: "ŷ − y", Over.PROBABILITY: "p", Over.SCORE: "ŷ"}
        self.picture.show_curves(found, axes[self.over])


def _least(each: LossCurve) -> float:
    slopes = each.values[1][np.isfinite(each.values[1])]
    return max(_LOWEST, min(-0.4, 1.1 * float(slopes.min())))


def _without_jumps(slope: np.ndarray) -> np.ndarray:
    """Return slopes with a gap where they jump, so that no line is drawn there."""
    found = slope.copy()
    with np.errstate(invalid="ignore"):
        jumps = np.abs(np.diff(slope)) > 0.4
    typical = float(np.nanmax(np.abs(slope[np.isfinite(slope)]))) if np.isfinite(slope).any() else math.nan
    if jumps.sum() <= 2 and typical < _HIGHEST:
        found[1:][jumps] = np.nan
    return found
