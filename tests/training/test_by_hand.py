"""Weights set by hand, in a real session."""

import time

import numpy as np
import pytest

from annstudio.core.errors import UserError
from annstudio.project.build import chain
from annstudio.project.edits import set_value
from annstudio.project.file import load, save
from annstudio.training.by_hand import WEIGHT, WeightPlace
from annstudio.training.session import Session
from annstudio.training.snapshot import RunState

PLACE = WeightPlace("dense-1", "kernel", (1, 0))


@pytest.fixture
def exam():
    return chain("Exam", "exam", [(4, "tanh")])


@pytest.fixture
def session(exam, until):
    made = Session(exam)
    until(made, lambda snapshot: snapshot.state is RunState.READY)
    yield made
    assert made.close()


@pytest.fixture
def until():
    def wait(session, wanted, seconds=20):
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            snapshot = session.mailbox.take()
            if snapshot is not None and wanted(snapshot):
                return snapshot
            time.sleep(0.001)
        pytest.fail("the session did not get there")

    return wait


def test_one_weight_changes_and_no_other(session, until):
    before = session.mailbox.last
    session.set_weight(PLACE, 1.5)
    after = until(session, lambda snapshot: snapshot.hand_edits == 1)
    assert after.weights["dense-1"].kernel[1, 0] == np.float32(1.5)
    assert np.count_nonzero(after.flat != before.flat) == 1
    assert after.state is RunState.READY
    assert after.step == 0


def test_cost_and_surface_follow(session, until):
    before = session.mailbox.last
    session.set_weight(WeightPlace("output", "bias", (0,)), 9.0)
    after = until(session, lambda snapshot: snapshot.hand_edits == 1)
    assert after.history.column("train_cost")[-1] > before.history.column("train_cost")[0]
    assert after.surface.mean() > before.surface.mean()


def test_training_goes_on_from_the_number(session, until):
    session.set_weight(PLACE, 40.0)
    session.step("batch")
    after = until(session, lambda snapshot: snapshot.step == 1)
    assert after.weights["dense-1"].kernel[1, 0] == pytest.approx(40, abs=0.5)


def test_a_run_that_is_going_on_goes_on(session, until):
    session.run()
    until(session, lambda snapshot: snapshot.epoch > 2)
    session.set_weight(PLACE, 40.0)
    after = until(session, lambda snapshot: snapshot.hand_edits == 1)
    assert after.state is RunState.RUNNING
    later = until(session, lambda snapshot: snapshot.epoch > after.epoch)
    assert later.weights["dense-1"].kernel[1, 0] > 10


def test_a_failure_does_not_take_the_number_back(until):
    exploding = chain(
        "Line", "linear", [(8, "identity")], training={"optimizer": "sgd", "optimizer.learning_rate": 50.0}
    )
    session = Session(exploding)
    until(session, lambda snapshot: snapshot.state is RunState.READY)
    session.set_weight(WeightPlace("output", "kernel", (0, 0)), 3.0)
    session.run()
    failed = until(session, lambda snapshot: snapshot.state is RunState.FAILED)
    assert failed.weights["output"].kernel[0, 0] == 3.0
    assert session.close()


def test_it_is_kept_with_the_file_before_any_training(session, until, exam, tmp_path):
    session.set_weight(PLACE, -2.25)
    trained = until(session, lambda snapshot: snapshot.hand_edits == 1).trained
    assert set(trained.weights) == {"dense-1"}
    save(tmp_path / "hand.ann", exam, {key: layer.parts for key, layer in trained.weights.items()}, None)
    assert load(tmp_path / "hand.ann").weights["dense-1"]["kernel"][1, 0] == -2.25


def test_an_edit_that_is_taken_back_brings_the_number_back(session, until, exam):
    session.set_weight(PLACE, 1.5)
    session.adopt(set_value(exam, "dense-1", "units", 5))
    until(session, lambda snapshot: snapshot.weights["dense-1"].kernel.shape == (2, 5))
    session.adopt(exam)
    back = until(session, lambda snapshot: snapshot.weights["dense-1"].kernel.shape == (2, 4))
    assert back.weights["dense-1"].kernel[1, 0] == 1.5
    assert back.state is RunState.READY


def test_reset_goes_back_to_the_seed(session, until):
    before = session.mailbox.last.flat
    session.set_weight(PLACE, 1.5)
    session.reset()
    after = until(session, lambda snapshot: snapshot.run == 2)
    assert np.array_equal(after.flat, before)
    assert not after.learned


def test_a_snapshot_can_show_it_before_the_thread_has_answered(session):
    shown = session.mailbox.last
    foreseen = shown.with_weight(PLACE, 1.5)
    assert foreseen.weights["dense-1"].kernel[1, 0] == 1.5
    assert shown.weights["dense-1"].kernel[1, 0] != 1.5
    assert foreseen.learned == {"dense-1"}


@pytest.mark.parametrize("value", ["", "much", "nan", "inf", "1e39", -3.5e38])
def test_what_is_no_weight(value):
    with pytest.raises(UserError):
        WEIGHT.check(value)


def test_the_largest_weight_holds_in_single_precision():
    assert np.isfinite(np.float32(WEIGHT.check(WEIGHT.maximum)))


def test_the_limits_are_told_in_a_short_sentence():
    with pytest.raises(UserError) as error:
        WEIGHT.check("1e99")
    assert str(error.value.message) == "A weight cannot be 1e99: choose a number between -3.4e+38 and 3.4e+38."
