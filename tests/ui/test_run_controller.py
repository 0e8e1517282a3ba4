import sys
import time

import numpy as np
import pytest

from annstudio.core.texts import Text
from annstudio.project import edits
from annstudio.project.build import chain
from annstudio.training.history import History
from annstudio.training.snapshot import Past, RunState
from annstudio.training.trained import Progress, Trained
from annstudio.ui.run_controller import PaintBudget, RunController
from tests.ui.fakes import FakeSession

BACK = ["step back batch", "step back epoch", "go to 7"]


def test_nothing_is_made_before_the_start(controller, document, sessions):
    document.apply("edit", edits.set_value(document.project, "dense-1", "units", 5))
    assert sessions == []
    controller.start()
    assert sessions[0].project is document.project


def test_snapshots_arrive_with_their_state(controller, sessions, qtbot):
    controller.start()
    with qtbot.waitSignals([controller.snapshot_arrived, controller.state_changed]):
        sessions[0].show(state=RunState.RUNNING, epoch=3)
    assert controller.running
    assert controller.snapshot.epoch == 3


def test_back_to_the_latest_goes_to_the_last_moment_that_is_kept(controller, sessions, qtbot):
    controller.start()
    controller.go_to_latest()
    with qtbot.waitSignal(controller.snapshot_arrived):
        sessions[0].show(past=Past((0, 10, 40), (0, 1, 4), 40))
    controller.go_to_latest()
    with qtbot.waitSignal(controller.snapshot_arrived):
        sessions[0].show(past=Past((0, 10, 40), (0, 1, 4), 10, History()))
    assert "go to 40" not in sessions[0].asked
    controller.go_to_latest()
    assert sessions[0].asked[-1] == "go to 40"


def test_a_moment_is_pinned_until_another_project_is_opened(controller, sessions, document, qtbot):
    controller.start()
    controller.pin()
    assert controller.pinned is None
    weights = {"dense-1": object()}
    with qtbot.waitSignal(controller.snapshot_arrived):
        sessions[0].show(weights=weights)
    with qtbot.waitSignal(controller.pinned_changed):
        controller.pin()
    first = controller.pinned
    with qtbot.waitSignal(controller.snapshot_arrived):
        sessions[0].show(epoch=3, weights=weights)
    assert controller.pinned is first
    controller.pin()
    assert controller.pinned.epoch == 3
    with qtbot.waitSignal(controller.pinned_changed):
        controller.open(document.project)
    assert controller.pinned is None


def test_a_snapshot_of_an_older_run_is_not_shown(controller, sessions, qtbot):
    controller.start()
    with qtbot.waitSignal(controller.snapshot_arrived):
        sessions[0].show(run=2)
    with qtbot.assertNotEmitted(controller.snapshot_arrived, wait=200):
        sessions[0].show(run=1, state=RunState.RUNNING)
    assert controller.snapshot.run == 2


def test_commands_reach_the_session(controller, sessions):
    controller.start()
    controller.run()
    controller.step_batch()
    controller.step_epoch()
    controller.step_back_batch()
    controller.step_back_epoch()
    controller.go_to(7)
    controller.reset()
    controller.set_pace(5)
    assert sessions[0].asked == ["pace inf", "run", "step batch", "step epoch", *BACK, "reset", "pace 5"]


def test_toggle_runs_and_pauses(controller, sessions, qtbot):
    controller.start()
    controller.toggle()
    with qtbot.waitSignal(controller.state_changed):
        sessions[0].show(state=RunState.RUNNING)
    controller.toggle()
    assert sessions[0].asked[-2:] == ["run", "pause"]


def test_pause_shows_before_the_thread_has_answered(controller, sessions, qtbot):
    controller.start()
    with qtbot.waitSignal(controller.state_changed):
        sessions[0].show(state=RunState.RUNNING)
    controller.pause()
    assert controller.state is RunState.PAUSED
    with qtbot.assertNotEmitted(controller.state_changed), qtbot.waitSignal(controller.snapshot_arrived):
        sessions[0].show(state=RunState.RUNNING, epoch=1)
    assert controller.snapshot.epoch == 1
    controller.run()
    qtbot.waitUntil(lambda: controller.running)


def test_an_edit_is_adopted_and_a_broken_design_holds_the_run(controller, document, sessions, qtbot):
    controller.start()
    whole = document.project
    document.apply("cut", edits.remove(whole, [], whole.design.wires[:1]))
    assert controller.blocker is not None
    assert sessions[0].asked[-1] == "pause"
    assert sessions[0].project is whole
    with qtbot.waitSignals([controller.refused, controller.message]):
        controller.run()
    assert "run" not in sessions[0].asked
    document.undo_stack.undo()
    assert controller.blocker is None
    controller.run()
    assert sessions[0].asked[-2:] == ["adopt", "run"]


def test_edits_in_a_row_reach_the_session_once_and_before_whatever_is_asked_next(controller, document, sessions, qtbot):
    controller.start()
    for units in (5, 6, 7):
        document.apply("units", edits.set_value(document.project, "dense-1", "units", units))
    assert "adopt" not in sessions[0].asked
    qtbot.waitUntil(lambda: "adopt" in sessions[0].asked)
    assert sessions[0].asked.count("adopt") == 1
    assert sessions[0].project is document.project
    document.undo_stack.undo()
    controller.step_batch()
    assert sessions[0].asked[-2:] == ["adopt", "step batch"]
    assert sessions[0].project is document.project


def test_a_project_that_cannot_run_gets_its_session_once_it_can(document, sessions, qtbot):
    whole = document.project
    document.replace(edits.remove(whole, [], whole.design.wires[:1]))
    controller = RunController(document, lambda *arguments: sessions.append(FakeSession(*arguments)) or sessions[-1])
    controller.start()
    assert sessions == []
    document.replace(whole)
    assert sessions[0].project is whole
    controller.close()


def test_opening_another_project_ends_the_session_and_hands_on_the_weights(controller, document, sessions):
    controller.start()
    weights, iris = {"output": object()}, chain("Iris", "iris", [])
    controller.open(iris, Trained(iris, weights, Progress(4, 40)))
    assert sessions[0].asked[-1] == "close"
    assert sessions[0].waited == 0, "the thread may be in the midst of a long batch"
    assert (sessions[1].trained.weights, sessions[1].trained.progress) == (weights, Progress(4, 40))
    assert document.project.name == "Iris"


def test_the_pace_holds_for_the_next_session(controller, sessions):
    controller.start()
    controller.set_pace(2)
    controller.open(chain("Iris", "iris", []))
    assert sessions[1].asked == ["pace 2"]


def test_a_message_is_told_once(controller, sessions, qtbot):
    controller.start()
    told = []
    controller.message.connect(told.append)
    message = Text("The numbers grew beyond all bounds.")
    for epoch in range(3):
        with qtbot.waitSignal(controller.snapshot_arrived):
            sessions[0].show(state=RunState.FAILED, message=message, epoch=epoch)
    assert told == ["The numbers grew beyond all bounds."]


def test_predictions_come_from_the_session(controller):
    points = np.array([[1.0, 2.0]])
    assert controller.predict(points) is None
    controller.start()
    np.testing.assert_equal(controller.predict(points), [[1.0]])


def test_the_training_thread_gives_way_quickly_until_its_end(controller):
    usual = sys.getswitchinterval()
    controller.start()
    assert sys.getswitchinterval() == pytest.approx(0.001)
    controller.close()
    assert sys.getswitchinterval() == pytest.approx(usual)


def test_slow_painting_slows_the_refreshes_down(controller, sessions, qtbot):
    def paint(snapshot):
        end = time.thread_time() + 0.05
        while time.thread_time() < end:
            pass

    controller.snapshot_arrived.connect(paint)
    controller.start()
    arrived = []
    controller.snapshot_arrived.connect(lambda snapshot: arrived.append(time.monotonic()))
    for epoch in range(12):
        with qtbot.waitSignal(controller.snapshot_arrived):
            sessions[0].show(epoch=epoch)
    assert arrived[-1] - arrived[-2] >= 0.2


def test_the_budget_settles_at_a_fifth():
    budget = PaintBudget()
    assert budget.interval == pytest.approx(1 / 15)
    for _ in range(50):
        budget.note(0.04)
    assert budget.interval == pytest.approx(0.2, rel=0.01)
    for _ in range(50):
        budget.note(10)
    assert budget.interval == 1.0


@pytest.mark.parametrize("runs", [1, 5])
def test_the_real_session_trains_and_ends(real_controller, qtbot, runs):
    controller = real_controller
    controller.start()
    for _ in range(runs):
        controller.run()
        qtbot.waitUntil(lambda: controller.snapshot is not None and controller.snapshot.epoch > 0)
        controller.reset()
        qtbot.waitUntil(lambda: controller.snapshot.epoch == 0 and not controller.running)
    controller.run()
    qtbot.waitUntil(lambda: controller.running)
    started = time.monotonic()
    controller.pause()
    qtbot.waitUntil(lambda: not controller.running)
    assert time.monotonic() - started < 0.5
    controller.close()


def test_what_was_opened_is_kept_until_the_network_says_otherwise(controller, document, sessions):
    """Also while something forbids running, and not after an edit that makes it worthless."""
    project = document.project
    opened = Trained(project, {"dense-1": object(), "output": object()}, Progress(4, 40))
    controller.start()
    controller.open(project, opened)
    assert controller.trained.weights == opened.weights
    assert controller.trained.progress == Progress(4, 40)
    document.apply("add", edits.add_node(document.project, "output", (0.0, 0.0))[0])
    assert controller.blocker is not None
    assert controller.trained.weights == opened.weights
    document.apply("seed", edits.set_value(document.project, "training", "seed", 9))
    assert controller.trained.weights == {}
    document.undo_stack.undo()
    assert controller.trained.weights == opened.weights


def test_another_document_takes_the_last_ones_run_away(controller, document, sessions, qtbot):
    controller.start()
    with qtbot.waitSignal(controller.snapshot_arrived):
        sessions[0].show(state=RunState.RUNNING, epoch=3)
    told = []
    controller.snapshot_arrived.connect(lambda snapshot: told.append((snapshot, document.project.name)))
    controller.open(chain("Iris", "iris", []))
    assert told == [(None, "Exam")], "nothing may be shown beside the new document"
