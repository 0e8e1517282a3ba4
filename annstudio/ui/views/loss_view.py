"""How the cost falls: the curves of training and validation."""

import math
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QPointF
from PySide6.QtWidgets import QWidget

from annstudio.data.dataset import Task
from annstudio.training.history import COLUMNS, PENALTY, History
from annstudio.training.marks import Mark
from annstudio.training.snapshot import Snapshot
from annstudio.ui.translate import translate
from annstudio.ui.views.crosshair import Crosshair, Reading
from annstudio.ui.views.curves import TRAIN_WIDTH, VALIDATION_WIDTH, Curves, Scale, cost_scale, metric_scale
from annstudio.ui.views.header import Key
from annstudio.ui.views.layered import Layered
from annstudio.ui.views.loss_extras import LossExtras, with_all
from annstudio.ui.views.numerals import figure, nice_ceiling, nice_ticks, power_label, tick_labels
from annstudio.ui.views.painting import Line
from annstudio.ui.views.view import TitledView

if TYPE_CHECKING:
    from annstudio.ui.views.exporting import Table
    from annstudio.ui.views.loss_plot import LossPlot

_PIXELS_PER_TICK = 34
_PIXELS_PER_EPOCH_TICK = 60
_FIRST_EPOCHS = 10
_REACH = 4
"""Pixels within which a mark on the axis is read."""


class LossView(TitledView):
    """Cost, or accuracy, of the training and the validation part against the epoch.

    The plot is made when there is something to show for the first time, so that the window need not wait for it.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self.setAccessibleName(self.tr("Cost"))
        self._measure, self._log = "cost", False
        self._curves: Curves | None = None
        self._scale = Scale(0.0, 1.0, ())
        self._drawn: object = None
        self._pinned: Snapshot | None = None
        self._plot: LossPlot | None = None
        self._crosshair: Crosshair | None = None
        self._cost, self._metric = self.header.add_choice([self.tr("Cost"), self.tr("Accuracy")], self._on_measure)
        self._log_switch = self.header.add_switch(
            self.tr("log"),
            self.tr("Logarithmic axis: every step up is ten times as much, so small costs can be told apart"),
            self._on_log,
        )
        self.header.yield_to_legend(self._log_switch)
        self.extras = LossExtras(self.header, self._invalidate)
        self._body = Layered(self.tr("Cost"))
        self._body.resized.connect(self._invalidate)
        self.set_body(self._body)

    @property
    def plot(self) -> "LossPlot | None":
        """The plot, once there is one."""
        return self._plot

    @property
    def reading(self) -> Reading | None:
        """What the crosshair shows now."""
        return self._crosshair.reading if self._crosshair is not None else None

    def numbers(self) -> "Table | None":
        """Return all curves; see View.numbers."""
        from annstudio.ui.views.exporting import Table

        snapshot = self.snapshot
        if snapshot is None or not len(snapshot.history):
            return None
        names = (*COLUMNS, PENALTY)
        columns = (snapshot.past.future or snapshot.history).columns(*names)
        return Table(names, map(np.ndarray.tolist, np.stack(columns, axis=1)))

    def show_pinned(self, snapshot: Snapshot | None) -> None:
        """Mark the pinned moment on the axis."""
        self._pinned = snapshot
        self._invalidate()

    def _on_measure(self, number: int) -> None:
        self._measure = ("cost", "metric")[number]
        self._log_switch.setEnabled(number == 0)
        self._invalidate()

    def _on_log(self, on: bool) -> None:
        self._log = on
        self._invalidate()

    def _refresh(self) -> None:
        self._metric.setText(self.tr("Accuracy") if self._counts_classes else "R²")
        history = self.snapshot.history if self.snapshot is not None else None
        if history is None or len(history) == 0:
            self._show_nothing()
            return
        future = self.snapshot.past.future if self.snapshot is not None else None
        state = (
            history,
            len(history),
            history.stride,
            future,
            self._marks,
            self._pinned_epoch,
            self._measure,
            self._log,
            self.extras.state,
            self.extras.batches.isChecked() and len(history.batches),
            self.theme,
            self._body.size(),
        )
        if state != self._drawn:
            self._drawn = state
            later = Curves.of(future, self._measure) if future is not None else None
            self._show_curves(self._plot or self._make_plot(), history, later)

    def _show_nothing(self) -> None:
        self._curves, self._drawn = None, None
        self.header.set_caption()
        self._body.show_sentence(self.resting(self.tr("Press Run: the cost appears here.")))

    def _show_curves(self, plot: "LossPlot", history: History, later: Curves | None) -> None:
        shown = Curves.of(history, self._measure)
        # Axes and crosshair go by the whole run, so that nothing jumps on the way through its past.
        self._curves = curves = later or shown
        costs = self._measure == "cost"
        batches = self.extras.batches_of(history, self._sums) if costs else None
        penalized = self.extras.penalized_of(history) if costs else None
        keys = [Key(self.tr("train"), self.theme.color("accent"), width=TRAIN_WIDTH)]
        if np.isfinite(curves.validation).any():
            name, short = self.tr("validation"), self.tr("val.")
            keys.append(Key(name, self.theme.color("negative"), width=VALIDATION_WIDTH, short=short))
        keys += self.extras.keys(self.theme, batches, penalized)
        self.header.set_caption(*keys)
        self._body.show_sentence("")
        plot.set_theme(self.theme)
        self._scale = self._fitting_scale(with_all(curves, batches, penalized))
        x_end = nice_ceiling(max(_FIRST_EPOCHS, float(curves.epoch[-1])))
        epochs = nice_ticks(0, x_end, max(2, self._body.width() // _PIXELS_PER_EPOCH_TICK))
        plot.set_axes(x_end, self._scale, dict(zip(epochs, tick_labels(epochs), strict=True)), self._heights())
        plot.set_marks([mark.epoch for mark in self._marks], self._pinned_epoch, self._scale)
        plot.set_more(shown if self.extras.smooth.isChecked() else None, batches, penalized)
        if self.extras.smooth.isChecked():
            shown, later = shown.smoothed(), later.smoothed() if later is not None else None
        plot.set_curves(shown, later, x_end, self._scale)

    @property
    def _sums(self) -> bool:
        return self.snapshot is not None and self.snapshot.loss.sums

    def _fitting_scale(self, curves: Curves) -> Scale:
        room = max(2, self._body.height() // _PIXELS_PER_TICK)
        if self._measure == "cost":
            return cost_scale(curves, self._log, room)
        return metric_scale(curves, self._counts_classes, room)

    def _heights(self) -> dict[float, str]:
        """Return the labels of the vertical axis by place."""
        ticks = list(self._scale.ticks)
        if self._measure == "metric" and self._counts_classes:
            labels = [self.tr("{percent} %").format(percent=round(100 * tick)) for tick in ticks]
        elif self._scale.log:
            labels = [power_label(tick) for tick in ticks]
        else:
            labels = tick_labels(ticks)
        places = [self._scale.place_one(tick) for tick in ticks]
        return dict(zip(places, labels, strict=True))

    def _make_plot(self) -> "LossPlot":
        from annstudio.ui.views.loss_plot import LossPlot

        self._plot = LossPlot()
        self._crosshair = Crosshair(self.tr("Curves of cost and accuracy"), self._find, self._count, self._read)
        self._body.add_layer(self._plot)
        self._body.add_layer(self._crosshair)
        return self._plot

    @property
    def _counts_classes(self) -> bool:
        return self.schema is None or self.schema.task is not Task.REGRESSION

    def _count(self) -> int:
        return len(self._curves) if self._curves is not None else 0

    def _find(self, pixel: QPointF) -> int | None:
        if self._curves is None or self._plot is None or not self._plot.area.contains(pixel):
            return None
        return self._curves.nearest(self._plot.epoch_at(pixel))

    def _read(self, point: int) -> Reading:
        curves, plot = self._curves, self._plot
        # The crosshair counts no points before there are curves.
        assert curves is not None
        assert plot is not None
        epoch = float(curves.epoch[point])
        written = f"{epoch:,.0f}" if epoch.is_integer() else f"{epoch:,.2f}"
        lines = [Line(self.tr("epoch {epoch}").format(epoch=written), bold=True)]
        lines += [Line(told, "muted") for told in self._told_at(plot, plot.place(epoch, 0).x())]
        values = {"accent": float(curves.train[point]), "negative": float(curves.validation[point])}
        for token, value in values.items():
            template = self.tr("train {value}") if token == "accent" else self.tr("validation {value}")
            if math.isfinite(value):
                lines.append(Line(template.format(value=self._written(value)), token))
        marks = [
            (plot.place(epoch, self._scale.place_one(value)), token)
            for token, value in values.items()
            if math.isfinite(value)
        ]
        return Reading(plot.place(epoch, 0).x(), tuple(marks), tuple(lines), plot.area)

    def _told_at(self, plot: "LossPlot", pixel: float) -> list[str]:
        """Return what was changed or pinned near a pixel along the axis."""
        told = [
            translate(change)
            for mark in self._marks
            if abs(plot.place(mark.epoch, 0).x() - pixel) <= _REACH
            for change in mark.changes.values()
        ]
        pinned = self._pinned_epoch
        if pinned is not None and abs(plot.place(pinned, 0).x() - pixel) <= _REACH:
            told.append(self.tr("pinned"))
        return told

    @property
    def _marks(self) -> tuple[Mark, ...]:
        return self.snapshot.marks if self.snapshot is not None else ()

    @property
    def _pinned_epoch(self) -> float | None:
        """Where on the axis the pinned moment is, if it is one of this run."""
        pinned = self._pinned
        same = pinned is not None and self.snapshot is not None and pinned.run == self.snapshot.run
        return pinned.at if pinned is not None and same else None

    def _written(self, value: float) -> str:
        if self._measure == "metric" and self._counts_classes:
            return self.tr("{percent} %").format(percent=f"{100 * value:.1f}")
        return figure(value)
