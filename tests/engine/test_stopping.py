import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from annstudio.core.errors import UserError
from annstudio.core.random import stream
from annstudio.core.texts import Text
from annstudio.engine.stopping import Convergence, EarlyStopping, EpochReport, MaximumEpochs

COSTS = st.floats(0, 100)


def reports(train_costs=(), validation_costs=(), gradient_norms=()):
    """Yield one report per number given, of ten steps each."""
    for epoch in range(1, 1 + max(map(len, (train_costs, validation_costs, gradient_norms)))):
        train, validation, gradient = (
            values[epoch - 1] if len(values) else math.nan for values in (train_costs, validation_costs, gradient_norms)
        )
        yield EpochReport(epoch, 10 * epoch, train, validation, gradient)


def stops_at(criterion, stream_of_reports):
    """Return the epoch at which the criterion gives a reason, and None if it never does."""
    for report in stream_of_reports:
        reason = criterion.update(report)
        if reason is not None:
            assert isinstance(reason, Text)
            assert str(reason).endswith(".")
            return report.epoch
    return None


def falling(start, drops):
    """Return the costs from a start on, lower by each of the drops in turn."""
    return np.concatenate([[start], start - np.cumsum(drops)])


@pytest.mark.parametrize("epochs", [1, 7])
def test_the_last_epoch_is_the_last(epochs):
    assert stops_at(MaximumEpochs(epochs), reports([0.5] * 10)) == epochs


def test_a_run_continued_beyond_its_last_epoch_stops_at_once():
    assert MaximumEpochs(5).update(EpochReport(9, 90, 0.1)) is not None


@given(
    start=COSTS,
    drops=st.lists(st.floats(0.011, 5), max_size=40),
    patience=st.integers(1, 10),
)
def test_early_stopping_never_stops_while_the_cost_falls(start, drops, patience):
    early = EarlyStopping(patience, min_delta=0.01)
    assert stops_at(early, reports(validation_costs=falling(start, drops))) is None
    assert early.improved
    assert early.best_epoch == len(drops) + 1


@given(
    good=st.integers(1, 10),
    patience=st.integers(1, 10),
    later=st.lists(st.floats(1, 100) | st.just(math.nan) | st.just(math.inf), min_size=10, max_size=10),
)
def test_early_stopping_waits_for_exactly_its_patience(good, patience, later):
    costs = [*(100.0 - epoch for epoch in range(good - 1)), 1.0, *later]
    early = EarlyStopping(patience)
    assert stops_at(early, reports(validation_costs=costs)) == good + patience
    assert early.best_epoch == good
    assert not early.improved


@given(costs=st.lists(st.floats(0, 1) | st.just(math.nan), max_size=30))
def test_the_best_epoch_has_the_lowest_cost(costs):
    early = EarlyStopping(patience=100)
    improved = [report.epoch for report in reports(validation_costs=costs) if early.update(report) or early.improved]
    numbers = [cost for cost in costs if not math.isnan(cost)]
    assert early.best_epoch == (costs.index(min(numbers)) + 1 if numbers else None)
    assert improved[-1:] == ([early.best_epoch] if numbers else [])


def test_improvements_below_min_delta_add_up():
    early = EarlyStopping(patience=3, min_delta=0.1)
    assert stops_at(early, reports(validation_costs=[1.0, 0.96, 0.92, 0.88, 0.84, 0.82, 0.80])) == 7
    assert early.best_epoch == 4


def test_without_a_validation_cost_the_reason_says_so():
    early = EarlyStopping(patience=2)
    assert early.update(EpochReport(1, 10, 0.5)) is None
    assert "no validation cost" in str(early.update(EpochReport(2, 20, 0.4)))
    assert early.best_epoch is None


@given(drops=st.lists(st.floats(0.011, 0.5), max_size=60), start=st.floats(1e-3, 1e3), half=st.integers(1, 5))
def test_convergence_never_stops_while_the_cost_falls(drops, start, half):
    costs = start * np.cumprod([1, *(1 - np.array(drops))])
    assert stops_at(Convergence(0, 0.01, 2 * half), reports(costs, (), [1.0] * len(costs))) is None


@given(cost=COSTS | st.floats(-100, 0), half=st.integers(1, 10))
def test_a_cost_that_stays_has_converged_after_a_window(cost, half):
    assert stops_at(Convergence(window=2 * half), reports([cost] * 30)) == 2 * half


def test_a_falling_cost_converges_where_it_becomes_flat():
    costs = 1 + np.exp(-np.arange(200) / 5)
    stopped = stops_at(Convergence(0, 1e-3, 20), reports(costs))
    halves = [costs[epoch - 20 : epoch].reshape(2, 10).mean(axis=1) for epoch in (stopped - 1, stopped)]
    assert [first - second <= 1e-3 * first for first, second in halves] == [False, True]


def test_noise_does_not_pass_for_convergence_nor_hide_it():
    noise = 0.01 * stream(0, "noise").standard_normal(400)
    ramp = np.linspace(2, 1, 400)
    assert stops_at(Convergence(0, 2e-3, 40), reports(ramp + noise)) is None
    assert stops_at(Convergence(0, 1e-2, 40), reports(1 + noise)) == 40


@pytest.mark.parametrize("cost", [math.nan, math.inf])
def test_a_cost_that_is_no_number_is_no_convergence(cost):
    assert stops_at(Convergence(window=2), reports([0.5, cost] * 10)) is None


def test_a_vanishing_gradient_is_convergence_at_once():
    assert stops_at(Convergence(1e-3), reports([5.0, 4, 3, 2], (), [1, 0.1, 0.001, 1])) == 3
    assert stops_at(Convergence(1e-3), reports([5.0, 4, 3, 2], (), [math.nan] * 4)) is None


@pytest.mark.parametrize(
    ("make", "sentence"),
    [
        (lambda: MaximumEpochs(0), "The number of epochs cannot be 0: choose a number of at least 1."),
        (lambda: MaximumEpochs("5"), "The number of epochs must be a number, and “5” is a text."),
        (lambda: MaximumEpochs(2.5), "The number of epochs must be a whole number, not 2.5."),
        (lambda: EarlyStopping(0), "Patience cannot be 0: choose a number of at least 1."),
        (lambda: EarlyStopping(math.inf), "Patience must be a whole number, not inf."),
        (lambda: EarlyStopping(5, -0.1), "The smallest improvement cannot be -0.1: choose a number of at least 0."),
        (lambda: Convergence(math.nan), "Gradient tolerance must be a finite number, not nan."),
        (lambda: Convergence(-1), "Gradient tolerance cannot be -1: choose a number of at least 0."),
        (lambda: Convergence(0, "small"), "Cost tolerance must be a number, and “small” is a text."),
        (lambda: Convergence(window=0), "The window cannot be 0: choose a number of at least 2."),
        (lambda: Convergence(window=5), "The window cannot be 5: choose an even number of epochs."),
        (lambda: Convergence(window=True), "The window must be a whole number, not True."),
    ],
)
def test_what_cannot_be_counted_or_compared_is_refused(make, sentence):
    with pytest.raises(UserError) as refused:
        make()
    assert str(refused.value) == sentence
