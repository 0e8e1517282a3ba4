"""Which learning rates get anywhere."""

import numpy as np
import pytest

from annstudio.core.errors import UserError
from annstudio.engine.trainer import Trainer
from annstudio.project.build import chain
from annstudio.project.edits import set_value
from annstudio.training.range_test import HIGHEST, LOWEST, STEPS, RangeTest, range_test
from annstudio.training.sweep.trial import conduct

OPTIMIZERS = ["sgd", "momentum", "adam", "rmsprop"]


def network(data="iris", optimizer="adam", **training):
    return chain("Test", data, [(8, "tanh")], training={"optimizer": optimizer, **training})


def trained(project, rate):
    result = conduct("key", set_value(project, "training", "optimizer.learning_rate", rate), 30)
    return np.inf if result.failed else result.curves[-1][1]


def test_the_costs_are_those_of_a_training_at_these_rates():
    project = network(precision="float64")
    result = range_test(project)
    rates = np.geomspace(LOWEST, HIGHEST, STEPS)
    np.testing.assert_array_equal(result.rates, rates[: len(result.rates)])
    from annstudio.project.compile import compile_data, compile_network, compile_trainer

    trainer: Trainer = compile_trainer(project, compile_network(project).network, compile_data(project))
    costs = []
    for rate in rates[:20]:
        trainer.set_learning_rate(float(rate))
        trainer.advance(1)
        costs.append(trainer.cost(*trainer.samples)[0])
    assert result.costs[10] == pytest.approx(np.exp(np.log(costs[6:15]).mean()), rel=1e-9)


@pytest.mark.parametrize("data", ["exam", "circle", "iris", "digits"])
@pytest.mark.parametrize("optimizer", OPTIMIZERS)
def test_the_advice_trains_well(data, optimizer):
    """It comes to where neither a hundredth nor a hundred times of it does much better."""
    # In single precision, rounding alone says where a rate a hundred times too large is after 30 epochs: at .068 or,
    # by luck, at .000003.
    project = network(data, optimizer, precision="float64")
    advised = range_test(project).advised
    start = range_test(project).begin
    cost = trained(project, advised)
    assert cost < 0.7 * start
    for factor in (0.01, 100):
        assert cost < 1.1 * trained(project, min(HIGHEST, factor * advised))


def test_a_cost_that_never_rises_is_advised_where_it_falls_fastest():
    rates = np.geomspace(LOWEST, HIGHEST, 9)
    result = RangeTest(rates, np.array([1, 1, 0.99, 0.9, 0.4, 0.3, 0.25, 0.22, 0.2]), 1.0)
    assert not result.rises
    assert result.advised == pytest.approx(rates[4], rel=0.5)


def test_a_cost_that_rises_again_is_advised_a_tenth_of_where_it_was_least():
    rates = np.geomspace(LOWEST, HIGHEST, 9)
    result = RangeTest(rates, np.array([1, 1, 0.9, 0.5, 0.2, 0.1, 0.8, 3, 9.0]), 1.0)
    assert result.lowest == pytest.approx(0.1)
    assert result.advised == pytest.approx(0.01)


def test_where_nothing_is_learned_nothing_is_advised():
    project = network("exam", "sgd")
    dead = set_value(set_value(project, "dense-1", "trainable", False), "output", "trainable", False)
    with pytest.raises(UserError):
        range_test(dead)
    assert RangeTest(np.array([0.1, 1.0]), np.array([1.0, 1.0]), 1.0).advised is None


def test_an_optimizer_that_finds_its_steps_by_itself_says_so():
    with pytest.raises(UserError) as error:
        range_test(network(optimizer="lbfgs"))
    assert "by itself" in str(error.value)


def test_it_can_be_given_up_and_tells_how_far_it_is():
    told = []
    assert range_test(network(), lambda: len(told) >= 3, told.append) is None
    assert told == pytest.approx([1 / STEPS, 2 / STEPS, 3 / STEPS])
