"""Run > Find a learning rate: the cost at rates of all sizes, and the advice that follows from it."""

import math
import threading
from concurrent.futures import Future

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QProgressBar, QPushButton, QVBoxLayout, QWidget

from annstudio.core.errors import UserError
from annstudio.project.model import Project
from annstudio.training.range_test import HIGHEST, LOWEST, RangeTest, range_test
from annstudio.ui.background import Background
from annstudio.ui.translate import translate
from annstudio.ui.views.frame import Axis, Frame, fit_frame, paint_axes, paint_curve
from annstudio.ui.views.numerals import figure
from annstudio.ui.views.painting import Line, box_at, paint_box, paint_sentence, picture_painter
from annstudio.ui.views.view import Picture

_LEAST = (260, 110)
_SIZE = QSize(600, 480)
_AROUND = 60
"""Of the screen's height, what is left free around the dialog."""
_LOOK = 60
"""Milliseconds between two looks at the progress."""
_LAST_LABEL = 12
_HEADROOM = 1.3
"""Times the cost at the start that the picture reaches up to: how it explodes is of no interest."""


class RangeDialog(QDialog):
    """Tries the rates at once, shows what came of it, and offers the one that is advised.

    Args:
        project: what is trained; it stays as it is.
        parent: the window.

    Attributes:
        chosen: the rate that the student wants; None as long as there is none.
    """

    def __init__(self, project: Project, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Find a learning rate"))
        self.chosen: float | None = None
        self._now = float(project.training["optimizer.learning_rate"])
        self._given_up = threading.Event()
        self._share = 0.0
        self.picture = RangePicture(self.tr("Cost at each learning rate"))
        self.picture.setMinimumSize(*_LEAST)
        self.told = QLabel(self.tr("Trying …"))
        self.told.setWordWrap(True)
        self.progress = QProgressBar()
        self.progress.setTextVisible(False)
        self.close_button = QPushButton(self.tr("Cancel"))
        self.use_button = QPushButton(self.tr("&Use it"))
        self.use_button.setProperty("accent", True)
        self.use_button.setEnabled(False)
        self.close_button.clicked.connect(self.reject)
        self.use_button.clicked.connect(self._on_use)
        self._result: RangeTest | None = None
        self._place()
        self.resize(_SIZE.boundedTo(self.screen().availableSize() - QSize(0, _AROUND)))
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK)
        self._timer.timeout.connect(lambda: self.progress.setValue(round(100 * self._share)))
        self._timer.start()
        self._background = Background(self)
        self._background.do(lambda: range_test(project, self._given_up.is_set, self._note), self._on_done)

    def done(self, result: int) -> None:
        """Stop trying."""
        self._given_up.set()
        self._timer.stop()
        self._background.close()
        super().done(result)

    def _place(self) -> None:
        trained = self.tr("From its starting weights, the network is trained by one batch at each learning rate.")
        falls = self.tr("Where the cost falls, the rate gets somewhere; where it rises, the steps are too long.")
        about = QLabel(f"{trained} {falls}")
        about.setWordWrap(True)
        about.setProperty("role", "muted")
        buttons = QHBoxLayout()
        buttons.addWidget(self.progress, 1)
        buttons.addStretch(1)
        buttons.addWidget(self.close_button)
        buttons.addWidget(self.use_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 20, 20, 20)
        column.setSpacing(12)
        column.addWidget(about)
        column.addWidget(self.picture, 1)
        column.addWidget(self.told)
        column.addLayout(buttons)

    def _note(self, share: float) -> None:
        """Remember how far it is; called beside the window."""
        self._share = share

    def _on_use(self) -> None:
        if self._result is not None:
            self.chosen = self._result.advised
        self.accept()

    def _on_done(self, future: "Future[RangeTest | None]") -> None:
        self._timer.stop()
        self.progress.hide()
        self.close_button.setText(self.tr("Close"))
        try:
            self._result = future.result()
        except UserError as error:
            self.told.setText("")
            self.picture.show_sentence(translate(error.message))
            return
        if self._result is not None:
            self._show(self._result)

    def _show(self, result: RangeTest) -> None:
        self.picture.show_result(result, self._now)
        self.told.setText(self._advice(result))
        if result.advised is not None:
            self.use_button.setText(self.tr("&Use {rate}").format(rate=f"{result.advised:g}"))
            self.use_button.setEnabled(True)
            self.use_button.setDefault(True)
            self.use_button.setFocus()

    def _advice(self, result: RangeTest) -> str:
        if result.advised is None:
            return self.tr("The cost fell at no learning rate: look first for what keeps the network from learning.")
        if result.rises:
            template = self.tr("The cost was least at {lowest}. Begin with about a tenth of that: {rate}.")
            return template.format(lowest=figure(result.lowest), rate=f"{result.advised:g}")
        template = self.tr("The cost never rose. It fell fastest at {rate}: begin there.")
        return template.format(rate=f"{result.advised:g}")


class RangePicture(Picture):
    """The cost against the learning rate, on an axis of powers of ten, with the rates that are spoken of."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self._result: RangeTest | None = None
        self._now = math.nan
        self._sentence = ""
        self._mouse: QPointF | None = None

    def show_result(self, result: RangeTest, now: float) -> None:
        """Paint this from now on.

        Args:
            result: what came of the test.
            now: the learning rate that the project has.
        """
        self._result, self._now = result, now
        self.update()

    def show_sentence(self, sentence: str) -> None:
        """Paint this sentence instead."""
        self._sentence = sentence
        self.setAccessibleDescription(sentence)
        self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Read the cost at the mouse."""
        self._mouse = event.position()
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        """Read no more."""
        self._mouse = None
        self.update()

    def paint_picture(self) -> None:
        """Paint axes, curve, and the marks of the rates."""
        with picture_painter(self) as painter:
            if self._result is None:
                paint_sentence(painter, self.theme, QRectF(self.rect()), self._sentence)
                return
            frame = self._frame(self._result)
            paint_axes(painter, self.theme, frame, grid=True)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(self.theme.color("accent"), 2.4))
            paint_curve(painter, frame, np.log10(self._result.rates), self._result.costs)
            self._paint_marks(painter, frame, self._result)
            self._paint_reading(painter, frame, self._result)

    def _frame(self, result: RangeTest) -> Frame:
        x = Axis(self.tr("learning rate"), math.log10(LOWEST), math.log10(HIGHEST), powers=True)
        top = _HEADROOM * max(result.begin, float(result.costs.min()))
        return fit_frame(QRectF(self.rect()).adjusted(0, 0, -_LAST_LABEL, 0), x, Axis(self.tr("cost"), 0.0, top or 1.0))

    def _paint_marks(self, painter: QPainter, frame: Frame, result: RangeTest) -> None:
        marks = [(self._now, "muted", self.tr("now")), (result.advised, "ok", self.tr("advised"))]
        shown = sorted((rate, token, name) for rate, token, name in marks if rate and LOWEST <= rate <= HIGHEST)
        for number, (rate, token, name) in enumerate(shown):
            x = frame.point(math.log10(rate), 0).x()
            painter.setPen(QPen(self.theme.color(token), 1.5, Qt.PenStyle.DashLine))
            painter.drawLine(QPointF(x, frame.area.top()), QPointF(x, frame.area.bottom()))
            lines = [Line(f"{name} {rate:g}", token, bold=token == "ok")]
            # The lower rate's box has room on the left only, so that the two keep apart.
            room = QRectF(frame.area)
            if number < len(shown) - 1:
                room.setRight(x)
            paint_box(painter, self.theme, box_at(QPointF(x, frame.area.top()), lines, room), lines)

    def _paint_reading(self, painter: QPainter, frame: Frame, result: RangeTest) -> None:
        if self._mouse is None or not frame.area.contains(self._mouse):
            return
        rate = 10 ** frame.values(self._mouse)[0]
        number = int(np.abs(np.log(result.rates / rate)).argmin())
        lines = [
            Line(self.tr("learning rate {rate}").format(rate=figure(float(result.rates[number]))), bold=True),
            Line(self.tr("cost {cost}").format(cost=figure(float(result.costs[number]))), "accent"),
        ]
        paint_box(painter, self.theme, box_at(self._mouse, lines, frame.area), lines)
