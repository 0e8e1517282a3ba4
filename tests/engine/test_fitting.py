"""Training as a generator of step reports."""

import math

import numpy as np
import pytest

from annstudio.core.errors import UserError
from annstudio.engine.fitting import fit, gradient_norm
from annstudio.engine.layers.dense import Dense
from annstudio.engine.network import Network
from annstudio.engine.optimizers import optimizers
from annstudio.engine.schedules import schedules
from annstudio.engine.stopping import Convergence, EarlyStopping, MaximumEpochs
from annstudio.engine.trainer import Trainer

RNG = np.random.default_rng(0)
X = RNG.normal(size=(30, 2))
T = X @ np.array([[1.0], [-2.0]]) + 0.3


def trainer(learning_rate=0.05, batch=8, **options):
    net = Network(2, [Dense(1)], "mse")
    sgd = optimizers["sgd"](learning_rate=learning_rate)
    return Trainer(net, X, T, sgd, batch, precision="float64", **options)


def test_every_step_is_reported_with_the_cost_of_its_batch():
    run = trainer(batch=30)
    costs = [run.cost(X, T)[0]]
    reports = []
    for report in fit(run, until=[MaximumEpochs(3)]):
        reports.append(report)
        costs.append(run.cost(X, T)[0])
    assert [report.step for report in reports] == [1, 2, 3]
    assert [report.epoch for report in reports] == [1, 2, 3]
    np.testing.assert_allclose([report.cost for report in reports], costs[:-1], rtol=1e-12)
    assert [report.stopped is None for report in reports] == [True, True, False]
    assert "last" in str(reports[-1].stopped)


def test_epochs_are_measured_at_their_ends():
    run = trainer()
    ends = [report.ended for report in fit(run, (X[:5], T[:5]), [MaximumEpochs(2)]) if report.ended]
    assert [(end.epoch, end.step) for end in ends] == [(1, 4), (2, 8)]
    assert ends[-1].train_cost == run.cost(X, T)[0]
    assert ends[-1].validation_cost == run.cost(X[:5], T[:5])[0]
    assert math.isnan(ends[-1].gradient_norm)


def test_until_convergence_lands_on_the_least_squares_line():
    run = trainer(0.1, batch=30)
    *_, last = fit(run, until=[Convergence(1e-9, 0.0), MaximumEpochs(5000)])
    assert "gradient" in str(last.stopped)
    np.testing.assert_allclose(run.weights, [1, -2, 0.3], atol=1e-8)
    assert gradient_norm(run.network, run.weights, X, T) <= 1e-9


def test_the_gradient_that_vanishes_at_a_minimum_has_the_penalty_in_it():
    run = Trainer(Network(2, [Dense(1, l2=0.5)], "mse"), X, T, optimizers["lbfgs"](), 30, precision="float64")
    *_, last = fit(run, until=[Convergence(1e-4, 0.0), MaximumEpochs(200)])
    assert "gradient" in str(last.stopped)


def test_early_stopping_can_bring_the_best_epoch_back():
    """The validation targets lie the other way, so training makes them worse from the start."""
    run = trainer(0.01)
    seen = []
    for report in fit(run, (X, -T), [EarlyStopping(3)], restore_best=True):
        if report.ended:
            seen.append(report.ended.validation_cost)
    assert run.epoch == int(np.argmin(seen)) + 1
    assert run.cost(X, -T)[0] == min(seen)


def test_numbers_that_explode_end_the_training():
    run = trainer(100.0)
    *reports, last = fit(run, until=[MaximumEpochs(10_000)])
    assert run.failure is not None
    assert run.failure.step == len(reports) + 1
    assert np.isfinite(run.weights).all()
    assert "stopped being finite, first in Layer 1 (Dense)" in str(last.stopped)
    assert math.isnan(last.cost)


def test_after_an_explosion_the_best_epoch_can_come_back():
    run = trainer(100.0)
    *reports, last = fit(run, (X, T), [MaximumEpochs(10_000)], restore_best=True)
    costs = [report.ended.validation_cost for report in reports if report.ended]
    assert last.stopped is not None
    assert run.cost(X, T)[0] == min(costs)


def test_the_last_report_of_an_early_stop_is_that_of_its_step():
    run = trainer(0.01)
    *_, before, last = fit(run, (X, -T), [EarlyStopping(3)], restore_best=True)
    assert last.stopped is not None
    assert last.step == before.step + 1
    assert last.ended is not None
    assert last.ended.step == last.step > run.steps


def test_the_best_epoch_needs_validation_samples():
    with pytest.raises(UserError, match="validation samples"):
        next(fit(trainer(), restore_best=True))


def test_validation_samples_must_fit():
    with pytest.raises(UserError, match="targets"):
        list(fit(trainer(), (X, T[:, 0])))


def test_a_plateau_lowers_the_rate():
    noisy = T + np.random.default_rng(1).normal(size=T.shape)
    sgd, plateau = optimizers["sgd"](learning_rate=0.3), schedules["plateau"](patience=1, threshold=0.1)
    run = Trainer(Network(2, [Dense(1)], "mse"), X, noisy, sgd, 8, precision="float64", schedule=plateau)
    rates = [report.learning_rate for report in fit(run, until=[MaximumEpochs(40)])]
    assert rates[0] == 0.3
    assert rates[-1] < 0.1


@pytest.mark.parametrize("key", list(schedules))
def test_schedules_reach_the_steps(key):
    run = trainer(0.1, schedule=schedules[key]())
    rates = [report.learning_rate for report in fit(run, until=[MaximumEpochs(4)])]
    costs = [1.0] * 4
    expected = 0.1 * schedules[key]().curve(4, 4, costs)
    np.testing.assert_allclose(rates, expected, rtol=1e-6)
