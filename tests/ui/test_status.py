"""The line at the bottom of the window."""

import pytest
from PySide6.QtWidgets import QLabel

from annstudio.project.build import chain
from annstudio.training.snapshot import RunState, Snapshot
from annstudio.ui.status import StatusLine


@pytest.fixture
def line(qtbot):
    line = StatusLine()
    qtbot.addWidget(line)
    return line


def _paused(schedule):
    project = chain("Exam", "exam", [(4, "tanh")], training={"schedule": schedule})
    return Snapshot(1, RunState.PAUSED, None, 3, 30, 10, project=project, learning_rate=0.0123456)


def _shown(line):
    return line.findChild(QLabel).text()


def test_a_scheduled_learning_rate_is_shown(line):
    line.show_snapshot(_paused("exponential"))
    assert _shown(line) == "Paused · η = 0.0123"


def test_a_constant_learning_rate_is_not(line):
    line.show_snapshot(_paused("constant"))
    assert _shown(line) == "Paused"


def test_weights_set_by_hand_are_no_training(line):
    line.show_snapshot(Snapshot(1, RunState.READY, None, 0, 0, 10, learned=frozenset({"dense-1"}), hand_edits=1))
    assert _shown(line) == "Weights set by hand, not trained yet"


def test_without_a_run_it_says_nothing_of_one(line):
    line.show_snapshot(_paused("constant"))
    line.show_snapshot(None)
    assert line._run.text() == ""
