"""One input widget per kind of parameter. They know no rule: what is entered goes out, what holds comes back in."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QCheckBox,
    QComboBox,
    QStyle,
    QStyleOptionComboBox,
    QStylePainter,
    QWidget,
)

from annstudio.core.params import Choice, Flag, Integer, Param, Real, Value
from annstudio.project.settings import REGISTRIES
from annstudio.ui.fonts import figures_font
from annstudio.ui.inspector.numbers import plain_number, shown_number, stepped
from annstudio.ui.translate import translate

_COMBO = QStyle.ComplexControl.CC_ComboBox


class NumberField(QAbstractSpinBox):
    """A number to type or to step with the arrows, the wheel or the small buttons.

    Any text can be typed; whether it will do is said by whoever listens to `entered`.
    """

    entered = Signal(object)
    """(text: str), a number in plain notation or whatever else was typed."""
    abandoned = Signal()
    """What was typed has been given up: the value that holds is back."""

    def __init__(self, param: Integer | Real, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._param = param
        self._value: float = param.default
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFont(figures_font())
        # The style sheet cannot pad the text of a spin box.
        self.lineEdit().setTextMargins(4, 0, 0, 0)
        self.editingFinished.connect(self.commit)

    def show_value(self, value: Value) -> None:
        """Show the value that holds."""
        self._value = float(value) if isinstance(self._param, Real) else int(value)
        self.lineEdit().setText(shown_number(self._value))
        self.lineEdit().setCursorPosition(0)

    def commit(self) -> None:
        """Send what was typed, if it is anything new."""
        typed = self.lineEdit().text()
        if typed != shown_number(self._value):
            self.entered.emit(plain_number(typed, whole=isinstance(self._param, Integer)))

    def stepBy(self, steps: int) -> None:
        """Ask for the number some steps further."""
        self.entered.emit(shown_number(stepped(self._param, self._value, steps)))
        self.lineEdit().selectAll()

    def stepEnabled(self) -> QAbstractSpinBox.StepEnabledFlag:
        """Stop at the ends of the range."""
        flag = QAbstractSpinBox.StepEnabledFlag
        enabled = flag.StepNone
        if self._value < self._param.maximum:
            enabled |= flag.StepUpEnabled
        if self._value > self._param.minimum:
            enabled |= flag.StepDownEnabled
        return enabled

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Give up what was typed on Escape."""
        if event.key() == Qt.Key.Key_Escape:
            self.show_value(self._value)
            self.abandoned.emit()
        super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Step only when focused: the wheel also scrolls the page."""
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()


class ChoiceField(QComboBox):
    """A list to pick from: the entries of a registry, or a few fixed options."""

    entered = Signal(object)
    """(key: str)"""

    def __init__(self, param: Choice, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(8)
        self.setMaxVisibleItems(16)
        for key, label, summary in _options(param):
            self.addItem(translate(label), key)
            self.setItemData(self.count() - 1, translate(summary), Qt.ItemDataRole.ToolTipRole)
        self.activated.connect(self._on_activated)

    def show_value(self, value: Value) -> None:
        """Show the value that holds."""
        self.setCurrentIndex(self.findData(value))

    def commit(self) -> None:
        """Nothing waits here: what is picked goes out at once."""

    def showPopup(self) -> None:
        """Make the list as wide as its longest line."""
        self.view().setMinimumWidth(self.view().sizeHintForColumn(0) + 24)
        super().showPopup()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Shorten what does not fit with an ellipsis."""
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        area = self.style().subControlRect(_COMBO, option, QStyle.SubControl.SC_ComboBoxEditField, self)
        option.currentText = self.fontMetrics().elidedText(
            option.currentText, Qt.TextElideMode.ElideRight, area.width() - 2
        )
        painter = QStylePainter(self)
        painter.drawComplexControl(_COMBO, option)
        painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)

    def _on_activated(self, index: int) -> None:
        self.entered.emit(self.itemData(index))

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Step only when focused: the wheel also scrolls the page."""
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()


class FlagField(QCheckBox):
    """On or off."""

    entered = Signal(object)
    """(on: bool)"""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.clicked.connect(self._on_clicked)

    def show_value(self, value: Value) -> None:
        """Show the value that holds."""
        self.setChecked(bool(value))

    def commit(self) -> None:
        """Nothing waits here: a click goes out at once."""

    def _on_clicked(self, on: bool) -> None:
        self.entered.emit(on)


Field = NumberField | ChoiceField | FlagField


def make_field(param: Param) -> Field:
    """Return the widget for a parameter.

    Raises:
        TypeError: there is none for this kind of parameter (an error of the program).
    """
    if isinstance(param, Integer | Real):
        return NumberField(param)
    if isinstance(param, Choice):
        return ChoiceField(param)
    if isinstance(param, Flag):
        return FlagField()
    raise TypeError(f"no field for {type(param).__name__}")


def _options(param: Choice) -> list[tuple[str, str, str]]:
    """Return key, label and summary of everything that can be picked, in the order of lists."""
    if param.registry:
        infos = [entry.info for entry in REGISTRIES[param.registry].values()]
        return [(info.key, info.label, info.summary) for info in infos]
    return [(key, label, "") for key, label in param.options]
