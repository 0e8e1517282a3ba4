"""Where the network is wrong: which classes it mixes up, at which threshold, by how much, and on which samples."""

import math
import time
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QSize
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QWidget

from annstudio.data.dataset import Task
from annstudio.data.prepare import Part
from annstudio.training.metrics import NO_CLASS
from annstudio.training.snapshot import RunState
from annstudio.ui.fitting import Fitting, FittingRow
from annstudio.ui.theme import Theme
from annstudio.ui.translate import translate
from annstudio.ui.views import reading
from annstudio.ui.views.colors import class_color, color_image, ink_ramp
from annstudio.ui.views.confusion_picture import Cell, ConfusionPicture
from annstudio.ui.views.dot import Predictor
from annstudio.ui.views.error_plots import AgreementPlot, ResidualPlot, RocPlot
from annstudio.ui.views.exporting import Table
from annstudio.ui.views.header import Key
from annstudio.ui.views.judged import Judged
from annstudio.ui.views.numerals import figure
from annstudio.ui.views.picture_wall import Samples
from annstudio.ui.views.sample_list import Row, SampleList
from annstudio.ui.views.view import TitledView

_MOST_WORK = 2e7
"""Multiply-adds for the answers, some milliseconds; of larger networks, fewer samples are asked."""
_FEWEST = 20
_TEST = 2
"""Number of the part that is for the end."""
_PAUSE = 0.3
"""Seconds between two looks at a network that learns."""
_MOST_ROWS = 12
_LEAST = 180
_FEATURES = 3
"""Of a sample, so many values are written."""


class MistakesView(TitledView):
    """Confusion matrix, ROC and samples of a classification; agreement, residuals and samples of a regression."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self.setAccessibleName(self.tr("Mistakes"))
        self._predict: Predictor | None = None
        self._part = 0
        self._judged: tuple[object, Judged | None] = (None, None)
        self._looked = 0.0
        self._shown: tuple[Judged, Theme, Cell | None] | None = None
        self._parts = self.header.add_choice(
            [self.tr("Validation"), self.tr("Training"), self.tr("Test")], self._on_part
        )
        self.confusion = ConfusionPicture(self.tr("Which class is taken for which"))
        self.confusion.cell_chosen.connect(self._on_cell)
        self.roc = RocPlot(self.tr("ROC curve"))
        self.agreement = AgreementPlot(self.tr("Answers against targets"))
        self.residuals = ResidualPlot(self.tr("How far answers miss"))
        self.samples = SampleList(self.tr("Samples and answers"))
        self._left, self._middle = _stack(self.confusion, self.agreement), _stack(self.roc, self.residuals)
        body = FittingRow(QSize(_LEAST, 0))
        row = QHBoxLayout(body)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(18)
        for widget, share in ((self._left, 4), (self._middle, 3), (self.samples, 4)):
            widget.setMinimumWidth(_LEAST)
            row.addWidget(widget, share)
        Fitting(body, [self.samples.setVisible, self._middle.setVisible])
        self.set_body(body)

    def set_predictor(self, predict: Predictor | None) -> None:
        """Take the answers from here; called in the window's thread."""
        self._predict = predict
        self._forget()

    def numbers(self) -> "Table | None":
        """Return the samples of the part with targets and answers; see View.numbers."""
        judged = self._judged[1]
        if judged is None:
            return None
        outputs = range(judged.outputs.shape[1])
        features = [translate(column.name) for column in judged.schema.features]
        names = [*features, *(f"target_{k + 1}" for k in outputs), *(f"answer_{k + 1}" for k in outputs)]
        return Table(names, map(np.ndarray.tolist, np.hstack([judged.part.raw, judged.part.targets, judged.outputs])))

    def _on_part(self, number: int) -> None:
        self._part = number
        self._forget()

    def _forget(self) -> None:
        self._judged, self._looked = (None, None), 0.0
        self._invalidate()

    def _on_cell(self, cell: Cell | None) -> None:
        judged = self._judged[1]
        if judged is not None:
            self._show_samples(judged)

    def _refresh(self) -> None:
        judged = self._look()
        shown = (judged, self.theme, self.confusion.cell) if judged is not None else None
        if shown is not None and shown == self._shown:
            return
        self._shown = shown
        classes = self.schema is None or self.schema.task is not Task.REGRESSION
        self._left.setCurrentIndex(0 if classes else 1)
        self._middle.setCurrentIndex(0 if classes else 1)
        if judged is None:
            self._show_nothing()
        elif classes:
            self._show_classes(judged)
        else:
            self._show_numbers(judged)

    def _look(self) -> Judged | None:
        """Return the answers to the samples of the part, of a moment ago while the network learns."""
        snapshot, prepared = self.snapshot, self.prepared
        if snapshot is None or prepared is None or self._predict is None or snapshot.compiled is None:
            return None
        learning = snapshot.state is RunState.RUNNING
        if snapshot is self._judged[0] or (learning and time.monotonic() - self._looked < _PAUSE):
            return self._judged[1]
        if learning and self._part == _TEST:
            return None
        part = (prepared.validation, prepared.train, prepared.test)[self._part]
        most = int(_MOST_WORK / max(1, snapshot.compiled.network.parameter_count))
        judged = None
        if len(part.raw) and most >= min(_FEWEST, len(part.raw)):
            part = Part(part.inputs[:most], part.targets[:most], part.raw[:most])
            outputs = self._predict(part.raw)
            if outputs is not None and outputs.shape == part.targets.shape:
                judged = Judged(prepared.data.schema, part, np.asarray(outputs), snapshot.loss)
        self._judged, self._looked = (snapshot, judged), time.monotonic()
        return judged

    def _show_nothing(self) -> None:
        self.header.set_caption()
        sentence = self.resting(self.tr("Press Run: what the network gets wrong appears here."))
        if self.snapshot is not None and self.prepared is not None and not self.blocked:
            sentence = self.tr("There are no samples in this part, or the network is too large to be asked so often.")
            if self.snapshot.state is RunState.RUNNING and self._part == _TEST:
                sentence = self.tr("Pause to see them: test samples are for the end.")
        self.confusion.show_sentence(sentence)
        self.agreement.show_sentence(sentence)
        self.roc.show_sentence("")
        self.residuals.show_sentence("")
        self.samples.show_sentence("")

    def _show_classes(self, judged: Judged) -> None:
        schema = judged.schema
        names = [translate(name) for name in schema.classes]
        self.confusion.show_counts(judged.confusion, names)
        wrong = int((judged.said != judged.true).sum())
        self.header.set_caption(
            Key(self.tr("{wrong} of {count} wrong").format(wrong=wrong, count=len(judged.true))),
            Key(self.tr("click a cell to see its samples")),
        )
        numbers = [1] if schema.task is Task.BINARY else [k for k in range(len(names)) if not math.isnan(judged.auc(k))]
        areas = ", ".join(
            self.tr("{name}: area {area}").format(name=names[k], area=f"{judged.auc(k):.3f}") for k in numbers
        )
        if any(not math.isnan(judged.auc(k)) for k in numbers) and np.isfinite(judged.outputs).all():
            curves = [(class_color(self.theme, k, len(names)), *judged.roc(k)) for k in numbers]
            self.roc.show_curves(curves, areas)
        else:
            self.roc.show_sentence(self.tr("A ROC curve takes samples of two classes."))
        self._show_samples(judged)

    def _show_numbers(self, judged: Judged) -> None:
        targets, answers = judged.part.targets[:, 0], judged.outputs[:, 0]
        finite = np.isfinite(answers)
        if not finite.any():
            self._show_nothing()
            return
        typical = float(np.sqrt(np.mean(judged.residuals[finite].astype(float) ** 2)))
        told = self.tr("answers miss by {error} on the average (RMSE)").format(error=figure(typical))
        self.header.set_caption(Key(told))
        self.agreement.show_answers(targets[finite], answers[finite], told)
        self.residuals.show_residuals(judged.residuals[finite], told)
        self._show_samples(judged)

    def _show_samples(self, judged: Judged) -> None:
        cell = self.confusion.cell if judged.schema.task is not Task.REGRESSION else None
        chosen = judged.cell(*cell) if cell is not None else judged.worst(_MOST_ROWS)
        if len(chosen):
            self.samples.show_rows(self._rows(judged, chosen[:_MOST_ROWS]))
        else:
            self.samples.show_sentence(self.tr("No sample is in this cell."))

    def _rows(self, judged: Judged, chosen: NDArray[np.intp]) -> list[Row]:
        pairs = zip(chosen.tolist(), self._images(judged, chosen), strict=True)
        return [
            Row(self._answer(judged, number), self._features(judged, number), image, self._is_right(judged, number))
            for number, image in pairs
        ]

    def _is_right(self, judged: Judged, number: int) -> bool:
        return judged.schema.task is Task.REGRESSION or bool(judged.said[number] == judged.true[number])

    def _answer(self, judged: Judged, number: int) -> str:
        schema = judged.schema
        said = reading.answer(schema, judged.outputs[number], judged.loss.answers)
        if schema.task is Task.REGRESSION:
            return self.tr("{answer}, target {target}").format(
                answer=said, target=figure(float(judged.part.targets[number, 0]))
            )
        if judged.said[number] == NO_CLASS or judged.said[number] != judged.true[number]:
            return self.tr("{answer} – in truth {name}").format(
                answer=said, name=translate(schema.classes[int(judged.true[number])])
            )
        return said

    def _features(self, judged: Judged, number: int) -> str:
        if judged.schema.image_shape is not None:
            return ""
        pairs = zip(judged.schema.features, judged.part.raw[number], strict=True)
        return ", ".join(reading.quantity(column, float(value)) for column, value in list(pairs)[:_FEATURES])

    def _images(self, judged: Judged, chosen: NDArray[np.intp]) -> Sequence[QImage | None]:
        prepared = self.prepared
        if judged.schema.image_shape is None or prepared is None:
            return [None] * len(chosen)
        part = judged.part
        some = Samples("", Part(part.inputs[chosen], part.targets[chosen], part.raw[chosen]), prepared, judged.loss)
        ramp = ink_ramp(self.theme)
        return [color_image(ramp[picture]) for picture in some.pictures(slice(None))]


def _stack(*pictures: QWidget) -> QStackedWidget:
    stack = QStackedWidget()
    for picture in pictures:
        stack.addWidget(picture)
    return stack
