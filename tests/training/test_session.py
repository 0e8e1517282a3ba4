"""The session: commands answered soon, snapshots that hold, and an end."""

import threading
import time
from collections.abc import Callable, Iterator

import numpy as np
import pytest

from annstudio.engine.trainer import Trainer
from annstudio.project.build import chain
from annstudio.project.edits import append_node, move, remove, set_value
from annstudio.project.model import Project
from annstudio.training.run import Run
from annstudio.training.session import Session
from annstudio.training.snapshot import RunState, Snapshot

Start = Callable[..., "Driver"]


class Driver:
    """A session, and how to wait for what it says."""

    def __init__(self, session: Session) -> None:
        self.session = session

    def until(self, wanted: Callable[[Snapshot], bool], seconds: float = 20) -> Snapshot:
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            snapshot = self.session.mailbox.take()
            if snapshot is not None and wanted(snapshot):
                return snapshot
            time.sleep(0.001)
        pytest.fail("the session did not get there")

    def state(self, state: RunState) -> Snapshot:
        return self.until(lambda snapshot: snapshot.state is state)

    def rest(self, rows: int = 1) -> Snapshot:
        """The last snapshot of a pause, when the history has so many rows; nothing runs on the way there."""
        latest = self.until(lambda snapshot: snapshot.state is RunState.PAUSED and len(snapshot.history) >= rows)
        time.sleep(0.05)
        while (snapshot := self.session.mailbox.take()) is not None:
            assert snapshot.state is RunState.PAUSED
            latest = snapshot
            time.sleep(0.05)
        return latest


@pytest.fixture
def start() -> Iterator[Start]:
    sessions = []

    def begin(project: Project, *arguments: object) -> Driver:
        sessions.append(Session(project, *arguments))
        return Driver(sessions[-1])

    yield begin
    for session in sessions:
        assert session.close()


class SlowBatch:
    """Stands for a batch of a very large network: each one begins, and ends when the test says so."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.begun, self._may_end = threading.Event(), threading.Semaphore(0)
        train = Trainer.advance

        def advance(trainer: Trainer, most: int) -> int:
            self.begun.set()
            assert self._may_end.acquire(timeout=20)
            time.sleep(0.01)  # longer than a slice, as such a batch is
            return train(trainer, 1)

        monkeypatch.setattr(Trainer, "advance", advance)

    def end(self, batches: int = 1) -> None:
        self._may_end.release(batches)


@pytest.fixture
def slow(start: Start, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Driver, SlowBatch]]:
    """A session in the middle of its first batch."""
    batch = SlowBatch(monkeypatch)
    driver = start(exam(batch_size=10))
    driver.state(RunState.READY)
    driver.session.run()
    assert batch.begun.wait(20)
    assert driver.state(RunState.RUNNING).step == 0
    yield driver, batch
    batch.end(1000)


def exam(**training: object) -> Project:
    return chain("exam", "exam", [(4, "tanh"), (3, "tanh")], training=training)


def test_it_is_ready_with_the_starting_cost_and_a_surface(start: Start) -> None:
    ready = start(exam()).state(RunState.READY)
    assert ready.epoch == ready.step == 0
    assert list(ready.weights) == ["dense-1", "dense-2", "output"]
    assert ready.weights["dense-1"].kernel.shape == (2, 4)
    assert len(ready.history) == 1
    assert ready.surface is not None
    assert ready.surface.shape == (72, 72, 1)


def test_the_surface_is_what_the_network_predicts_there(start: Start) -> None:
    driver = start(exam())
    driver.state(RunState.READY)
    driver.session.step("epoch")
    snapshot = driver.state(RunState.PAUSED)
    assert snapshot.surface is not None
    assert snapshot.extent is not None
    (x0, x1), (y0, y1) = snapshot.extent
    corners = np.array([[x0, y0], [x1, y0], [x0, y1], [x1, y1]])
    expected = snapshot.surface[[0, 0, -1, -1], [0, -1, 0, -1]]
    np.testing.assert_allclose(driver.session.predict(corners), expected, rtol=1e-5)


def test_a_run_lowers_the_cost_and_pauses_within_a_tenth_of_a_second(start: Start) -> None:
    driver = start(exam())
    driver.state(RunState.READY)
    driver.session.run()
    driver.until(lambda snapshot: snapshot.epoch > 20)
    asked = time.monotonic()
    driver.session.pause()
    paused = driver.session.mailbox.take()
    assert time.monotonic() - asked < 0.1
    assert paused is not None
    assert paused.state is RunState.PAUSED
    settled = driver.rest()
    assert settled.step >= paused.step
    cost = settled.history.column("train_cost")
    assert cost[-1] < cost[0]


def test_steps_by_batch_and_by_epoch(start: Start) -> None:
    driver = start(exam(batch_size=50))
    ready = driver.state(RunState.READY)
    driver.session.step("batch")
    one = driver.state(RunState.PAUSED)
    assert (one.step, one.epoch) == (1, 0)
    assert one.history.column("epoch")[-1] == pytest.approx(1 / ready.batches)
    driver.session.step("epoch")
    whole = driver.state(RunState.PAUSED)
    assert (whole.step, whole.epoch) == (ready.batches, 1)


def test_reset_returns_to_the_seed(start: Start) -> None:
    driver = start(exam())
    ready = driver.state(RunState.READY)
    driver.session.step("epoch")
    driver.state(RunState.PAUSED)
    driver.session.reset()
    again = driver.state(RunState.READY)
    assert again.run == ready.run + 1
    assert again.epoch == 0
    for node_id, weights in ready.weights.items():
        assert np.array_equal(again.weights[node_id].kernel, weights.kernel)


def test_snapshots_are_the_readers_to_keep(start: Start) -> None:
    driver = start(exam())
    ready = driver.state(RunState.READY)
    kept = ready.weights["dense-1"].kernel.copy()
    driver.session.step("epoch")
    after = driver.state(RunState.PAUSED)
    assert np.array_equal(ready.weights["dense-1"].kernel, kept)
    assert not np.array_equal(after.weights["dense-1"].kernel, kept)


def test_an_edited_layer_starts_anew_and_the_others_keep_what_they_learned(start: Start) -> None:
    project = exam()
    driver = start(project)
    driver.state(RunState.READY)
    driver.session.step("epoch")
    trained = driver.state(RunState.PAUSED)
    driver.session.adopt(set_value(project, "dense-2", "units", 5))
    edited = driver.state(RunState.READY)
    assert edited.epoch == 0
    assert np.array_equal(edited.weights["dense-1"].kernel, trained.weights["dense-1"].kernel)
    assert edited.weights["dense-2"].kernel.shape == (4, 5)
    assert edited.message is not None
    assert "Dense 2, Output" in str(edited.message)


def test_another_activation_keeps_all_weights_and_another_seed_none(start: Start) -> None:
    project = exam()
    driver = start(project)
    driver.state(RunState.READY)
    driver.session.step("epoch")
    trained = driver.state(RunState.PAUSED)
    project = set_value(project, "dense-1", "activation", "relu")
    driver.session.adopt(project)
    kept = driver.state(RunState.READY)
    assert all(np.array_equal(kept.weights[k].kernel, w.kernel) for k, w in trained.weights.items())
    driver.session.step("epoch")
    driver.state(RunState.PAUSED)
    driver.session.adopt(set_value(project, "training", "seed", 5))
    fresh = driver.state(RunState.READY)
    assert not any(np.array_equal(fresh.weights[k].kernel, w.kernel) for k, w in trained.weights.items())


def test_an_untrained_network_has_nothing_to_keep_and_says_nothing(start: Start) -> None:
    project = exam()
    driver = start(project)
    driver.state(RunState.READY)
    edited, _ = append_node(project, "dense")
    driver.session.adopt(edited)
    ready = driver.state(RunState.READY)
    assert ready.message is None
    assert len(ready.weights) == 4


def test_moving_a_card_does_not_touch_the_run(start: Start) -> None:
    project = exam()
    driver = start(project)
    driver.state(RunState.READY)
    driver.session.adopt(move(project, {"dense-1": (5.0, 5.0)}))
    driver.session.step("batch")
    assert driver.state(RunState.PAUSED).run == 1


def test_tuning_goes_live_and_keeps_weights_and_history(start: Start) -> None:
    project = exam()
    driver = start(project)
    driver.state(RunState.READY)
    driver.session.run()
    driver.until(lambda snapshot: snapshot.epoch > 10)
    project = set_value(project, "training", "optimizer.learning_rate", 0.0001)
    driver.session.adopt(project)
    project = set_value(project, "training", "optimizer", "sgd")
    driver.session.adopt(project)
    running = driver.until(lambda snapshot: snapshot.epoch > 100)
    assert running.run == 1
    assert running.state is RunState.RUNNING
    assert running.history.column("epoch")[0] == 0


def test_a_function_without_a_value_is_no_matter_of_the_learning_rate(start: Start) -> None:
    project = set_value(chain("x", "exam", [(4, "formula")]), "dense-1", "activation.expression", "log(x)")
    driver = start(project)
    driver.state(RunState.READY)
    driver.session.run()
    message = str(driver.state(RunState.FAILED).message)
    assert "Dense 1 has no value for some of what comes in" in message
    assert "learning rate" not in message


def test_a_learning_rate_of_the_stars_stops_with_a_sentence_and_finite_weights(start: Start) -> None:
    project = chain("line", "linear", [(8, "identity")], training={"optimizer": "sgd", "optimizer.learning_rate": 50.0})
    driver = start(project)
    driver.state(RunState.READY)
    driver.session.run()
    failed = driver.state(RunState.FAILED)
    assert "smaller learning rate" in str(failed.message)
    assert all(np.isfinite(w.kernel).all() and np.isfinite(w.bias).all() for w in failed.weights.values())


def test_it_starts_from_given_weights_and_counts_on(start: Start) -> None:
    first = start(exam())
    first.state(RunState.READY)
    first.session.step("epoch")
    trained = first.state(RunState.PAUSED)
    second = start(exam(), trained.trained)
    ready = second.state(RunState.READY)
    assert (ready.epoch, ready.step) == (1, trained.step)
    for node_id, weights in trained.weights.items():
        assert np.array_equal(ready.weights[node_id].kernel, weights.kernel)


def test_a_design_that_cannot_run_is_refused_and_a_mended_one_taken(start: Start) -> None:
    project = exam()
    driver = start(remove(project, ["output"]))
    assert driver.state(RunState.FAILED).message is not None
    driver.session.adopt(project)
    assert driver.state(RunState.READY).weights


def test_flat_out_some_epochs_go_by_unmeasured_but_never_the_last(start: Start) -> None:
    driver = start(exam())
    driver.session.run()
    driver.until(lambda snapshot: snapshot.epoch > 300)
    driver.session.pause()
    paused = driver.rest()
    epochs = paused.history.column("epoch")
    assert 1 < len(epochs) < paused.epoch
    assert epochs[-1] == pytest.approx(paused.epoch + paused.batch / paused.batches)
    assert np.isfinite(paused.history.column("train_cost")).all()


def test_very_large_training_parts_are_measured_by_the_way(start: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    exact = start(exam())
    exact.session.step("epoch")
    expected = exact.rest(2)
    assert expected.exact
    monkeypatch.setattr("annstudio.training.run._MOST_WORK", 0)
    driver = start(exam())
    driver.session.step("epoch")
    found = driver.rest(2)
    assert not found.exact
    before, after = expected.history.column("train_cost")
    # Each sample's loss is from before the step of its batch, so the mean lies between those of start and end.
    first, mean = found.history.column("train_cost")
    assert first == pytest.approx(before, rel=1e-6)
    assert after < mean < before
    assert found.history.column("validation_cost")[1] == pytest.approx(expected.history.column("validation_cost")[1])


def test_every_epoch_is_measured_where_the_schedule_asks_for_the_cost(start: Start) -> None:
    driver = start(set_value(exam(), "training", "schedule", "plateau"))
    driver.session.run()
    driver.until(lambda snapshot: snapshot.epoch > 100)
    driver.session.pause()
    paused = driver.rest()
    assert len(paused.history) - 1 == paused.epoch + (paused.batch > 0)


def test_a_snapshot_shows_the_learning_rate_that_the_schedule_has_come_to(start: Start) -> None:
    project = exam(schedule="exponential", **{"schedule.decay": 0.5, "optimizer.learning_rate": 0.1})
    driver = start(project)
    driver.state(RunState.READY)
    driver.session.step("epoch")
    driver.rest(2)
    driver.session.step("epoch")
    assert driver.rest(3).learning_rate == pytest.approx(0.05)


def test_a_pace_is_kept(start: Start) -> None:
    driver = start(exam())
    driver.state(RunState.READY)
    driver.session.set_pace(50)
    driver.session.run()
    driver.state(RunState.RUNNING)
    begin = time.monotonic()
    driver.until(lambda snapshot: snapshot.epoch >= 25)
    assert time.monotonic() - begin > 0.3


def test_closing_during_a_run_ends_the_thread() -> None:
    before = threading.active_count()
    session = Session(exam())
    session.run()
    time.sleep(0.05)
    assert session.close()
    assert threading.active_count() == before


def test_the_same_project_trains_to_the_same_bits(start: Start) -> None:
    ends = []
    for _ in range(2):
        driver = start(exam())
        driver.state(RunState.READY)
        for _ in range(3):
            driver.session.step("epoch")
        ends.append(driver.until(lambda snapshot: snapshot.epoch == 3))
    for node_id, weights in ends[0].weights.items():
        assert weights.kernel.tobytes() == ends[1].weights[node_id].kernel.tobytes()


def test_the_second_edit_in_a_row_keeps_as_much_as_the_first(start: Start) -> None:
    project = exam()
    driver = start(project)
    driver.state(RunState.READY)
    driver.session.step("epoch")
    trained = driver.state(RunState.PAUSED)
    for units in (5, 6, 7):
        project = set_value(project, "dense-2", "units", units)
        driver.session.adopt(project)
        edited = driver.state(RunState.READY)
    assert np.array_equal(edited.weights["dense-1"].kernel, trained.weights["dense-1"].kernel)
    assert edited.learned == {"dense-1"}
    assert edited.message is not None


def test_after_an_overflow_a_smaller_learning_rate_helps(start: Start) -> None:
    """The optimizer's velocity has overflowed as well: it goes back with the weights."""
    training = {"optimizer": "sgd", "optimizer.momentum": 0.9, "optimizer.learning_rate": 100.0}
    project = chain("line", "linear", [(8, "identity")], training=training)
    driver = start(project)
    driver.state(RunState.READY)
    driver.session.run()
    failed = driver.state(RunState.FAILED)
    cost = float(failed.history.column("train_cost")[-1])
    assert np.isfinite(cost)
    driver.session.adopt(set_value(project, "training", "optimizer.learning_rate", 0.001))
    driver.session.run()
    later = driver.until(lambda snapshot: snapshot.epoch > failed.epoch + 20)
    assert later.history.column("train_cost")[-1] < cost


def test_a_long_epoch_can_be_paused(start: Start) -> None:
    project = chain("slow", "circle", [(1000, "relu"), (500, "relu")], training={"batch_size": 1})
    driver = start(project)
    driver.state(RunState.READY)
    driver.session.step("epoch")
    driver.until(lambda snapshot: snapshot.step > 0)
    driver.session.pause()
    settled = driver.rest(rows=2)
    assert 0 < settled.step < settled.batches
    assert settled.history.column("epoch")[-1] == pytest.approx(settled.step / settled.batches)


def test_another_batch_size_in_mid_epoch_keeps_the_curve_going_forward(start: Start) -> None:
    project = exam()
    driver = start(project)
    driver.state(RunState.READY)
    for _ in range(5):
        driver.session.step("batch")
    driver.session.adopt(set_value(project, "training", "batch_size", 20))
    driver.session.step("batch")
    driver.session.step("epoch")
    ended = driver.until(lambda snapshot: snapshot.epoch == 1 and snapshot.state is RunState.PAUSED)
    assert (np.diff(ended.history.column("epoch")) >= 0).all()


def test_an_edit_that_cannot_be_prepared_does_not_train_the_old_network(start: Start) -> None:
    project = exam()
    driver = start(project)
    driver.state(RunState.READY)
    driver.session.adopt(remove(project, ["output"]))
    driver.state(RunState.FAILED)
    driver.session.run()
    assert driver.state(RunState.FAILED).step == 0
    driver.session.adopt(project)
    assert driver.state(RunState.READY).run == 1
    driver.session.step("batch")
    assert driver.state(RunState.PAUSED).step == 1


@pytest.mark.parametrize("pace", [0.0, -1.0, float("nan")])
def test_a_pace_is_greater_than_zero(start: Start, pace: float) -> None:
    with pytest.raises(ValueError, match="greater than zero"):
        start(exam()).session.set_pace(pace)


def test_undoing_an_edit_brings_back_weights_and_curves(start: Start) -> None:
    project = exam()
    driver = start(project)
    driver.state(RunState.READY)
    for _ in range(3):
        driver.session.step("epoch")
    trained = driver.until(lambda snapshot: snapshot.epoch == 3 and snapshot.state is RunState.PAUSED)
    driver.session.adopt(set_value(project, "dense-1", "units", 12))
    driver.state(RunState.READY)
    driver.session.adopt(project)
    back = driver.state(RunState.PAUSED)
    assert (back.epoch, back.step) == (3, trained.step)
    assert list(back.history.column("epoch")) == [0, 1, 2, 3]
    for node_id, weights in trained.weights.items():
        assert np.array_equal(back.weights[node_id].kernel, weights.kernel)
    driver.session.step("epoch")
    on = driver.until(lambda snapshot: snapshot.epoch == 4 and snapshot.state is RunState.PAUSED)
    assert list(on.history.column("epoch")) == [0, 1, 2, 3, 4]


def test_undoing_an_edit_takes_back_what_was_learned_since(start: Start) -> None:
    project = exam()
    driver = start(project)
    untrained = driver.state(RunState.READY)
    driver.session.adopt(set_value(project, "dense-1", "units", 12))
    driver.state(RunState.READY)
    driver.session.step("epoch")
    driver.rest(2)
    driver.session.adopt(project)
    back = driver.state(RunState.READY)
    assert (back.step, back.learned) == (0, frozenset())
    assert str(back.message) == "This network is back as it was: not trained yet."
    for node_id, weights in untrained.weights.items():
        assert np.array_equal(back.weights[node_id].kernel, weights.kernel)


def test_an_explosion_takes_back_the_weights_from_before_it(start: Start) -> None:
    project = chain("line", "linear", [], training={"optimizer": "sgd", "optimizer.learning_rate": 5.0})
    driver = start(project)
    cost = float(driver.state(RunState.READY).history.column("train_cost")[0])
    driver.session.run()
    failed = driver.state(RunState.FAILED)
    costs = failed.history.column("train_cost")
    assert costs[-1] <= 3 * cost
    assert np.nanmax(costs[np.isfinite(costs)]) > 3 * cost
    assert (np.diff(failed.history.column("epoch")) >= 0).all()


def test_an_edit_in_mid_run_that_leaves_nothing_says_that_training_stopped(start: Start) -> None:
    project = exam()
    driver = start(project)
    driver.state(RunState.READY)
    driver.session.run()
    driver.until(lambda snapshot: snapshot.epoch > 2)
    driver.session.adopt(set_value(project, "data", "seed", 5))
    stopped = driver.state(RunState.READY)
    assert "Press Run" in str(stopped.message)
    assert not stopped.learned


def test_pause_is_answered_during_a_batch_and_the_figures_follow(slow: tuple[Driver, SlowBatch]) -> None:
    driver, batch = slow
    driver.session.pause()
    paused = driver.session.mailbox.take()
    assert paused is not None
    assert (paused.state, paused.step) == (RunState.PAUSED, 0)
    assert len(paused.history) == 1
    batch.end(1000)
    settled = driver.rest(rows=2)
    assert (settled.step, settled.batch, len(settled.history)) == (1, 1, 2)
    assert settled.history.column("epoch")[-1] == pytest.approx(1 / settled.batches)


def test_run_after_pause_within_a_batch_goes_on_at_once_and_is_never_paused(slow: tuple[Driver, SlowBatch]) -> None:
    driver, batch = slow
    driver.session.pause()
    driver.session.run()
    seen = [driver.session.mailbox.take()]
    batch.end(5)
    while seen[-1] is None or seen[-1].step < 5:
        seen.append(driver.until(lambda snapshot: True))
    assert {snapshot.state for snapshot in seen if snapshot is not None} == {RunState.RUNNING}
    assert len(seen[-1].history) == 1, "what is only passed is not measured"


def test_after_pause_run_pause_within_a_batch_nothing_runs(slow: tuple[Driver, SlowBatch]) -> None:
    driver, batch = slow
    for command in (driver.session.pause, driver.session.run, driver.session.pause):
        command()
    batch.end(1000)
    settled = driver.rest(rows=2)
    assert (settled.step, len(settled.history)) == (1, 2)


def test_a_step_after_pause_within_a_batch_is_one_more_batch(slow: tuple[Driver, SlowBatch]) -> None:
    driver, batch = slow
    driver.session.pause()
    driver.session.step("batch")
    batch.end(1000)
    stepped = driver.state(RunState.PAUSED)
    assert (stepped.step, len(stepped.history)) == (2, 2)


def test_what_fails_while_it_is_paused_says_so(slow: tuple[Driver, SlowBatch], monkeypatch: pytest.MonkeyPatch) -> None:
    driver, batch = slow
    driver.session.pause()
    driver.state(RunState.PAUSED)
    monkeypatch.setattr(Run, "finite", False)
    batch.end()
    failed = driver.state(RunState.FAILED)
    assert "smaller learning rate" in str(failed.message)


def test_closing_waits_for_the_batch_only_and_measures_nothing(
    slow: tuple[Driver, SlowBatch], monkeypatch: pytest.MonkeyPatch
) -> None:
    driver, batch = slow
    driver.session.pause()
    assert not driver.session.close(timeout=0)
    monkeypatch.setattr(Run, "measure", lambda run: pytest.fail("measured"))
    batch.end()
    assert driver.session.close()


def test_a_step_back_shows_the_moment_before_and_a_run_goes_on_from_there(start: Start) -> None:
    driver = start(exam(batch_size=60))
    driver.state(RunState.READY)
    weights, steps = [], 6
    for number in range(1, steps + 1):
        driver.session.step("batch")
        weights.append(driver.until(lambda snapshot, number=number: snapshot.step == number).flat)
    for number in range(steps - 1, 0, -1):
        driver.session.step_back("batch")
        shown = driver.until(lambda snapshot, number=number: snapshot.step == number)
        assert shown.state is RunState.PAUSED
        assert shown.past.behind
        assert shown.past.now == number
        assert shown.past.steps[-1] == steps
        np.testing.assert_array_equal(shown.flat, weights[number - 1])
    driver.session.step_back("batch")
    assert driver.state(RunState.READY).step == 0
    driver.session.go_to(3)
    np.testing.assert_array_equal(driver.until(lambda snapshot: snapshot.step == 3).flat, weights[2])
    driver.session.step("batch")
    later = driver.until(lambda snapshot: snapshot.step == 4)
    assert not later.past.behind
    assert later.past.steps[-1] == 4
    np.testing.assert_array_equal(later.flat, weights[3])


def test_an_epoch_back_is_its_beginning_and_then_the_one_before(start: Start) -> None:
    driver = start(exam(batch_size=60))
    ready = driver.state(RunState.READY)
    for _ in range(3):
        driver.session.step("epoch")
    driver.until(lambda snapshot: snapshot.epoch == 3 and snapshot.state is RunState.PAUSED)
    driver.session.step("batch")
    driver.until(lambda snapshot: snapshot.batch == 1)
    for epoch in (3, 2, 1, 0):
        driver.session.step_back("epoch")
        shown = driver.until(lambda snapshot, epoch=epoch: snapshot.epoch == epoch and snapshot.batch == 0)
        assert shown.history.column("epoch")[-1] == epoch
    np.testing.assert_array_equal(shown.flat, ready.flat)


def test_a_run_is_paused_by_a_wish_to_go_back_and_only_the_last_wish_counts(start: Start) -> None:
    driver = start(exam())
    driver.state(RunState.READY)
    driver.session.run()
    driver.until(lambda snapshot: snapshot.epoch > 20)
    for step in range(30):
        driver.session.go_to(step)
    shown = driver.until(lambda snapshot: snapshot.past.now == 29 and snapshot.past.behind)
    assert shown.state is RunState.PAUSED
    time.sleep(0.05)
    assert driver.session.mailbox.take() is None


def test_keeping_the_past_takes_little_of_the_training_and_is_bounded(start: Start) -> None:
    driver = start(exam())
    driver.state(RunState.READY)
    driver.session.run()
    shown = driver.until(lambda snapshot: len(snapshot.past.steps) > 30)
    assert shown.past.steps[0] == 0
    assert list(shown.past.steps) == sorted(set(shown.past.steps))
    assert len(shown.past.epochs) == len(shown.past.steps)
    spent = driver.session._worker._spent
    assert spent.keeping <= 0.05 * spent.training


def test_a_run_pauses_after_as_many_epochs_as_the_project_says(start: Start) -> None:
    driver = start(exam(epochs=7))
    driver.state(RunState.READY)
    driver.session.run()
    assert driver.state(RunState.PAUSED).epoch == 7
    driver.session.run()
    driver.until(lambda snapshot: snapshot.epoch == 14 and snapshot.state is RunState.PAUSED)
    driver.session.step("epoch")
    assert driver.until(lambda snapshot: snapshot.epoch > 14 and snapshot.state is RunState.PAUSED).epoch == 15


def test_a_step_during_a_run_ends_with_its_epoch(start: Start) -> None:
    driver = start(exam(epochs=100_000))
    driver.session.set_pace(20)
    driver.state(RunState.READY)
    driver.session.run()
    shown = driver.until(lambda snapshot: snapshot.state is RunState.RUNNING and snapshot.epoch > 1)
    driver.session.step("epoch")
    assert driver.state(RunState.PAUSED).epoch <= shown.epoch + 3


def test_another_end_counts_from_now_while_it_runs(start: Start) -> None:
    project = exam()
    driver = start(project)
    driver.session.set_pace(50)
    driver.state(RunState.READY)
    driver.session.run()
    driver.until(lambda snapshot: snapshot.epoch > 2)
    driver.session.adopt(set_value(project, "training", "epochs", 3))
    assert driver.state(RunState.PAUSED).history.column("epoch")[0] == 0


def test_early_stopping_ends_in_the_best_epoch_with_a_sentence_and_run_goes_on_from_there(start: Start) -> None:
    driver = start(exam(patience=3, **{"optimizer.learning_rate": 0.1}))
    driver.state(RunState.READY)
    driver.session.run()
    ended = driver.state(RunState.PAUSED)
    costs = ended.past.future.column("validation_cost")
    assert costs[ended.epoch] == costs[1:].min() or ended.epoch == 0
    assert f"lowest in epoch {ended.epoch}" in str(ended.message)
    driver.session.run()
    again = driver.state(RunState.PAUSED)
    assert again.past.future is None or again.epoch >= ended.epoch


def test_early_stopping_after_a_change_in_its_midst_goes_by_the_epochs_since(start: Start) -> None:
    """In another loss the cost is higher than it ever was; there is nothing to go back to but epochs since."""
    project = exam(patience=4, loss="mse", **{"optimizer.learning_rate": 0.03})
    driver = start(project)
    driver.session.set_pace(50)
    driver.state(RunState.READY)
    driver.session.run()
    driver.until(lambda snapshot: snapshot.epoch > 2)
    driver.session.adopt(set_value(project, "training", "loss", "log_loss"))
    changed = driver.until(lambda snapshot: snapshot.project is not project)
    driver.session.set_pace(float("inf"))
    ended = driver.state(RunState.PAUSED)
    assert f"lowest in epoch {ended.epoch}" in str(ended.message)
    assert ended.past.behind
    assert ended.epoch > changed.epoch


def test_regularization_and_dropout_go_live_and_leave_a_mark(start: Start) -> None:
    project = exam()
    driver = start(project)
    driver.state(RunState.READY)
    driver.session.step("epoch")
    before = driver.state(RunState.PAUSED)
    project = set_value(project, "dense-1", "l2", 0.5)
    driver.session.adopt(project)
    after = driver.until(lambda snapshot: snapshot.project is project)
    assert after.run == before.run
    assert np.array_equal(after.flat, before.flat)
    assert after.penalty > 0
    assert len(after.history) == len(before.history)
    assert [(mark.epoch, [str(change) for change in mark.changes.values()]) for mark in after.marks] == [
        (1, ["Dense 1, L2 λ: 0.5"])
    ]


def test_what_the_optimizer_remembers_survives_another_batch_size_but_not_another_optimizer() -> None:
    run = Run(exam())
    run.trainer.advance(10)
    other = run.tuned(set_value(run.project, "training", "batch_size", 5))
    for slot, values in run.trainer.state.items():
        assert np.array_equal(other.trainer.state[slot], values)
    assert any(values.any() for values in other.trainer.state.values())
    another = run.tuned(set_value(run.project, "training", "optimizer", "amsgrad"))
    assert not any(values.any() for values in another.trainer.state.values())


def test_while_epochs_are_slowed_down_every_batch_is_kept(start: Start) -> None:
    driver = start(exam())
    driver.state(RunState.READY)
    driver.session.set_pace(100)
    for _ in range(3):
        driver.session.step("epoch")
    snapshot = driver.until(lambda seen: seen.state is RunState.PAUSED and seen.epoch == 3)
    epochs, costs = snapshot.history.batches.columns("epoch", "cost")
    assert epochs == pytest.approx(np.arange(1, 3 * snapshot.batches + 1) / snapshot.batches)
    assert np.isfinite(costs).all()
    assert costs[0] == pytest.approx(snapshot.history.column("train_cost")[0], rel=0.5)


def test_going_on_from_the_past_forgets_the_batches_that_came_after(start: Start) -> None:
    driver = start(exam())
    driver.state(RunState.READY)
    for _ in range(4):
        driver.session.step("batch")
    driver.until(lambda seen: seen.step == 4 and seen.state is RunState.PAUSED)
    driver.session.go_to(2)
    past = driver.until(lambda seen: seen.step == 2 and seen.past.behind)
    assert len(past.history.batches) == 2
    driver.session.step("batch")
    went_on = driver.until(lambda seen: seen.step == 3 and not seen.past.behind)
    assert len(went_on.history.batches) == 3


def test_several_epochs_are_stepped_and_measured_one_by_one(start: Start) -> None:
    driver = start(exam())
    driver.state(RunState.READY)
    driver.session.step("epoch", 10)
    snapshot = driver.until(lambda seen: seen.state is RunState.PAUSED and seen.epoch == 10)
    assert snapshot.history.column("epoch").tolist() == list(range(11))
    driver.session.step("epoch", 3)
    driver.session.step("epoch")
    assert driver.until(lambda seen: seen.state is RunState.PAUSED and seen.epoch == 14).epoch == 14
