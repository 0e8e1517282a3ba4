"""The bar on top: run, step, reset, pace, and how far the run has come."""

import math
from functools import partial

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QMenu,
    QPushButton,
    QSlider,
    QToolButton,
    QWidget,
)

from annstudio.data.dataset import Task
from annstudio.project.critic import Finding
from annstudio.training.snapshot import RunState, Snapshot
from annstudio.ui.actions import Actions
from annstudio.ui.canvas.look import wrapped_tip
from annstudio.ui.fitting import Fitting
from annstudio.ui.icons import icon
from annstudio.ui.labeled_figure import LabeledFigure
from annstudio.ui.run_controller import RunController
from annstudio.ui.theme import theme_of
from annstudio.ui.time_bar import TimeBar
from annstudio.ui.translate import translate
from annstudio.ui.views.numerals import figure

_HEIGHT = 32
_LEAST_WIDTH = 380
_PACES = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, math.inf)
"""Epochs per second, from slow enough to watch to as fast as it goes."""
_FIRST_PACE = 10
"""Slow enough to see the boundary form in the first run."""


class RunBar(QFrame):
    """Buttons on the left, figures on the right."""

    def __init__(self, actions: Actions, controller: RunController, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._controller = controller
        self.setProperty("role", "bar")
        self.run = QPushButton(self)
        self.run.setProperty("accent", True)
        self.run.setMinimumWidth(92)
        self.run.clicked.connect(actions.run.trigger)
        self.back = self._back_button(actions)
        self.step, self.reset = self._step_button(actions), self._reset_button(actions)
        self.pace = self._pace_slider()
        self.time = TimeBar(actions, self)
        self.time.step_wanted.connect(controller.go_to)
        self.epoch_figure = LabeledFigure(self.tr("Epoch"), self)
        self.train_figure = LabeledFigure(self.tr("Train cost"), self)
        self.penalized_figure = LabeledFigure(self.tr("With penalty"), self)
        self.penalized_figure.setToolTip(self.tr("The training cost, and what L1 and L2 add to it for large weights"))
        self.penalized_figure.hide()
        self.validation_figure = LabeledFigure(self.tr("Val. cost"), self)
        self.metric_figure = LabeledFigure(self.tr("Val. accuracy"), self)
        self._arrange()
        controller.state_changed.connect(self._on_state_changed)
        controller.checked.connect(self._on_checked)
        controller.snapshot_arrived.connect(self._on_snapshot)
        self._on_state_changed(controller.state)
        self._on_checked(controller.blocker)
        self.pace.setValue(_PACES.index(_FIRST_PACE))

    def changeEvent(self, event: QEvent) -> None:
        """Follow the theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._color_icons()

    def _arrange(self) -> None:
        layout = QHBoxLayout(self)
        layout.setContentsMargins(14, 7, 14, 7)
        layout.setSpacing(8)
        for widget in (self.run, self.back, self.step, self.reset):
            widget.setFixedHeight(_HEIGHT)
            layout.addWidget(widget)
        layout.addSpacing(10)
        slow, fast = _muted(self.tr("slow"), self), _muted(self.tr("fast"), self)
        layout.addWidget(slow)
        layout.addWidget(self.pace)
        layout.addWidget(fast)
        layout.addSpacing(10)
        layout.addWidget(self.time)
        layout.addStretch(1)
        for shown in self._figures:
            layout.addWidget(shown)
        figures = (self.validation_figure, self.train_figure, self.metric_figure)
        parts = (slow.setVisible, fast.setVisible, partial(_show_text, self.reset), partial(_show_text, self.step))
        sliders = (self.time.setVisible, self.pace.setVisible)
        self._fitting = Fitting(self, (*parts, *sliders, *(figure.setVisible for figure in figures)))

    def minimumSizeHint(self) -> QSize:
        """Become so narrow that only the buttons and the epoch are left."""
        return QSize(_LEAST_WIDTH, super().minimumSizeHint().height())

    @property
    def _figures(self) -> tuple[LabeledFigure, ...]:
        return (
            self.epoch_figure,
            self.train_figure,
            self.penalized_figure,
            self.validation_figure,
            self.metric_figure,
        )

    def _step_button(self, actions: Actions) -> QToolButton:
        several = [action for action, _ in actions.step_epochs]
        button = self._menu_button(actions, actions.step_batch, actions.step_epoch, *several)
        button.setText(self.tr("Step"))
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        button.setToolTip(self.tr("Train for one batch (F10); the arrow offers epochs (F11)"))
        return button

    def _back_button(self, actions: Actions) -> QToolButton:
        button = self._menu_button(actions, actions.step_back_batch, actions.step_back_epoch, actions.latest)
        button.setToolTip(self.tr("Take back one batch of training (F9); the arrow offers one epoch (Shift+F9)"))
        button.setAccessibleName(self.tr("Step back"))
        return button

    def _menu_button(self, actions: Actions, first: QAction, *others: QAction) -> QToolButton:
        """Return a button for an action, with a menu of this and others."""
        button = QToolButton(self)
        button.setProperty("role", "button")
        button.setPopupMode(QToolButton.ToolButtonPopupMode.MenuButtonPopup)
        menu = QMenu(button)
        menu.addActions([first, *others])
        menu.aboutToShow.connect(actions.color_icons)
        button.setMenu(menu)
        button.clicked.connect(first.trigger)
        return button

    def _reset_button(self, actions: Actions) -> QToolButton:
        button = self._menu_button(actions, actions.reset, actions.new_seed)
        button.setText(self.tr("Reset"))
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        button.setToolTip(
            self.tr(
                "Back to the starting weights of the seed (Shift+F5); the arrow offers another seed (Ctrl+Shift+F5)"
            )
        )
        return button

    def _pace_slider(self) -> QSlider:
        slider = QSlider(Qt.Orientation.Horizontal, self)
        slider.setRange(0, len(_PACES) - 1)
        slider.setPageStep(2)
        slider.setFixedWidth(96)
        slider.setAccessibleName(self.tr("Pace"))
        slider.valueChanged.connect(self._on_pace_changed)
        return slider

    def _on_pace_changed(self, place: int) -> None:
        self._controller.set_pace(_PACES[place])
        pace = _PACES[place]
        said = self.tr("as fast as it goes") if math.isinf(pace) else self.tr("{pace} per second").format(pace=pace)
        self.pace.setToolTip(self.tr("Pace in epochs: {said}").format(said=said))

    def _on_state_changed(self, state: RunState) -> None:
        self.run.setText(self.tr("Pause") if state is RunState.RUNNING else self.tr("Run"))
        self._color_icons()

    def _on_checked(self, blocker: Finding | None) -> None:
        self.run.setProperty("blocked", blocker is not None)
        self.run.style().unpolish(self.run)
        self.run.style().polish(self.run)
        tip = self.tr("Train the network, or pause (F5)") if blocker is None else translate(blocker.message)
        self.run.setToolTip(wrapped_tip(tip))
        self.run.setAccessibleDescription(tip)
        self._color_icons()
        self._on_snapshot(self._controller.snapshot)

    def _on_snapshot(self, snapshot: Snapshot | None) -> None:
        """Show nothing while there is no network that could have figures."""
        self.time.show_snapshot(snapshot)
        if snapshot is not None and self._controller.blocker is None:
            self._show_figures(snapshot)
        else:
            for shown in self._figures:
                shown.show_figure("–")

    def _show_figures(self, snapshot: Snapshot) -> None:
        history = snapshot.history
        names = ("train_cost", "validation_cost", "train_metric", "validation_metric")
        latest = [float(column[-1]) if len(column) else math.nan for column in history.columns(*names)]
        self.epoch_figure.show_figure(f"{snapshot.epoch:,}")
        self.train_figure.show_figure(figure(latest[0]))
        self.train_figure.setToolTip(self._about_cost(snapshot.exact))
        if self.penalized_figure.isHidden() is (snapshot.penalty != 0):
            self.penalized_figure.setVisible(snapshot.penalty != 0)
            self._fitting.fit()
        self.penalized_figure.show_figure(figure(latest[0] + snapshot.penalty))
        self.validation_figure.show_figure(figure(latest[1]))
        self._show_metric(snapshot, *latest[2:])

    def _about_cost(self, exact: bool) -> str:
        if exact:
            return self.tr("The mean loss over the training samples, with the weights of this moment")
        return self.tr("The mean loss over the training samples, each from the batch that it was last trained in")

    def _show_metric(self, snapshot: Snapshot, train: float, validation: float) -> None:
        """Show the metric of the validation part, or of the training part where there is no other."""
        held_out = not math.isnan(validation)
        value = validation if held_out else train
        prepared = snapshot.prepared
        if prepared is not None and prepared.data.schema.task is Task.REGRESSION:
            caption, shown = (self.tr("Val. R²") if held_out else "R²"), figure(value)
        else:
            caption = self.tr("Val. accuracy") if held_out else self.tr("Accuracy")
            shown = "–" if math.isnan(value) else f"{100 * value:.1f} %"
        self.metric_figure.show_figure(shown, caption)

    def _color_icons(self) -> None:
        theme = theme_of(self.palette())
        color = theme.muted if self._controller.blocker is not None else theme.on_accent
        self.run.setIcon(icon("pause" if self._controller.running else "play", color))
        self.back.setIcon(icon("step-back", theme.muted))
        self.step.setIcon(icon("step-forward", theme.muted))
        self.reset.setIcon(icon("rotate-ccw", theme.muted))


def _show_text(button: QToolButton, shown: bool) -> None:
    """Show a button with its text, or as an icon alone."""
    style = Qt.ToolButtonStyle
    button.setToolButtonStyle(style.ToolButtonTextBesideIcon if shown else style.ToolButtonIconOnly)


def _muted(text: str, parent: QWidget) -> QLabel:
    label = QLabel(text, parent)
    label.setProperty("role", "muted")
    return label
