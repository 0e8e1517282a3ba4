"""The bar of the glass box: ways to walk on the left, where one stands on the right."""

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QToolButton, QWidget

from annstudio.labs.glass_box.bench import Batch
from annstudio.labs.glass_box.page import Level
from annstudio.ui.choice_box import choice_box
from annstudio.ui.fitting import Fitting
from annstudio.ui.formula.digits import ALL
from annstudio.ui.icons import icon
from annstudio.ui.labeled_figure import LabeledFigure
from annstudio.ui.theme import theme_of

_HEIGHT = 32


class GlassBoxBar(QFrame):
    """Buttons, choices and figures."""

    walked = Signal(str)
    """(way: "over", "into", "out" or "back")"""
    batch_chosen = Signal(object)
    """(batch: Batch)"""
    sample_moved = Signal(int)
    """(by: int): another sample is wanted, −1 for the one before."""
    digits_chosen = Signal(int)
    """(digits: int): how many digits numbers have."""
    level_chosen = Signal()
    """See level."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "bar")
        self.over = self._button(self.tr("Step over"), "over", "")
        self.over.setProperty("accent", True)
        self.into = self._button(self.tr("Into"), "into", self.tr("Into the parts of this (I or ↓)"))
        self.out = self._button(self.tr("Out"), "out", self.tr("Out to what this is a part of (O or ↑)"))
        self.back = self._button(self.tr("Back"), "back", self.tr("Back to where you were (B or ←)"))
        self.levels = choice_box(self._level_names(), self.tr("How far one step goes"), self)
        self.levels.setCurrentIndex(self.levels.findData(Level.NEURON))
        self.levels.currentIndexChanged.connect(self._on_level)
        self.batches = choice_box(self._batch_names(), self.tr("Which samples a step of training takes"), self)
        self.batches.currentIndexChanged.connect(lambda: self.batch_chosen.emit(self.batch))
        self.digits = choice_box(self._digit_names(), self.tr("How many digits numbers have"), self)
        self.digits.currentIndexChanged.connect(lambda: self.digits_chosen.emit(self.digits.currentData()))
        self.previous, self.sample, self.next = self._arrow(-1), QLabel(self), self._arrow(1)
        self.pass_figure = LabeledFigure(self.tr("Pass"), self)
        self.step_figure = LabeledFigure(self.tr("Stop"), self)
        self.loss_figure = LabeledFigure(self.tr("Loss of sample"), self)
        self.cost_figure = LabeledFigure(self.tr("Cost of batch"), self)
        self._arrange()
        self._on_level()
        self._color()

    @property
    def batch(self) -> Batch:
        """Which samples a step takes."""
        return Batch(self.batches.currentData())

    @property
    def level(self) -> Level:
        """How far a step over goes."""
        return Level(self.levels.currentData())

    def show_batch(self, batch: Batch) -> None:
        """Show which samples a step takes."""
        blocked = self.batches.blockSignals(True)
        self.batches.setCurrentIndex(self.batches.findData(batch))
        self.batches.blockSignals(blocked)

    def show_sample(self, number: int, count: int) -> None:
        """Show which sample is looked at, from 1."""
        self.sample.setText(self.tr("sample {number} of {count}").format(number=f"{number:,}", count=f"{count:,}"))
        self.previous.setEnabled(number > 1)
        self.next.setEnabled(number < count)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._color()

    def minimumSizeHint(self) -> QSize:
        """Become so narrow that only the ways to walk are left."""
        return QSize(420, super().minimumSizeHint().height())

    def _arrange(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 7, 14, 7)
        row.setSpacing(8)
        by = QLabel(self.tr("by"), self)
        by.setProperty("role", "muted")
        high = (self.over, self.into, self.out, self.back, self.levels, self.batches, self.digits)
        for widget in high:
            widget.setFixedHeight(_HEIGHT)
        for part in (*high[:4], by, self.levels, self.batches, self.previous, self.sample, self.next, self.digits):
            row.addWidget(part)
        row.insertSpacing(row.indexOf(self.batches), 8)
        row.addStretch(1)
        figures = (self.pass_figure, self.step_figure, self.loss_figure, self.cost_figure)
        for shown in figures:
            row.addWidget(shown)
        giving_way = (
            self.digits,
            by,
            self.step_figure,
            self.pass_figure,
            self.batches,
            self.cost_figure,
            self.loss_figure,
        )
        self._fitting = Fitting(self, tuple(part.setVisible for part in giving_way))

    def _button(self, text: str, way: str, tip: str) -> QPushButton:
        button = QPushButton(text, self)
        button.setToolTip(tip)
        button.clicked.connect(lambda: self.walked.emit(way))
        return button

    def add_shortcuts(self, room: QWidget) -> None:
        """Let keys walk wherever in a room the keyboard is."""
        for key, button in (("N", self.over), ("I", self.into), ("O", self.out), ("B", self.back)):
            shortcut = QShortcut(QKeySequence(key), room)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(button.click)

    def _arrow(self, by: int) -> QToolButton:
        button = QToolButton(self)
        button.setProperty("role", "quiet")
        button.setText("◂" if by < 0 else "▸")
        button.setToolTip(self.tr("The sample before") if by < 0 else self.tr("The next sample"))
        button.setAccessibleName(button.toolTip())
        button.clicked.connect(lambda: self.sample_moved.emit(by))
        return button

    def _level_names(self) -> list[tuple[str, object]]:
        return [
            (self.tr("term"), Level.TERM),
            (self.tr("neuron"), Level.NEURON),
            (self.tr("layer"), Level.LAYER),
            (self.tr("pass"), Level.PASS),
            (self.tr("update"), Level.UPDATE),
            (self.tr("epoch"), Level.EPOCH),
        ]

    def _batch_names(self) -> list[tuple[str, object]]:
        return [
            (self.tr("next batch"), Batch.NEXT),
            (self.tr("one sample"), Batch.ONE),
            (self.tr("all samples"), Batch.ALL),
        ]

    def _digit_names(self) -> list[tuple[str, object]]:
        return [
            (self.tr("4 digits"), 4),
            (self.tr("6 digits"), 6),
            (self.tr("9 digits"), 9),
            (self.tr("all digits"), ALL),
        ]

    def _on_level(self) -> None:
        self.over.setToolTip(self.tr("To the next {level} (N or →)").format(level=self.levels.currentText()))
        self.level_chosen.emit()

    def _color(self) -> None:
        self.back.setIcon(icon("undo-2", theme_of(self.palette()).muted))
