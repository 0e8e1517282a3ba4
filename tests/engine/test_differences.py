"""The gradient check holds where gradients are right, and fails where they are not."""

import numpy as np
import pytest

from annstudio.engine import ActivationLayer, Feature, Flatten, MaxPool2D, Reshape
from annstudio.engine.activations import activations
from annstudio.engine.activations.tanh import Tanh
from annstudio.engine.differences import TOLERANCE, gradient_check
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
    net = Network(3, [Dense(4, "relu"), Dense(2)], "mse", names=["hidden", "last"])
    weights = weights_of(net)
    net.views(weights)[0][0][:] = 0
    samples = samples_of(net, 5)
    check = gradient_check(net, weights, *samples)
    assert not check.holds
    assert check.kinks == ("hidden",)
    net.views(weights)[0][0][-1] = 1e-3
    check = gradient_check(net, weights, *samples)
    assert (check.holds, check.kinks) == (True, ())
    check = gradient_check(net, weights, *samples, step=2e-3)
    assert not check.holds
    assert "hidden" in check.kinks


OWN = dict.fromkeys(["values", "squares", "products"], False) | {"own": True}


@pytest.mark.parametrize(
    ("layers_", "loss", "kink"),
    [
        ([ActivationLayer("relu"), Dense(2)], "mse", "Layer 1 (Activation)"),
        ([ActivationLayer("hard_tanh"), ActivationLayer("leaky_relu"), Dense(2)], "mse", "Layer 2 (Activation)"),
        ([ActivationLayer("formula"), ActivationLayer("binary_step"), Dense(2)], "mse", "Layer 2 (Activation)"),
        ([Feature(**OWN, expression="abs(x1) + x2"), Dense(2)], "mse", "Layer 1 (Features)"),
        ([Feature(**OWN, expression="sqrt(x1 + 1e-12)"), Dense(2)], "mse", "Layer 1 (Features)"),
        ([Reshape(1, 2, 2), MaxPool2D(), Flatten(), Dense(2)], "mse", "Layer 2 (Max pooling)"),
        ([Dense(2)], "mae", "Mean absolute error (MAE)"),
        ([Dense(2)], "hinge", "Hinge loss"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_whatever_bends_jumps_or_ends_is_named(layers_, loss, kink):
    """Where a slope at a kink is the mean of both, as of abs(x), the check holds: so all is a little beside it."""
    net = Network(4, layers_, loss)
    weights, x, t = weights_of(net), np.full((3, 4), 3e-6), np.zeros((3, 2))
    for blocks in net.views(weights):
        for block in blocks:
            block[-1] = -1 if loss == "hinge" else 0
    check = gradient_check(net, weights, x, t)
    assert not check.holds
    assert [str(name) for name in check.kinks] == [kink]


def test_a_wrong_gradient_is_no_kink(monkeypatch):
    """Not even where functions stand still, as squares do at zero."""
    monkeypatch.setattr(Tanh, "slope", lambda self, z, a, out, new: [(np.copyto, (out, a))])
    net = Network(3, [Feature(), Dense(4, "tanh"), Dense(2)], "mse")
    check = gradient_check(net, weights_of(net), np.zeros((5, 3)), samples_of(net, 5)[1])
    assert (check.holds, check.kinks) == (False, ())


def test_functions_without_a_value_are_named():
    logarithm = activations["formula"](expression="log(x)")
    net = Network(3, [Dense(4, "tanh"), Dense(4, logarithm), Dense(2)], "mse")
    check = gradient_check(net, weights_of(net), *samples_of(net, 5))
    assert str(check.undefined) == "Layer 2 (Dense)"
    assert not check.holds
    assert np.isnan([check.parameters, check.inputs, *check.layers]).all()
    huge = np.full((5, 2), 1e200)
    check = gradient_check(Network(3, [Dense(2)], "mse"), np.zeros(8), np.zeros((5, 3)), huge)
    assert str(check.undefined) == "Mean squared error (MSE)"


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
