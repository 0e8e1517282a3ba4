"""Back in a run and forth again: the very same numbers."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annstudio.project import edits
from annstudio.project.build import chain
from annstudio.project.edits import set_value
from annstudio.training.by_hand import WeightPlace
from annstudio.training.marks import changes_between
from annstudio.training.run import Run
from annstudio.training.timeline import Timeline


def project(optimizer="adam", **training):
    built = chain("moons", "circle", [(4, "tanh")], training={"optimizer": optimizer, "batch_size": 50})
    for key, value in training.items():
        built = set_value(built, "training", key, value)
    return built


def with_dropout():
    built = project()
    (wire,) = built.design.wires[1:2]
    return edits.insert_node(built, "dropout", wire)[0]


def state_of(run):
    """Return everything that decides what comes next, as numbers."""
    kept = run.trainer.checkpoint()
    numbers = [kept.weights, *kept.state.values(), kept.order]
    return [values.tolist() for values in numbers], kept.live, kept.memory, kept.position, kept.epoch, kept.steps


def train(run, steps, note=True):
    """Train as the worker does, with a measurement at the end of each epoch."""
    for _ in range(steps):
        run.trainer.advance(1)
        if run.trainer.batch == 0:
            run.measure()
            run.keep()
    if note:
        run.note()


PROJECTS = {
    "adam": project(),
    "sgd": project("sgd"),
    "momentum": project("momentum"),
    "dropout": with_dropout(),
    "plateau": project(schedule="plateau"),
    "cosine": project(schedule="cosine_restarts"),
    "lbfgs": project("lbfgs"),
}


@pytest.mark.parametrize("key", PROJECTS)
def test_steps_back_and_forth_lead_to_the_very_same_state(key):
    run = Run(PROJECTS[key])
    states = [state_of(run)]
    for _ in range(23):
        train(run, 1)
        states.append(state_of(run))
    for step in (22, 17, 3, 0, 11, 23, 5):
        run.go_to(step)
        assert state_of(run) == states[step]
        assert run.behind is (step != 23)
    run.take_up()
    assert not run.behind
    for step in range(6, 15):
        train(run, 1)
        assert state_of(run) == states[step]


@pytest.mark.parametrize("key", PROJECTS)
def test_steps_that_are_not_kept_are_trained_once_more(key):
    run, other = Run(PROJECTS[key]), Run(PROJECTS[key])
    run.timeline = Timeline(most_moments=3)
    run.note(fixed=True)
    for _ in range(4):
        train(run, 9)
    assert len(run.timeline.moments) == 3
    train(other, 13)
    run.go_to(13)
    assert state_of(run) == state_of(other)


MOVES = ("train", "rate", "weight", "go", "go on")


@settings(max_examples=30)
@given(
    st.lists(st.tuples(st.sampled_from(["train", "rate", "weight", "go", "go on"]), st.integers(0, 40)), max_size=25)
)
def test_whatever_is_done_in_between_what_is_kept_comes_again(moves):
    run, seen = Run(PROJECTS["adam"]), {}
    seen[0] = state_of(run)

    def forget():
        # What is done from a moment of the past makes another future.
        for step in [step for step in seen if step > run.trainer.steps]:
            del seen[step]

    for move, number in moves:
        if move == "train":
            run.take_up()
            forget()
            for _ in range(number % 7):
                train(run, 1, note=False)
                seen[run.trainer.steps] = state_of(run)
        elif move == "rate":
            run.project = set_value(run.project, "training", "optimizer.learning_rate", 0.001 * (1 + number))
            run.set_learning_rate()
            if not run.behind:
                seen[run.trainer.steps] = state_of(run)
        elif move == "weight":
            run.take_up()
            forget()
            run.set_weight(WeightPlace("dense-1", "kernel", (0, number % 4)), number / 10)
            seen[run.trainer.steps] = state_of(run)
        elif move == "go":
            run.go_to(min(number, max(seen)))
        else:
            run.go_to(run.timeline.latest.step)
    for step, state in sorted(seen.items(), reverse=True):
        run.go_to(step)
        np.testing.assert_array_equal(run.trainer.weights, np.array(state[0][0], run.trainer.weights.dtype))
        run.trainer.set_learning_rate(state[1]["learning_rate"])
        assert state_of(run) == state


def test_the_curves_end_where_the_run_is_shown_and_come_back_with_it():
    run = Run(PROJECTS["adam"])
    per_epoch = run.trainer.batches.count
    train(run, 10 * per_epoch)
    whole = run.history.column("epoch").tolist()
    figures = {epoch: run.history.column("train_cost")[place] for place, epoch in enumerate(whole)}
    run.go_to(4 * per_epoch)
    assert run.history.column("epoch").tolist() == [0, 1, 2, 3, 4]
    assert run.history.column("train_cost")[-1] == figures[4]
    run.go_to(4 * per_epoch + 1)
    assert run.history.column("epoch")[-1] == pytest.approx(4 + 1 / per_epoch)
    assert run.future.column("epoch").tolist() == whole
    run.go_to(10 * per_epoch)
    assert run.history.column("epoch").tolist() == whole
    assert run.future is None


def test_what_comes_later_is_given_up_when_training_goes_on_from_the_past():
    run = Run(PROJECTS["adam"])
    per_epoch = run.trainer.batches.count
    train(run, 10 * per_epoch)
    run.go_to(3 * per_epoch)
    run.take_up()
    train(run, per_epoch)
    assert run.history.column("epoch").tolist() == [0, 1, 2, 3, 4]
    assert run.timeline.latest.step == 4 * per_epoch


def test_a_learning_rate_changed_in_the_past_counts_from_there_on():
    run = Run(project("sgd"))
    train(run, 6)
    run.go_to(2)
    run.project = set_value(run.project, "training", "optimizer.learning_rate", 0.5)
    run.set_learning_rate()
    run.take_up()
    other = Run(project("sgd"))
    train(other, 2)
    other.project = run.project
    other.set_learning_rate()
    train(run, 3)
    train(other, 3)
    assert state_of(run) == state_of(other)


def test_someone_who_does_not_wait_gets_the_nearest_moment_that_is_kept():
    run = Run(PROJECTS["adam"])
    run.timeline = Timeline(most_moments=3)
    run.note(fixed=True)
    train(run, 30)
    train(run, 30)
    run.go_to(20, given_up=lambda: True)
    assert run.trainer.steps == 0


def test_memory_is_bounded_and_the_latest_moment_is_there_whatever_its_size():
    run = Run(PROJECTS["adam"])
    run.timeline = Timeline(most_bytes=1)
    train(run, 3)
    run.go_to(1)
    assert run.trainer.steps == 3
    assert not run.behind


TUNINGS = {
    "optimizer": ("training", "optimizer", "sgd"),
    "batch size": ("training", "batch_size", 30),
    "L2": ("dense-1", "l2", 0.1),
    "precision": ("training", "precision", "float64"),
}


@pytest.mark.parametrize("change", TUNINGS.values(), ids=TUNINGS)
def test_the_past_reaches_back_over_a_change_of_the_settings(change):
    run, seen = Run(PROJECTS["adam"]), []
    for _ in range(4):
        train(run, 5)  # Six batches are an epoch, so that most moments are in the midst of one.
        seen.append((run.trainer.weights.copy(), run.at, run.progress))
    tuned = run.tuned(set_value(run.project, *change))
    train(tuned, 7)
    latest = tuned.trainer.weights.copy()
    assert tuned.origin == -20
    for number, (weights, at, progress) in enumerate(seen):
        tuned.go_to(5 * number - 15)
        np.testing.assert_array_equal(tuned.trainer.weights, weights.astype(latest.dtype))
        assert tuned.at == pytest.approx(at)
        assert tuned.progress == progress
        assert tuned.history.column("epoch")[-1] == pytest.approx(at)
    tuned.go_to(-13)
    assert tuned.trainer.steps == -15  # What came between two moments was trained by other settings.
    tuned.go_to(7)
    np.testing.assert_array_equal(tuned.trainer.weights, latest)
    assert not tuned.behind


def test_a_run_goes_on_with_the_new_settings_from_a_moment_before_them():
    run = Run(PROJECTS["adam"])
    train(run, 9)
    train(run, 9)
    tuned = run.tuned(set_value(run.project, "training", "optimizer", "sgd"))
    train(tuned, 3)
    tuned.go_to(-9)
    tuned.take_up()
    begin, at, progress = tuned.trainer.weights.copy(), tuned.at, tuned.progress
    train(tuned, 2)
    assert tuned.at > at
    assert tuned.progress.step == progress.step + 2 == 11
    change = tuned.trainer.weights - begin
    assert change.any()
    assert tuned.timeline.latest.step == -7
    again = tuned.trainer.weights.copy()
    tuned.go_to(-9)
    tuned.go_to(-7)
    np.testing.assert_array_equal(tuned.trainer.weights, again)
    tuned.go_to(-18)
    assert tuned.progress.step == 0


def test_the_past_reaches_back_over_several_changes():
    run = Run(PROJECTS["adam"])
    begin = run.trainer.weights.copy()
    train(run, 4)
    middle = run.trainer.weights.copy()
    for optimizer in ("sgd", "momentum", "adam"):
        run = run.tuned(set_value(run.project, "training", "optimizer", optimizer))
        train(run, 3)
    assert run.origin == -10
    assert run.timeline.moments[0].step == -10
    run.go_to(-6)
    np.testing.assert_array_equal(run.trainer.weights, middle)
    run.go_to(-10)
    np.testing.assert_array_equal(run.trainer.weights, begin)
    assert run.progress.step == 0


def test_adam_goes_on_from_what_it_remembered_where_only_the_batches_change():
    run = Run(PROJECTS["adam"])
    train(run, 6)
    memory = {slot: values.copy() for slot, values in run.trainer.state.items()}
    train(run, 6)
    tuned = run.tuned(set_value(run.project, "training", "batch_size", 30))
    tuned.go_to(-6)
    for slot, values in memory.items():
        np.testing.assert_array_equal(tuned.trainer.state[slot], values)


def test_another_loss_has_curves_and_a_past_of_its_own():
    run = Run(PROJECTS["adam"])
    train(run, 5)
    tuned = run.tuned(set_value(run.project, "training", "loss", "mse"))
    assert [moment.step for moment in tuned.timeline.moments] == [0]
    assert tuned.origin == 0
    train(tuned, 2)
    tuned.go_to(0)
    np.testing.assert_array_equal(tuned.trainer.weights, run.trainer.weights)


def test_the_memory_of_all_that_is_carried_is_bounded():
    run = Run(PROJECTS["adam"])
    for _ in range(8):
        for _ in range(80):
            train(run, 1)
        run = run.tuned(
            set_value(run.project, "training", "batch_size", 30 + int(run.project.training["batch_size"]) % 7)
        )
    assert len(run.timeline.moments) <= 600
    steps = [moment.step for moment in run.timeline.moments]
    assert steps == sorted(set(steps))


def test_changes_are_marked_where_the_run_is_taken_up_before_them():
    run = Run(PROJECTS["adam"])
    train(run, 6)
    train(run, 6)
    changed = set_value(run.project, "training", "batch_size", 30)
    run.mark(changes_between(run.project, changed))
    tuned = run.tuned(changed)
    train(tuned, 4)
    faster = set_value(changed, "training", "optimizer.learning_rate", 0.5)
    tuned.mark(changes_between(changed, faster))
    tuned.project = faster
    tuned.set_learning_rate()
    train(tuned, 3)
    tuned.go_to(-6)
    tuned.take_up()
    (mark,) = tuned.marks
    assert mark.epoch == tuned.at
    assert {str(told) for told in mark.changes.values()} == {"Batch size: 30", "Learning rate η: 0.5"}
    assert tuned.trainer.live["learning_rate"] == 0.5
