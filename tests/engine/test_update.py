"""Between a gradient and the next step: penalty, clipping, the rule, max-norm, in this order."""

import numpy as np
import pytest

from annstudio.engine.layers.dense import Dense
from annstudio.engine.network import Network
from annstudio.engine.optimizers import optimizers
from annstudio.engine.update import Clipping, Update

NONE = Clipping()
GRADIENT = np.array([3.0, -4, 0, 12])


def stepped(clipping=NONE, **options):
    """Return weights of 1 after a step of GRADIENT at rate 1; the last weight is a bias."""
    net = Network(3, [Dense(1, **options)], "mse")
    weights, gradient = np.ones(net.size), GRADIENT.copy()
    update = Update(net, optimizers["sgd"](learning_rate=1.0), weights, gradient, clipping, fold=False)
    update.apply(lambda: 0.0)
    return weights


def test_a_norm_is_that_of_the_whole_gradient():
    np.testing.assert_allclose(1 - stepped(Clipping(norm=2)), GRADIENT * 2 / 13, rtol=1e-6)


def test_a_value_is_that_of_each_part():
    np.testing.assert_array_equal(1 - stepped(Clipping(value=3.5)), [3, -3.5, 0, 3.5])


def test_values_are_cut_before_the_norm():
    cut = np.array([3, -3.5, 0, 3.5])
    np.testing.assert_allclose(1 - stepped(Clipping(2, 3.5)), cut * 2 / np.linalg.norm(cut), rtol=1e-6)


def test_the_penalty_counts_in_the_norm():
    whole = GRADIENT + np.array([6, 6, 6, 0])
    np.testing.assert_allclose(1 - stepped(Clipping(norm=2), l2=6), whole * 2 / np.linalg.norm(whole), rtol=1e-6)


def test_max_norm_holds_after_the_step():
    kernel = 1 - GRADIENT[:3]
    expected = [*kernel / np.linalg.norm(kernel), 1 - GRADIENT[3]]
    np.testing.assert_allclose(stepped(max_norm=1), expected, rtol=1e-14)


@pytest.mark.parametrize(("clipping", "l2"), [(Clipping(norm=1), 0), (Clipping(value=1), 0), (NONE, 0.1)])
def test_a_gradient_that_is_changed_on_the_way_folds_no_rate(clipping, l2):
    net = Network(3, [Dense(1, l2=l2)], "mse")
    vectors = np.ones(net.size), np.ones(net.size)
    assert not Update(net, optimizers["sgd"](), *vectors, clipping).folds_rate
    assert Update(Network(3, [Dense(1)], "mse"), optimizers["sgd"](), *vectors).folds_rate
