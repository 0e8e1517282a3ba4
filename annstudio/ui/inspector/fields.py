"""One input widget per kind of parameter. They know no rule: what is entered goes out, what holds comes back in."""

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence, QPaintEvent, QStandardItemModel, QWheelEvent
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QCheckBox,
    QComboBox,
    QLineEdit,
    QStyle,
    QStyleOptionComboBox,
    QStylePainter,
    QWidget,
)

from annstudio.core.params import Choice, Expression, Flag, Integer, Numbers, Param, Real, Value
from annstudio.project.settings import REGISTRIES
from annstudio.ui.fonts import figures_font
from annstudio.ui.inspector.numbers import plain_number, shown_number, stepped
from annstudio.ui.translate import translate

_COMBO = QStyle.ComplexControl.CC_ComboBox


class NumberField(QAbstractSpinBox):
    """A number to type or to step with the arrows, the wheel or the small buttons.

    Any text can be typed; whether it will do is said by whoever listens to `entered`. A refused text can be mended
    as long as the field has the focus; afterwards the field shows the value that holds.
    """

    entered = Signal(object)
    """(text: str), a number in plain notation or whatever else was typed."""
    retyped = Signal()
    """What was said about an earlier text is out of date."""
    left = Signal()
    """The focus is elsewhere, and the value that holds is shown."""

    def __init__(self, param: Integer | Real, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._param = param
        self._value: float = param.default
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setFont(figures_font())
        # The style sheet cannot pad the text of a spin box.
        self.lineEdit().setTextMargins(4, 0, 0, 0)
        self.lineEdit().textEdited.connect(self._on_edited)

    @property
    def pending(self) -> bool:
        """Something else than the value that holds stands in the field."""
        return self.lineEdit().text() != shown_number(self._value)

    def show_value(self, value: Value) -> None:
        """Show the value that holds."""
        self._value = float(value) if isinstance(self._param, Real) else int(value)
        _mark(self, False)
        self.lineEdit().setText(shown_number(self._value))
        self.lineEdit().setCursorPosition(0)

    def show_refusal(self) -> None:
        """Mark what was typed as something that will not do."""
        _mark(self, self.pending)

    def commit(self) -> None:
        """Send what was typed, if it is anything new."""
        if self.pending:
            whole = isinstance(self._param, Integer)
            self.entered.emit(plain_number(self.lineEdit().text(), whole=whole))
        else:
            self.retyped.emit()

    def stepBy(self, steps: int) -> None:
        """Ask for the number some steps further than what was typed, or than what holds if that will not do."""
        self.commit()
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

    def event(self, event: QEvent) -> bool:
        """Keep Undo and Redo for typing; with nothing typed they go on to the window and mean the last edit."""
        if event.type() is QEvent.Type.ShortcutOverride and not self.pending and _undoes(event):
            event.ignore()
            return False
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Send what was typed on Enter, give it up on Escape; with nothing typed, Escape means whoever is around."""
        if event.key() == Qt.Key.Key_Escape and self.pending:
            self.show_value(self._value)
            self.retyped.emit()
            return
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.commit()
        super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Send what was typed, and show what holds; the menu of the field itself is not elsewhere."""
        if event.reason() is not Qt.FocusReason.PopupFocusReason:
            self.commit()
            self.show_value(self._value)
            self.left.emit()
        super().focusOutEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Step only when focused: the wheel also scrolls the page."""
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()

    def _on_edited(self) -> None:
        _mark(self, False)
        self.retyped.emit()


class TextField(QLineEdit):
    """A text to type, for what is neither a number nor a choice; refused and mended as in a NumberField.

    Args:
        hint: what stands there as long as the field is empty.
        parent: of the widget.
    """

    entered = Signal(object)
    """(text: str)"""
    retyped = Signal()
    """What was said about an earlier text is out of date."""
    left = Signal()
    """The focus is elsewhere, and the value that holds is shown."""

    def __init__(self, hint: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._value = ""
        self.setPlaceholderText(hint)
        self.textEdited.connect(self._on_edited)

    @property
    def pending(self) -> bool:
        """Something else than the value that holds stands in the field."""
        return self.text() != self._value

    def show_value(self, value: Value) -> None:
        """Show the value that holds."""
        self._value = str(value)
        _mark(self, False)
        self.setText(self._value)
        self.setCursorPosition(0)

    def show_refusal(self) -> None:
        """Mark what was typed as something that will not do."""
        _mark(self, self.pending)

    def commit(self) -> None:
        """Send what was typed, if it is anything new."""
        if self.pending:
            self.entered.emit(self.text())
        else:
            self.retyped.emit()

    def event(self, event: QEvent) -> bool:
        """Keep Undo and Redo for typing; see NumberField.event."""
        if event.type() is QEvent.Type.ShortcutOverride and not self.pending and _undoes(event):
            event.ignore()
            return False
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Send what was typed on Enter, give it up on Escape; with nothing typed, Escape means whoever is around."""
        if event.key() == Qt.Key.Key_Escape and self.pending:
            self.show_value(self._value)
            self.retyped.emit()
            return
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.commit()
        super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Send what was typed, and show what holds; see NumberField.focusOutEvent."""
        if event.reason() is not Qt.FocusReason.PopupFocusReason:
            self.commit()
            self.show_value(self._value)
            self.left.emit()
        super().focusOutEvent(event)

    def _on_edited(self) -> None:
        _mark(self, False)
        self.retyped.emit()


class ChoiceField(QComboBox):
    """A list to pick from: the entries of a registry, or a few fixed options."""

    entered = Signal(object)
    """(key: str)"""

    def __init__(self, param: Choice, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(8)
        self.setMaxVisibleItems(18)
        options = _options(param)
        self._add([option for option in options if not option.more])
        beyond = [option for option in options if option.more]
        if beyond:
            self._add_heading(self.tr("More"))
            self._add(beyond)
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

    def _add(self, options: Sequence["_Option"]) -> None:
        for option in options:
            self.addItem(translate(option.label), option.key)
            self.setItemData(self.count() - 1, translate(option.summary), Qt.ItemDataRole.ToolTipRole)

    def _add_heading(self, heading: str) -> None:
        """Add a line and a heading; neither can be picked."""
        self.insertSeparator(self.count())
        self.addItem(heading)
        model = self.model()
        assert isinstance(model, QStandardItemModel)
        model.item(self.count() - 1).setFlags(Qt.ItemFlag.NoItemFlags)

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


Field = NumberField | TextField | ChoiceField | FlagField


def make_field(param: Param) -> Field:
    """Return the widget for a parameter.

    Raises:
        TypeError: there is none for this kind of parameter (an error of the program).
    """
    if isinstance(param, Integer | Real):
        return NumberField(param)
    if isinstance(param, Numbers):
        return TextField(translate(param.hint))
    if isinstance(param, Expression):
        return TextField()
    if isinstance(param, Choice):
        return ChoiceField(param)
    if isinstance(param, Flag):
        return FlagField()
    raise TypeError(f"no field for {type(param).__name__}")


def _mark(field: QWidget, invalid: bool) -> None:
    """Make a field red, or no more."""
    if invalid is not bool(field.property("invalid")):
        field.setProperty("invalid", invalid)
        field.style().unpolish(field)
        field.style().polish(field)


def _undoes(event: QEvent) -> bool:
    if not isinstance(event, QKeyEvent):
        return False
    return event.matches(QKeySequence.StandardKey.Undo) or event.matches(QKeySequence.StandardKey.Redo)


class _Option(NamedTuple):
    """Something that can be picked; texts are marked."""

    key: str
    label: str
    summary: str = ""
    more: bool = False


def _options(param: Choice) -> list[_Option]:
    """Return everything that can be picked, in the order of lists."""
    if param.registry:
        infos = [entry.info for entry in REGISTRIES[param.registry].values()]
        return [_Option(info.key, info.label, info.summary, info.more) for info in infos]
    return [_Option(key, label) for key, label in param.options]
