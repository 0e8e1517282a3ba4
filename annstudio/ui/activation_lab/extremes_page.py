"""A formula as it is written, beside its stable form, at extreme numbers."""

import math

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHeaderView, QTableWidget, QTableWidgetItem, QVBoxLayout, QWidget

from annstudio.labs.activations.extremes import FORMS, Row, rows
from annstudio.ui.choice_box import choice_box
from annstudio.ui.fonts import figures_font
from annstudio.ui.formula.digits import written
from annstudio.ui.page_parts import label
from annstudio.ui.theme import theme_of
from annstudio.ui.translate import translate


class ExtremesPage(QWidget):
    """A table of x, with what is wrong in red and marked."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        forms = [(f"{translate(form.label)}:  {form.written}", number) for number, form in enumerate(FORMS)]
        self.forms = choice_box(forms, self.tr("Which formula"), self)
        self.precisions = choice_box(
            [(self.tr("single precision"), "float32"), (self.tr("double precision"), "float64")],
            self.tr("How many digits the numbers have"),
            self,
        )
        self.table = QTableWidget(0, 4, self)
        self.table.setHorizontalHeaderLabels(
            ["x", self.tr("as it is written"), self.tr("stable form"), self.tr("exact")]
        )
        self.table.verticalHeader().hide()
        self.table.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        self.table.setSelectionMode(QTableWidget.SelectionMode.NoSelection)
        self.table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.table.setMinimumHeight(80)
        about = label(
            "muted",
            self.tr(
                "e¹⁰⁰ is too large for single precision: formulas as books write them overflow, and ∞/∞ is no number."
            )
            + " "
            + self.tr("The app computes stable forms. Exact numbers are computed with sixty digits."),
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(8)
        for part in (label("title", self.tr("Extreme numbers")), about):
            column.addWidget(part)
        for box in (self.forms, self.precisions):
            column.addWidget(box, 0, Qt.AlignmentFlag.AlignLeft)
        column.addWidget(self.table, 1)
        self.forms.activated.connect(self._show)
        self.precisions.activated.connect(self._show)
        self._show()

    def _show(self) -> None:
        found = rows(FORMS[self.forms.currentIndex()], str(self.precisions.currentData()))
        self.table.setRowCount(len(found))
        for number, row in enumerate(found):
            texts = (written(row.x, 6), self._naive(row), self._number(row.stable), self._number(row.exact))
            for column, text in enumerate(texts):
                item = QTableWidgetItem(text)
                item.setFont(figures_font())
                if column == 1 and row.wrong:
                    item.setForeground(theme_of(self.palette()).color("error"))
                self.table.setItem(number, column, item)

    def _naive(self, row: Row) -> str:
        return ("✗ " if row.wrong else "") + self._number(row.naive)

    def _number(self, value: float) -> str:
        if math.isnan(value):
            return self.tr("not a number")
        if math.isinf(value):
            return self.tr("infinity") if value > 0 else self.tr("−infinity")
        return written(value, 6)
