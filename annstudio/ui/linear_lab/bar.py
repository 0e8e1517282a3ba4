"""The bar of the line of a line: whose layers, how many, and what the picture shows."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QEvent, QSize, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QPushButton, QWidget

from annstudio.engine.activations import activations
from annstudio.engine.activations.base import Activation
from annstudio.ui.choice_box import choice_box
from annstudio.ui.fitting import Fitting
from annstudio.ui.labeled_figure import LabeledFigure
from annstudio.ui.steer_bar import HEIGHT, color_dice, dice_button
from annstudio.ui.translate import translate

OWN = 0
"""The source is the network at hand; any other number is that of an example's inputs."""
ANSWERS, PIECES = "answers", "pieces"
_DEPTHS, _WIDTHS = (1, 2, 3, 4, 5, 6), (1, 2, 3, 4, 6, 8, 12, 16)
_START = "relu"


class LinearBar(QFrame):
    """Choices and figures."""

    source_chosen = Signal()
    """Other layers are to be looked at."""
    shape_chosen = Signal()
    """The example is to be deeper, wider, or bent otherwise."""
    other_weights_clicked = Signal()
    """The example is to have other weights."""
    all_clicked = Signal(bool)
    """(bent: bool): all hidden layers are to apply their activation, or none."""
    picture_chosen = Signal()
    """The picture is to show something else."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "bar")
        self.sources = choice_box(
            [
                (self.tr("your network"), OWN),
                (self.tr("example: two inputs"), 2),
                (self.tr("example: one input"), 1),
            ],
            self.tr("Whose layers are looked at"),
            self,
        )
        self.sources.activated.connect(self.source_chosen)
        self.depths = self._box([(self.tr("{n} hidden").format(n=n), n) for n in _DEPTHS], self.tr("Hidden layers"), 1)
        self.widths = self._box([(self.tr("{n} units").format(n=n), n) for n in _WIDTHS], self.tr("Units of each"), 3)
        bends = [(translate(entry.info.label), key) for key, entry in activations.items() if _bends(entry)]
        keys = [key for _, key in bends]
        self.bends = self._box(bends, self.tr("Activation of the hidden layers"), keys.index(_START))
        self.dice = dice_button(self.tr("Other random weights"), self)
        self.dice.clicked.connect(self.other_weights_clicked)
        self.straight = QPushButton(self.tr("All straight"), self)
        self.straight.setToolTip(self.tr("No layer bends anything: their product is one layer"))
        self.straight.clicked.connect(lambda: self.all_clicked.emit(False))
        self.bent = QPushButton(self.tr("All bent"), self)
        self.bent.setToolTip(self.tr("Every hidden layer applies its activation"))
        self.bent.clicked.connect(lambda: self.all_clicked.emit(True))
        pictures = [(self.tr("picture: answers"), ANSWERS), (self.tr("picture: straight pieces"), PIECES)]
        self.pictures = choice_box(pictures, self.tr("What the picture shows"), self)
        self.pictures.activated.connect(self.picture_chosen)
        self.difference = LabeledFigure(self.tr("Largest difference"), self)
        self.pieces = LabeledFigure(self.tr("Straight pieces"), self)
        self._arrange()
        self.show_parts()

    @property
    def source(self) -> int:
        """OWN, or the inputs of the example."""
        return int(self.sources.currentData())

    @property
    def shape(self) -> tuple[int, int, str]:
        """Hidden layers of the example, units of each, and their activation."""
        return int(self.depths.currentData()), int(self.widths.currentData()), str(self.bends.currentData())

    @property
    def shows_pieces(self) -> bool:
        """The picture is to show straight pieces."""
        return self.pictures.currentData() == PIECES

    def show_parts(self) -> None:
        """Show the fields that the source asks for."""
        for part in (self.depths, self.widths, self.bends, self.dice):
            part.setVisible(self.source != OWN)
        self._fitting.fit()

    def showEvent(self, event: QShowEvent) -> None:
        """Have icons in the theme's colors."""
        super().showEvent(event)
        color_dice(self.dice)
        self._fitting.fit()

    def minimumSizeHint(self) -> QSize:
        """Become so narrow that only the source and the two buttons are left."""
        return QSize(460, super().minimumSizeHint().height())

    def _box(self, items: Sequence[tuple[str, object]], tip: str, start: int) -> QComboBox:
        box = choice_box(items, tip, self)
        box.setCurrentIndex(start)
        box.activated.connect(self.shape_chosen)
        return box

    def _arrange(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 7, 14, 7)
        row.setSpacing(8)
        shaping = (self.depths, self.widths, self.bends, self.dice)
        for part in (self.sources, *shaping, self.straight, self.bent, self.pictures):
            part.setFixedHeight(HEIGHT)
            row.addWidget(part)
        row.addStretch(1)
        row.addWidget(self.pieces)
        row.addWidget(self.difference)
        giving_way = [self.pieces.setVisible, self.pictures.setVisible, self.difference.setVisible]
        shaped = [partial(self._show_shaping, part) for part in shaping]
        self._fitting = Fitting(self, [*giving_way, *shaped])

    def _show_shaping(self, part: QWidget, shown: bool) -> None:
        part.setVisible(shown and self.source != OWN)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            color_dice(self.dice)


def _bends(entry: type[Activation]) -> bool:
    """Return whether an activation bends each sum by itself, wherever it is."""
    return entry.elementwise and entry.defined_everywhere and entry.info.key not in ("identity", "formula")
