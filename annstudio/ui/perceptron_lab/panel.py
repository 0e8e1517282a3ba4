"""The neuron's numbers, what it makes of one sample, its last step, and what it could have been at once."""

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFormLayout, QVBoxLayout, QWidget

from annstudio.core.calls import Array
from annstudio.core.params import Real
from annstudio.core.texts import QT_TRANSLATE_NOOP
from annstudio.labs.notation import Equation
from annstudio.labs.perceptron.neuron import Neuron
from annstudio.ui.formula.digits import written
from annstudio.ui.formula.view import FormulaView
from annstudio.ui.inspector.fields import NumberField
from annstudio.ui.page_parts import label, scrolled, stack_in
from annstudio.ui.perceptron_lab.answer_curve import AnswerCurve

NUMBER = Real(
    "number",
    QT_TRANSLATE_NOOP("annstudio", "A weight"),
    default=0.0,
    minimum=-1e6,
    maximum=1e6,
    help=QT_TRANSLATE_NOOP("annstudio", "Any number up to a million."),
)


class NeuronPanel(QWidget):
    """The column on the right of the perceptron lab."""

    number_entered = Signal(int, object)
    """(place: int, typed: str): of a weight, or of the bias, which is the last."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "panel")
        self.setMinimumWidth(190)
        self.headline, self.about = label("title"), label("muted")
        self.fields: list[NumberField] = []
        self._numbers = QWidget()
        self._form = QFormLayout()
        self.curve = AnswerCurve(self.tr("The activation, and the weighted sum of the selected sample on it"))
        self.answer, self.rule = (FormulaView(lambda value: written(value, 4), 15.0) for _ in range(2))
        self.beside = label("")
        self._arrange()

    def show_neuron(self, neuron: Neuron, sample: Array, step: Sequence[Equation]) -> None:
        """Show its numbers.

        Args:
            neuron: as it is.
            sample: the selected one, (inputs,), which it answers.
            step: its last step.
        """
        self._numbers.setVisible(True)
        names = [f"w{'₁₂'[place]}" if len(neuron.w) > 1 else "w" for place in range(len(neuron.w))]
        if len(self.fields) != len(names) + 1:
            self._fill([*names, "b"])
        for field, value in zip(self.fields, (*neuron.w, neuron.b), strict=True):
            if not field.hasFocus():
                field.show_value(float(f"{value:.6g}"))
        self.fields[-1].setEnabled(neuron.biased)
        self.answer.show_equations(neuron.equations(sample))
        self.curve.show_neuron(neuron, float(neuron.sums(sample[np.newaxis])[0]))
        self.rule.show_equations(step)

    def show_nothing(self) -> None:
        """Show no neuron; what stands above and below stays."""
        self._numbers.setVisible(False)

    def _fill(self, names: list[str]) -> None:
        while self._form.rowCount():
            self._form.removeRow(0)
        self.fields = []
        for place, name in enumerate(names):
            field = NumberField(NUMBER)
            field.setAccessibleName(name)
            field.entered.connect(lambda typed, place=place: self.number_entered.emit(place, typed))
            self._form.addRow(name, field)
            self.fields.append(field)

    def _arrange(self) -> None:
        self._form.setContentsMargins(0, 0, 0, 0)
        self._form.setVerticalSpacing(6)
        numbers = QVBoxLayout(self._numbers)
        numbers.setContentsMargins(0, 0, 0, 0)
        numbers.addLayout(self._form)
        for part in (self.answer, self.curve, self.rule):
            numbers.addWidget(part)
        stack_in(self, scrolled(self.headline, self.about, self.beside, self._numbers))
