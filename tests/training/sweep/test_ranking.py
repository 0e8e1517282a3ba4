import math

import numpy as np
import pytest

from annstudio.project.build import chain
from annstudio.training.sweep.plan import Axis, make_plan
from annstudio.training.sweep.ranking import ranked
from annstudio.training.sweep.telling import as_json, as_text
from annstudio.training.sweep.trial import Result, conduct

EXAM = chain("Test", "exam", [(4, "tanh")])


def plan_of(*rates, seeds=3):
    return make_plan(EXAM, [Axis("learning_rate", rates)], seeds, 2)


def result(key, cost, failed=False):
    return Result(key, ((0.0, 1.0, 1.0, 0.5, 0.5), (2.0, cost / 2, cost, 0.9, 0.8)), failed)


def results(plan, costs):
    return [result(trial.key, cost) for trial, cost in zip(plan.trials, costs, strict=True)]


def test_the_best_comes_first_with_its_band():
    plan = plan_of("0.1", "0.2")
    entries = ranked(plan, results(plan, [0.5, 0.6, 0.7, 0.1, 0.2, 0.3]))
    assert [entry.settings for entry in entries] == [("0.2",), ("0.1",)]
    assert entries[0].costs == (0.1, 0.2, 0.3)
    assert entries[0].band.round(6).tolist() == [[0, 1, 1, 1], [2, 0.1, 0.2, 0.3]]
    assert entries[0].metric == pytest.approx(0.8)


def test_a_difference_that_is_the_same_in_every_seed_is_clear():
    plan = plan_of("0.1", "0.2")
    best = ranked(plan, results(plan, [0.1, 0.5, 0.9, 0.2, 0.61, 1.0]))[0]
    assert (best.better, best.clear) == (3, True)


def test_a_difference_that_varies_more_than_its_size_may_be_chance():
    plan = plan_of("0.1", "0.2")
    best = ranked(plan, results(plan, [0.1, 0.9, 0.5, 0.8, 0.2, 0.6]))[0]
    assert (best.better, best.clear) == (2, False)


def test_of_one_seed_nothing_is_clear():
    plan = plan_of("0.1", "0.2", seeds=1)
    assert not ranked(plan, results(plan, [0.1, 0.9]))[0].clear


def test_what_has_failed_comes_last_and_says_so():
    plan = plan_of("0.1", "0.2")
    found = results(plan, [0.5] * 6)
    found[0] = Result(found[0].key, (), failed=True)
    first, last = ranked(plan, found)
    assert (first.settings, last.settings, last.failed, last.mean) == (("0.2",), ("0.1",), 1, math.inf)
    assert "1 of 3 failed" in as_text(plan, [first, last])
    assert as_json(plan, [first, last])["ranking"][1]["mean"] is None


def test_what_is_not_complete_has_no_rank_yet():
    plan = plan_of("0.1", "0.2")
    assert [entry.settings for entry in ranked(plan, results(plan, [0.5] * 6)[:4])] == [("0.1",)]


def test_without_validation_the_training_cost_counts():
    rows = ((0.0, 1.0, math.nan, 0.5, math.nan), (2.0, 0.25, math.nan, 0.75, math.nan))
    assert (Result("k", rows).cost, Result("k", rows).metric) == (0.25, 0.75)


def test_a_trial_is_the_training_that_it_says():
    trial = plan_of("0.003", seeds=1).trials[0]
    found = conduct(trial.key, trial.project, 4)
    again = conduct(trial.key, trial.project, 4)
    assert found == again
    assert [row[0] for row in found.curves] == [0, 1, 2, 3, 4]
    assert found.cost < found.curves[0][2]


def test_a_trial_that_explodes_has_failed():
    line = chain("Test", "linear", [], training={"optimizer": "sgd"})
    trial = make_plan(line, [Axis("learning_rate", ("5",))], 1, 30).trials[0]
    found = conduct(trial.key, trial.project, 30)
    assert found.failed
    assert math.isinf(found.cost)


def test_long_trials_are_measured_now_and_then_and_in_the_end():
    trial = plan_of("0.01", seeds=1).trials[0]
    epochs = np.array(conduct(trial.key, trial.project, 950).curves)[:, 0]
    assert len(epochs) <= 301
    assert epochs[-1] == 950
