"""What is shown of a stop: why, the formulas, and before them the question what will come out."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QFrame, QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from annstudio.labs.glass_box.guess import question_of
from annstudio.labs.glass_box.page import Page
from annstudio.labs.notation import Figure, Mark
from annstudio.ui.formula.setting import Write
from annstudio.ui.formula.view import FormulaView
from annstudio.ui.glass_box.question_card import QuestionCard
from annstudio.ui.translate import translate


class PagePanel(QWidget):
    """The column on the right of the glass box."""

    pointed = Signal(object)
    """(mark: Mark | None)"""
    chosen = Signal(object)
    """(mark: Mark)"""
    trail_chosen = Signal(int)
    """(depth: int): a step of the way down to this stop was clicked."""
    revealed = Signal()
    """The number may be seen now."""

    def __init__(self, write: Write, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setMinimumWidth(230)
        self._page: Page | None = None
        self._seed = 0
        self.trail = _Trail(self)
        self.trail.chosen.connect(self.trail_chosen)
        self.headline = _label("title", self)
        self.about = _label("muted", self)
        self.formulas = FormulaView(write, parent=self)
        self.formulas.pointed.connect(self.pointed)
        self.formulas.chosen.connect(self.chosen)
        self.question = QuestionCard(write, self)
        self.question.done.connect(self._on_done)
        self.predict = QCheckBox(self.tr("Predict first"), self)
        self.predict.setToolTip(self.tr("Say what comes out before it shows: the number, its sign, or the formula"))
        self.predict.setMinimumWidth(_BOX)
        self.predict.toggled.connect(self._on_predict)
        self._arrange()

    @property
    def asked(self) -> Mark | None:
        """What the number belongs to that is not to be seen yet; None where all is."""
        if self._page is None or not self.question.isVisibleTo(self) or self.question.answered:
            return None
        result = self._page.equations[-1].result
        return result.mark if isinstance(result, Figure) else None

    def show_page(self, page: Page, trail: Sequence[str], seed: int) -> None:
        """Show a stop.

        Args:
            page: its page.
            trail: names of the stops from the whole step down to it.
            seed: decides in which order formulas are offered.
        """
        self._page, self._seed = page, seed
        self.headline.setText(translate(page.headline))
        self.about.setText(translate(page.about))
        self.trail.show_trail(trail)
        self._ask()

    def set_write(self, write: Write) -> None:
        """Write numbers in another way."""
        self.formulas.set_write(write)
        self.question.set_write(write)

    def light(self, mark: Mark | None) -> None:
        """Mark what is pointed at elsewhere."""
        self.formulas.light(mark)

    def _arrange(self) -> None:
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(16, 12, 16, 14)
        column.setSpacing(8)
        for widget in (self.trail, self.headline, self.about):
            column.addWidget(widget)
        column.addSpacing(6)
        column.addWidget(self.question)
        column.addWidget(self.formulas)
        column.addStretch(1)
        scroll = QScrollArea(self)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(inner)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        foot = QHBoxLayout()
        foot.setContentsMargins(16, 8, 16, 10)
        foot.addWidget(self.predict)
        foot.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(scroll, 1)
        whole.addLayout(foot)

    def _ask(self) -> None:
        page = self._page
        if page is None:
            return
        question = question_of(page, self._seed) if self.predict.isChecked() else None
        self.question.setVisible(question is not None)
        if question is not None:
            self.question.ask(question, page.equations[-1].left)
        self.formulas.show_equations(page.equations, hide_last=question is not None)

    def _on_predict(self) -> None:
        self._ask()
        self.revealed.emit()

    def _on_done(self) -> None:
        if self._page is not None:
            self.formulas.show_equations(self._page.equations)
        self.revealed.emit()


_BOX = 130
"""Pixels: its own hint leaves the last letter out where the box has the focus."""


class _Trail(QWidget):
    """Where one stands: the step, the pass, the layer, the neuron, the term; each a way back up."""

    chosen = Signal(int)
    """(depth: int)"""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(2)
        self._row.addStretch(1)
        self._buttons: list[QPushButton] = []

    def show_trail(self, names: Sequence[str]) -> None:
        """Show these names."""
        while len(self._buttons) < len(names):
            self._buttons.append(self._button(len(self._buttons)))
        for number, button in enumerate(self._buttons):
            button.setVisible(number < len(names))
            if number < len(names):
                last = number == len(names) - 1
                button.setText(names[number] + ("" if last else " ›"))
                button.setEnabled(not last)

    def _button(self, depth: int) -> QPushButton:
        button = QPushButton(self)
        button.setProperty("role", "crumb")
        button.setCursor(Qt.CursorShape.PointingHandCursor)
        button.clicked.connect(lambda: self.chosen.emit(depth))
        self._row.insertWidget(depth, button)
        return button


def _label(role: str, parent: QWidget) -> QLabel:
    label = QLabel(parent)
    label.setProperty("role", role)
    label.setWordWrap(True)
    label.setTextFormat(Qt.TextFormat.PlainText)
    return label
