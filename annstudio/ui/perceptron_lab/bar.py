"""The bar of the perceptron lab: learn, step, back, reset, the samples, the neuron and η."""

from functools import partial

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLabel, QWidget

from annstudio.core.params import Real
from annstudio.core.texts import QT_TRANSLATE_NOOP
from annstudio.labs.perceptron.neuron import SETS, Kind
from annstudio.ui.choice_box import choice_box
from annstudio.ui.fitting import Fitting, Part
from annstudio.ui.inspector.fields import NumberField
from annstudio.ui.labeled_figure import LabeledFigure
from annstudio.ui.steer_bar import HEIGHT, ReversibleBar, show_text
from annstudio.ui.translate import translate

GATES = "gates"
"""In place of samples: XOR out of three perceptrons."""
RATE = Real(
    "rate",
    QT_TRANSLATE_NOOP("annstudio", "Learning rate η"),
    default=1.0,
    minimum=1e-6,
    maximum=100,
    help=QT_TRANSLATE_NOOP("annstudio", "How far each step goes."),
)


class PerceptronBar(ReversibleBar):
    """Buttons, choices and figures."""

    samples_chosen = Signal()
    """Other samples are to be learned."""
    kind_chosen = Signal()
    """The neuron is to be of another kind."""
    bias_chosen = Signal(bool)
    """(biased: bool)"""
    rate_entered = Signal(object)
    """(typed: str)"""

    def __init__(self, parent: QWidget | None = None) -> None:
        tips = (
            self.tr("Let the neuron learn, or pause"),
            self.tr("One step of its rule"),
            self.tr("Take one step back"),
            self.tr("Weights and bias back to 0"),
        )
        super().__init__(self.tr("Learn"), tips, parent)
        sets = [(translate(entry.label), entry.key) for entry in SETS]
        sets.append((self.tr("XOR out of three"), GATES))
        self.samples = choice_box(sets, self.tr("Samples to learn"), self)
        self.samples.activated.connect(self.samples_chosen)
        self.kinds = choice_box(
            [
                (self.tr("step neuron"), Kind.STEP),
                (self.tr("logistic neuron"), Kind.LOGISTIC),
            ],
            self.tr("What the neuron makes of its weighted sum, and the rule by which it learns"),
            self,
        )
        self.kinds.activated.connect(self.kind_chosen)
        self.bias = QCheckBox(self.tr("bias"), self)
        self.bias.setChecked(True)
        self.bias.setToolTip(self.tr("Without a bias, the line has to go through the origin"))
        self.bias.toggled.connect(self.bias_chosen)
        self._rate_label = QLabel("η", self)
        self._rate_label.setProperty("role", "muted")
        self.rate = NumberField(RATE)
        self.rate.setFixedWidth(76)
        self.rate.setAccessibleName(translate(RATE.label))
        self.rate.show_value(RATE.default)
        self.rate.entered.connect(self.rate_entered)
        self.step_figure, self.cost_figure = (
            LabeledFigure(self.tr("Step"), self),
            LabeledFigure(self.tr("Mistakes"), self),
        )
        self._arrange()
        self.show_running(False)

    @property
    def key(self) -> str:
        """That of the samples, or GATES."""
        return str(self.samples.currentData())

    @property
    def kind(self) -> Kind:
        """What the neuron is to be."""
        linear = any(entry.key == self.key and Kind.LINEAR in entry.kinds for entry in SETS)
        return Kind.LINEAR if linear else Kind(self.kinds.currentData())

    def show_parts(self) -> None:
        """Show what the samples ask for."""
        gates = self.key == GATES
        for part in (self.run, self.step, self.back, self.reset, self.bias, self._rate_label, self.rate):
            part.setVisible(not gates)
        self.kinds.setVisible(not gates and self.kind is not Kind.LINEAR)
        self._fitting.fit()

    def showEvent(self, event: QShowEvent) -> None:
        """Find what there is room for."""
        super().showEvent(event)
        self._fitting.fit()

    def minimumSizeHint(self) -> QSize:
        """Become so narrow that only the buttons and the samples are left."""
        return QSize(460, super().minimumSizeHint().height())

    def _arrange(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 7, 14, 7)
        row.setSpacing(8)
        parts = (self.run, self.step, self.back, self.reset, self.samples, self.kinds, self.bias)
        for part in (*parts, self._rate_label, self.rate):
            row.addWidget(part)
        for box in (self.samples, self.kinds):
            box.setFixedHeight(HEIGHT)
        row.addStretch(1)
        row.addWidget(self.step_figure)
        row.addWidget(self.cost_figure)
        figures: list[Part] = [self.step_figure.setVisible, self.cost_figure.setVisible]
        shorter = [partial(show_text, button, button.text()) for button in (self.reset, self.back, self.step)]
        self._fitting = Fitting(self, [*figures, *shorter])
