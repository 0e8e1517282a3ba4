"""The selected racer: what it is, its numbers to change, and its last step with numbers."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFormLayout, QMenu, QPushButton, QToolButton, QWidget

from annstudio.core.errors import UserError
from annstudio.core.params import Value
from annstudio.labs.contest import Walker
from annstudio.labs.notation import Equation
from annstudio.labs.race import racing_optimizers
from annstudio.labs.reading import read
from annstudio.ui.formula.digits import written
from annstudio.ui.formula.view import FormulaView
from annstudio.ui.inspector.fields import Field, make_field
from annstudio.ui.page_parts import label, scrolled, stack_in
from annstudio.ui.translate import translate


class RacerPanel(QWidget):
    """The column on the right of a race."""

    value_entered = Signal(str, object)
    """(key: str, value: Value): one of the selected racer's numbers is to be another; it has been checked."""
    refused = Signal(str)
    """(sentence: str): what was typed will not do."""
    added = Signal(str)
    """(key: str): this optimizer is to take part."""
    removed = Signal()
    """The selected racer is to leave."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "panel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setMinimumWidth(190)
        self._racer: Walker | None = None
        self._key = ""
        self.fields: dict[str, Field] = {}
        self.headline, self.about = label("title"), label("muted")
        self._form = QFormLayout()
        self._form.setContentsMargins(0, 0, 0, 0)
        self._form.setVerticalSpacing(6)
        self.heading = label("heading")
        self.heading.setText(self.tr("Its last step, with numbers"))
        self.formulas = FormulaView(lambda value: written(value, 4), 15.0)
        self.add = QToolButton(self)
        self.add.setProperty("role", "button")
        self.add.setText(self.tr("Add an optimizer"))
        self.add.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.add.setMenu(self._menu())
        self.remove = QPushButton(self.tr("Remove this one"), self)
        self.remove.clicked.connect(self.removed)
        self._arrange()

    def show_racer(self, racer: Walker, alone: bool) -> None:
        """Show a racer as it is now.

        Args:
            racer: the selected one.
            alone: nobody else takes part, so it cannot leave.
        """
        self._racer = racer
        if racer.key != self._key:
            self._key = racer.key
            info = racer.optimizer.info
            self.headline.setText(translate(info.label))
            self.about.setText(translate(info.summary))
            self._fill(racer)
        for key, field in self.fields.items():
            if not field.hasFocus():
                field.show_value(racer.optimizer.params[key])
        self.remove.setEnabled(not alone)
        equations = racer.equations()
        self.formulas.show_equations(equations or (Equation((), read(racer.optimizer.info.formula)),))

    def _fill(self, racer: Walker) -> None:
        """Make fields for the numbers of another optimizer."""
        while self._form.rowCount():
            self._form.removeRow(0)
        self.fields = {}
        for param in racer.optimizer.info.params:
            field = make_field(param)
            field.setAccessibleName(translate(param.label))
            field.setToolTip(translate(param.help))
            field.entered.connect(lambda text, key=param.key: self._on_entered(key, text))
            self.fields[param.key] = field
            self._form.addRow(translate(param.label), field)

    def _on_entered(self, key: str, entered: Value) -> None:
        assert self._racer is not None
        param = self._racer.optimizer.info.param(key)
        try:
            value = param.check(entered)
        except UserError as error:
            self.refused.emit(translate(error.message))
            show_refusal = getattr(self.fields[key], "show_refusal", None)
            if show_refusal is not None:
                show_refusal()
            return
        if value != self._racer.optimizer.params[key]:
            self.value_entered.emit(key, value)
        self.fields[key].show_value(value)

    def _menu(self) -> QMenu:
        menu = QMenu(self.add)
        for key, entry in racing_optimizers().items():
            action = menu.addAction(translate(entry.info.label))
            action.triggered.connect(lambda _=False, key=key: self.added.emit(key))
        return menu

    def _arrange(self) -> None:
        parts = (self.headline, self.about, self._form, self.heading, self.formulas)
        panel = scrolled(*parts, below=(self.add, self.remove))
        panel.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        panel.setMinimumWidth(0)
        stack_in(self, panel)
