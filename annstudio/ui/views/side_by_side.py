"""Two moments of a run beside each other: the one that is pinned, and the one that is shown."""

import math

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from annstudio.data.prepare import Prepared
from annstudio.project.model import Project
from annstudio.training.predictor import Predictor as MomentPredictor
from annstudio.training.snapshot import Snapshot
from annstudio.ui.fitting import Fitting, FittingRow
from annstudio.ui.views.dot import Predictor
from annstudio.ui.views.header import Header, Key
from annstudio.ui.views.numerals import figure
from annstudio.ui.views.prediction_view import PredictionView
from annstudio.ui.views.view import View
from annstudio.ui.views.weights_picture import largest
from annstudio.ui.views.weights_view import WeightsView

_LEAST = 180


class SideBySide(View):
    """What is pinned stays while what is shown goes on, through the past of the run or after an edit."""

    pin_wanted = Signal()
    unpin_wanted = Signal()
    node_clicked = Signal(str)
    """(node id): a layer was clicked."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self.setAccessibleName(self.tr("Side by side"))
        self.pinned: Snapshot | None = None
        self._pinned_reach = 0.0
        self.before, self.now = _Moment(self.tr("Pinned")), _Moment(self.tr("Shown"))
        self.before.header.add_button(self.tr("unpin"), self.tr("Forget the pinned moment"), self.unpin_wanted.emit)
        self.now.header.add_button(
            self.tr("pin"), self.tr("Pin this moment in place of the other"), self.pin_wanted.emit
        )
        for moment in (self.before, self.now):
            moment.weights.node_clicked.connect(self.node_clicked)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._invitation())
        self._stack.addWidget(self._both())
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._stack)

    def set_predictor(self, predict: Predictor | None) -> None:
        """Take the answers at the shown moment from here; called in the window's thread."""
        self.now.prediction.set_predictor(predict)

    @property
    def predictions(self) -> tuple[PredictionView, PredictionView]:
        """The pictures with the student's dot."""
        return self.before.prediction, self.now.prediction

    def show_pinned(self, snapshot: Snapshot | None) -> None:
        """Keep this moment in view; None for none."""
        self.pinned, self._pinned_reach = snapshot, _reach(snapshot)
        self._stack.setCurrentIndex(0 if snapshot is None else 1)
        if snapshot is not None and snapshot.project is not None:
            answers = MomentPredictor()
            self.before.prediction.set_predictor(lambda raw: answers.predict(snapshot, raw))
            self.before.show_project(snapshot.project, snapshot.prepared)
        self.before.show_snapshot(snapshot)
        self._invalidate()

    def show_project(self, project: Project, prepared: Prepared | None = None) -> None:
        """Follow an edit; the pinned moment stays with its own project."""
        super().show_project(project, prepared)
        self.now.show_project(project, prepared)

    def show_snapshot(self, snapshot: Snapshot | None) -> None:
        """Follow the run; see View.show_snapshot."""
        super().show_snapshot(snapshot)
        self.now.show_snapshot(self.snapshot)

    def show_blocked(self, blocked: bool) -> None:
        """Follow whether the project may run; see View.show_blocked."""
        super().show_blocked(blocked)
        self.now.show_blocked(blocked)

    def select_node(self, node_id: str | None) -> None:
        """Point out this layer in both moments."""
        for moment in (self.before, self.now):
            moment.weights.select_node(node_id)

    def _refresh(self) -> None:
        """Let both use the same colors for the same weights."""
        reach = max(self._pinned_reach, _reach(self.snapshot))
        for moment in (self.before, self.now):
            moment.weights.set_reach(reach)
        self._button.setEnabled(self.snapshot is not None and bool(self.snapshot.weights))

    def _invitation(self) -> QWidget:
        page = QWidget()
        sentence = QLabel(
            self.tr("Pin a moment of the run: it stays here, beside every other moment that you go to or train to.")
        )
        sentence.setWordWrap(True)
        sentence.setProperty("role", "muted")
        sentence.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._button = QPushButton(self.tr("Pin this moment"))
        self._button.clicked.connect(self.pin_wanted)
        column = QVBoxLayout(page)
        column.addStretch(1)
        column.addWidget(sentence)
        column.addWidget(self._button, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(1)
        return page

    def _both(self) -> QWidget:
        page = FittingRow(QSize(_LEAST, 0))
        row = QHBoxLayout(page)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        line = QFrame()
        line.setProperty("role", "line")
        line.setFixedWidth(1)
        for widget, share in ((self.before, 1), (line, 0), (self.now, 1)):
            row.addWidget(widget, share)
        Fitting(page, [self._show_weights, self.before.setVisible])
        return page

    def _show_weights(self, shown: bool) -> None:
        for moment in (self.before, self.now):
            moment.show_weights(shown)


def _reach(snapshot: Snapshot | None) -> float:
    """Return the largest weight of a moment, without its sign."""
    return max(map(largest, snapshot.weights.values()), default=0.0) if snapshot is not None else 0.0


class _Moment(QWidget):
    """One moment: which it is and how good, its answers and its weights."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self.header = Header(title)
        self.prediction, self.weights = PredictionView(), WeightsView()
        self._pictures = QHBoxLayout()
        self._pictures.setSpacing(12)
        self._pictures.addWidget(self.prediction, 1)
        self._pictures.addWidget(self.weights, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.header)
        column.addLayout(self._pictures, 1)

    def show_project(self, project: Project, prepared: Prepared | None) -> None:
        """See View.show_project."""
        self.prediction.show_project(project, prepared)
        self.weights.show_project(project, prepared)

    def show_snapshot(self, snapshot: Snapshot | None) -> None:
        """See View.show_snapshot."""
        self.prediction.show_snapshot(snapshot)
        self.weights.show_snapshot(snapshot)
        self.header.set_caption(*(Key(text) for text in (self._told(snapshot) if snapshot is not None else ())))

    def show_weights(self, shown: bool) -> None:
        """Have the weights beside the answers, or not."""
        self.weights.setVisible(shown)
        # The row that this is in asks at once how much room it takes.
        self._pictures.invalidate()
        self.updateGeometry()

    def show_blocked(self, blocked: bool) -> None:
        """See View.show_blocked."""
        self.prediction.show_blocked(blocked)
        self.weights.show_blocked(blocked)

    def _told(self, snapshot: Snapshot) -> list[str]:
        """Return which moment this is, and its costs."""
        epoch = self.tr("epoch {epoch}").format(epoch=f"{snapshot.epoch:,}")
        if snapshot.batch:
            epoch = self.tr("{epoch}, batch {batch}").format(epoch=epoch, batch=snapshot.batch)
        costs = [
            float(column[-1]) for column in snapshot.history.columns("train_cost", "validation_cost") if len(column)
        ]
        templates = (self.tr("train cost {value}"), self.tr("val. cost {value}"))
        named = zip(templates, costs, strict=False)
        return [epoch, *(template.format(value=figure(cost)) for template, cost in named if math.isfinite(cost))]
