"""L1, L2 and max-norm act on kernels, each layer with factors of its own."""

import numpy as np
import pytest

from annstudio.core.calls import run
from annstudio.engine.layers.dense import Dense
from annstudio.engine.network import Network
from annstudio.engine.penalty import Penalty, max_norm_calls
from tests.engine.oracle import slopes


def network(**options):
    """A network whose second layer alone has these options, and its weights, none of them near 0."""
    net = Network(3, [Dense(4, "tanh"), Dense(3, "tanh", **options), Dense(2)], "mse")
    rng = np.random.default_rng(4)
    return net, rng.uniform(0.2, 2, net.size) * rng.choice([-1, 1], net.size)


def test_the_cost_is_that_of_the_kernel():
    net, weights = network(l1=0.3, l2=0.7)
    kernel = net.parts(weights)[1]["kernel"]
    expected = 0.3 * np.abs(kernel).sum() + 0.7 / 2 * np.square(kernel).sum()
    assert Penalty(net).cost(weights) == pytest.approx(expected, rel=1e-14)


@pytest.mark.parametrize("options", [{"l1": 0.3}, {"l2": 0.7}, {"l1": 0.3, "l2": 0.7}])
def test_the_gradient_is_added_and_agrees_with_finite_differences(options):
    net, weights = network(**options)
    penalty, gradient = Penalty(net), np.ones(net.size)
    run(penalty.calls(weights, gradient, np.empty_like))
    np.testing.assert_allclose(gradient - 1, slopes(penalty.cost, weights), atol=1e-10)


def test_a_weight_of_zero_is_not_pulled():
    net, weights = network(l1=0.3, l2=0.7)
    gradient = np.zeros(net.size)
    run(Penalty(net).calls(0 * weights, gradient, np.empty_like))
    assert not gradient.any()


def test_max_norm_shrinks_the_weights_into_a_unit():
    net, weights = network(max_norm=1.5)
    before = net.parts(weights.copy())[1]
    after = net.parts(weights)[1]
    for part in (before, after):
        part["kernel"][:, 0] = [0.5, -0.5, 0, 0.25]
        part["kernel"][:, 1] = 0
    run(max_norm_calls(net, weights, np.empty_like))
    np.testing.assert_array_equal(after["kernel"][:, :2], before["kernel"][:, :2])
    length = np.linalg.norm(before["kernel"][:, 2])
    np.testing.assert_allclose(after["kernel"][:, 2], before["kernel"][:, 2] * 1.5 / length, rtol=1e-14)
    np.testing.assert_array_equal(after["bias"], before["bias"])


def test_a_frozen_layer_costs_but_does_not_move():
    net, weights = network(l1=0.3, l2=0.7, max_norm=0.1, trainable=False)
    gradient, before = np.zeros(net.trainable_count), weights.copy()
    run(Penalty(net).calls(weights, gradient, np.empty_like) + max_norm_calls(net, weights, np.empty_like))
    assert Penalty(net).cost(weights) > 0
    assert not gradient.any()
    np.testing.assert_array_equal(weights, before)
