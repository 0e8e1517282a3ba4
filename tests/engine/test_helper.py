"""A second thread for long vectors: the same result, sooner."""

import threading

import numpy as np
import pytest

from annstudio.engine import helper, update
from annstudio.engine.layers.dense import Dense
from annstudio.engine.network import Network
from annstudio.engine.optimizers import optimizers
from annstudio.engine.trainer import Trainer

RNG = np.random.default_rng(0)
X = RNG.normal(size=(40, 3))
T = np.eye(2)[(X[:, 0] > 0) * 1]


def in_a_thread(work):
    """Do something in a thread of its own, whose helper ends with it; return what it returns."""
    found = []
    thread = threading.Thread(target=lambda: found.append(work()), daemon=True)
    thread.start()
    thread.join(20)
    assert found, "it hangs or has failed"
    return found[0]


def test_calls_are_made_beside_the_caller():
    made = []

    def work():
        for number in range(3):
            helper.begin([(lambda number: made.append((number, threading.current_thread().name)), (number,))])
            helper.wait()
        return helper._own.helper.thread

    thread = in_a_thread(work)
    assert made == [(number, "annstudio-helper") for number in range(3)]
    thread.join(5)
    assert not thread.is_alive()


def test_a_caller_that_was_interrupted_does_no_harm():
    made = []

    def work():
        helper.begin([(made.append, (1,))])
        helper.begin([(made.append, (2,))])
        helper.wait()
        return list(made)

    assert in_a_thread(work) == [1, 2]


def test_two_runs_do_not_take_each_others_helper():
    """An old run is in the midst of its batch while the next one trains."""
    goes_on, made = threading.Event(), []

    def old():
        helper.begin([(goes_on.wait, ()), (made.append, ("old",))])
        assert in_a_thread(new) == ["new"]
        goes_on.set()
        helper.wait()
        return list(made)

    def new():
        helper.begin([(made.append, ("new",))])
        helper.wait()
        return list(made)

    assert in_a_thread(old) == ["new", "old"]


@pytest.mark.parametrize("key", [key for key, entry in optimizers.items() if not entry.evaluates])
def test_two_threads_compute_what_one_does(key, monkeypatch):
    monkeypatch.setattr(update, "_LONG", 1)
    output = "binary_step" if key == "perceptron" else "softmax"
    net = Network(3, [Dense(7, "tanh"), Dense(2, output)], "mse" if key == "perceptron" else "cross_entropy")

    def train():
        runs = [Trainer(net, X, T, key, 8, threads=threads) for threads in (1, 2)]
        for run in runs:
            run.advance(5)
            run.advance(5)
        kept = runs[1].checkpoint()
        runs[1].advance(5)
        runs[1].restore(kept)
        for run in runs:
            run.advance(5)
        return runs

    one, two = in_a_thread(train)
    assert one.weights.tobytes() == two.weights.tobytes()
    for slot, values in one.state.items():
        np.testing.assert_array_equal(values, two.state[slot])
