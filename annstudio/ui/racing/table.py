"""Who takes part in a race, and how each is doing."""

from collections.abc import Callable

from PySide6.QtCore import QPointF, QSize, Qt, Signal
from PySide6.QtGui import QIcon, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem, QWidget

from annstudio.labs.contest import Contest, Walker
from annstudio.ui.fonts import figures_font
from annstudio.ui.racing.colors import racer_color
from annstudio.ui.theme import theme_of
from annstudio.ui.translate import translate
from annstudio.ui.views.numerals import figure, short_figure
from annstudio.ui.views.painting import paint_mark

_SIDE = 16

FigureOf = Callable[[Contest, Walker], float | None]


class RaceTable(QTableWidget):
    """One row for each racer; the selected one is explained on the right.

    Args:
        measure: what the fourth column says.
        about: explains it.
        figure_of: gives it for a racer; None where there is none.
    """

    racer_chosen = Signal(int)
    """(number: int)"""

    def __init__(self, measure: str, about: str, figure_of: FigureOf, parent: QWidget | None = None) -> None:
        super().__init__(0, 5, parent)
        self._figure_of = figure_of
        self.setHorizontalHeaderLabels([self.tr("Optimizer"), "η", self.tr("Steps"), measure, self.tr("Status")])
        self.setToolTip(about)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.verticalHeader().hide()
        self.setShowGrid(False)
        self.setIconSize(QSize(_SIDE, _SIDE))
        self.verticalHeader().setDefaultSectionSize(28)
        header = self.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        header.setHighlightSections(False)
        self.setMinimumSize(120, 40)
        self.setAccessibleName(self.tr("Race"))
        self.currentCellChanged.connect(self._on_current)

    def show_race(self, race: Contest, selected: int) -> None:
        """Show how everybody is doing."""
        blocked = self.blockSignals(True)
        if self.rowCount() != len(race.racers):
            self.setRowCount(len(race.racers))
        for number, racer in enumerate(race.racers):
            rate = racer.optimizer.params["learning_rate"]
            found = self._figure_of(race, racer)
            texts = (
                translate(racer.optimizer.info.label),
                short_figure(float(rate)),
                f"{racer.steps:,}",
                "–" if found is None else figure(found),
                translate(racer.told),
            )
            for column, text in enumerate(texts):
                self._show(number, column, text)
        if self.currentRow() != selected:
            self.setCurrentCell(selected, 0)
        self.blockSignals(blocked)

    def _show(self, row: int, column: int, text: str) -> None:
        item = self.item(row, column)
        if item is None:
            item = QTableWidgetItem()
            self.setItem(row, column, item)
            if column == 0:
                item.setIcon(self._icon(row))
            elif column < 4:
                item.setFont(figures_font())
                item.setTextAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        if item.text() != text:
            item.setText(text)

    def _icon(self, number: int) -> QIcon:
        picture = QPixmap(2 * _SIDE, 2 * _SIDE)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme_of(self.palette()).color("muted"), 1.5))
        painter.setBrush(racer_color(number))
        paint_mark(painter, number, QPointF(_SIDE, _SIDE), _SIDE * 0.72)
        painter.end()
        icon = QIcon(picture)
        # Otherwise, the look tints it where the row is selected, and the trail has another color.
        icon.addPixmap(picture, QIcon.Mode.Selected)
        return icon

    def _on_current(self, row: int) -> None:
        if row >= 0:
            self.racer_chosen.emit(row)
