import json
import math
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from annstudio.core.errors import UserError
from annstudio.core.params import Integer
from annstudio.engine.schedules import schedules
from tests.engine.oracle import DATA

REFERENCES = json.loads((DATA / "schedule_ref.json").read_text(encoding="utf-8"))
PER_STEP = [key for key, entry in schedules.items() if entry.per_step]
ROUNDING = 1e-12


def values_of(param):
    """Return a strategy for the values that a parameter accepts."""
    if isinstance(param, Integer):
        return st.integers(int(param.minimum), int(param.maximum))
    return st.floats(param.minimum, param.maximum, exclude_min=param.above_minimum)


def any_schedule():
    """Return a strategy for schedules with settings of all kinds."""
    return st.sampled_from(list(schedules.values())).flatmap(
        lambda entry: st.fixed_dictionaries({param.key: values_of(param) for param in entry.info.params}).map(
            lambda values: entry(**values)
        )
    )


@pytest.mark.parametrize("case", REFERENCES, ids=lambda case: case["torch"])
def test_factors_are_those_of_pytorch(case):
    schedule = schedules[case["schedule"]](**case["settings"])
    factors = schedule.curve(case["epochs"], case["batches"], case.get("costs", ()))
    np.testing.assert_allclose(factors, case["factors"], rtol=1e-14, atol=0)


def test_every_schedule_but_the_constant_one_has_a_reference():
    assert {case["schedule"] for case in REFERENCES} == set(schedules) - {"constant"}


def test_the_constant_schedule_comes_first_and_changes_nothing():
    assert next(iter(schedules)) == "constant"
    assert (schedules["constant"]().curve(5, 7) == 1).all()


@given(
    schedule=any_schedule(),
    epoch=st.integers(0, 10**9),
    batches=st.integers(1, 10**6),
    batch=st.integers(0, 10**6),
    costs=st.lists(st.floats(width=32), max_size=30),
)
def test_a_factor_is_a_share_of_the_full_rate(schedule, epoch, batch, batches, costs):
    memory = schedule.start()
    for cost in costs:
        memory = schedule.observe(cost, memory)
    factor = schedule.factor(epoch, batch % batches, batches, memory)
    assert type(factor) is float
    assert -ROUNDING < factor < 1 + ROUNDING
    assert factor >= 0


@pytest.mark.parametrize("key", sorted(set(schedules) - set(PER_STEP)))
@given(epoch=st.integers(0, 10**6), batch=st.integers(0, 4999))
def test_a_schedule_that_is_not_per_step_keeps_its_factor_within_an_epoch(key, epoch, batch):
    schedule = schedules[key]()
    memory = schedule.start()
    assert schedule.factor(epoch, batch, 5000, memory) == schedule.factor(epoch, 0, 5000, memory)


@pytest.mark.parametrize("key", PER_STEP)
def test_a_schedule_per_step_changes_within_the_first_epoch(key):
    assert np.unique(schedules[key]().curve(1, 10)).size == 10


@pytest.mark.parametrize("key", PER_STEP)
def test_finer_steps_make_smaller_changes(key):
    """The curves have no jumps inside a period: with 50 times the steps, a change is about a 50th as large."""
    schedule = schedules[key](period=10)
    coarse, fine = (np.abs(np.diff(schedule.curve(10, batches))).max() for batches in (10, 500))
    assert coarse / 60 < fine < coarse / 40


@pytest.mark.parametrize("key", sorted(set(schedules) - {"one_cycle"}))
@given(epoch=st.integers(0, 1000), batch=st.integers(0, 9), times=st.integers(1, 500))
def test_another_batch_size_makes_no_jump(key, epoch, batch, times):
    schedule = schedules[key]()
    few, many = (schedule.factor(epoch, n * batch, n * 10, schedule.start()) for n in (1, times))
    assert few == pytest.approx(many, rel=ROUNDING)


def test_step_decay_drops_at_the_end_of_each_period():
    drops = np.flatnonzero(np.diff(schedules["step"](period=4).curve(13, 3)))
    np.testing.assert_array_equal(drops + 1, [12, 24, 36])


def test_a_warm_up_ends_at_the_full_rate():
    factors = schedules["warmup"](period=4, start=0.2).curve(10, 5)
    assert factors[0] == 0.2
    assert (np.diff(factors[:21]) > 0).all()
    assert (factors[20:] == 1).all()


def test_each_wave_begins_at_the_full_rate_and_falls():
    factors = schedules["cosine_restarts"](period=2, growth=3, lowest=0.1).curve(26, 4)
    starts = [0, 8, 32, 104]
    for start, end in pairwise(starts):
        assert factors[start] == 1
        assert (np.diff(factors[start:end]) < 0).all()
        assert 0.1 < factors[end - 1] < 0.3


def test_one_cycle_rises_falls_and_stays():
    factors = schedules["one_cycle"](period=10, rise=0.4, start=0.1, end=0.01).curve(15, 5)
    assert factors[0] == pytest.approx(0.1, abs=ROUNDING)
    assert np.argmax(factors) == 19
    assert factors[19] == 1
    assert (np.diff(factors[:20]) > 0).all()
    assert (np.diff(factors[19:50]) < 0).all()
    assert (factors[49:] == 0.01).all()


@pytest.mark.parametrize("batches", [1, 2, 3])
@pytest.mark.parametrize("rise", [0.0, 0.25, 0.5, 0.99])
def test_the_shortest_cycles_end_low_too(rise, batches):
    assert schedules["one_cycle"](period=1, rise=rise).curve(2, batches)[-1] == 4e-6


def test_a_plateau_that_sees_no_cost_changes_nothing():
    assert (schedules["plateau"]().curve(50, 2) == 1).all()


@pytest.mark.parametrize("cost", [math.nan, math.inf, 0.0, 7.0])
def test_costs_that_never_fall_are_a_plateau(cost):
    factors = schedules["plateau"](patience=3, decay=0.5).curve(6, 1, [cost] * 6)
    seen_first = 0 if math.isnan(cost) or math.isinf(cost) else 1
    assert (np.flatnonzero(factors == 0.5)[0], factors[-1]) == (4 + seen_first, 0.5)


@given(costs=st.lists(st.floats(0, 10), max_size=60), cooldown=st.integers(0, 3))
def test_observing_leaves_the_earlier_memory_as_it_was(costs, cooldown):
    plateau = schedules["plateau"](patience=2, cooldown=cooldown)
    memory = plateau.start()
    for cost in costs:
        before = dict(memory)
        after = plateau.observe(cost, memory)
        assert memory == before
        assert set(after) == set(before)
        memory = after


@given(costs=st.lists(st.floats(0, 10), max_size=60), lowest=st.floats(0, 1))
def test_a_plateau_only_ever_reduces_and_not_below_the_lowest(costs, lowest):
    factors = schedules["plateau"](patience=1, decay=0.3, lowest=lowest).curve(60, 1, costs)
    assert (np.diff(factors) <= 0).all()
    assert factors.min() >= lowest


@pytest.mark.parametrize(
    ("key", "values"),
    [
        ("step", {"period": 0}),
        ("step", {"decay": 0}),
        ("step", {"decay": 1.5}),
        ("exponential", {"decay": math.nan}),
        ("plateau", {"patience": 2.5}),
        ("plateau", {"threshold": 1}),
        ("plateau", {"cooldown": -1}),
        ("warmup", {"start": 0}),
        ("warmup", {"period": "long"}),
        ("cosine_restarts", {"growth": 0}),
        ("cosine_restarts", {"lowest": -0.1}),
        ("one_cycle", {"rise": 1}),
        ("one_cycle", {"end": 2}),
        ("constant", {"period": 3}),
    ],
)
def test_settings_out_of_range_are_refused(key, values):
    with pytest.raises(UserError):
        schedules[key](**values)
