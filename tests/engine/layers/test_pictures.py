"""Layers for pictures, together."""

import numpy as np
import pytest

from annstudio.core.calls import run
from annstudio.core.resources import resources
from annstudio.engine.layers import layers
from annstudio.engine.network import Network
from annstudio.engine.optimizers import optimizers
from annstudio.engine.plan import Evaluator
from annstudio.engine.trainer import Trainer
from tests.engine.layers.cases import samples_of, training_plan


def digits():
    """Return inputs, (1797, 64) from 0 to 1, and the ten classes as targets."""
    folder = resources() / "data"
    rows = np.loadtxt(folder / "digits.csv", delimiter=",", skiprows=1)
    return rows[:, :64] / 16, np.eye(10)[rows[:, 64].astype(int)]


def convolutional():
    return Network(
        64,
        [
            layers["reshape"](1, 8, 8),
            layers["conv2d"](6, activation="relu", initializer="he_normal"),
            layers["max_pool2d"](),
            layers["conv2d"](8, bias=False),
            layers["batch_norm"](),
            layers["activation"]("relu"),
            layers["average_pool2d"](),
            layers["flatten"](),
            layers["dropout"](0.1),
            layers["output"](10, "softmax"),
        ],
        "cross_entropy",
    )


def test_a_small_convolution_learns_the_digits():
    inputs, targets = digits()
    trainer = Trainer(convolutional(), inputs, targets, optimizers["adam"](learning_rate=0.01), 32)
    before, _ = trainer.cost(inputs, targets)
    for _ in range(4):
        trainer.advance(10_000)
    after, outputs = trainer.cost(inputs, targets)
    assert trainer.failure is None
    assert after < before / 10
    assert (outputs.argmax(1) == targets.argmax(1)).mean() > 0.95
    assert trainer.weights.dtype == np.float32


@pytest.mark.parametrize("key", ["max_pool2d", "average_pool2d", "conv2d"])
def test_evaluation_bounds_the_memory_of_the_windows(key):
    wide = layers[key](**({"filters": 1, "kernel_size": 15} if key == "conv2d" else {"size": 15, "stride": 1}))
    net = Network((8, 32, 32), [wide, layers["flatten"]()], "mse")
    chunk = Evaluator(net, net.initial_weights(0)).chunk
    assert chunk * wide.room([(8, 32, 32)]) <= Evaluator._CHUNK_VALUES
    assert chunk < Evaluator(Network((8, 32, 32), [layers["flatten"]()], "mse"), np.empty(0)).chunk


def test_the_first_of_several_largest_values_gets_the_error():
    net = Network((1, 2, 4), [layers["max_pool2d"](), layers["flatten"]()], "rss")
    x = np.array([[1.0, 2, 0, 0, 2, 2, 0, 0]])
    board, calls, _ = training_plan(net, np.empty(0), x, np.array([[0.0, -1.0]]))
    run(calls)
    assert board.input.error.ravel().tolist() == [0, 4, 2, 0, 0, 0, 0, 0]


def test_a_filter_starts_with_the_fan_in_of_its_window():
    """he_uniform draws within ±√(6 / fan_in)."""
    net = Network((4, 8, 8), [layers["conv2d"](64, 3, initializer="he_uniform"), layers["flatten"]()], "mse")
    kernel = net.parts(net.initial_weights(0))[0]["kernel"]
    limit = np.sqrt(6 / (4 * 9))
    assert kernel.shape == (36, 64)
    assert 0.98 * limit < np.abs(kernel).max() <= limit


def test_a_picture_with_one_place_left_is_a_dense_layer():
    conv = Network((2, 3, 3), [layers["conv2d"](5, 3, padding="valid", activation="tanh"), layers["flatten"]()], "mse")
    dense = Network((2, 3, 3), [layers["flatten"](), layers["dense"](5, "tanh")], "mse")
    weights = conv.initial_weights(0)
    inputs, targets = samples_of(conv, 4)
    gradients = []
    for net in (conv, dense):
        _, calls, gradient = training_plan(net, weights, inputs, targets)
        run(calls)
        gradients.append(gradient)
    np.testing.assert_allclose(*gradients, rtol=1e-12, atol=1e-15)
