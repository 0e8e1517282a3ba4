"""Slopes of several layers in one pass are those that each layer would compute by itself."""

import numpy as np

from annstudio.core.calls import run
from annstudio.engine.activations import activations
from annstudio.engine.board import Board
from annstudio.engine.layers.dense import Dense
from annstudio.engine.network import Network
from annstudio.engine.plan import Evaluator, GradientPlan
from tests.engine.oracle import slopes


def test_activations_of_one_kind_but_other_parameters_keep_their_own_slopes():
    leaks = [activations["leaky_relu"](slope=slope) for slope in (0.01, 0.2, 0.01, 0.2)]
    net = Network(3, [*(Dense(4, leak) for leak in leaks), Dense(2)], "mse")
    rng = np.random.default_rng(1)
    x, t = rng.normal(size=(6, 3)), rng.normal(size=(6, 2))
    weights, gradient = net.initial_weights(0), np.empty(net.size)
    board = Board(net, weights, 6, gradient)
    assert [board.slopes.slope_of(place) is not None for place in range(5)] == [True] * 4 + [False]
    run(GradientPlan(board).calls(np.vstack([x.T, np.ones(6)]), t.T.copy()))
    expected = slopes(lambda moved: Evaluator(net, moved).cost(x, t)[0], weights, step=1e-4)
    np.testing.assert_allclose(gradient, expected, rtol=1e-8, atol=1e-11)
