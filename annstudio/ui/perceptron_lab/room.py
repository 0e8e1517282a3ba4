"""The perceptron lab: one neuron, its line, its samples and its numbers."""

from dataclasses import replace

import numpy as np
from PySide6.QtCore import QTimer
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from annstudio.core.errors import UserError
from annstudio.core.params import Value
from annstudio.labs.perceptron.fits import Fit, least_squares, logistic_regression, margin_of
from annstudio.labs.perceptron.gates import xor_flow
from annstudio.labs.perceptron.learning import Learning
from annstudio.labs.perceptron.margin import Margin
from annstudio.labs.perceptron.neuron import Kind, Neuron, Samples, samples_of
from annstudio.ui.page_parts import picture_beside, stack_in
from annstudio.ui.perceptron_lab.bar import GATES, RATE, PerceptronBar
from annstudio.ui.perceptron_lab.gates_picture import GatesPicture
from annstudio.ui.perceptron_lab.panel import NUMBER, NeuronPanel
from annstudio.ui.perceptron_lab.picture import NeuronPicture
from annstudio.ui.room import Room
from annstudio.ui.translate import translate
from annstudio.ui.views.numerals import figure, short_figure

_PACES = {Kind.STEP: (140, 1), Kind.LOGISTIC: (30, 12), Kind.LINEAR: (40, 1)}
"""Milliseconds from one picture to the next, and steps between them: a single mistake is to be seen."""
_RATES = {Kind.STEP: 1.0, Kind.LOGISTIC: 1.0, Kind.LINEAR: 0.05}
_MOST_SAMPLES = 200


class PerceptronRoom(Room):
    """One neuron to take into one's hands."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rate = RATE.default
        self._fit: Fit | None = None
        self._margin: Margin | None = None
        self.learning = Learning(samples_of("and"), Neuron(Kind.STEP, (0.0, 0.0)), self._rate)
        self.bar = PerceptronBar(self)
        self.picture = NeuronPicture(self.tr("Samples, and the line of the neuron"))
        self.picture.setToolTip(
            self.tr("Drag samples, the line or its arrow; click to add a sample, with the right button of class 0")
        )
        self.gates = GatesPicture(self.tr("XOR out of three perceptrons"))
        self.panel = NeuronPanel(self)
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._on_frame)
        self._arrange()
        self._connect()
        self.setFocusProxy(self.picture)
        self._on_samples()

    @property
    def running(self) -> bool:
        """The neuron is learning."""
        return self._timer.isActive()

    def shut_down(self) -> None:
        """Stop."""
        self._timer.stop()

    def hideEvent(self, event: QHideEvent) -> None:
        """Pause while nobody looks."""
        super().hideEvent(event)
        self._pause()

    def _arrange(self) -> None:
        self._pages = QStackedWidget()
        self._pages.addWidget(self.picture)
        self._pages.addWidget(self.gates)
        stack_in(self, self.bar, picture_beside(self.panel, self._pages))

    def _connect(self) -> None:
        bar, picture = self.bar, self.picture
        bar.run_clicked.connect(self._on_run)
        bar.step_clicked.connect(self._on_step)
        bar.back_clicked.connect(self._on_back)
        bar.reset_clicked.connect(self._on_reset)
        bar.samples_chosen.connect(self._on_samples)
        bar.kind_chosen.connect(self._on_samples_kept)
        bar.bias_chosen.connect(self._on_bias)
        bar.rate_entered.connect(self._on_rate)
        bar.add_shortcuts(self)
        picture.sample_moved.connect(self._on_sample_moved)
        picture.sample_added.connect(self._on_sample_added)
        picture.sample_removed.connect(self._on_sample_removed)
        picture.sample_chosen.connect(self._show)
        picture.numbers_changed.connect(self._on_numbers)
        self.panel.number_entered.connect(self._on_number)
        self.gates.inputs_changed.connect(self._show)

    def _on_run(self) -> None:
        if self.running:
            self._pause()
        elif self.bar.key != GATES and not self.learning.now.done:
            self._timer.start(_PACES[self.learning.now.neuron.kind][0])
            self.bar.show_running(True)

    def _pause(self) -> None:
        self._timer.stop()
        self.bar.show_running(False)

    def _on_frame(self) -> None:
        for _ in range(_PACES[self.learning.now.neuron.kind][1]):
            if not self.learning.step():
                break
        if self.learning.now.done:
            self._pause()
        self._show()

    def _on_step(self) -> None:
        self._pause()
        self.learning.step()
        self._show()

    def _on_back(self) -> None:
        self._pause()
        self.learning.back()
        self._show()

    def _on_reset(self) -> None:
        self._begin(replace(self.learning.now.neuron, w=(0.0,) * len(self.learning.now.neuron.w), b=0.0))

    def _on_samples(self) -> None:
        """Begin with other samples, and a neuron that suits them."""
        self._pause()
        self.bar.show_parts()
        if self.bar.key == GATES:
            self._pages.setCurrentWidget(self.gates)
            self._show()
            return
        self._pages.setCurrentWidget(self.picture)
        self.learning = Learning(samples_of(self.bar.key), self.learning.now.neuron, self._rate)
        self._on_samples_kept()

    def _on_samples_kept(self) -> None:
        """Begin with another neuron."""
        self.bar.show_parts()
        kind, samples = self.bar.kind, self.learning.samples
        self._rate = _RATES[kind]
        self.bar.rate.show_value(self._rate)
        self._begin(Neuron(kind, (0.0,) * samples.x.shape[1], 0.0, self.bar.bias.isChecked()))

    def _begin(self, neuron: Neuron) -> None:
        self._pause()
        self.learning = Learning(self.learning.samples, neuron, self._rate)
        self._fit_anew()
        self._show()

    def _fit_anew(self) -> None:
        """Compute at once what the neuron comes to, and how many mistakes it may make on its way."""
        samples, neuron = self.learning.samples, self.learning.now.neuron
        self._fit, self._margin = None, None
        if len(samples) < 2:
            return
        if neuron.kind is Kind.LINEAR:
            self._fit = least_squares(samples, neuron.biased)
        elif neuron.kind is Kind.LOGISTIC:
            self._fit = logistic_regression(samples, neuron.biased)
        elif len(set(samples.y.tolist())) > 1:
            self._margin = margin_of(samples, neuron.biased)

    def _on_bias(self, biased: bool) -> None:
        neuron = self.learning.now.neuron
        self._begin(replace(neuron, biased=biased, b=neuron.b if biased else 0.0))
        if not biased:
            self.told.emit(self.tr("Without a bias the line goes through the origin, whatever the weights are."))

    def _on_rate(self, typed: Value) -> None:
        try:
            self._rate = float(RATE.check(typed))
        except UserError as error:
            self.bar.rate.show_refusal()
            self.told.emit(translate(error.message))
            return
        self.bar.rate.show_value(self._rate)
        self._begin(self.learning.now.neuron)

    def _on_number(self, place: int, typed: Value) -> None:
        neuron = self.learning.now.neuron
        try:
            value = float(NUMBER.check(typed))
        except UserError as error:
            self.panel.fields[place].show_refusal()
            self.told.emit(translate(error.message))
            return
        numbers = [*neuron.w, neuron.b]
        numbers[place] = value
        self.panel.fields[place].show_value(value)
        self._on_numbers(tuple(numbers[:-1]), numbers[-1])

    def _on_numbers(self, w: tuple[float, ...], b: float) -> None:
        self._begin(self.learning.now.neuron.with_numbers(w, b))

    def _on_sample_moved(self, place: int, x: float, y: float) -> None:
        samples = self.learning.samples
        moved = samples.moved(place, (x, y)) if samples.x.shape[1] == 2 else samples.moved(place, (x,), y)
        self._take_samples(moved)

    def _on_sample_added(self, x: float, y: float, second: bool) -> None:
        samples = self.learning.samples
        if len(samples) >= _MOST_SAMPLES:
            said = self.tr("At most {most} samples fit here: remove one first (Delete).")
            self.told.emit(said.format(most=_MOST_SAMPLES))
            return
        wide = samples.x.shape[1] == 2
        self.picture.selected = len(samples)
        self._take_samples(samples.added((x, y), float(second)) if wide else samples.added((x,), y))

    def _on_sample_removed(self, place: int) -> None:
        if len(self.learning.samples) > 2:
            self._take_samples(self.learning.samples.without(place))
        else:
            self.told.emit(self.tr("Two samples are the least to learn from."))

    def _take_samples(self, samples: Samples) -> None:
        self.learning.samples = samples
        self._begin(self.learning.now.neuron)

    def _show(self, *_: object) -> None:
        """Show everything as it is now."""
        if self.bar.key == GATES:
            self._show_gates()
            return
        learning, now = self.learning, self.learning.now
        looked = now.looked if now.neuron.kind is Kind.STEP else None
        self.picture.show_neuron(learning.samples, now.neuron, self._fit, looked)
        sample = learning.samples.x[self.picture.selected]
        self.panel.show_neuron(now.neuron, sample, learning.equations())
        self.panel.headline.setText(self._title(now.neuron.kind))
        self.panel.about.setText(self._about(now.neuron.kind))
        self.panel.beside.setText(self._beside())
        self.bar.step_figure.show_figure(f"{now.steps:,}")
        if now.neuron.kind is Kind.STEP:
            self.bar.cost_figure.show_figure(f"{now.mistakes:,}", self.tr("Mistakes"))
        else:
            self.bar.cost_figure.show_figure(figure(learning.cost()), self.tr("Cost J"))
        self.bar.back.setEnabled(len(learning.moments) > 1)
        self.bar.step.setEnabled(not now.done)
        self.bar.run.setEnabled(not now.done)

    def _show_gates(self) -> None:
        x1, x2 = self.gates.inputs
        self.panel.headline.setText(self.tr("XOR out of three perceptrons"))
        self.panel.about.setText(
            self.tr(
                "One line cannot part XOR. Two can: OR and NAND draw one each, and AND asks for both. Click x₁ or x₂."
            )
        )
        self.panel.show_nothing()
        said = self.tr("{x1} XOR {x2} = {answer}")
        self.panel.beside.setText(said.format(x1=x1, x2=x2, answer=short_figure(self._gate_answer())))
        self.bar.step_figure.show_figure("–")
        self.bar.cost_figure.show_figure("–", self.tr("Mistakes"))

    def _gate_answer(self) -> float:
        return xor_flow(*map(float, self.gates.inputs)).output[1]

    def _title(self, kind: Kind) -> str:
        return {
            Kind.STEP: self.tr("Step neuron, Rosenblatt's rule"),
            Kind.LOGISTIC: self.tr("Logistic neuron, gradient descent"),
            Kind.LINEAR: self.tr("Linear neuron, gradient descent"),
        }[kind]

    def _about(self, kind: Kind) -> str:
        return {
            Kind.STEP: self.tr("It looks at one sample after the other, and changes only where it is wrong."),
            Kind.LOGISTIC: self.tr("It lowers the log loss over all samples: this is logistic regression."),
            Kind.LINEAR: self.tr("It lowers the mean squared error over all samples: this is linear regression."),
        }[kind]

    def _beside(self) -> str:
        """Return what there is to say beside the numbers."""
        now = self.learning.now
        if now.exploded:
            return self.tr("The steps are too long: the numbers grow without end. Try a smaller η, and Reset.")
        if now.neuron.kind is Kind.STEP:
            return self._beside_step()
        if self._fit is None:
            return self.tr(
                "There is no finite fit: the surer it answers, the lower the cost, and the weights grow for ever."
            )
        names = [f"w{'₁₂'[place]}" if len(self._fit.w) > 1 else "w" for place in range(len(self._fit.w))]
        pairs = zip([*names, "b"], (*self._fit.w, self._fit.b), strict=True)
        listed = ", ".join(f"{name} = {figure(value)}" for name, value in pairs)
        off = np.abs(np.array([*now.neuron.w, now.neuron.b]) - np.array([*self._fit.w, self._fit.b])).max()
        said = (
            self.tr("Computed at once by least squares (dashed): {numbers}. Largest difference: {difference}.")
            if now.neuron.kind is Kind.LINEAR
            else self.tr(
                "Logistic regression by Newton's method (dashed): {numbers}. Largest difference: {difference}."
            )
        )
        return said.format(numbers=listed, difference=figure(float(off)))

    def _beside_step(self) -> str:
        now = self.learning.now
        if now.done:
            return self.tr("Every sample is answered right: the rule has nothing more to change.")
        if now.cycle:
            said = self.tr(
                "The same weights came again after {count} steps, before the same sample: it goes round for ever."
            )
            return said.format(count=f"{now.cycle:,}")
        if self._margin is None:
            return self.tr("All samples are of one class: place one of the other.")
        if self._margin.width == 0:
            return self.tr(
                "No line parts these samples: the rule will never be done. Watch for weights that come again."
            )
        start = self.learning.start
        numbers = np.array([*start.w, start.b] if start.biased else start.w)
        most = figure(self._margin.most_mistakes(numbers, self.learning.rate))
        if numbers.any():
            said = self.tr("A line parts these samples. From this start the rule makes at most {most} mistakes.")
        else:
            said = self.tr(
                "A line parts these samples. From weights of 0 the rule makes at most (R/γ)² = {most} mistakes."
            )
        return said.format(most=most)
