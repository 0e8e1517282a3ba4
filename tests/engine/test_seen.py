"""What every sample was answered when it was last trained on: cost and metrics for nothing."""

import numpy as np
import pytest

from annstudio.engine.layers.dense import Dense
from annstudio.engine.network import Network
from annstudio.engine.trainer import Trainer

RNG = np.random.default_rng(0)
X = RNG.normal(size=(53, 3))
T = np.eye(2)[(X[:, 0] > 0) * 1]


def trainer(**options):
    net = Network(3, [Dense(4, "tanh"), Dense(2, "softmax")], "cross_entropy")
    return Trainer(net, X, T, "sgd", options.pop("batch_size", 10), precision="float64", **options)


def test_at_first_it_is_exact():
    run = trainer()
    cost, outputs = run.seen_cost()
    assert cost == pytest.approx(run.cost(X, T)[0], rel=1e-14)
    np.testing.assert_allclose(outputs, run.predict(X), rtol=1e-14)


@pytest.mark.parametrize("chunk", [1, 4, 100])
def test_after_an_epoch_it_is_the_mean_of_the_batches_as_they_were_trained(chunk):
    run = trainer()
    run.seen_cost()
    losses = []
    while run.epoch < 2:
        before = run.checkpoint()
        taken = run.advance(1 if chunk == 1 else chunk)
        if chunk == 1 and run.epoch + (run.batch > 0) == 2:
            losses.append((run.last_cost(), 3 if run.batch == 0 else 10))
        assert taken
        assert before.steps < run.steps
    cost, _ = run.seen_cost()
    whole = trainer()
    whole.seen_cost()
    while whole.epoch < 2:
        whole.advance(1)
    assert cost == pytest.approx(whole.seen_cost()[0], rel=1e-14)
    if losses:
        assert cost == pytest.approx(sum(each * n for each, n in losses) / 53, rel=1e-12)


def test_samples_not_yet_trained_in_an_epoch_keep_their_earlier_answer():
    run = trainer(batch_size=53)
    run.seen_cost()
    first = run.cost(X, T)[0]
    run.advance(1)
    assert run.seen_cost()[0] == pytest.approx(first, rel=1e-13)


def test_a_restored_trainer_looks_anew():
    run = trainer()
    run.seen_cost()
    start = run.checkpoint()
    run.advance(4)
    run.restore(start)
    assert run.seen_cost()[0] == pytest.approx(run.cost(X, T)[0], rel=1e-14)
