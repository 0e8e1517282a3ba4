"""When a run ends by itself."""

import numpy as np
import pytest

from annstudio.project import edits
from annstudio.project.build import chain
from annstudio.training.run import Run
from annstudio.training.stopping import Stopper

OVERFITTING = chain(
    "Test",
    "exam",
    [(32, "tanh"), (32, "tanh")],
    training={"optimizer.learning_rate": 0.02, "batch_size": 10},
)


def project(**training):
    made = OVERFITTING
    for key, value in training.items():
        made = edits.set_value(made, "training", key, value)
    return made


def train(run, stopper, most=400):
    """Train until the stopper speaks; return what it says."""
    for _ in range(most):
        run.trainer.advance(run.trainer.batches.count)
        run.measure()
        reason = stopper.update(run)
        if reason is not None:
            return str(reason)
    return None


def test_without_a_wish_it_watches_nothing():
    run = Run(project())
    stopper = Stopper(run.project.training)
    assert not stopper.watches
    assert train(run, stopper, 5) is None


def test_early_stopping_shows_the_run_as_it_was_in_its_best_epoch():
    run = Run(project(patience=8))
    stopper = Stopper(run.project.training)
    assert stopper.watches
    assert "validation cost was lowest in epoch" in train(run, stopper)
    costs = run.future.column("validation_cost")
    best = int(np.argmin(costs[1:])) + 1
    assert len(costs) - 1 == best + 8
    assert run.behind
    assert run.trainer.epoch == best
    assert run.history.column("validation_cost")[-1] == costs[best]
    assert run.judge(run.prepared.validation)[0] == pytest.approx(costs[best])


def test_what_came_after_the_best_epoch_is_still_there():
    run = Run(project(patience=4))
    train(run, Stopper(run.project.training))
    latest = run.timeline.latest
    run.go_to(latest.step)
    assert not run.behind
    assert (run.trainer.weights == latest.checkpoint.weights).all()


def test_a_run_that_converges_says_so():
    run = Run(chain("Test", "linear", [], training={"until_converged": True, "optimizer": "sgd"}))
    assert "Converged" in train(run, Stopper(run.project.training))
    assert not run.behind
