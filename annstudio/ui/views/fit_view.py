"""A network of one input: its curve through the data."""

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QWidget

from annstudio.data.dataset import Schema, Task
from annstudio.data.prepare import Part, Prepared
from annstudio.engine.losses.base import Loss
from annstudio.ui.strokes import Range
from annstudio.ui.translate import translate
from annstudio.ui.views import reading
from annstudio.ui.views.boundary_view import data_extent
from annstudio.ui.views.colors import class_color
from annstudio.ui.views.dot import Predictor
from annstudio.ui.views.frame import Axis, Frame, fit_frame, paint_axes, paint_curve
from annstudio.ui.views.header import Key
from annstudio.ui.views.numerals import figure
from annstudio.ui.views.painting import Line, box_at, paint_box, paint_sentence, picture_painter
from annstudio.ui.views.samples import Look, paint_marks
from annstudio.ui.views.view import Picture, TitledView

_MARGIN = 0.1
_BEND, _ROUNDING = 1e-5, 1e-6
"""Shares of a line's rise and of its size that single precision may bend it by; an activation bends it more."""
_OVERHANG = 0.15
"""The vertical axis of answers goes on beyond them by so much of their distance."""


class FitView(TitledView):
    """The data against their one feature, and the curve that the network has learned."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self.setAccessibleName(self.tr("Fit"))
        self.header.set_title(self.tr("Fit"))
        self.picture = FitPicture(self.tr("Data and the curve that the network has learned"))
        self._residuals = self.header.add_switch(
            self.tr("Residuals"),
            self.tr("Draw how far each sample lies from the curve"),
            self.picture.show_residuals,
        )
        self.set_body(self.picture)

    def set_predictor(self, predict: Predictor | None) -> None:
        """Take exact answers from here; called in the window's thread."""
        self.picture.set_predictor(predict)

    def _refresh(self) -> None:
        prepared = self.prepared
        if prepared is None or prepared.data.schema.inputs != 1:
            self.header.set_caption()
            self.picture.show_sentence(self.resting(""))
            return
        regression = prepared.data.schema.task is Task.REGRESSION
        self._residuals.setVisible(regression)
        self.header.set_caption(*(self._fit_keys() if regression else self._class_keys(prepared.data.schema)))
        snapshot = self.snapshot
        extent = snapshot.extent[0] if snapshot is not None and snapshot.extent is not None else None
        surface, answers = (snapshot.surface, snapshot.loss.answers) if snapshot is not None else (None, Loss.answers)
        self.picture.show_fit(prepared, extent, surface, answers)

    def _equation(self) -> str:
        """Return the equation of the network's curve in the data's own units; empty where it is no straight line."""
        snapshot = self.snapshot
        if self.schema is None or snapshot is None or snapshot.surface is None or snapshot.extent is None:
            return ""
        line = straight_line(snapshot.surface[0, :, 0], snapshot.extent[0])
        return reading.equation(self.schema.features[0], *line) if line is not None else ""

    def _fit_keys(self) -> list[Key]:
        curve = Key(self._equation() or self.tr("network"), self.theme.color("accent"))
        history = self.snapshot.history if self.snapshot is not None else None
        r2 = float(history.column("train_metric")[-1]) if history is not None and len(history) else math.nan
        if not math.isfinite(r2):
            return [curve]
        return [curve, Key(self.tr("R² = {value} (training)").format(value=figure(r2)))]

    def _class_keys(self, schema: Schema) -> list[Key]:
        count = len(schema.classes)
        return [
            Key(translate(name), class_color(self.theme, number, count), mark=number)
            for number, name in enumerate(schema.classes)
        ]


class FitPicture(Picture):
    """Paints the samples, the curve, and what is read under the mouse."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self._prepared: Prepared | None = None
        self._sentence = ""
        self._extent: Range = (0.0, 1.0)
        self._curves: NDArray[Any] | None = None
        self._answers = Loss.answers
        self._predict: Predictor | None = None
        self._residuals = False
        self._mouse: QPointF | None = None

    @property
    def frame(self) -> Frame | None:
        """Where the axes run at the widget's present size; None before there are data."""
        if self._prepared is None:
            return None
        schema = self._prepared.data.schema
        x = Axis(reading.axis_name(schema.features[0]), *self._extent)
        return fit_frame(QRectF(self.rect()), x, _answer_axis(self._prepared, self._answers))

    def set_predictor(self, predict: Predictor | None) -> None:
        """Take exact answers from here."""
        self._predict = predict
        self.update()

    def show_residuals(self, shown: bool) -> None:
        """Show or hide how far each sample lies from the curve."""
        self._residuals = shown
        self.update()

    def show_sentence(self, sentence: str) -> None:
        """Paint this sentence instead of a fit."""
        self._prepared, self._sentence = None, sentence
        self.setAccessibleDescription(sentence)
        self.update()

    def show_fit(
        self, prepared: Prepared, extent: Range | None, surface: NDArray[Any] | None, answers: Range = Loss.answers
    ) -> None:
        """Paint this from now on.

        Args:
            prepared: the data, of one feature.
            extent: range of the feature; that of the data where None.
            surface: the network's outputs along the extent, (1, columns, outputs).
            answers: the outputs that the loss asks for; see Loss.answers.
        """
        self._prepared, self._answers = prepared, answers
        self._extent = extent or data_extent(prepared)[0]
        self.setAccessibleDescription("")
        self._curves = surface[0] if surface is not None else None
        self.update()

    def hover_lines(self) -> list[Line]:
        """Return what is written under the mouse; nothing outside the axes."""
        frame = self.frame
        if frame is None or self._prepared is None or self._mouse is None:
            return []
        if not frame.area.contains(self._mouse):
            return []
        schema, x = self._prepared.data.schema, frame.values(self._mouse)[0]
        lines = [Line(reading.quantity(schema.features[0], x))]
        outputs = self._predict(np.array([[x]])) if self._predict is not None else None
        if outputs is not None and outputs.shape[1] == schema.outputs:
            lines.append(Line(reading.answer(schema, outputs[0], self._answers), bold=True))
        return lines

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Read where the mouse is."""
        self._mouse = event.position()
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        """Read no more."""
        self._mouse = None
        self.update()

    def paint_picture(self) -> None:
        """Paint axes, samples, curve and reading."""
        frame, prepared = self.frame, self._prepared
        if frame is None or prepared is None:
            with picture_painter(self) as painter:
                paint_sentence(painter, self.theme, QRectF(self.rect()), self._sentence)
            return
        with picture_painter(self) as painter:
            paint_axes(painter, self.theme, frame, grid=True)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setClipRect(frame.area.adjusted(-12, -12, 12, 12))
            if self._residuals and self._curves is not None:
                self._paint_residuals(painter, frame, prepared.train)
            if prepared.data.schema.task is Task.REGRESSION:
                self._paint_samples(painter, frame, prepared)
                self._paint_curves(painter, frame, prepared.data.schema)
            else:
                self._paint_curves(painter, frame, prepared.data.schema)
                self._paint_samples(painter, frame, prepared)
            painter.setClipping(False)
            lines = self.hover_lines()
            if lines and self._mouse is not None:
                paint_box(painter, self.theme, box_at(self._mouse, lines, frame.area), lines)

    def _paint_samples(self, painter: QPainter, frame: Frame, prepared: Prepared) -> None:
        part, schema = prepared.train, prepared.data.schema
        look = Look.of_training(len(part.raw))
        if schema.task is Task.REGRESSION:
            painter.setPen(QPen(self.theme.color("card"), 1.2))
            painter.setBrush(self.theme.color("muted"))
            for place in frame.points(part.raw[:, 0], part.targets[:, 0]):
                painter.drawEllipse(place, look.radius, look.radius)
        else:
            # With several classes, each sample lies on its own class's curve, at certainty.
            heights = part.targets.max(axis=1) if schema.outputs > 1 else part.targets[:, 0]
            low, high = self._answers
            places = frame.points(part.raw[:, 0], low + (high - low) * heights)
            paint_marks(painter, self.theme, schema, part.targets, places, look)

    def _paint_residuals(self, painter: QPainter, frame: Frame, part: Part) -> None:
        assert self._curves is not None
        at = np.linspace(*self._extent, len(self._curves))
        fitted = np.interp(part.raw[:, 0], at, self._curves[:, 0])
        samples = frame.points(part.raw[:, 0], part.targets[:, 0])
        feet = frame.points(part.raw[:, 0], np.where(np.isfinite(fitted), fitted, part.targets[:, 0]))
        painter.setPen(QPen(self.theme.color("negative"), 1.2))
        painter.drawLines([QLineF(*ends) for ends in zip(samples, feet, strict=True)])

    def _paint_curves(self, painter: QPainter, frame: Frame, schema: Schema) -> None:
        if self._curves is None:
            return
        x = np.linspace(*self._extent, len(self._curves))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for number, outputs in enumerate(self._curves.T):
            several = schema.outputs > 1
            token = class_color(self.theme, number, schema.outputs) if several else self.theme.color("accent")
            painter.setPen(QPen(token, 2.2))
            paint_curve(painter, frame, x, outputs)


def straight_line(outputs: NDArray[Any], extent: Range) -> tuple[float, float] | None:
    """Return slope and intercept of a curve that is a straight line up to rounding, else None.

    Args:
        outputs: at evenly spaced places, the first and the last at the ends of the extent, (columns,).
        extent: range of the input.
    """
    if not np.isfinite(outputs).all():
        return None
    ends = float(outputs[0]), float(outputs[-1])
    off = np.abs(outputs - np.linspace(*ends, len(outputs))).max()
    # Below the smallest normal number there are too few digits to tell a line from a curve.
    smallest = float(np.finfo(outputs.dtype).tiny)
    if off > _BEND * abs(ends[1] - ends[0]) + _ROUNDING * np.abs(outputs).max() + smallest:
        return None
    slope = (ends[1] - ends[0]) / (extent[1] - extent[0])
    return slope, ends[0] - slope * extent[0]


def _answer_axis(prepared: Prepared, answers: Range) -> Axis:
    """Return the vertical axis: the target, or the answer about a class; it stays while a network learns."""
    schema = prepared.data.schema
    if schema.task is Task.REGRESSION:
        targets = prepared.data.targets
        low, high = float(targets.min()), float(targets.max())
        margin = _MARGIN * (high - low) or 1.0
        return Axis(reading.axis_name(schema.target), low - margin, high + margin)
    low, high = answers
    margin = _OVERHANG * (high - low)
    return Axis(reading.answer_name(schema, answers), low - margin, high + margin)
