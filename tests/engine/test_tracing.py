"""A trace says what a step computes: it agrees with the trainer's own step, and its parts with each other."""

import numpy as np
import pytest

from annstudio.core.errors import UserError
from annstudio.engine.activations import activations
from annstudio.engine.layers.batch_norm import BatchNorm
from annstudio.engine.layers.conv2d import Conv2D
from annstudio.engine.layers.dense import Dense
from annstudio.engine.layers.dropout import Dropout
from annstudio.engine.layers.flatten import Flatten
from annstudio.engine.layers.layer_norm import LayerNorm
from annstudio.engine.layers.reshape import Reshape
from annstudio.engine.losses import losses
from annstudio.engine.network import Network
from annstudio.engine.optimizers import optimizers
from annstudio.engine.tracing import trace
from annstudio.engine.trainer import Trainer
from annstudio.engine.update import Clipping

RNG = np.random.default_rng(5)
X = RNG.normal(size=(6, 3))
T = np.eye(3)[RNG.integers(0, 3, 6)]


def network(hidden="tanh", output="softmax", loss="cross_entropy"):
    return Network(3, [Dense(4, hidden), Dense(5, hidden, bias=False, l2=0.01), Dense(3, output)], loss)


def trainer(optimizer="adam", net=None, **options):
    return Trainer(net or network(), X, T, optimizers[optimizer](), 6, precision="float64", **options)


@pytest.mark.parametrize("key", list(optimizers))
def test_a_trace_foretells_the_next_step(key):
    net = Network(3, [Dense(3, "binary_step")], "mse") if key == "perceptron" else network()
    run = trainer(key, net)
    run.advance(1)
    run.advance(1)
    seen = run.trace(X, T)
    assert seen.update is not None
    np.testing.assert_array_equal(seen.update.before, run.weights)
    assert seen.cost == pytest.approx(run.cost(X, T)[0], rel=1e-13)
    run.advance(1)
    # One batch holds all samples, in an order of its own: sums round differently.
    np.testing.assert_allclose(seen.update.after, run.weights, rtol=1e-11, atol=1e-13)
    for slot, values in run.state.items():
        np.testing.assert_allclose(seen.update.state_after[slot], values, rtol=1e-9, atol=1e-12)


@pytest.mark.parametrize("clipping", [Clipping(norm=1e-3), Clipping(value=1e-3)])
def test_a_traced_step_is_clipped_as_the_next_one(clipping):
    run = trainer("sgd", clipping=clipping)
    after = run.trace(X, T).update.after
    run.advance(1)
    np.testing.assert_allclose(after, run.weights, rtol=1e-12)


@pytest.mark.parametrize("layer", [Dense(4, "tanh"), Dropout(0.5), BatchNorm()], ids=lambda layer: layer.info.key)
def test_looking_changes_nothing(layer):
    net = Network(3, [Dense(4, "tanh"), layer, Dense(3, "softmax")], "cross_entropy")
    looked, alone = trainer(net=net), trainer(net=net)
    for _ in range(4):
        looked.advance(1)
        looked.trace(X, T, 2)
        alone.advance(1)
    assert looked.weights.tobytes() == alone.weights.tobytes()


@pytest.mark.parametrize("hidden", [key for key, entry in activations.items() if entry.differentiable])
@pytest.mark.parametrize("loss", list(losses))
def test_every_factor_of_the_chain_rule_is_there(hidden, loss):
    net = network(hidden, "identity", loss) if loss != "cross_entropy" else network(hidden)
    seen = trace(net, net.initial_weights(1), X, np.abs(T), focus=2)
    assert seen.losses.shape == (6,)
    h = X
    for layer, block in zip(seen.layers, net.parts(net.initial_weights(1)), strict=True):
        np.testing.assert_array_equal(layer.inputs[0], h)
        np.testing.assert_allclose(layer.terms["products"].sum(axis=0), layer.z[2], rtol=1e-12, atol=1e-15)
        np.testing.assert_allclose(layer.z, h @ block["kernel"] + block.get("bias", 0), rtol=1e-12, atol=1e-15)
        np.testing.assert_allclose(layer.gradients["kernel"], h.T @ layer.error_z, rtol=1e-12, atol=1e-15)
        np.testing.assert_allclose(layer.input_errors[0], layer.error_z @ block["kernel"].T, rtol=1e-12, atol=1e-15)
        if layer.slope is not None and layer.error_a is not None:
            np.testing.assert_allclose(layer.error_z, layer.error_a * layer.slope, rtol=1e-12, atol=1e-15)
        h = layer.a
    for layer, behind in zip(seen.layers, seen.layers[1:], strict=False):
        np.testing.assert_array_equal(layer.error_a, behind.input_errors[0])


def test_cost_is_the_mean_of_the_losses_and_the_penalty_stands_apart():
    net = network()
    weights = net.initial_weights(1)
    seen = trace(net, weights, X, T)
    assert seen.cost == pytest.approx(seen.losses.mean(), rel=1e-14)
    kernel = net.parts(weights)[1]["kernel"]
    assert seen.penalty == pytest.approx(0.01 / 2 * np.square(kernel).sum(), rel=1e-14)


@pytest.mark.parametrize("normalization", [BatchNorm, LayerNorm])
def test_a_normalization_shows_what_it_measured(normalization):
    layers = [Dense(4, "tanh"), normalization(epsilon=0.1), Dense(3, "softmax")]
    net = Network(3, layers, "cross_entropy")
    seen = trace(net, net.initial_weights(1) + 0.1, X, T, focus=4)
    x, terms = seen.layers[1].inputs[0], seen.layers[1].terms
    axis = 0 if normalization is BatchNorm else 1
    assert np.allclose(terms["mean"], x.mean(axis=axis) if axis == 0 else x[4].mean(), rtol=1e-13)
    assert np.allclose(terms["variance"], x.var(axis=axis) if axis == 0 else x[4].var(), rtol=1e-13)
    gamma, beta = 1.1, 0.1
    np.testing.assert_allclose(gamma * terms["normal"] + beta, seen.layers[1].a[4], rtol=1e-12)


@pytest.mark.parametrize("padding", ["same", "valid"])
def test_a_convolution_shows_the_products_of_every_window(padding):
    layers = [Reshape(1, 4, 4), Conv2D(3, 3, padding=padding, activation="tanh"), Flatten(), Dense(2, "softmax")]
    net = Network(16, layers, "cross_entropy")
    x, t = RNG.normal(size=(5, 16)), np.eye(2)[[0, 1, 1, 0, 1]]
    seen = trace(net, net.initial_weights(1), x, t, focus=3)
    products, z = seen.layers[1].terms["products"], seen.layers[1].z[3]
    np.testing.assert_allclose(products.sum(axis=0).ravel(), z, rtol=1e-12, atol=1e-14)


def test_what_does_not_fit_is_refused():
    net = network()
    with pytest.raises(UserError, match="rows of 3 values"):
        trace(net, net.initial_weights(0), X[:, :2], T)
    with pytest.raises(IndexError):
        trace(net, net.initial_weights(0), X, T, focus=6)
