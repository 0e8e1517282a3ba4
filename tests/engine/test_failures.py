"""Training stops within a batch when numbers stop being finite, with the last finite weights and a culprit."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annstudio.core.errors import UserError
from annstudio.engine.activations import activations
from annstudio.engine.layers.dense import Dense
from annstudio.engine.network import Network
from annstudio.engine.optimizers import optimizers
from annstudio.engine.schedules import schedules
from annstudio.engine.trainer import Trainer

RNG = np.random.default_rng(2)
X = RNG.normal(size=(300, 2))
T = X @ np.array([[3.0], [-2.0]])


def trainer(rate, precision="float32", batch=1, hidden="relu", optimizer="sgd", **options):
    net = Network(2, [Dense(4, hidden), Dense(1)], "mse")
    return Trainer(net, X, T, optimizers[optimizer](learning_rate=rate), batch, precision=precision, **options)


@pytest.mark.parametrize("precision", ["float32", "float64"])
def test_it_stops_before_the_batch_that_would_not_be_finite(precision):
    run = trainer(1.0, precision)
    while run.failure is None and run.epoch < 50:
        run.advance(1000)
    assert run.failure is not None
    assert run.steps == run.failure.step - 1
    assert np.isfinite(run.weights).all()
    assert np.isfinite(run.last_cost())
    alone = trainer(1.0, precision)
    alone.advance(run.steps)
    assert alone.weights.tobytes() == run.weights.tobytes()
    assert run.advance(10) == 0


def test_batches_are_trained_anew_at_the_rates_of_their_time():
    run, alone = (trainer(1.0, schedule=schedules["warmup"](period=1)) for _ in range(2))
    run.advance(300)
    assert run.steps % run.MARK > 1
    alone.advance(run.steps)
    assert alone.failure is None
    assert alone.weights.tobytes() == run.weights.tobytes()


@settings(max_examples=25)
@given(rate=st.sampled_from([0.3, 0.5, 1.0, 5.0]), chunks=st.lists(st.integers(1, 150), min_size=1, max_size=20))
def test_where_it_stops_does_not_depend_on_the_chunks(rate, chunks):
    whole, pieces = trainer(rate), trainer(rate)
    whole.advance(250)
    for most in chunks:
        pieces.advance(min(most, 250 - pieces.steps))
    pieces.advance(250 - pieces.steps)
    assert pieces.failure == whole.failure
    assert pieces.weights.tobytes() == whole.weights.tobytes()


def test_the_layer_where_it_began_is_named():
    net = Network(2, [Dense(4, "relu"), Dense(3, "relu"), Dense(1)], "mse")
    weights = net.initial_weights(0)
    net.parts(weights)[1]["kernel"][:] = 3e38
    net.parts(weights)[0]["bias"][:] = 9
    run = Trainer(net, X, T, optimizers["sgd"](), 10, weights=weights)
    run.advance(5)
    assert run.failure is not None
    assert (run.failure.epoch, run.failure.step, run.failure.place) == (1, 1, 1)


def test_a_smaller_rate_goes_on_from_a_checkpoint():
    run = trainer(1.0)
    start = run.checkpoint()
    run.advance(300)
    assert run.failure is not None
    run.restore(start)
    run.set_learning_rate(0.001)
    assert run.advance(300) == 300
    assert run.failure is None


def test_weights_that_overflow_unseen_are_found():
    """Tanh hides infinite weights from the cost."""
    net = Network(2, [Dense(4, "tanh"), Dense(1, "tanh")], "mse")
    weights = net.initial_weights(0)
    weights[0] = 3e38
    run = Trainer(
        net, X, T, optimizers["sgd"](momentum=0.9, learning_rate=100.0, weight_decay=1.0), 10, weights=weights
    )
    while run.failure is None and run.steps < 500:
        run.advance(7)
    assert np.isfinite(run.weights).all()


@pytest.mark.parametrize(
    ("output", "loss", "targets"),
    [
        (activations["formula"](expression="log(x)"), "mse", T),
        (activations["formula"](expression="min(x, 5)"), "log_loss", np.abs(np.sign(T))),
        ("tanh", "log_loss", (T > 0) * 1.0),
    ],
)
def test_a_cost_that_is_no_number_stops_although_z_is_finite(output, loss, targets):
    run = Trainer(Network(2, [Dense(4, "tanh"), Dense(1, output)], loss), X, targets, "sgd", 10)
    while run.failure is None and run.epoch < 20:
        run.advance(100)
    assert run.failure is not None
    assert np.isfinite(run.weights).all()


def test_healthy_batches_of_every_size_are_no_false_alarm(monkeypatch):
    """Also the smaller batch at an epoch's end, and a loss that has to be looked at itself."""
    net = Network(2, [Dense(3, "tanh"), Dense(2, "hard_logistic")], "log_loss")
    run = Trainer(net, X[:53], np.eye(2)[(T[:53, 0] > 0) * 1], "sgd", 10)
    monkeypatch.setattr(run, "_retrace", lambda *arguments: pytest.fail("a false alarm"))
    while run.epoch < 5:
        run.advance(4)


def test_the_last_cost_is_unknown_until_the_next_step_after_a_restore():
    run = trainer(0.001, batch=10)
    run.advance(3)
    then = run.checkpoint()
    expected = run.last_cost()
    run.advance(10)
    run.restore(then)
    assert np.isnan(run.last_cost())
    assert expected > 0


def test_data_are_the_trainers_own():
    x, t = X.astype(np.float64), T.astype(np.float64)
    run = Trainer(Network(2, [Dense(1)], "mse"), x, t, "sgd", 10, precision="float64")
    other = Trainer(Network(2, [Dense(1)], "mse"), x.copy(), t.copy(), "sgd", 10, precision="float64")
    x[:], t[:] = 0, 0
    run.advance(30)
    other.advance(30)
    assert run.weights.tobytes() == other.weights.tobytes()


@pytest.mark.parametrize(
    ("inputs", "targets", "batch", "sentence"),
    [
        (X[:, :1], T, 10, "inputs are 300 × 1, but the network expects rows of 2"),
        (X, np.hstack([T, T]), 10, "targets are 300 × 2, but the network expects rows of 1"),
        (X[:10], T, 10, "10 rows of inputs but 300 rows of targets"),
        (X[:0], T[:0], 1, "at least two samples, and there are 0"),
        (X[:1], T[:1], 1, "at least two samples, and there are 1"),
        (X, T, 301, "batch of 301 cannot be taken from 300 samples"),
        (X, T, 0, "The batch size cannot be 0: choose a number of at least 1"),
        (np.where(np.arange(600).reshape(300, 2) == 7, np.nan, X), T, 10, "no number, first in row 4, column 2"),
    ],
)
def test_data_that_do_not_fit_are_refused_in_one_sentence(inputs, targets, batch, sentence):
    net = Network(2, [Dense(1)], "mse")
    with pytest.raises(UserError, match=sentence):
        Trainer(net, inputs, targets, optimizers["sgd"](), batch)


@pytest.mark.parametrize(
    ("loss", "output", "targets", "sentence"),
    [
        ("log_loss", "logistic", T, r"Log loss .* targets from 0 to 1, but there is -?\d"),
        ("cross_entropy", "softmax", np.ones((300, 2)), "that add up to 1, but there is 2"),
        ("hinge", "identity", np.full((300, 1), 0.5), "targets 0 or 1, but there is 0.5"),
    ],
)
def test_targets_of_another_kind_are_refused(loss, output, targets, sentence):
    net = Network(2, [Dense(targets.shape[1], output)], loss)
    with pytest.raises(UserError, match=sentence):
        Trainer(net, X, targets, optimizers["sgd"](), 10)


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({"seed": -1}, "[Ss]eed"),
        ({"precision": "float16"}, "float16"),
        ({"weights": np.zeros(3)}, "weights"),
        ({"weights": np.full(17, np.nan)}, "weights"),
    ],
)
def test_options_that_do_not_fit_are_refused(options, sentence):
    net = Network(2, [Dense(4, "tanh"), Dense(1)], "mse")
    with pytest.raises(UserError, match=sentence):
        Trainer(net, X, T, "sgd", 10, **options)


def test_a_frozen_network_has_nothing_to_train():
    with pytest.raises(UserError, match="train"):
        Trainer(Network(2, [Dense(1, trainable=False)], "mse"), X, T, "lbfgs", 10)


def test_what_is_asked_of_a_trainer_is_checked():
    run = trainer(0.001)
    with pytest.raises(UserError, match="inputs"):
        run.predict(np.ones((3, 1)))
    with pytest.raises(UserError, match="targets"):
        run.cost(X, T[:, 0])
