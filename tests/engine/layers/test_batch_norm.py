"""Batch normalization meets PyTorch's, batch after batch, and uses what it measured afterwards."""

import numpy as np
import pytest

from annstudio.core.calls import run
from annstudio.core.errors import UserError
from annstudio.engine.board import Board
from annstudio.engine.layers.batch_norm import BatchNorm
from annstudio.engine.layers.dense import Dense
from annstudio.engine.network import Network
from annstudio.engine.optimizers import optimizers
from annstudio.engine.plan import Evaluator
from annstudio.engine.trainer import Trainer
from tests.engine.oracle import ARRAYS, INDEX

CASES = {name: case for name, case in INDEX["batch_norm"]["cases"].items() if case["momentum"] is not None}


def trained(name):
    """Return the network of a case and its weights after the case's batches, and what each of them gave."""
    case = CASES[name]
    net = Network(4, [BatchNorm(case["eps"], case["momentum"])], "mse")
    weights = net.initial_weights(0)
    if case["affine"]:
        weights[:8] = np.concatenate([ARRAYS["bn.gamma"], ARRAYS["bn.beta"]])
    gradient = np.full(8, np.nan)
    board = Board(net, weights, 8, gradient, input_error=True)
    step = board.step(0, np.empty_like)
    outputs, means, variances = [], [], []
    for x in ARRAYS["bn.X"]:
        board.input.a[:] = x.T
        run(step.forward)
        parts = net.parts(weights)[0]
        outputs.append(board.stages[0].out.a.T.copy())
        means.append(parts["running_mean"].copy())
        variances.append(parts["running_var"].copy())
    board.stages[0].error[:] = ARRAYS["bn.upstream"].T
    run(step.backward)
    return net, weights, (outputs, means, variances), (board.input.error.T, gradient)


@pytest.mark.parametrize("name", CASES)
def test_every_batch_and_its_statistics_meet_the_oracle(name):
    """Column 2 has mean 1000 and deviation 0.001, which leaves ten digits."""
    _, _, (outputs, means, variances), _ = trained(name)
    np.testing.assert_allclose(outputs, ARRAYS[f"bn.{name}.train_y"], rtol=1e-9, atol=1e-9)
    np.testing.assert_allclose(means, ARRAYS[f"bn.{name}.running_mean"], rtol=1e-14, atol=1e-15)
    np.testing.assert_allclose(variances, ARRAYS[f"bn.{name}.running_var"], rtol=1e-13, atol=1e-15)


@pytest.mark.parametrize("name", CASES)
def test_gradients_meet_the_oracle(name):
    *_, (error, gradient) = trained(name)
    # A deviation of 0.001, and of 0, enlarge errors by up to 1/√ε.
    np.testing.assert_allclose(error, ARRAYS[f"bn.{name}.dx_last"], rtol=1e-8, atol=1e-8)
    if CASES[name]["affine"]:
        np.testing.assert_allclose(gradient[:4], ARRAYS[f"bn.{name}.dgamma_last"], rtol=1e-9, atol=1e-9)
        np.testing.assert_allclose(gradient[4:], ARRAYS[f"bn.{name}.dbeta_last"], rtol=1e-13)


@pytest.mark.parametrize("name", CASES)
def test_afterwards_the_running_statistics_count(name):
    """The same answer for a sample alone as among others."""
    net, weights, *_ = trained(name)
    evaluator = Evaluator(net, weights)
    expected = ARRAYS[f"bn.{name}.eval_y"]
    inputs = ARRAYS["bn.X"][0]
    _, together = evaluator.outputs(inputs)
    alone = np.vstack([evaluator.outputs(x[np.newaxis])[1] for x in inputs])
    np.testing.assert_allclose(together, alone, rtol=1e-14)
    np.testing.assert_allclose(together, expected, rtol=1e-9, atol=1e-9)


def test_neither_gamma_nor_beta_decays():
    net = Network(3, [Dense(4), BatchNorm(), Dense(1)], "mse")
    kernels = net.kernels()
    assert kernels.sum() == 3 * 4 + 4
    assert not any(part.any() for part in net.parts(np.append(kernels, np.zeros(8)))[1].values())


def test_statistics_are_no_parameters_of_the_optimizer():
    net = Network(3, [Dense(4), BatchNorm(), Dense(1)], "mse")
    assert net.parameter_count == net.trainable_count == net.size - 8
    rng = np.random.default_rng(0)
    trainer = Trainer(net, rng.normal(3, 2, (32, 3)), rng.normal(size=(32, 1)), optimizers["sgd"](), 8)
    before = {name: part.copy() for name, part in net.parts(trainer.weights)[1].items()}
    trainer.advance(4)
    after = net.parts(trainer.weights)[1]
    assert list(after) == ["gamma", "beta", "running_mean", "running_var"]
    assert all(not np.array_equal(before[name], after[name]) for name in after)
    assert all(part.shape == (4,) for part in after.values())


def test_a_batch_of_one_is_refused():
    net = Network(3, [BatchNorm(), Dense(1)], "mse")
    with pytest.raises(UserError, match="at least two samples in a batch"):
        Trainer(net, np.zeros((4, 3)), np.zeros((4, 1)), optimizers["sgd"](), 1)
    with pytest.raises(UserError, match="leave one over"):
        Trainer(net, np.zeros((5, 3)), np.zeros((5, 1)), optimizers["sgd"](), 2)
