"""How good the network is on each part of the data, in large figures."""

import math

import numpy as np
from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QFont, QPainter, QResizeEvent
from PySide6.QtWidgets import QWidget

from annstudio.data.dataset import Task
from annstudio.data.prepare import Part, Prepared
from annstudio.training.history import History
from annstudio.training.metrics import metric
from annstudio.training.snapshot import RunState, Snapshot
from annstudio.ui.fonts import figures_font, text_font
from annstudio.ui.views.dot import Predictor
from annstudio.ui.views.header import Key
from annstudio.ui.views.numerals import figure
from annstudio.ui.views.painting import paint_sentence, picture_painter
from annstudio.ui.views.picture_wall import PictureWall, Samples
from annstudio.ui.views.view import Picture, TitledView

_BAR = 10.0
_ROW = 62.0
_MOST_WIDTH = 520.0

_WIDE, _FIGURES_SHARE, _BETWEEN = 620, 0.3, 36
"""From this width on the wall stands beside the figures, which take so much of it."""
_STRIP, _LEAST_STRIP, _FIGURES_HEIGHT = 92, 66, 110


class ScoreView(TitledView):
    """Accuracy, or R², of the training, validation and test part.

    The test part is measured only while the run rests: it is for the end, and the window's thread measures it.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self.picture = ScorePicture(self.tr("Accuracy of each part"))
        self.wall = PictureWall(self.tr("Samples and what the network takes them for; the arrow keys show others"))
        self._others = self.header.add_button(self.tr("Others"), self.tr("Show other samples"), self.wall.turn_on)
        self._others.hide()
        self._predict: Predictor | None = None
        self._measured: tuple[object, float] = (None, math.nan)
        self._body = _Body(self.picture, self.wall)
        self.set_body(self._body)

    def set_predictor(self, predict: Predictor | None) -> None:
        """Take the answers on the test part from here; called in the window's thread."""
        self._predict = predict
        self.wall.set_predictor(predict)
        self._invalidate()

    def _refresh(self) -> None:
        prepared, snapshot = self.prepared, self.snapshot
        classes = prepared is None or prepared.data.schema.task is not Task.REGRESSION
        title = self.tr("Accuracy") if classes else self.tr("Explained spread, R²")
        self.header.set_title(title)
        self.setAccessibleName(title)
        self.header.set_caption(Key(self.tr("share of samples named rightly")) if classes else Key(""))
        if prepared is None or snapshot is None or not len(snapshot.history):
            ready = self.tr("Press Run: how often the network is right appears here.")
            self.picture.show_sentence(self.resting(ready))
            self._show_samples(None, None)
            return
        test = self._test_score(prepared, snapshot)
        self.picture.show_rows(self._rows(prepared, snapshot.history, test), percent=classes)

        self._show_samples(prepared, snapshot)

    def _show_samples(self, prepared: Prepared | None, snapshot: Snapshot | None) -> None:
        """Show samples that are pictures, of a part that the network does not learn from where there is one."""
        schema = prepared.data.schema if prepared is not None else None
        pictures = schema is not None and schema.image_shape is not None and bool(schema.classes)
        self._others.setVisible(pictures)
        self._body.show_wall(pictures)
        if prepared is not None and snapshot is not None and pictures:
            parts = (
                (self.tr("Validation samples"), prepared.validation),
                (self.tr("Test samples"), prepared.test),
                (self.tr("Training samples"), prepared.train),
            )
            name, part = next((name, part) for name, part in parts if len(part.raw))
            samples = Samples(name, part, prepared, snapshot.loss)
            self.wall.show_samples(samples, snapshot.state is RunState.RUNNING)

    def _rows(self, prepared: Prepared, history: History, test: float) -> list[tuple[str, float, str]]:
        parts = (
            (self.tr("Training"), prepared.train, float(history.column("train_metric")[-1]), "accent"),
            (self.tr("Validation"), prepared.validation, float(history.column("validation_metric")[-1]), "negative"),
            (self.tr("Test"), prepared.test, test, "ok"),
        )
        named = self.tr("{part} ({count} samples)")
        return [
            (named.format(part=name, count=f"{len(part.inputs):,}"), score, token)
            for name, part, score, token in parts
            if len(part.inputs)
        ]

    def _test_score(self, prepared: Prepared, snapshot: Snapshot) -> float:
        """Return the metric on the test part; NaN while the run is on, or where it cannot be asked for."""
        if self._predict is None or snapshot.state is RunState.RUNNING:
            return math.nan
        if self._measured[0] is not snapshot:
            self._measured = (snapshot, _score(self._predict, snapshot, prepared, prepared.test))
        return self._measured[1]


def _score(predict: Predictor, snapshot: Snapshot, prepared: Prepared, part: Part) -> float:
    outputs = predict(part.raw) if len(part.raw) else None
    if outputs is None or outputs.shape != part.targets.shape:
        return math.nan
    return metric(prepared.data.schema.task, np.asarray(outputs), part.targets, snapshot.loss.threshold())


class ScorePicture(Picture):
    """Paints a name, a figure and a bar per row."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self._sentence = ""
        self._rows: list[tuple[str, float, str]] = []
        self._percent = True

    def show_rows(self, rows: list[tuple[str, float, str]], percent: bool = True) -> None:
        """Paint these from now on.

        Args:
            rows: name, value (NaN where unknown) and token of the color.
            percent: whether the values are shares of 1.
        """
        if (rows, percent) != (self._rows, self._percent) or any(math.isnan(row[1]) for row in rows):
            self._rows, self._percent = rows, percent
            self.setAccessibleDescription(", ".join(f"{name} {self.written(value)}" for name, value, _ in rows))
            self.update()

    def show_sentence(self, sentence: str) -> None:
        """Paint this sentence instead of rows."""
        self._rows, self._sentence = [], sentence
        self.setAccessibleDescription(sentence)
        self.update()

    def written(self, value: float) -> str:
        """Return a value in writing."""
        if math.isnan(value):
            return self.tr("Pause to measure")
        if not self._percent:
            return figure(value)
        return self.tr("{percent} %").format(percent=f"{100 * value:.1f}")

    def paint_picture(self) -> None:
        """Paint the rows from the top, spread over the height but not too far."""
        with picture_painter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            if not self._rows:
                paint_sentence(painter, self.theme, QRectF(self.rect()), self._sentence)
                return
            height = min(self.height() / len(self._rows), 1.6 * _ROW)
            for number, row in enumerate(self._rows):
                place = QRectF(0, number * height, min(self.width(), _MOST_WIDTH), min(height, _ROW))
                self._paint_row(painter, place, *row)

    def _paint_row(self, painter: QPainter, place: QRectF, name: str, value: float, token: str) -> None:
        text = place.adjusted(0, 0, -2, -_BAR - 4)
        painter.setFont(text_font(12))
        painter.setPen(self.theme.color("muted"))
        painter.drawText(text, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom, name)
        if math.isnan(value):
            painter.setFont(text_font(12))
        else:
            painter.setFont(figures_font(round(max(14, min(26, 0.8 * text.height()))), QFont.Weight.Bold))
            painter.setPen(self.theme.color("ink"))
        painter.drawText(text, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignBottom, self.written(value))
        bar = QRectF(place.left(), place.bottom() - _BAR, place.width(), _BAR)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.theme.color("line"))
        painter.drawRoundedRect(bar, _BAR / 2, _BAR / 2)
        if value > 0:
            bar.setWidth(max(_BAR, min(1.0, value) * bar.width()))
            painter.setBrush(self.theme.color(token))
            painter.drawRoundedRect(bar, _BAR / 2, _BAR / 2)


class _Body(QWidget):
    """The figures, and the wall beside or below them where there is room."""

    def __init__(self, picture: ScorePicture, wall: PictureWall) -> None:
        super().__init__()
        self._picture, self._wall = picture, wall
        self._wanted = False
        for child in (picture, wall):
            child.setParent(self)
        wall.hide()

    def show_wall(self, wanted: bool) -> None:
        """Show or hide the wall."""
        if wanted != self._wanted:
            self._wanted = wanted
            self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the room out anew."""
        self._arrange()

    def _arrange(self) -> None:
        figures, wall = _shared(self.rect()) if self._wanted else (self.rect(), QRect())
        self._picture.setGeometry(figures)
        self._wall.setVisible(not wall.isEmpty())
        if not wall.isEmpty():
            self._wall.setGeometry(wall)


def _shared(room: QRect) -> tuple[QRect, QRect]:
    """Return the places of the figures and of the wall, which is empty where there is no room for it."""
    if room.width() >= _WIDE:
        cut = round(_FIGURES_SHARE * room.width())
        return room.adjusted(0, 0, cut - room.width(), 0), room.adjusted(cut + _BETWEEN, 0, 0, 0)
    strip = min(_STRIP, room.height() - _FIGURES_HEIGHT)
    if strip < _LEAST_STRIP:
        return room, QRect()
    return room.adjusted(0, 0, 0, -strip - 6), room.adjusted(0, room.height() - strip, 0, 0)
