"""A second thread for long vectors: the same result, sooner."""

import threading

import numpy as np
import pytest

from annstudio.engine import update
from annstudio.engine.helper import HELPER, Helper
from annstudio.engine.layers.dense import Dense
from annstudio.engine.network import Network
from annstudio.engine.optimizers import optimizers
from annstudio.engine.trainer import Trainer

RNG = np.random.default_rng(0)
X = RNG.normal(size=(40, 3))
T = np.eye(2)[(X[:, 0] > 0) * 1]


def test_calls_are_made_beside_the_caller():
    helper, made = Helper(), []
    try:
        for number in range(3):
            helper.begin([(made.append, (number,)), (made.append, (threading.current_thread().name,))])
            helper.wait()
        assert made[::2] == [0, 1, 2]
        assert helper._thread is not None
    finally:
        helper.close()
    helper.close()


def test_a_caller_that_was_interrupted_does_no_harm():
    helper, made = Helper(), []
    try:
        helper.begin([(made.append, (1,))])
        helper.begin([(made.append, (2,))])
        helper.wait()
        assert made == [1, 2]
    finally:
        helper.close()


@pytest.mark.parametrize("key", [key for key, entry in optimizers.items() if not entry.evaluates])
def test_two_threads_compute_what_one_does(key, monkeypatch):
    monkeypatch.setattr(update, "_LONG", 1)
    output = "binary_step" if key == "perceptron" else "softmax"
    net = Network(3, [Dense(7, "tanh"), Dense(2, output)], "mse" if key == "perceptron" else "cross_entropy")
    try:
        runs = [Trainer(net, X, T, key, 8, threads=threads) for threads in (1, 2)]
        for run in runs:
            run.advance(5)
            run.advance(5)
        kept = runs[1].checkpoint()
        runs[1].advance(5)
        runs[1].restore(kept)
        for run in runs:
            run.advance(5)
        assert runs[0].weights.tobytes() == runs[1].weights.tobytes()
        for slot, values in runs[0].state.items():
            np.testing.assert_array_equal(values, runs[1].state[slot])
    finally:
        HELPER.close()
