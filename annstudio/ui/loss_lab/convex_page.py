"""The cost of a logistic neuron by log loss and by MSE, side by side, with gradient descent on both."""

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSplitter, QVBoxLayout, QWidget

from annstudio.labs.contest import Place
from annstudio.labs.losses.convexity import Descent, NeuronGround, convexity_samples
from annstudio.ui.labeled_figure import LabeledFigure
from annstudio.ui.page_parts import heading, label
from annstudio.ui.racing.map_view import MapView
from annstudio.ui.racing.relief_view import ReliefView
from annstudio.ui.views.numerals import figure

_EXTENT = 8.0
_START = (-6.5, -4.0)
_FRAME = 16
_RATE = 0.5
_STEPS = 8
_MOST = 6000


class ConvexPage(QWidget):
    """Two maps with their reliefs; a click on either map is the start on both."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        x, y = convexity_samples()
        self.grounds = [NeuronGround(key, x, y, _EXTENT) for key in ("log_loss", "mse")]
        self.walks = [Descent.begun(ground, _START) for ground in self.grounds]
        self.maps = [MapView(self) for _ in self.grounds]
        self.reliefs = [ReliefView(self) for _ in self.grounds]
        self.said = [label("muted", self._verdict(ground)) for ground in self.grounds]
        self.costs = [LabeledFigure(self.tr("Cost J"), self) for _ in self.grounds]
        self.run = QPushButton(self.tr("Go down"), self)
        self.run.setProperty("accent", True)
        self.run.clicked.connect(self._on_run)
        self.steps = LabeledFigure(self.tr("Step"), self)
        self._timer = QTimer(self)
        self._timer.setInterval(_FRAME)
        self._timer.timeout.connect(self._on_frame)
        self._arrange()
        for each in self.maps:
            each.start_chosen.connect(self._on_start)
        self._show()

    def hideEvent(self, event: QHideEvent) -> None:
        """Pause while nobody looks."""
        super().hideEvent(event)
        self._pause()

    def _arrange(self) -> None:
        columns = QSplitter(Qt.Orientation.Horizontal)
        titles = (self.tr("Log loss over w (across) and b (up)"), self.tr("MSE over w (across) and b (up)"))
        for title, each, relief, said, cost in zip(titles, self.maps, self.reliefs, self.said, self.costs, strict=True):
            column = QWidget()
            rows = QVBoxLayout(column)
            rows.setContentsMargins(14, 6, 14, 8)
            upper = QHBoxLayout()
            upper.addWidget(heading(title), 1)
            upper.addWidget(cost)
            pictures = QHBoxLayout()
            pictures.addWidget(each, 1)
            pictures.addWidget(relief, 1)
            rows.addLayout(upper)
            rows.addLayout(pictures, 1)
            rows.addWidget(said)
            columns.addWidget(column)
        columns.setHandleWidth(1)
        columns.setChildrenCollapsible(False)
        row = QHBoxLayout()
        row.setContentsMargins(14, 8, 14, 0)
        row.addWidget(self.run)
        about = label("muted", self.tr("The same neuron, the same twelve samples: click a map to start both there."))
        row.addWidget(about, 1)
        row.addWidget(self.steps)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addLayout(row)
        whole.addWidget(columns, 1)

    def _on_run(self) -> None:
        if self._timer.isActive():
            self._pause()
            return
        if self.walks[0].steps >= _MOST:
            self._on_start(*self.walks[0].start)
        self._timer.start()
        self.run.setText(self.tr("Pause"))

    def _pause(self) -> None:
        self._timer.stop()
        self.run.setText(self.tr("Go down"))

    def _on_frame(self) -> None:
        self.walks = [walk.gone_on(_RATE, _STEPS) for walk in self.walks]
        if self.walks[0].steps >= _MOST:
            self._pause()
        self._show()

    def _on_start(self, w: float, b: float) -> None:
        self.walks = [Descent.begun(ground, (w, b)) for ground in self.grounds]
        self._show()

    def _show(self) -> None:
        self.steps.show_figure(f"{self.walks[0].steps:,}")
        for walk, each, relief, cost in zip(self.walks, self.maps, self.reliefs, self.costs, strict=True):
            each.show_race(walk, 0)
            relief.show_race(walk)
            cost.show_figure(figure(walk.terrain.height(*walk.place)))

    def _verdict(self, ground: NeuronGround) -> str:
        if ground.convex:
            return self.tr(
                "Convex here: at none of {count} places does it bend downward. Every way down leads on."
            ).format(count=f"{ground.costs.size:,}")
        w, b = _rounded(ground.most_bent)
        said = self.tr(
            "Not convex: it bends downward most at w = {w}, b = {b}. Far out it is flat, and steps get tiny."
        )
        return said.format(w=figure(w), b=figure(b))


def _rounded(place: Place) -> Place:
    return round(place[0], 2), round(place[1], 2)
