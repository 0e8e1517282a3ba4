"""Dropout drops the share it says, scales what it keeps, and is gone after training."""

import numpy as np
import pytest

from annstudio.core.calls import run
from annstudio.core.random import stream
from annstudio.engine.board import Board
from annstudio.engine.layers.dense import Dense
from annstudio.engine.layers.dropout import Dropout
from annstudio.engine.network import Network
from annstudio.engine.optimizers import optimizers
from annstudio.engine.plan import Evaluator
from annstudio.engine.trainer import Trainer
from tests.engine.oracle import INDEX

NOTES = INDEX["dropout"]
RATES = [rate for rate in NOTES["p"] if float(rate) < 1]


def dropped(rate, precision, features=1000):
    """Return outputs for inputs of ones, and dJ/dx for dJ/da of ones."""
    net = Network(features, [Dropout(rate)], "mse")
    board = Board(net, np.empty(0, precision), 1000, np.empty(0, precision), [stream(0, "dropout", 0)], True)
    board.input.a[:] = 1
    step = board.step(0, np.empty_like)
    run(step.forward)
    board.stages[0].error[:] = 1
    run(step.backward)
    return board.stages[0].out.a, board.input.error


@pytest.mark.parametrize("precision", ["float32", "float64"])
@pytest.mark.parametrize("rate", RATES)
def test_it_drops_and_scales_as_the_oracle_says(rate, precision):
    note = NOTES["p"][rate]
    out, error = dropped(float(rate), precision)
    kept = out != 0
    assert out.size == NOTES["n"]
    assert abs(kept.mean() - (1 - float(rate))) <= note["tolerance_5_sigma_on_kept_fraction"]
    np.testing.assert_allclose(out[kept], note["expected_kept_value"], rtol=np.finfo(precision).eps)
    assert np.array_equal(error, out)
    assert note["grad_equals_mask_over_keep"]


def test_units_and_samples_are_dropped_independently():
    out, _ = dropped(0.5, "float64")
    kept = (out != 0) - 0.5
    assert abs(np.corrcoef(kept[:, 0], kept[:, 1])[0, 1]) < 0.2
    assert abs(np.corrcoef(kept[0], kept[1])[0, 1]) < 0.2


def test_every_run_draws_anew():
    net = Network(50, [Dropout(0.5)], "mse")
    board = Board(net, np.empty(0), 4, np.empty(0), [stream(0, "dropout", 0)], True)
    board.input.a[:] = 1
    step = board.step(0, np.empty_like)
    run(step.forward)
    first = board.stages[0].out.a.copy()
    run(step.forward)
    assert not np.array_equal(first, board.stages[0].out.a)


def test_after_training_nothing_is_dropped():
    x = np.random.default_rng(0).normal(size=(7, 5))
    _, a = Evaluator(Network(5, [Dropout(0.9)], "mse"), np.empty(0)).outputs(x)
    assert np.array_equal(a, x)


def test_looking_draws_nothing():
    """An evaluation between two steps changes nothing of what comes next."""
    rng = np.random.default_rng(0)
    inputs, targets = rng.normal(size=(12, 3)), rng.normal(size=(12, 1))
    net = Network(3, [Dense(8, "tanh"), Dropout(0.5), Dense(1)], "mse")
    quiet, looked_at = (Trainer(net, inputs, targets, optimizers["sgd"](), 4) for _ in range(2))
    for _ in range(5):
        quiet.advance(1)
        looked_at.advance(1)
        looked_at.cost(inputs, targets)
    assert np.array_equal(quiet.weights, looked_at.weights)


def test_a_restored_trainer_draws_the_same_again():
    rng = np.random.default_rng(0)
    net = Network(3, [Dense(8, "tanh"), Dropout(0.5), Dense(1)], "mse")
    trainer = Trainer(net, rng.normal(size=(12, 3)), rng.normal(size=(12, 1)), optimizers["sgd"](), 4)
    trainer.advance(2)
    kept = trainer.checkpoint()
    trainer.advance(3)
    first = trainer.weights.copy()
    trainer.restore(kept)
    trainer.advance(3)
    assert np.array_equal(first, trainer.weights)


def test_a_trainer_that_goes_on_from_another_draws_what_that_would_have_drawn():
    rng = np.random.default_rng(0)
    net = Network(3, [Dense(8, "tanh"), Dropout(0.5), Dense(1)], "mse")
    inputs, targets = rng.normal(size=(12, 3)), rng.normal(size=(12, 1))
    first = Trainer(net, inputs, targets, optimizers["sgd"](), 4)
    for _ in range(3):
        first.advance(3)
    second = Trainer(net, inputs, targets, optimizers["sgd"](), 4, weights=first.weights)
    second.continue_luck_of(first)
    second.advance(3)
    first.advance(3)
    assert np.array_equal(first.weights, second.weights)
