"""The bar of the optimizer lab: race, step, back, the surface, the rates and the noise."""

from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QSlider, QWidget

from annstudio.core.params import Real
from annstudio.core.texts import QT_TRANSLATE_NOOP
from annstudio.labs.surfaces import surfaces
from annstudio.ui.choice_box import choice_box
from annstudio.ui.fitting import Fitting, Part
from annstudio.ui.inspector.fields import NumberField, TextField
from annstudio.ui.labeled_figure import LabeledFigure
from annstudio.ui.steer_bar import HEIGHT, ReversibleBar, show_text
from annstudio.ui.translate import translate

OWN = "own"
"""The surface is a formula that is typed."""
DEFAULTS, SHARED, TUNED = "defaults", "shared", "tuned"
"""Whose learning rates hold: each optimizer's own, one for all, or for each the one that suits it best."""
RATE = Real(
    "rate",
    QT_TRANSLATE_NOOP("annstudio", "Learning rate η"),
    default=0.01,
    minimum=1e-12,
    maximum=100,
    help=QT_TRANSLATE_NOOP("annstudio", "The learning rate of all racers."),
)
_NOISES = (0.0, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0)
_SPEEDS = (1, 2, 5, 20)


class RaceBar(ReversibleBar):
    """Buttons, choices and figures."""

    surface_chosen = Signal(str)
    """(key: str): of a surface, or OWN."""
    formula_entered = Signal(object)
    """(typed: str): a surface of one's own."""
    rates_chosen = Signal(str)
    """(whose: str): DEFAULTS, SHARED or TUNED."""
    rate_entered = Signal(object)
    """(typed: str): the rate of all."""
    noise_chosen = Signal(float)
    """(noise: float): what is added to the gradients."""

    def __init__(self, parent: QWidget | None = None) -> None:
        tips = (
            self.tr("Let everybody go, or pause"),
            self.tr("One step for everybody"),
            self.tr("Take one step back"),
            self.tr("Everybody back to the start"),
        )
        super().__init__(self.tr("Race"), tips, parent)
        self.surfaces = self._surface_combo()
        self.surfaces.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.surfaces.setMinimumContentsLength(16)
        self.formula = TextField(self.tr("f(x, y), such as x² + sin(3·y)"))
        self.formula.setMinimumWidth(190)
        self.formula.setToolTip(self.tr("A formula of x and y; its slopes are derived exactly"))
        self.formula.entered.connect(self.formula_entered)
        self.rates = choice_box(
            [
                (self.tr("rates: own defaults"), DEFAULTS),
                (self.tr("rates: one for all"), SHARED),
                (self.tr("rates: each tuned"), TUNED),
            ],
            self.tr("Which learning rates race; each optimizer is best at another"),
            self,
        )
        self.rates.activated.connect(lambda: self.rates_chosen.emit(self.rates.currentData()))
        self.rate = NumberField(RATE)
        self.rate.setFixedWidth(84)
        self.rate.show_value(RATE.default)
        self.rate.entered.connect(self.rate_entered)
        self.noise = QSlider(Qt.Orientation.Horizontal, self)
        self.noise.setRange(0, len(_NOISES) - 1)
        self.noise.setFixedWidth(70)
        self.noise.setAccessibleName(self.tr("Noise"))
        self.noise.valueChanged.connect(self._on_noise)
        self.speeds = choice_box(
            [(self.tr("× {speed}").format(speed=speed), speed) for speed in _SPEEDS],
            self.tr("Steps in each picture; a race shows 60 pictures in a second"),
            self,
        )
        self.step_figure, self.start_figure = (
            LabeledFigure(self.tr("Step"), self),
            LabeledFigure(self.tr("Start"), self),
        )
        self._arrange()
        self._on_noise(0)
        self.show_running(False)

    @property
    def speed(self) -> int:
        """Steps in each picture."""
        return int(self.speeds.currentData())

    def minimumSizeHint(self) -> QSize:
        """Become so narrow that only the buttons and the surface are left."""
        return QSize(460, super().minimumSizeHint().height())

    def _arrange(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 7, 14, 7)
        row.setSpacing(8)
        quiet = QLabel(self.tr("noise"), self)
        quiet.setProperty("role", "muted")
        parts = (self.run, self.step, self.back, self.reset, self.surfaces, self.formula, self.rates, self.rate)
        for part in (*parts, quiet, self.noise, self.speeds):
            row.addWidget(part)
        for part in (self.surfaces, self.rates, self.speeds):
            part.setFixedHeight(HEIGHT)
        self.formula.hide()
        self.rate.hide()
        row.addStretch(1)
        row.addWidget(self.step_figure)
        row.addWidget(self.start_figure)
        giving_way = (self.speeds, quiet, self.noise, self.start_figure, self.step_figure)
        shorter = [partial(show_text, button, button.text()) for button in (self.reset, self.back, self.step)]
        figures = tuple(part.setVisible for part in giving_way)
        fitting: tuple[Part, ...] = (*figures, *shorter, self.rates.setVisible)
        self._fitting = Fitting(self, fitting)

    def show_parts(self) -> None:
        """Show the fields that the choices ask for."""
        self.formula.setVisible(self.surfaces.currentData() == OWN)
        self.rate.setVisible(self.rates.currentData() == SHARED)
        self._fitting.fit()

    def _surface_combo(self) -> QComboBox:
        items = [(translate(entry.info.label), key) for key, entry in surfaces.items()]
        combo = choice_box([*items, (self.tr("Your formula…"), OWN)], self.tr("The surface to race on"), self)
        combo.activated.connect(lambda: self.surface_chosen.emit(combo.currentData()))
        return combo

    def _on_noise(self, place: int) -> None:
        noise = _NOISES[place]
        said = self.tr("Noise added to each part of the gradient, to mimic mini-batches: standard deviation {noise}")
        self.noise.setToolTip(said.format(noise=f"{noise:g}"))
        self.noise_chosen.emit(noise)
