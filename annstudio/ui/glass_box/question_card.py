"""Predict first: the card that asks before a number shows."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from annstudio.core.errors import UserError
from annstudio.labs.glass_box.guess import Kind, Question
from annstudio.labs.notation import Equation, Row
from annstudio.ui.canvas.chip import Chip
from annstudio.ui.formula.setting import Write
from annstudio.ui.formula.view import FormulaView
from annstudio.ui.translate import translate


class QuestionCard(QFrame):
    """Asks for the number, its sign, or the formula that gives it, and marks the answer."""

    done = Signal()
    """The student has committed, or wants to see it."""

    def __init__(self, write: Write, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "question")
        self._write = write
        self._question: Question | None = None
        self.answered = False
        self.right = self.asked = 0
        self._kind = Kind.NUMBER
        self.heading = QLabel(self.tr("Predict first"), self)
        self.heading.setProperty("role", "heading")
        self.score = QLabel(self)
        self.score.setProperty("role", "muted")
        self.subject = FormulaView(write, 15.0, self)
        self.kinds = {
            Kind.NUMBER: self._chip(self.tr("Number"), self.tr("Type the number that comes out")),
            Kind.SIGN: self._chip(self.tr("Sign"), self.tr("Say whether it is positive, zero or negative")),
            Kind.FORMULA: self._chip(self.tr("Formula"), self.tr("Choose the formula that gives it")),
        }
        self.number = QLineEdit(self)
        self.number.setPlaceholderText(self.tr("a number, such as 0.25"))
        self.number.setAccessibleName(self.tr("Predicted number"))
        self.number.returnPressed.connect(self._on_number)
        self.check = QPushButton(self.tr("Check"), self)
        self.check.clicked.connect(self._on_number)
        self.signs = [
            self._answer(label, name, sign)
            for label, name, sign in (
                ("+", self.tr("positive"), 1),
                ("0", self.tr("zero"), 0),
                ("−", self.tr("negative"), -1),
            )
        ]
        self.formulas = [self._formula(number) for number in range(3)]
        self.skip = QPushButton(self.tr("Show it"), self)
        self.skip.clicked.connect(self._on_skip)
        self.verdict = QLabel(self)
        self.verdict.setWordWrap(True)
        self._arrange()

    def ask(self, question: Question, subject: Row) -> None:
        """Ask for a number.

        Args:
            question: what is asked.
            subject: what the number is called.
        """
        self._question, self.answered = question, False
        self.subject.show_equations([Equation(subject, (), (), None)])
        self.subject.setVisible(bool(subject))
        self.kinds[Kind.FORMULA].setVisible(bool(question.formulas))
        if self._kind is Kind.FORMULA and not question.formulas:
            self._kind = Kind.NUMBER
        self.number.clear()
        self.verdict.hide()
        for (_, view), formula in zip(self.formulas, (*question.formulas, *[()] * 3), strict=False):
            view.show_equations([Equation((), formula)])
        self._show_kind()

    def set_write(self, write: Write) -> None:
        """Write numbers in another way."""
        self.subject.set_write(write)

    def _arrange(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(14, 10, 14, 12)
        column.setSpacing(8)
        top = QHBoxLayout()
        top.addWidget(self.heading)
        top.addStretch(1)
        top.addWidget(self.score)
        column.addLayout(top)
        column.addWidget(self.subject)
        kinds = QHBoxLayout()
        kinds.setSpacing(6)
        group = QButtonGroup(self)
        for kind, chip in self.kinds.items():
            chip.setCheckable(True)
            group.addButton(chip)
            chip.clicked.connect(lambda _=False, kind=kind: self._choose(kind))
            kinds.addWidget(chip)
        kinds.addStretch(1)
        kinds.addWidget(self.skip)
        column.addLayout(kinds)
        row = QHBoxLayout()
        row.setSpacing(6)
        row.addWidget(self.number, 1)
        row.addWidget(self.check)
        for button in self.signs:
            row.addWidget(button)
        row.addStretch(0)
        column.addLayout(row)
        for button, _ in self.formulas:
            column.addWidget(button)
        column.addWidget(self.verdict)

    def _chip(self, text: str, tip: str) -> Chip:
        return Chip(text, text, tip, self)

    def _answer(self, text: str, name: str, sign: int) -> QPushButton:
        button = QPushButton(text, self)
        button.setAccessibleName(name)
        button.setToolTip(name)
        button.clicked.connect(lambda: self._mark_sign(sign))
        return button

    def _formula(self, number: int) -> tuple[QPushButton, FormulaView]:
        button = QPushButton(self)
        view = FormulaView(self._write, 15.0, button)
        view.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        row = QHBoxLayout(button)
        row.setContentsMargins(10, 6, 10, 6)
        row.addWidget(view)
        button.clicked.connect(lambda: self._mark_formula(number))
        return button, view

    def _choose(self, kind: Kind) -> None:
        self._kind = kind
        self._show_kind()

    def _show_kind(self) -> None:
        question = self._question
        offered = 0 if question is None else len(question.formulas)
        self.kinds[self._kind].setChecked(True)
        for widget in (self.number, self.check):
            widget.setVisible(self._kind is Kind.NUMBER and not self.answered)
        for button in self.signs:
            button.setVisible(self._kind is Kind.SIGN and not self.answered)
        for number, (button, view) in enumerate(self.formulas):
            shown = self._kind is Kind.FORMULA and number < offered and not self.answered
            button.setVisible(shown)
            button.setMinimumHeight(view.sizeHint().height() + 14)
            button.setAccessibleName(view.plain)
        for chip in (*self.kinds.values(), self.skip):
            chip.setEnabled(not self.answered)
        if self.asked:
            said = self.tr("{right} of {asked} right").format(right=self.right, asked=self.asked)
            self.score.setText(said)

    def _on_number(self) -> None:
        if self._question is None:
            return
        try:
            self._mark(self._question.marks_number(self.number.text()))
        except UserError as error:
            self._say(translate(error.message), "error")

    def _mark_sign(self, sign: int) -> None:
        if self._question is not None:
            self._mark(self._question.marks_sign(sign))

    def _mark_formula(self, number: int) -> None:
        if self._question is not None:
            self._mark(self._question.marks_formula(number))

    def _mark(self, right: bool) -> None:
        assert self._question is not None
        self.asked += 1
        self.right += right
        value = self._write(self._question.answer)
        if right:
            self._finish(self.tr("Right: it is {value}.").format(value=value), "ok")
        else:
            self._finish(self.tr("Not quite: it is {value}. See below how.").format(value=value), "error")

    def _on_skip(self) -> None:
        self._finish("", "muted")

    def _finish(self, verdict: str, role: str) -> None:
        self.answered = True
        self._say(verdict, role)
        self._show_kind()
        self.done.emit()

    def _say(self, sentence: str, role: str) -> None:
        self.verdict.setVisible(bool(sentence))
        self.verdict.setText(sentence)
        self.verdict.setProperty("role", role)
        self.verdict.style().unpolish(self.verdict)
        self.verdict.style().polish(self.verdict)
