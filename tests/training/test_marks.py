"""What the plot says of changes in the midst of a run."""

from annstudio.project import edits
from annstudio.project.build import chain
from annstudio.training.marks import changes_between
from annstudio.training.run import Run

EXAM = chain("Test", "exam", [(4, "tanh")])


def told(before, *changes):
    after = before
    for owner, key, value in changes:
        after = edits.set_value(after, owner, key, value)
    return [str(change) for change in changes_between(before, after).values()]


def test_settings_are_told_as_the_forms_show_them():
    assert told(EXAM, ("training", "optimizer.learning_rate", 0.25)) == ["Learning rate η: 0.25"]
    assert told(EXAM, ("training", "batch_size", 20)) == ["Batch size: 20"]
    assert told(EXAM, ("training", "optimizer", "sgd")) == ["Optimizer: SGD", "Learning rate η: 0.03"]
    assert told(EXAM, ("dense-1", "l2", 0.01)) == ["Dense 1, L2 λ: 0.01"]
    assert told(EXAM, ("dense-1", "trainable", False)) == ["Dense 1, Trainable: off"]
    assert told(EXAM, ("training", "clip_norm", 1.0), ("dense-1", "l1", 0.5)) == [
        "Clip gradient to norm: 1",
        "Dense 1, L1 λ: 0.5",
    ]


def test_how_long_it_goes_on_and_where_cards_stand_is_nothing_to_tell():
    assert told(EXAM, ("training", "epochs", 20), ("training", "patience", 5)) == []
    assert changes_between(EXAM, edits.move(EXAM, {"dense-1": (500.0, 500.0)})) == {}


def trained(epochs=2):
    run = Run(EXAM)
    go_on(run, epochs)
    return run


def go_on(run, epochs):
    end = run.trainer.epoch + epochs
    while run.trainer.epoch < end:
        run.trainer.advance(run.trainer.batches.count)
        run.measure()
    run.note()


def change(run, rate):
    after = edits.set_value(run.project, "training", "optimizer.learning_rate", rate)
    run.mark(changes_between(run.project, after))
    run.project = after
    run.set_learning_rate()


def marks(run):
    return [(mark.epoch, [str(each) for each in mark.changes.values()]) for mark in run.marks]


def test_before_anything_is_learned_there_is_no_change_in_midst_of_it():
    run = Run(EXAM)
    change(run, 0.5)
    assert marks(run) == []


def test_changes_at_one_place_are_one_mark_and_the_last_value_counts():
    run = trained()
    change(run, 0.5)
    change(run, 0.25)
    go_on(run, 1)
    change(run, 0.125)
    assert marks(run) == [(2, ["Learning rate η: 0.25"]), (3, ["Learning rate η: 0.125"])]


def test_from_the_past_it_goes_on_with_what_was_changed_later():
    run = trained()
    change(run, 0.5)
    go_on(run, 2)
    change(run, 0.25)
    go_on(run, 1)
    run.go_to(3 * run.trainer.batches.count)
    assert len(run.marks) == 2
    run.take_up()
    assert marks(run) == [(2, ["Learning rate η: 0.5"]), (3, ["Learning rate η: 0.25"])]


def test_a_run_that_is_tuned_keeps_its_marks():
    run = trained()
    after = edits.set_value(run.project, "dense-1", "l2", 0.125)
    run.mark(changes_between(run.project, after))
    assert marks(run.tuned(after)) == [(2, ["Dense 1, L2 λ: 0.125"])]


def test_marks_are_bounded():
    run = trained(1)
    for number in range(300):
        run.trainer.advance(1)
        change(run, 0.001 * (number + 1))
    assert len(run.marks) == 200
    assert str(run.marks[-1].changes["optimizer.learning_rate"]) == "Learning rate η: 0.3"
