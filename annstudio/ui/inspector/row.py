"""A labeled field, with a pin where the value follows the data set, and a sentence where a value was refused."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QToolButton, QWidget

from annstudio.core.params import Expression, Param, Real, Value
from annstudio.ui.canvas.look import wrapped_tip
from annstudio.ui.icons import icon
from annstudio.ui.inspector.fields import NumberField, TextField, make_field
from annstudio.ui.inspector.numbers import shown_number
from annstudio.ui.theme import theme_of
from annstudio.ui.translate import translate

LABEL_WIDTH = 98


class Row(QWidget):
    """One parameter in a form.

    Args:
        key: full key of the value, e.g. "optimizer.learning_rate".
        param: what it is.
        follows: it follows the data set unless pinned.
    """

    entered = Signal(str, object)
    """(key, what was entered)"""
    pin_clicked = Signal(str)
    """(key)"""

    def __init__(self, key: str, param: Param, follows: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.key, self.param = key, param
        self._pinned = False
        self.field = make_field(param)
        self.field.setObjectName(key)
        self.field.entered.connect(self._on_entered)
        if isinstance(self.field, NumberField | TextField):
            self.field.retyped.connect(self._on_retyped)
            self.field.left.connect(self._on_left)
        self._label = QLabel(_labeled(param))
        self._label.setProperty("role", "muted")
        self._label.setFixedWidth(LABEL_WIDTH)
        self._label.setWordWrap(True)
        self._label.setBuddy(self.field)
        self.error = QLabel()
        self.error.setTextFormat(Qt.TextFormat.PlainText)
        self.error.setWordWrap(True)
        self.error.hide()
        self.pin = QToolButton() if follows else None
        self._arrange()
        self._describe()

    def fits(self, param: Param | None, follows: bool) -> bool:
        """Return whether this is what a row of this parameter would be."""
        return param == self.param and follows is (self.pin is not None)

    def show_value(self, value: Value, pinned: bool) -> None:
        """Show the value that holds; what was said about another is out of date."""
        self.field.show_value(value)
        self._say("")
        if pinned is not self._pinned:
            self._pinned = pinned
            self._show_pin()

    @property
    def stops(self) -> tuple[QWidget, ...]:
        """Where Tab stops, in order."""
        return (self.field,) if self.pin is None else (self.field, self.pin)

    @property
    def refused(self) -> bool:
        """The sentence about a refused value can be read."""
        return not self.error.isHidden()

    def show_refusal(self, sentence: str) -> None:
        """Say under the field why its text was not taken."""
        if isinstance(self.field, NumberField | TextField):
            self.field.show_refusal()
        self._say(sentence)

    def showEvent(self, event: QShowEvent) -> None:
        """Begin anew: what was said before the row was hidden is out of date."""
        super().showEvent(event)
        self._say("")

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._show_pin()

    def _arrange(self) -> None:
        layout = QGridLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setHorizontalSpacing(6)
        layout.setVerticalSpacing(3)
        layout.setColumnStretch(1, 1)
        layout.addWidget(self._label, 0, 0)
        if isinstance(self.param, Expression):
            # A formula is longer than a number: it has the whole width, below its label.
            layout.addWidget(self.field, 1, 0, 1, 2)
        else:
            layout.addWidget(self.field, 0, 1)
        layout.addWidget(self.error, 2, 0, 1, 2)
        if self.pin is not None:
            self.pin.setProperty("role", "quiet")
            self.pin.clicked.connect(self._on_pin_clicked)
            layout.addWidget(self.pin, 0, 0, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            self._show_pin()

    def _describe(self) -> None:
        sentences = [sentence for sentence in (translate(self.param.help), self._usual()) if sentence]
        self.field.setAccessibleName(translate(self.param.label))
        self.field.setAccessibleDescription(" ".join(sentences))
        self.field.setToolTip(wrapped_tip(*sentences))
        self._label.setToolTip(wrapped_tip(*sentences))

    def _usual(self) -> str:
        """Return the sentence about the range in which the value mostly works; empty where there is no such range."""
        if not isinstance(self.param, Real) or self.param.usual is None:
            return ""
        low, high = map(shown_number, self.param.usual)
        return self.tr("Usual: {low} to {high}.").format(low=low, high=high)

    def _show_pin(self) -> None:
        if self.pin is None:
            return
        theme = theme_of(self.palette())
        self.pin.setIcon(icon("pin", theme.accent) if self._pinned else icon("pin-off", theme.muted))
        text = (
            self.tr("Pinned by you: it stays when the data set changes. Click to let it follow the data set.")
            if self._pinned
            else self.tr("Follows the data set. Click to pin it.")
        )
        self.pin.setToolTip(text)
        self.pin.setAccessibleName(text)

    def _say(self, sentence: str, role: str = "error") -> None:
        if (sentence, role) == (self.error.text(), self.error.property("role")):
            return
        self.error.setProperty("role", role)
        self.error.style().unpolish(self.error)
        self.error.style().polish(self.error)
        self.error.setText(sentence)
        self.error.setVisible(bool(sentence))

    def _on_entered(self, entry: object) -> None:
        self.entered.emit(self.key, entry)

    def _on_retyped(self) -> None:
        self._say("")

    def _on_left(self) -> None:
        """Say quietly what has become of a refused text: a good value stands in the field again."""
        if self.refused:
            again = self.tr("{sentence} The value from before is back.")
            self._say(again.format(sentence=self.error.text()), "muted")

    def _on_pin_clicked(self) -> None:
        self.pin_clicked.emit(self.key)


def _labeled(param: Param) -> str:
    unit = getattr(param, "unit", "")
    return f"{translate(param.label)} ({translate(unit)})" if unit else translate(param.label)
