"""Runs beside each other: their curves over one another, and in what they differ."""

import operator
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QAbstractItemView, QHBoxLayout, QSizePolicy, QTableWidgetItem, QWidget

from annstudio.core.texts import Text
from annstudio.data.dataset import Task
from annstudio.project.kept import KeptRun
from annstudio.project.model import Project
from annstudio.training.comparing import Difference, differences
from annstudio.training.history import COLUMNS
from annstudio.ui.fitting import Fitting, FittingRow
from annstudio.ui.kept_runs import KeptRuns
from annstudio.ui.theme import CLASS_COLORS
from annstudio.ui.translate import translate
from annstudio.ui.views.curves import thin, top_over
from annstudio.ui.views.exporting import Table
from annstudio.ui.views.frame import Axis, Frame, fit_frame, paint_axes, paint_curve
from annstudio.ui.views.numerals import figure
from annstudio.ui.views.painting import paint_sentence, picture_painter
from annstudio.ui.views.tables import fit_columns, result_table, swatch
from annstudio.ui.views.view import Picture, TitledView

_LEAST = 180

Curve = tuple[QColor, NDArray[np.float64], NDArray[np.float64], bool]
"""Color, epochs, values, and whether it is that of the present run."""


class RunsView(TitledView):
    """The kept runs and the present one."""

    keep_wanted = Signal()
    restore_wanted = Signal(object)
    """(project: Project) of a kept run, which the student wants back."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self.setAccessibleName(self.tr("Runs"))
        self._kept: KeptRuns | None = None
        self._measure = 0
        self._filling, self._rows = False, 0
        self._compared: tuple[Sequence[Project], Sequence[Difference]] = ((), ())
        self.header.add_choice([self.tr("Train cost"), self.tr("Val. cost"), self.tr("Accuracy")], self._on_measure)
        self.keep = self.header.add_button(
            self.tr("Keep this run"), self.tr("Keep its curves and settings with the project"), self.keep_wanted.emit
        )
        self.restore = self.header.add_button(
            self.tr("Restore"), self.tr("Bring back network, data and settings of the selected run"), self._on_restore
        )
        self.remove = self.header.add_button(
            self.tr("Remove"), self.tr("Forget the selected run; undo brings it back"), self._on_remove
        )
        self.header.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        Fitting(self.header, [button.setVisible for button in (self.remove, self.restore, self.keep)])
        self.picture = RunsPicture(self.tr("Curves of all runs"))
        self.table = result_table(self.tr("Runs and their settings"))
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.itemChanged.connect(self._on_edited)
        self.table.itemSelectionChanged.connect(self._show_buttons)
        body = FittingRow(QSize(_LEAST, 0))
        row = QHBoxLayout(body)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(18)
        for widget, share in ((self.picture, 2), (self.table, 3)):
            widget.setMinimumWidth(_LEAST)
            row.addWidget(widget, share)
        Fitting(body, [self.picture.setVisible])
        self.set_body(body)

    def set_kept(self, kept: KeptRuns) -> None:
        """Show these."""
        self._kept = kept
        kept.changed.connect(self._invalidate)
        self._invalidate()

    def numbers(self) -> Table | None:
        """Return the curves of all runs, one below the other; see View.numbers."""
        runs = self._runs()
        rows = ((run.name, *row) for run in runs for row in run.curves.tolist())
        return Table(("run", *COLUMNS), rows) if runs else None

    def _on_measure(self, number: int) -> None:
        self._measure = number
        self._invalidate()

    def _on_restore(self) -> None:
        number = self._selected
        if number is not None:
            self.restore_wanted.emit(self._runs()[number].project)

    def _on_remove(self) -> None:
        number = self._selected
        if number is not None and self._kept is not None:
            self._kept.remove(number)

    def _on_edited(self, item: QTableWidgetItem) -> None:
        if self._filling or self._kept is None or item.row() >= len(self._runs()):
            return
        if item.column() == 0:
            self._kept.rename(item.row(), item.text())
        elif item.column() == self.table.columnCount() - 1:
            self._kept.annotate(item.row(), item.text())
        self._invalidate()

    @property
    def _selected(self) -> int | None:
        """Number of the kept run that is selected."""
        row = self.table.currentRow()
        return row if self.table.selectedItems() and 0 <= row < len(self._runs()) else None

    def _runs(self) -> Sequence[KeptRun]:
        return self._kept.runs if self._kept is not None else ()

    def _show_buttons(self) -> None:
        self.restore.setEnabled(self._selected is not None)
        self.remove.setEnabled(self._selected is not None)
        running = self.snapshot is not None and self.snapshot.step > 0
        self.keep.setEnabled(running and self._kept is not None and not self._kept.is_full)

    def _refresh(self) -> None:
        present = self._present()
        runs = [*self._runs(), *([present] if present is not None else [])]
        self.picture.show_curves([self._curve(number, run, run is present) for number, run in enumerate(runs)])
        if not runs:
            self.picture.show_sentence(self.tr("Keep a run, change something, run again: both are compared here."))
        self._fill(runs)
        self._show_buttons()

    def _present(self) -> KeptRun | None:
        """Return the run that is shown, as if it were kept."""
        snapshot = self.snapshot
        if snapshot is None or snapshot.project is None or not snapshot.step or not len(snapshot.history):
            return None
        curves = np.stack(snapshot.history.columns(*COLUMNS), axis=1)
        return KeptRun(self.tr("this run"), snapshot.project, snapshot.epoch, curves)

    def _curve(self, number: int, run: KeptRun, present: bool) -> Curve:
        return self._color(number, present), run.curves[:, 0], _values(run, self._measure), present

    def _color(self, number: int, present: bool) -> QColor:
        return self.theme.color("ink") if present else QColor(CLASS_COLORS[number % len(CLASS_COLORS)])

    def _fill(self, runs: Sequence[KeptRun]) -> None:
        """Write the table; what is being edited stays as it is."""
        if self.table.state() == QAbstractItemView.State.EditingState:
            return
        self._filling = True
        differing = self._differences([run.project for run in runs])
        names = [self.tr("Run"), *(translate(each.label) for each in differing)]
        names += [self.tr("Epochs"), self.tr("Train cost"), self.tr("Val. cost"), self._metric_name(), self.tr("Note")]
        kept = len(self._runs())
        self.table.setRowCount(len(runs))
        self.table.setColumnCount(len(names))
        headings = [self.table.horizontalHeaderItem(column) for column in range(len(names))]
        other = [heading.text() if heading is not None else None for heading in headings] != names
        self.table.setHorizontalHeaderLabels(names)
        for row, run in enumerate(runs):
            cells = [run.name, *(_text(each.values[row]) for each in differing), f"{run.epoch:,}"]
            cells += [figure(float(_values(run, measure)[-1])) for measure in range(3)]
            for column, cell in enumerate([*cells, run.note]):
                editable = row < kept and column in (0, len(names) - 1)
                self._write(row, column, cell, editable, marked=0 < column <= len(differing))
            self._item(row, 0).setIcon(swatch(self._color(row, row >= kept)))
        if other or self._rows != len(runs):
            self._rows = len(runs)
            fit_columns(self.table)
        self._filling = False

    def _differences(self, projects: Sequence[Project]) -> Sequence[Difference]:
        """Return in what these differ; while a run goes on, they are the same ones again and again."""
        before, found = self._compared
        if len(before) != len(projects) or any(map(operator.is_not, before, projects)):
            found = differences(projects) if len(projects) > 1 else ()
            self._compared = projects, found
        return found

    def _write(self, row: int, column: int, text: str, editable: bool, marked: bool) -> None:
        item = self._item(row, column)
        item.setText(text)
        item.setToolTip(text)
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        item.setFlags(flags | Qt.ItemFlag.ItemIsEditable if editable else flags)
        font = item.font()
        font.setBold(marked)
        item.setFont(font)

    def _item(self, row: int, column: int) -> QTableWidgetItem:
        item = self.table.item(row, column)
        if item is None:
            item = QTableWidgetItem()
            self.table.setItem(row, column, item)
        return item

    def _metric_name(self) -> str:
        schema = self.schema
        return "R²" if schema is not None and schema.task is Task.REGRESSION else self.tr("Accuracy")


class RunsPicture(Picture):
    """Paints all curves over one another."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self._curves: Sequence[Curve] = ()
        self._sentence = ""

    def show_curves(self, curves: Sequence[Curve]) -> None:
        """Paint these from now on; the present run's on top."""
        self._curves = [curve for curve in curves if np.isfinite(curve[2]).any()]
        self._sentence = self.tr("There is nothing of this kind to compare.")
        self.update()

    def show_sentence(self, sentence: str) -> None:
        """Paint this sentence instead of curves."""
        self._curves, self._sentence = (), sentence
        self.setAccessibleDescription(sentence)
        self.update()

    def paint_picture(self) -> None:
        """Paint axes and curves."""
        with picture_painter(self) as painter:
            if not self._curves:
                paint_sentence(painter, self.theme, QRectF(self.rect()), self._sentence)
                return
            frame = self._frame()
            paint_axes(painter, self.theme, frame, grid=True)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setClipRect(frame.area.adjusted(0, -2, 2, 2))
            for color, epochs, values, present in self._curves:
                painter.setPen(QPen(color, 2.5 if present else 1.8))
                paint_curve(painter, frame, *thin(epochs, values, frame.x.high, int(frame.area.width())))

    def _frame(self) -> Frame:
        last = max(float(epochs[-1]) for _, epochs, _, _ in self._curves)
        values = np.concatenate([values[np.isfinite(values)] for _, _, values, _ in self._curves])
        low, high = min(0.0, float(values.min())), 1.05 * top_over(values) or 1.0
        return fit_frame(QRectF(self.rect()), Axis(self.tr("epoch"), 0.0, max(1.0, last)), Axis("", low, high))


def _values(run: KeptRun, measure: int) -> NDArray[np.float64]:
    """Return a column of a run's curves: costs as they are; of the metric that of new samples, where there are any."""
    if measure < 2:
        return run.curves[:, 1 + measure]
    new = run.curves[:, 4]
    return new if np.isfinite(new).any() else run.curves[:, 3]


def _text(value: object) -> str:
    return translate(value) if isinstance(value, Text) else str(value)
