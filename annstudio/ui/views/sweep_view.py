"""The same network with other settings and seeds, side by side."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QSizePolicy,
    QSpinBox,
    QStackedWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from annstudio.core.errors import UserError
from annstudio.core.params import Integer
from annstudio.core.texts import Text
from annstudio.training.sweep.plan import COMMON, EPOCHS, SEEDS, Axis, Plan, make_plan, setting_label
from annstudio.training.sweep.ranking import Entry, ranked
from annstudio.ui.fitting import Fitting, FittingRow
from annstudio.ui.sweep_job import SweepJob
from annstudio.ui.theme import CLASS_COLORS
from annstudio.ui.translate import translate
from annstudio.ui.views.exporting import Table
from annstudio.ui.views.numerals import figure
from annstudio.ui.views.sweep_pictures import BandsPicture, MapPicture
from annstudio.ui.views.tables import fit_columns, result_table, swatch
from annstudio.ui.views.view import View

_LEAST = 180
_SPIN = 76


class SweepView(View):
    """Chooses what to compare, starts it, and shows what comes: bands or a map, and a ranking."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self.setAccessibleName(self.tr("Sweep"))
        self.job = SweepJob(self)
        self.job.progressed.connect(self._on_progress)
        self.job.ended.connect(self._on_ended)
        self._plan: Plan | None = None
        self.entries: list[Entry] = []
        self.first, self.first_values = self._axis_fields(self.tr("Setting to compare"))
        self.second, self.second_values = self._axis_fields(self.tr("Second setting"), optional=True)
        self.seeds = self._spin(SEEDS, self.tr("Seeds: trainings of each"))
        self.epochs = self._spin(EPOCHS, self.tr("Epochs of each training"))
        self.start = QPushButton(self.tr("Compare"))
        self.start.setProperty("accent", True)
        self.start.clicked.connect(self._on_start)
        self.progress = QProgressBar()
        self.progress.setTextVisible(False)
        self.progress.hide()
        self.told = QLabel()
        self.told.setProperty("role", "muted")
        self.told.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.bands = BandsPicture(self.tr("Cost against the epoch"))
        self.map = MapPicture(self.tr("Cost for every pair of values"))
        self.table = result_table(self.tr("Ranking"))
        self._place()
        self._show_entries()

    def numbers(self) -> Table | None:
        """Return the ranking; see View.numbers."""
        if self._plan is None or not self.entries:
            return None
        seeds = range(len(self.entries[0].costs))
        names = [*(axis.name for axis in self._plan.axes), "mean_cost", "metric", *(f"cost_{k + 1}" for k in seeds)]
        return Table(names, [[*each.settings, each.mean, each.metric, *each.costs] for each in self.entries])

    def retire(self) -> None:
        """End the sweep that is on."""
        self.job.close()

    def _axis_fields(self, name: str, optional: bool = False) -> tuple[QComboBox, QLineEdit]:
        combo, values = QComboBox(), QLineEdit()
        combo.setAccessibleName(name)
        values.setAccessibleName(self.tr("Values, with commas between them"))
        values.setToolTip(values.accessibleName())
        if optional:
            combo.addItem("–", "")
        for key in COMMON:
            combo.addItem(translate(setting_label(key)), key)
        combo.currentIndexChanged.connect(lambda: self._offer(combo, values))
        self._offer(combo, values)
        return combo, values

    def _offer(self, combo: QComboBox, values: QLineEdit) -> None:
        """Write the usual values of a setting."""
        key = combo.currentData()
        values.setText(", ".join(COMMON.get(key, ())))
        values.setCursorPosition(0)
        values.setEnabled(bool(key))

    def _spin(self, param: Integer, name: str) -> QSpinBox:
        box = QSpinBox()
        box.setRange(int(param.minimum), int(param.maximum))
        box.setValue(param.default)
        box.setAccessibleName(name)
        box.setToolTip(name)
        box.setFixedWidth(_SPIN)
        return box

    def _place(self) -> None:
        choices = FittingRow(QSize(_LEAST, 0))
        row = QHBoxLayout(choices)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        times = QLabel("×")
        seeds, epochs = QLabel(self.tr("seeds")), QLabel(self.tr("epochs"))
        for field, least in ((self.first_values, 90), (self.second_values, 60)):
            field.setMinimumWidth(least)
        for widget, share in (
            (self.first, 0),
            (self.first_values, 3),
            (times, 0),
            (self.second, 0),
            (self.second_values, 2),
            (self.seeds, 0),
            (seeds, 0),
            (self.epochs, 0),
            (epochs, 0),
            (self.start, 0),
        ):
            row.addWidget(widget, share)
        second = (times, self.second, self.second_values)
        Fitting(
            choices,
            [
                seeds.setVisible,
                epochs.setVisible,
                lambda shown: _show(second, shown),
                lambda shown: _show((self.seeds, self.epochs), shown),
                self.first_values.setVisible,
            ],
        )
        self._pictures = QStackedWidget()
        self._pictures.addWidget(self.bands)
        self._pictures.addWidget(self.map)
        body = FittingRow(QSize(_LEAST, 0))
        results = QHBoxLayout(body)
        results.setContentsMargins(0, 0, 0, 0)
        results.setSpacing(18)
        self._pictures.setMinimumWidth(_LEAST)
        self.table.setMinimumWidth(_LEAST)
        results.addWidget(self._pictures, 2)
        results.addWidget(self.table, 3)
        Fitting(body, [self._pictures.setVisible])
        foot = QHBoxLayout()
        foot.addWidget(self.told, 2)
        foot.addWidget(self.progress, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        column.addWidget(choices)
        column.addWidget(body, 1)
        column.addLayout(foot)

    def _on_start(self) -> None:
        if self.job.running:
            self.job.cancel()
            return
        if self.project is None:
            return
        try:
            plan = make_plan(self.project, self._axes(), self.seeds.value(), self.epochs.value())
        except UserError as error:
            self._say(translate(error.message), wrong=True)
            return
        self._plan, self.entries = plan, []
        self._show_entries()
        self.start.setText(self.tr("Cancel"))
        self.progress.setRange(0, len(plan.trials))
        self.progress.setValue(0)
        self.progress.show()
        told = self.tr("{count} trainings, beside each other; go on working meanwhile.")
        self._say(told.format(count=len(plan.trials)))
        self.job.start(plan)

    def _axes(self) -> list[Axis]:
        pairs = ((self.first, self.first_values), (self.second, self.second_values))
        return [
            Axis(combo.currentData(), tuple(dict.fromkeys(filter(None, map(str.strip, values.text().split(","))))))
            for combo, values in pairs
            if combo.currentData()
        ]

    def _on_progress(self) -> None:
        self.progress.setValue(len(self.job.results))
        if self._plan is not None:
            self.entries = ranked(self._plan, self.job.results)
            self._show_entries()

    def _on_ended(self, error: Text | None) -> None:
        self.start.setText(self.tr("Compare"))
        self.progress.hide()
        if error is not None:
            self._say(translate(error), wrong=True)
        elif self._plan is not None and len(self.job.results) < len(self._plan.trials):
            self._say(self.tr("Called off; started again, it goes on where it was."))
        elif self.entries:
            self._say(self._verdict(self.entries[0]))

    def _verdict(self, best: Entry) -> str:
        """Return in a sentence what the first place rests on."""
        name = ", ".join(best.settings)
        if len(self.entries) == 1:
            return self.tr("{name}: cost {cost} on the average.").format(name=name, cost=figure(best.mean))
        template = (
            self.tr("{name} is clearly best: better than the next in {better} of {seeds} seeds.")
            if best.clear
            else self.tr("{name} comes first, but that may be chance: more seeds would tell.")
        )
        return template.format(name=name, better=best.better, seeds=len(best.costs))

    def _say(self, sentence: str, wrong: bool = False) -> None:
        self.told.setText(sentence)
        self.told.setToolTip(sentence)
        self.told.setProperty("role", "error" if wrong else "muted")
        self.told.style().unpolish(self.told)
        self.told.style().polish(self.told)

    def _show_entries(self) -> None:
        sentence = self.tr("Choose what to compare: each value is trained with several seeds, from scratch.")
        if self.job.running:
            sentence = self.tr("The first curves are on their way.")
        self.bands.show_entries(self.entries, sentence)
        axes = self._plan.axes if self._plan is not None else ()
        if len(axes) == 2:
            self.map.show_costs(axes[0].values, axes[1].values, self.entries)
        self._pictures.setCurrentIndex(1 if len(axes) == 2 else 0)
        self._fill([translate(setting_label(axis.name)) for axis in axes])

    def _fill(self, names: Sequence[str]) -> None:
        headings = [*names, self.tr("Cost"), self.tr("Accuracy / R²"), self.tr("Better than the next")]
        self.table.setVisible(bool(names))
        self.table.setColumnCount(len(headings))
        self.table.setHorizontalHeaderLabels(headings)
        self.table.setRowCount(len(self.entries))
        for row, entry in enumerate(self.entries):
            cells = [*entry.settings, figure(entry.mean), figure(entry.metric), self._better(row, entry)]
            for column, cell in enumerate(cells):
                item = QTableWidgetItem(cell)
                item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
                if column == 0 and row < len(CLASS_COLORS) and len(names) == 1:
                    item.setIcon(swatch(QColor(CLASS_COLORS[row])))
                self.table.setItem(row, column, item)
        fit_columns(self.table)

    def _better(self, row: int, entry: Entry) -> str:
        if entry.failed:
            return self.tr("{failed} of {seeds} failed").format(failed=entry.failed, seeds=len(entry.costs))
        if row == len(self.entries) - 1:
            return ""
        told = self.tr("in {better} of {seeds} seeds").format(better=entry.better, seeds=len(entry.costs))
        return told if entry.clear else self.tr("{told}; may be chance").format(told=told)

    def _refresh(self) -> None:
        """Do nothing: what is shown does not follow the run."""


def _show(widgets: Sequence[QWidget], shown: bool) -> None:
    for widget in widgets:
        widget.setVisible(shown)
