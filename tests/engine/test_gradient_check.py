"""The gradient check holds where gradients are right, and fails where they are not."""

import numpy as np
import pytest

from annstudio.engine.activations.tanh import Tanh
from annstudio.engine.gradient_check import TOLERANCE, gradient_check
from annstudio.engine.layers import layers
from annstudio.engine.layers._normalization import Standardized
from annstudio.engine.layers.dense import Dense
from annstudio.engine.layers.dropout import Dropout
from annstudio.engine.network import Network
from tests.engine.layers.cases import samples_of, weights_of


def checked(inner, loss="mse", **options):
    net = Network(3, [Dense(4), *inner, Dense(2)], loss)
    return gradient_check(net, weights_of(net), *samples_of(net, 5), **options)


def test_right_gradients_hold_for_every_layer():
    check = checked([layers["activation"]("tanh"), layers["batch_norm"](), Dropout(0.3)])
    assert check.holds
    assert len(check.layers) == 5
    assert max(check.layers) <= TOLERANCE
    assert check.layers[1] == check.layers[3] == 0


def test_a_wrong_slope_is_found(monkeypatch):
    monkeypatch.setattr(Tanh, "slope", lambda self, z, a, out, new: [(np.copyto, (out, a))])
    check = checked([layers["activation"]("tanh")])
    assert not check.holds
    assert check.parameters > 0.01
    assert check.layers[-1] <= TOLERANCE < check.layers[0]


def test_a_forgotten_mean_is_found(monkeypatch):
    """Batch normalization as if μ and σ did not depend on x."""

    def short(self, grad, out):
        return [(np.multiply, (grad, self._inverse[:, np.newaxis], out))]

    monkeypatch.setattr(Standardized, "backward", short)
    assert not checked([layers["activation"]("tanh"), layers["batch_norm"]()]).holds


def test_a_wrong_error_of_the_inputs_alone_is_found(monkeypatch):
    right = Dense.calls

    def doubled(self, stage):
        forward, backward = right(self, stage)
        error = stage.inputs[0].error
        return forward, [*backward, (np.multiply, (error, np.array(1.001), error))]

    monkeypatch.setattr(Dense, "calls", doubled)
    net = Network(3, [Dense(2)], "mse")
    check = gradient_check(net, weights_of(net), *samples_of(net, 5))
    assert check.parameters <= TOLERANCE < check.inputs
    assert not check.holds


def test_numbers_that_are_none_do_not_hold():
    net = Network(3, [Dense(2)], "mse")
    check = gradient_check(net, np.full(net.size, np.nan), *samples_of(net, 5))
    assert not check.holds


def test_a_kink_within_the_step_is_no_wrong_gradient():
    """With all weights zero, ReLU stands on its kink."""
    net = Network(3, [Dense(4, "relu"), Dense(2)], "mse")
    weights = weights_of(net)
    net.views(weights)[0][0][:] = 0
    samples = samples_of(net, 5)
    assert not gradient_check(net, weights, *samples).holds
    net.views(weights)[0][0][-1] = 1e-3
    assert gradient_check(net, weights, *samples).holds
    assert not gradient_check(net, weights, *samples, step=1e-2).holds


def test_a_gradient_too_small_to_be_measured_holds():
    """A bias before a batch normalization changes nothing: its gradient is 0 but for rounding."""
    net = Network(1, [Dense(1), layers["batch_norm"]()], "mse")
    weights = np.array([0.0, 0.7, 1, 0, 0, 1])
    check = gradient_check(net, weights, np.zeros((4, 1)), np.ones((4, 1)))
    assert check.holds


@pytest.mark.parametrize("precision", ["float32", "float64"])
def test_it_changes_nothing_and_computes_in_double_precision(precision):
    net = Network(3, [Dense(4, "tanh"), layers["batch_norm"](), Dense(2)], "mse")
    given = [weights_of(net, precision), *samples_of(net, 5, precision)]
    before = [array.copy() for array in given]
    assert gradient_check(net, *given).holds
    assert all(map(np.array_equal, given, before))


def test_frozen_layers_are_passed_through():
    net = Network(3, [Dense(4, "tanh", trainable=False), Dense(2)], "mse")
    check = gradient_check(net, weights_of(net), *samples_of(net, 5))
    assert check.holds
    assert check.layers[0] == 0
    all_frozen = Network(3, [Dense(2, trainable=False)], "mse")
    assert gradient_check(all_frozen, weights_of(all_frozen), *samples_of(all_frozen, 5)).holds
