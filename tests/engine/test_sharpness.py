"""The sharpest bend of the cost."""

import numpy as np
import pytest

from annstudio.engine.layers.dense import Dense
from annstudio.engine.network import Network
from annstudio.engine.sharpness import sharpness


def samples(seed=0):
    rng = np.random.default_rng(seed)
    return rng.normal(size=(40, 5)) * [3, 1, 0.5, 1, 2], rng.normal(size=(40, 2))


@pytest.mark.parametrize(("loss", "factor"), [("mse", 2 / (40 * 2)), ("rss", 2)])
def test_of_a_linear_network_it_is_the_largest_eigenvalue_of_the_inputs_moments(loss, factor):
    inputs, targets = samples()
    network = Network(5, [Dense(2)], loss)
    with_ones = np.hstack([inputs, np.ones((40, 1))])
    expected = factor * np.linalg.eigvalsh(with_ones.T @ with_ones)[-1]
    found = sharpness(network, network.initial_weights(0), inputs, targets)
    assert found == pytest.approx(expected, rel=0.02)


def test_of_a_network_with_a_hidden_layer_it_is_that_of_the_hessian_by_differences():
    inputs, targets = samples(1)
    network = Network(5, [Dense(3, "tanh"), Dense(2)], "mse")
    weights = network.initial_weights(3)
    from annstudio.engine.differences import CostProbe

    probe = CostProbe(network, weights, inputs, targets)
    step, rows = 1e-5, []
    for place in range(len(weights)):
        sides = []
        for sign in (1, -1):
            probe.trained[:] = weights
            probe.trained[place] += sign * step
            probe.cost()
            sides.append(probe.gradients()[0])
        rows.append((sides[0] - sides[1]) / (2 * step))
    values = np.linalg.eigvalsh((np.array(rows) + np.array(rows).T) / 2)
    largest = values[np.abs(values).argmax()]
    assert sharpness(network, weights, inputs, targets) == pytest.approx(largest, rel=0.03)


def test_weights_stay_and_a_flat_cost_has_none():
    inputs, targets = samples()
    network = Network(5, [Dense(2)], "mse")
    weights = network.initial_weights(0)
    before = weights.copy()
    sharpness(network, weights, inputs, targets)
    np.testing.assert_array_equal(weights, before)
    dead = Network(5, [Dense(3, "relu"), Dense(2)], "mse")
    flat = np.zeros(dead.size)
    assert sharpness(dead, flat, np.zeros((4, 5)), np.zeros((4, 2))) == pytest.approx(1.0, rel=0.05)
