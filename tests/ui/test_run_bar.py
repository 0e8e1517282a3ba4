from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtWidgets import QWidget

from annstudio.data.prepare import prepare
from annstudio.data.sources import sources
from annstudio.training.history import History
from annstudio.training.snapshot import RunState, Snapshot
from annstudio.ui.actions import Actions
from annstudio.ui.run_bar import RunBar
from annstudio.ui.status import StatusLine


@pytest.fixture
def bar(document, controller, appearance, qtbot):
    window = QWidget()
    made = RunBar(Actions(document, window), controller, window)
    qtbot.addWidget(window)
    window.show()
    controller.start()
    yield made
    window.close()


def snapshot_of(source, row, epoch=128):
    history = History()
    history.append(row)
    prepared = prepare(source, {}, 0, sources[source].shares, True)
    return Snapshot(1, RunState.PAUSED, None, epoch, 10 * epoch, 10, history=history, prepared=prepared)


def test_figures_show_the_latest_row(bar, controller):
    controller.snapshot_arrived.emit(snapshot_of("exam", (128, 0.11402, 0.16849, 0.99, 0.96785)))
    shown = [bar.epoch_figure, bar.train_figure, bar.validation_figure, bar.metric_figure]
    assert [figure.value for figure in shown] == ["128", "0.114", "0.168", "96.8 %"]
    assert bar.metric_figure.accessibleName() == "Val. accuracy: 96.8 %"


def test_without_validation_the_metric_is_that_of_training(bar, controller):
    controller.snapshot_arrived.emit(snapshot_of("gate_xor", (5, 0.5, np.nan, 0.75, np.nan)))
    assert bar.validation_figure.value == "–"
    assert bar.metric_figure.value == "75.0 %"


def test_regression_shows_r_squared(bar, controller):
    controller.snapshot_arrived.emit(snapshot_of("linear", (5, 0.5, 0.6, 0.9, 0.87654)))
    assert bar.metric_figure.accessibleName() == "Val. R²: 0.877"
    controller.snapshot_arrived.emit(snapshot_of("exam", (5, 0.5, 0.6, 0.9, 0.5)))
    assert bar.metric_figure.accessibleName() == "Val. accuracy: 50.0 %"


def test_a_penalty_is_shown_as_a_cost_of_its_own(bar, controller):
    plain = snapshot_of("exam", (128, 0.11402, 0.16849, 0.99, 0.96785))
    controller.snapshot_arrived.emit(plain)
    assert not bar.penalized_figure.isVisible()
    controller.snapshot_arrived.emit(replace(plain, penalty=0.02))
    assert bar.penalized_figure.isVisible()
    assert [bar.train_figure.value, bar.penalized_figure.value] == ["0.114", "0.134"]


def test_before_anything_is_known_there_are_dashes(bar, controller):
    controller.snapshot_arrived.emit(Snapshot(1, RunState.PREPARING, None, 0, 0, 0))
    assert bar.train_figure.value == "–"
    assert bar.metric_figure.value == "–"


def test_the_slider_sets_the_pace(bar, sessions):
    bar.pace.setValue(0)
    assert sessions[0].asked[-1] == "pace 1"
    bar.pace.setValue(bar.pace.maximum())
    assert sessions[0].asked[-1] == "pace inf"


def test_the_status_line_names_the_state_and_the_speed(qtbot, monkeypatch):
    line = StatusLine()
    qtbot.addWidget(line)
    clock = iter([10.0, 12.0])
    monkeypatch.setattr("annstudio.ui.status.time.monotonic", lambda: next(clock))
    line.show_snapshot(Snapshot(1, RunState.PAUSED, None, 0, 0, 1))
    assert line._run.text() == "Paused"
    line.show_snapshot(Snapshot(1, RunState.RUNNING, None, 100, 100, 1))
    line.show_snapshot(Snapshot(1, RunState.RUNNING, None, 3100, 3100, 1))
    assert "1,500" in line._run.text()
