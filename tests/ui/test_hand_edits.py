"""Weights set by hand in the window: shown at once, undone one by one."""

import numpy as np
import pytest
from PySide6.QtWidgets import QWidget

from annstudio.project import edits
from annstudio.project.file import load
from annstudio.training.by_hand import WeightPlace
from annstudio.training.snapshot import RunState
from annstudio.ui.files import Files
from annstudio.ui.hand_edits import HandEdits

PLACE = WeightPlace("dense-1", "kernel", (1, 0))


@pytest.fixture
def run(real_controller, qtbot):
    real_controller.start()
    qtbot.waitUntil(lambda: real_controller.state is RunState.READY, timeout=20_000)
    return real_controller


@pytest.fixture
def hand_edits(document, run):
    return HandEdits(document, run)


def test_it_shows_at_once_and_has_a_name(document, run, hand_edits):
    hand_edits.set_weight("w₂₁", "Dense", PLACE, -1.5)
    assert run.weight(PLACE) == -1.5
    assert document.undo_stack.undoText() == "Set w₂₁ of Dense to −1.5"


def test_undo_brings_back_that_one_weight_after_more_training(document, run, hand_edits, qtbot):
    before = run.weight(PLACE)
    hand_edits.set_weight("w₂₁", "Dense", PLACE, 1.5)
    run.step_epoch()
    qtbot.waitUntil(lambda: run.snapshot.epoch == 1, timeout=20_000)
    trained = run.snapshot.flat
    assert run.weight(PLACE) != before
    document.undo_stack.undo()
    assert run.weight(PLACE) == before
    assert np.count_nonzero(run.snapshot.flat != trained) == 1
    document.undo_stack.redo()
    assert run.weight(PLACE) == 1.5


def test_undo_after_a_reset_writes_nothing_old_into_the_fresh_network(document, run, hand_edits, qtbot):
    run.step_epoch()
    qtbot.waitUntil(lambda: run.snapshot.epoch == 1, timeout=20_000)
    hand_edits.set_weight("w₂₁", "Dense", PLACE, 1.5)
    hand_edits.set_weight("w₂₂", "Dense", WeightPlace("dense-1", "kernel", (1, 1)), 1.5)
    document.undo_stack.undo()
    run.reset()
    assert run.weight(PLACE) is None
    qtbot.waitUntil(lambda: run.weight(PLACE) is not None, timeout=20_000)
    fresh = run.snapshot.flat
    document.undo_stack.redo()
    document.undo_stack.undo()
    assert document.undo_stack.count() == 0
    run.step_batch()
    run.reset()
    qtbot.waitUntil(lambda: run.weight(PLACE) is not None, timeout=20_000)
    assert np.array_equal(run.snapshot.flat, fresh)
    assert run.snapshot.hand_edits == 3


def test_a_weight_set_after_a_reset_is_undone(document, run, hand_edits, qtbot):
    run.reset()
    qtbot.waitUntil(lambda: run.weight(PLACE) is not None, timeout=20_000)
    before = run.weight(PLACE)
    hand_edits.set_weight("w₂₁", "Dense", PLACE, 1.5)
    document.undo_stack.undo()
    assert run.weight(PLACE) == before


def test_stepping_up_and_back_is_no_edit(document, run, hand_edits):
    hand_edits.set_weight("w₂₁", "Dense", PLACE, 0.3)
    hand_edits.set_weight("w₂₁", "Dense", PLACE, 0.4, "step")
    hand_edits.set_weight("w₂₁", "Dense", PLACE, 0.3, "step")
    assert document.undo_stack.count() == 1


def test_what_the_thread_had_sent_before_is_not_shown(document, controller, sessions, qtbot):
    controller.start()
    session = sessions[0]
    arrived = []
    controller.snapshot_arrived.connect(arrived.append)
    session.show(epoch=1)
    qtbot.waitUntil(lambda: len(arrived) == 1)
    session.show(epoch=2)
    controller.set_weight(PLACE, 1.5)
    qtbot.waitUntil(lambda: session.mailbox.empty)
    session.show(epoch=3)
    qtbot.waitUntil(lambda: len(arrived) == 2)
    assert [snapshot.epoch for snapshot in arrived] == [1, 3]


def test_the_number_it_has_is_no_edit(document, run, hand_edits):
    hand_edits.set_weight("w₂₁", "Dense", PLACE, float(run.weight(PLACE)))
    assert document.undo_stack.count() == 0


def test_edits_of_the_project_and_of_weights_are_undone_in_turn(document, run, hand_edits, qtbot):
    before = run.weight(PLACE)
    hand_edits.set_weight("w₂₁", "Dense", PLACE, 1.5)
    document.apply("units", edits.set_value(document.project, "dense-1", "units", 7))
    qtbot.waitUntil(lambda: run.snapshot.weights["dense-1"].kernel.shape == (2, 7), timeout=20_000)
    document.undo_stack.undo()
    qtbot.waitUntil(lambda: run.snapshot.weights["dense-1"].kernel.shape == (2, 4), timeout=20_000)
    assert run.weight(PLACE) == 1.5
    document.undo_stack.undo()
    assert run.weight(PLACE) == before


def test_it_is_unsaved_and_saved_and_trained_on(document, run, hand_edits, qtbot, tmp_path):
    window = QWidget()
    qtbot.addWidget(window)
    files = Files(document, run, window, lambda: None)
    hand_edits.set_weight("w₂₁", "Dense", PLACE, 1.5)
    assert files.modified
    # The thread's own answer, not what the window shows meanwhile.
    qtbot.waitUntil(lambda: run.snapshot.hand_edits == 1, timeout=20_000)
    files.path = tmp_path / "mine.ann"
    assert files.save()
    assert not files.modified
    assert load(files.path).weights["dense-1"]["kernel"][1, 0] == 1.5


def test_two_edits_are_undone_faster_than_the_thread_answers(document, run, hand_edits, qtbot):
    place = WeightPlace("dense-1", "kernel", (1, 3))
    before = run.weight(place)
    hand_edits.set_weight("w₂₄", "Dense", place, 1.5)
    document.apply("units", edits.set_value(document.project, "dense-1", "units", 2))
    qtbot.waitUntil(lambda: run.snapshot.weights["dense-1"].kernel.shape == (2, 2), timeout=20_000)
    document.undo_stack.undo()
    document.undo_stack.undo()
    qtbot.waitUntil(lambda: run.snapshot.weights["dense-1"].kernel.shape == (2, 4), timeout=20_000)
    assert run.weight(place) == before


def test_a_weight_set_right_after_a_pause_does_not_run_on(run, hand_edits, qtbot):
    run.run()
    qtbot.waitUntil(lambda: run.running, timeout=20_000)
    states = []
    run.state_changed.connect(states.append)
    run.pause()
    hand_edits.set_weight("w₂₁", "Dense", PLACE, 1.5)
    assert states == [RunState.PAUSED]
    assert run.snapshot.state is RunState.PAUSED
