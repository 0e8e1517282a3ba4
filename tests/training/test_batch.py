"""Training without a window: what is kept belongs to the counts that are told, however training ends."""

import re
import signal
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from annstudio.core.errors import UserError
from annstudio.engine.stopping import Convergence, EarlyStopping
from annstudio.project import file
from annstudio.project.build import chain
from annstudio.project.edits import set_value
from annstudio.project.model import Project
from annstudio.training.batch import Outcome, train

DIGITS = chain("x", "digits", [(64, "relu")])


def untold(cost: float) -> None:
    """Take the cost of an epoch and do nothing."""


def same_weights(one: Outcome, other: Outcome) -> bool:
    return np.array_equal(one.run.trainer.weights, other.run.trainer.weights)


@pytest.fixture
def alarm() -> Iterator[None]:
    """Let SIGALRM interrupt as Ctrl+C does."""

    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGALRM, interrupt)
    yield
    signal.setitimer(signal.ITIMER_REAL, 0)
    signal.signal(signal.SIGALRM, before)


@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="no such timer here")
@pytest.mark.parametrize("seconds", [1e-6, 0.0005, 0.002, 0.004])
def test_an_interrupt_keeps_the_whole_epochs_that_are_done(alarm: None, tmp_path: Path, seconds: float) -> None:
    costs: list[float] = []

    def after_epoch(cost: float) -> None:
        costs.append(cost)
        if len(costs) == 3:
            signal.setitimer(signal.ITIMER_REAL, seconds)

    outcome = train(DIGITS, 1_000_000, after_epoch)
    progress = outcome.run.progress
    assert (outcome.stopped_by, outcome.problem) == ("interrupted", None)
    assert progress.epoch >= 3
    assert progress.step == progress.epoch * outcome.run.trainer.batches.count
    assert same_weights(outcome, train(DIGITS, progress.epoch, untold))
    outcome.save(tmp_path / "out.ann")
    assert file.load(tmp_path / "out.ann").progress == file.Progress(progress.epoch, progress.step)


def test_an_interrupt_in_the_first_epoch_leaves_nothing_to_keep(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr("annstudio.engine.trainer.Trainer.advance", interrupted)
    outcome = train(DIGITS, 5, untold)
    assert (outcome.learned, outcome.stopped_by) == (False, "interrupted")
    assert "nothing to keep" in str(outcome.problem)


def test_all_epochs_are_done() -> None:
    costs: list[float] = []
    outcome = train(DIGITS, 2, costs.append)
    assert (outcome.last_epoch, outcome.run.progress.epoch, outcome.stopped_by) == (2, 2, "epochs")
    assert outcome.learned
    assert outcome.problem is None
    assert costs == outcome.as_json()["history"]["cost"]["train"][1:]


def exploding(rate: float) -> Project:
    training = {"optimizer": "sgd", "optimizer.learning_rate": rate, "batch_size": 1000}
    return chain("x", "linear", [(8, "identity")], training=training)


def test_an_explosion_goes_back_to_a_sound_epoch() -> None:
    outcome = train(exploding(0.2), 50, untold)
    kept = outcome.run.progress.epoch
    assert 0 < kept < outcome.last_epoch < 50
    assert same_weights(outcome, train(exploding(0.2), kept, untold))
    said = str(outcome.problem)
    assert re.search(rf"in epoch {outcome.last_epoch}, first in (Dense 1|Output), and the .* of epoch {kept}:", said)
    assert outcome.as_json()["epochs"] == kept


def test_an_explosion_at_once_leaves_nothing_to_keep() -> None:
    outcome = train(exploding(100), 50, untold)
    assert (outcome.learned, outcome.stopped_by) == (False, "not finite")
    assert "nothing to keep" in str(outcome.problem)


def logarithmic(expression: str) -> Project:
    project = chain("x", "gate_xor", [(4, "tanh"), (4, "formula")], training={"optimizer.learning_rate": 1.0})
    return set_value(project, "dense-2", "activation.expression", expression)


def test_a_function_without_a_value_is_no_matter_of_the_learning_rate() -> None:
    outcome = train(logarithmic("log(x)"), 50, untold)
    assert (outcome.learned, outcome.stopped_by) == (False, "not finite")
    assert "not finite from the start, first in Dense 2: its function has no finite value" in str(outcome.problem)
    assert "learning rate" not in str(outcome.problem)


def test_a_function_that_ends_on_the_way_is_named() -> None:
    outcome = train(logarithmic("log(x + 2)"), 500, untold)
    assert outcome.stopped_by == "not finite"
    assert "first in Dense 2" in str(outcome.problem)
    assert "from the start" not in str(outcome.problem)


def test_patience_needs_a_validation_part() -> None:
    with pytest.raises(UserError, match="no samples are set apart for validation"):
        train(chain("x", "gate_xor", [(2, "tanh")]), 5, lambda cost: pytest.fail("trained"), {"x": EarlyStopping(5)})
    assert train(chain("x", "gate_xor", [(2, "tanh")]), 5, untold, {"x": Convergence()}).last_epoch == 5


def scored(activation: str, loss: str, source: str = "exam") -> Project:
    """Return a project with this activation at its Output, and this loss."""
    project = chain("x", source, [(8, "tanh")], training={"loss": loss, "optimizer.learning_rate": 0.01})
    return set_value(project, "output", "activation", activation)


@pytest.mark.parametrize("loss", ["hinge", "squared_hinge"])
@pytest.mark.parametrize("activation", ["identity", "tanh"])
def test_a_loss_of_scores_learns_classes(activation: str, loss: str) -> None:
    outcome = train(scored(activation, loss, "circle"), 100, untold)
    found = outcome.as_json()["metrics"]["test"]
    assert found["accuracy"] > 0.9
    assert found["auc"] > 0.95


def test_the_outcome_tells_all_metrics_of_each_part() -> None:
    outcome = train(DIGITS, 2, untold)
    for found in outcome.as_json()["metrics"].values():
        assert list(found) == ["accuracy", "precision", "recall", "f1", "auc", "top3", "confusion"]
        assert found["top3"] >= found["accuracy"]
        assert len(found["confusion"]) == 10
    assert "precision" not in outcome.as_text()


def test_logarithms_of_probabilities_are_read_as_probabilities() -> None:
    run = train(scored("log_softmax", "cross_entropy", "iris"), 2, untold).run
    _, outputs = run.trainer.evaluator.outputs(run.prepared.train.inputs)
    assert (outputs <= 0).all()
    np.testing.assert_allclose(run.compiled.network.objective.readable(outputs).sum(axis=1), 1, rtol=1e-5)
