"""The bar of the loss landscape: race, step, reset, the slice, and the weights that are followed."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QWidget

from annstudio.labs.landscape.naming import NamedWeight
from annstudio.labs.landscape.slices import Kind
from annstudio.ui.choice_box import choice_box
from annstudio.ui.fitting import Fitting, Part
from annstudio.ui.labeled_figure import LabeledFigure
from annstudio.ui.steer_bar import HEIGHT, SteerBar, color_dice, dice_button, show_text
from annstudio.ui.translate import translate

_SPEEDS = (1, 5, 20, 100)


class LandscapeBar(SteerBar):
    """Buttons, choices and figures."""

    slice_chosen = Signal(object)
    """(kind: slices.Kind)"""
    other_directions_clicked = Signal()
    """Two other random directions."""
    weights_chosen = Signal()
    """Other weights are to be followed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        tips = (
            self.tr("Let all optimizers train, or pause"),
            self.tr("One batch for everybody"),
            self.tr("Everybody back to the starting weights of the seed"),
        )
        super().__init__(self.tr("Race"), tips, parent)
        self.slices = choice_box(
            [
                (self.tr("slice: along the race"), Kind.PRINCIPAL),
                (self.tr("slice: random directions"), Kind.RANDOM),
                (self.tr("slice: two weights"), Kind.WEIGHTS),
            ],
            self.tr("How the plane lies through the space of all weights"),
            self,
        )
        self.slices.activated.connect(lambda: self.slice_chosen.emit(self.kind))
        self.dice = dice_button(self.tr("Two other random directions"), self)
        self.dice.clicked.connect(self.other_directions_clicked)
        self._followed_label = QLabel(self.tr("weights"), self)
        self._followed_label.setProperty("role", "muted")
        self.weights = [self._weight_box(tip) for tip in (self.tr("First weight"), self.tr("Second weight"))]
        self.speeds = choice_box(
            [(self.tr("× {speed}").format(speed=speed), speed) for speed in _SPEEDS],
            self.tr("Steps from one picture to the next"),
            self,
        )
        self.speeds.setCurrentIndex(1)
        self.step_figure, self.epoch_figure = (
            LabeledFigure(self.tr("Step"), self),
            LabeledFigure(self.tr("Epoch"), self),
        )
        self._arrange()
        self.show_running(False)
        self.show_parts()

    @property
    def speed(self) -> int:
        """Steps from one picture to the next."""
        return int(self.speeds.currentData())

    @property
    def kind(self) -> Kind:
        """How the slice is to lie."""
        return Kind(self.slices.currentData())

    def followed(self) -> tuple[int, int] | None:
        """Return the places of the chosen weights; None before there are any."""
        chosen = [box.currentData() for box in self.weights]
        return None if None in chosen else (int(chosen[0]), int(chosen[1]))

    def offer(self, named: Sequence[NamedWeight], chosen: tuple[int, int]) -> None:
        """Offer weights to follow.

        Args:
            named: in the order of the network.
            chosen: places of the two that are followed.
        """
        for box, place in zip(self.weights, chosen, strict=True):
            blocked = box.blockSignals(True)
            box.clear()
            for weight in named:
                box.addItem(f"{translate(weight.layer)} · {weight.letters}", weight.place)
            box.setCurrentIndex(box.findData(place))
            box.blockSignals(blocked)

    def show_parts(self) -> None:
        """Show the fields that the choices ask for."""
        self.dice.setVisible(self.kind is Kind.RANDOM)
        self._fitting.fit()

    def showEvent(self, event: QShowEvent) -> None:
        """Have icons in the theme's colors."""
        super().showEvent(event)
        self._fitting.fit()

    def minimumSizeHint(self) -> QSize:
        """Become so narrow that only the buttons and the slice are left."""
        return QSize(460, super().minimumSizeHint().height())

    def _weight_box(self, tip: str) -> QComboBox:
        box = choice_box([], tip, self)
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        box.setMinimumContentsLength(14)
        box.setFixedHeight(HEIGHT)
        box.activated.connect(self.weights_chosen)
        return box

    def _arrange(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 7, 14, 7)
        row.setSpacing(8)
        for part in (self.run, self.step, self.reset, self.slices, self.dice, self._followed_label, *self.weights):
            row.addWidget(part)
        row.addWidget(self.speeds)
        for part in (self.slices, self.dice, self.speeds):
            part.setFixedHeight(HEIGHT)
        row.addStretch(1)
        row.addWidget(self.step_figure)
        row.addWidget(self.epoch_figure)
        second, first = reversed(self.weights)
        giving_way = (self.epoch_figure, self.speeds, self._followed_label, second, first, self.step_figure)
        shorter: list[Part] = [partial(show_text, button, button.text()) for button in (self.reset, self.step)]
        self._fitting = Fitting(self, [*(part.setVisible for part in giving_way), *shorter])

    def _color(self) -> None:
        super()._color()
        color_dice(self.dice)
