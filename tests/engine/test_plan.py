"""Plans meet the reference values, and their gradients meet finite differences."""

import re
from pathlib import Path

import numpy as np
import pytest

from annstudio.core.calls import run
from annstudio.engine.activations import activations
from annstudio.engine.activations.base import Activation
from annstudio.engine.board import Board
from annstudio.engine.layers.dense import Dense
from annstudio.engine.losses import losses
from annstudio.engine.network import Network
from annstudio.engine.penalty import Penalty
from annstudio.engine.plan import Evaluator, GradientPlan
from tests.engine.oracle import INDEX

ORACLE = np.load(Path(__file__).parent.parent / "data" / "torch_ref.npz")
NAMES = {"hard_sigmoid": "hard_logistic", "gelu_erf": "gelu"}
PARAMS = {
    "leaky_relu_0.01": {"slope": 0.01},
    "leaky_relu_0.2": {"slope": 0.2},
    "elu_1": {"alpha": 1.0},
    "elu_0.5": {"alpha": 0.5},
    "celu_2": {"alpha": 2.0},
}
FORMULAS = {"log_sigmoid": "-softplus(-x)", "tanhshrink": "x - tanh(x)"}
HEADS = {
    "softmax_cce": ("softmax", "cross_entropy", "Y_onehot"),
    "softmax_mse": ("softmax", "mse", "Y_onehot"),
    "sigmoid_bce": ("logistic", "log_loss", "Y_bin"),
    "identity_mse": ("identity", "mse", "Y_reg"),
    "identity_mae": ("identity", "mae", "Y_reg"),
    "identity_rss": ("identity", "rss", "Y_reg"),
    "identity_huber1": ("identity", "huber", "Y_reg"),
    "identity_hinge": ("identity", "hinge", "Y_bin"),
}
# The reference writes the L2 term as λ·Σw², this engine as λ/2·Σw².
PENALTIES = {"l1=0.01": {"l1": 0.01}, "l2=0.01": {"l2": 0.02}, "l1l2": {"l1": 0.003, "l2": 0.04}}
CASES = list(dict.fromkeys(INDEX["networks"]["cases"]))


def hidden_of(name: str) -> Activation:
    """Return the activation that the reference calls so."""
    if name in FORMULAS:
        return activations["formula"](expression=FORMULAS[name])
    return activations[NAMES.get(name, name.rpartition("_")[0] if name in PARAMS else name)](**PARAMS.get(name, {}))


def network(sizes: tuple[int, ...], hidden: Activation | str, output: str, loss: str, **options: float) -> Network:
    layers = [Dense(units, hidden, **options) for units in sizes[1:-1]]
    return Network(sizes[0], [*layers, Dense(sizes[-1], output, **options)], loss)


def gradient_of(net: Network, weights: np.ndarray, inputs: np.ndarray, targets: np.ndarray) -> np.ndarray:
    gradient = np.full_like(weights, np.nan)
    ones = np.ones((len(inputs), 1), weights.dtype)
    h = np.hstack([inputs.astype(weights.dtype), ones]).T
    plan = GradientPlan(Board(net, weights, len(inputs), gradient))
    run(plan.calls(h, np.ascontiguousarray(targets.T, dtype=weights.dtype)))
    return gradient


def oracle_weights(net: Network, prefix: str) -> np.ndarray:
    flat = np.empty(net.parameter_count)
    for i, (block,) in enumerate(net.views(flat)):
        block[:-1], block[-1] = ORACLE[f"net.{prefix}W{i}"], ORACLE[f"net.{prefix}b{i}"]
    return flat


@pytest.mark.parametrize("case", CASES)
def test_cost_and_gradient_meet_the_oracle(case: str) -> None:
    name, head, penalty = re.fullmatch(r"(.*?)\.([a-z]+_[a-z0-9]+)(?:\.(l.*))?", case).groups()
    output, loss, targets_key = HEADS[head]
    net = network((5, 7, 4, 3), hidden_of(name), output, loss, **PENALTIES.get(penalty, {}))
    weights, inputs, targets = oracle_weights(net, ""), ORACLE["net.X"], ORACLE[f"net.{targets_key}"]
    cost, _ = Evaluator(net, weights).cost(inputs, targets)
    cost += Penalty(net).cost(weights)
    assert cost == pytest.approx(float(ORACLE[f"net.{case}.loss"]), rel=1e-14)
    expected, found = oracle_weights(net, f"{case}.d"), gradient_of(net, weights, inputs, targets)
    run(Penalty(net).calls(weights, found, np.empty_like))
    # PyTorch's own slope of the hard sigmoid is 1/6 in single precision.
    np.testing.assert_allclose(found, expected, rtol=1e-7 if name == "hard_sigmoid" else 1e-12, atol=1e-15)


PAIRS = [
    (loss, output)
    for loss in losses
    for output in activations
    # Logarithms of probabilities are below zero, where the log loss is not defined.
    if activations[output].differentiable and (loss, output) != ("log_loss", "log_softmax")
]


@pytest.mark.parametrize(("loss", "output"), PAIRS)
def test_every_pair_trains_by_the_true_gradient(loss: str, output: str) -> None:
    """Central differences at step 1e-5, with a dense layer before and after; the whole gradient to 1e-7."""
    net = network((3, 5, 4, 3), "tanh", output, loss)
    rng = np.random.default_rng(1)
    weights = net.initial_weights(0) + rng.normal(0, 0.1, net.parameter_count)
    for block, *_ in net.views(weights)[-1:]:
        # Outputs inside (0, 1), so that no pair meets the clamp of a logarithm or a kink.
        block[-1] += -0.5 if output == "softplus" else 0.5
        block[:-1] *= 0.2
    inputs, targets = rng.normal(size=(7, 3)), np.eye(3)[rng.integers(0, 3, 7)]
    found = gradient_of(net, weights, inputs, targets)
    evaluator, expected, step = Evaluator(net, weights), np.empty_like(weights), 1e-5
    for i, weight in enumerate(weights.copy()):
        weights[i] = weight + step
        above, _ = evaluator.cost(inputs, targets)
        weights[i] = weight - step
        below, _ = evaluator.cost(inputs, targets)
        weights[i] = weight
        expected[i] = (above - below) / (2 * step)
    assert np.linalg.norm(found - expected) <= 1e-7 * np.linalg.norm(expected) + 1e-12


def test_a_published_example_to_all_its_digits() -> None:
    """The 2-2-2 logistic network that many texts compute by hand: outputs, error, and weights after one step at 0.5."""
    net = network((2, 2, 2), "logistic", "logistic", "rss")
    weights = np.empty(net.parameter_count)
    (first,), (second,) = net.views(weights)
    first[:] = [[0.15, 0.25], [0.20, 0.30], [0.35, 0.35]]
    second[:] = [[0.40, 0.50], [0.45, 0.55], [0.60, 0.60]]
    inputs, targets = np.array([[0.05, 0.10]]), np.array([[0.01, 0.99]])
    _, outputs = Evaluator(net, weights).outputs(inputs)
    np.testing.assert_allclose(outputs, [[0.751365070, 0.772928465]], atol=5e-10)
    cost, _ = Evaluator(net, weights).cost(inputs, targets)
    assert cost / 2 == pytest.approx(0.298371109, abs=5e-10)
    weights -= 0.5 * gradient_of(net, weights, inputs, targets) / 2
    np.testing.assert_allclose(first[:2], [[0.149780716, 0.249751144], [0.199561432, 0.299502287]], atol=5e-10)
    np.testing.assert_allclose(second[:2], [[0.358916480, 0.511301270], [0.408666186, 0.561370121]], atol=5e-10)


@pytest.mark.parametrize("samples", [0, 1, 2047, 2048, 2049, 5000])
def test_evaluation_in_chunks_is_evaluation(samples: int) -> None:
    net = network((2, 6, 3), "relu", "softmax", "cross_entropy")
    weights = net.initial_weights(0)
    inputs = np.random.default_rng(0).normal(size=(samples, 2))
    (first,), (second,) = net.views(weights)
    h = np.maximum(inputs @ first[:-1] + first[-1], 0)
    z = h @ second[:-1] + second[-1]
    found_z, found_a = Evaluator(net, weights).outputs(inputs)
    e = np.exp(z)
    np.testing.assert_allclose(found_z, z, rtol=1e-12)
    np.testing.assert_allclose(found_a, e / e.sum(axis=1, keepdims=True), rtol=1e-12)


def test_an_evaluator_sees_later_weights() -> None:
    net = network((2, 1), "tanh", "identity", "mse")
    weights = np.zeros(3)
    evaluator = Evaluator(net, weights)
    assert evaluator.outputs(np.ones((1, 2)))[1] == 0
    weights[:] = 1
    assert evaluator.outputs(np.ones((1, 2)))[1] == 3
