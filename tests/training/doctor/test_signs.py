"""Each sign, with a run on which it must speak and whose remedy must help; of healthy runs all must be silent."""

import numpy as np
import pytest

from annstudio.project import edits
from annstudio.project.build import chain
from annstudio.project.groups import group, repeat
from annstudio.project.templates import templates
from annstudio.training.by_hand import WeightPlace
from annstudio.training.doctor import diagnose, signs
from annstudio.training.run import Run


def changed(project, *values):
    for owner, key, value in values:
        project = edits.set_value(project, owner, key, value)
    return project


EXAM = chain("Test", "exam", [(4, "tanh")])
RECTIFIED = chain("Test", "exam", [(8, "relu")] * 3)
DEEP = chain("Test", "circle", [(8, "logistic")] * 8)
LINE = chain("Test", "linear", [], training={"optimizer": "sgd"})
RATE = ("training", "optimizer.learning_rate")

ILL = {
    "exploded": changed(LINE, (*RATE, 3.0)),
    "growing": changed(EXAM, ("training", "optimizer", "sgd"), (*RATE, 30.0)),
    "unstable": changed(EXAM, (*RATE, 0.6)),
    "silent_units": changed(RECTIFIED, (*RATE, 1.0)),
    "saturation": changed(
        EXAM, ("dense-1", "initializer", "normal"), ("dense-1", "initializer.standard_deviation", 30.0)
    ),
    "symmetry": changed(
        chain("Test", "exam", [(4, "tanh")]),
        ("dense-1", "initializer", "constant"),
        ("output", "initializer", "constant"),
    ),
    "steep": changed(LINE, (*RATE, 30.0)),
    "vanishing": DEEP,
    "not_learning": changed(EXAM, (*RATE, 1e-6)),
}
"""By the key of the sign that must speak."""
WHEN = {"steep": 0}
"""Epochs after which it speaks, where these are not forty."""


def trained(project, epochs=40):
    """Train as the worker does, with a look after every epoch; return the run and what the doctor says in the end."""
    run = Run(project)
    run.look()
    for _ in range(epochs):
        run.trainer.advance(run.trainer.batches.count)
        if not (run.finite and run.measure()):
            return run, diagnose(run.case(run.restore()))
        run.keep()
        run.look()
    return run, diagnose(run.case())


def test_there_is_a_case_for_every_sign():
    assert set(ILL) == set(signs)


@pytest.mark.parametrize("key", ILL)
def test_it_speaks_and_its_likeliest_remedy_helps(key):
    _, found = trained(ILL[key], WHEN.get(key, 40))
    finding = next(finding for finding in found if finding.rule == key)
    assert finding.live
    assert str(finding.message).endswith(".")
    assert str(finding.why)
    assert finding.node is None or finding.node in {node.id for node in ILL[key].design.nodes}
    _, after = trained(finding.fix.edit(ILL[key]), WHEN.get(key, 40))
    assert key not in {finding.rule for finding in after}


@pytest.mark.parametrize("key", ILL)
def test_every_remedy_is_an_edit_that_can_be_made(key):
    _, found = trained(ILL[key], 25)
    for finding in found:
        for fix in (finding.fix, *finding.others):
            assert str(fix.label)
            assert fix.edit(ILL[key]) != ILL[key]


@pytest.mark.parametrize("template", [key for key, entry in templates.items() if not entry.flaw])
def test_of_the_known_good_templates_it_says_nothing(template):
    _, found = trained(templates[template]().build(), 25)
    assert [str(finding.message) for finding in found] == []


def test_at_the_start_there_is_nothing_to_say():
    assert diagnose(Run(EXAM).case()) == ()


def test_the_number_and_the_threshold_are_told():
    _, found = trained(ILL["silent_units"])
    assert "100 % of the units of Dense 3 are dead" in str(found[0].message)
    assert "60 %" in str(found[0].message)


@pytest.mark.parametrize("loss", ["mse", "rss"])
def test_a_rate_that_is_far_too_high_is_told_before_training_and_the_remedy_trains(loss):
    steep = changed(chain("Test", "linear", [(8, "tanh")], training={"optimizer": "sgd", "loss": loss}), (*RATE, 10.0))
    (finding,) = diagnose(Run(steep).case())
    assert finding.rule == "steep"
    _, found = trained(steep)
    assert {each.rule for each in found} & {"exploded", "growing", "not_learning", "unstable", "saturation"}
    mended, found = trained(finding.fix.edit(steep))
    costs = mended.history.column("train_cost")
    assert found == ()
    assert costs[-1] < 0.2 * costs[0]


@pytest.mark.parametrize("change", [("loss", "mae"), ("optimizer", "adam"), ("optimizer", "momentum")])
def test_it_says_nothing_of_bends_where_they_say_little(change):
    project = changed(ILL["steep"], ("training", *change), (*RATE, 30.0))
    assert "steep" not in {finding.rule for finding in diagnose(Run(project).case())}


def test_a_repeated_layer_is_told_of_once():
    grouped, block = group(chain("Test", "circle", [(8, "logistic"), (8, "logistic")]), ["dense-2"])
    deep = repeat(grouped, block, 8)
    _, found = trained(deep, 2)
    assert [finding.rule for finding in found] == ["vanishing"]
    assert found[0].node == "dense-1"
    stuck = changed(deep, ("dense-2", "initializer", "normal"), ("dense-2", "initializer.standard_deviation", 30.0))
    _, found = trained(stuck, 2)
    assert [finding.node for finding in found if finding.rule == "saturation"] == ["dense-2"]


def test_after_a_change_of_the_learning_rate_it_judges_anew():
    run, found = trained(ILL["unstable"])
    assert found
    run.project = changed(run.project, (*RATE, 0.001))
    run.set_learning_rate()
    assert diagnose(run.case()) == ()


def said_of(run, epochs=25):
    """Train on; return the rules of all that the doctor says on the way."""
    rules = set()
    for _ in range(epochs):
        run.trainer.advance(run.trainer.batches.count)
        assert run.finite
        assert run.measure()
        run.look()
        rules |= {finding.rule for finding in diagnose(run.case())}
    return rules


CONVERGED = changed(chain("Test", "circle", [(8, "tanh")]), (*RATE, 0.03))


def test_what_has_learned_need_not_get_better_after_a_change():
    run, found = trained(CONVERGED, 60)
    assert found == ()
    run.project = changed(run.project, (*RATE, 0.02))
    run.set_learning_rate()
    assert said_of(run) == set()
    tuned = run.tuned(changed(run.project, ("training", "optimizer", "sgd"), (*RATE, 0.01)))
    assert said_of(tuned) == set()
    place = WeightPlace("dense-1", "kernel", (0, 0))
    tuned.set_weight(place, float(tuned.layer_weights()["dense-1"].parts["kernel"][0, 0]) + 0.1)
    assert said_of(tuned) == set()


def test_what_goes_on_with_what_it_had_learned_need_not_get_better():
    run, _ = trained(CONVERGED, 60)
    assert said_of(Run(CONVERGED, run.trained)) == set()


def test_what_is_stuck_after_a_change_is_still_told():
    run, _ = trained(ILL["not_learning"], 5)
    run.project = changed(run.project, (*RATE, 2e-6))
    run.set_learning_rate()
    assert said_of(run) == {"not_learning"}


def test_a_vanishing_gradient_is_the_one_at_the_start():
    run, found = trained(DEEP, 3)
    message = str(found[0].message)
    tuned = run.tuned(changed(DEEP, ("training", "batch_size", 20)))
    said_of(tuned, 2)
    assert str(diagnose(tuned.case())[0].message) == message
    later = Run(DEEP, tuned.trained)
    assert said_of(later, 2) == set()


def test_from_the_past_another_learning_rate_is_judged_anew():
    run, found = trained(ILL["unstable"])
    assert "unstable" in {finding.rule for finding in found}
    run.go_to(run.trainer.steps - run.trainer.batches.count)
    run.take_up()
    assert "unstable" in {finding.rule for finding in diagnose(run.case())}
    run.go_to(run.trainer.steps - run.trainer.batches.count)
    run.project = changed(run.project, (*RATE, 0.001))
    run.set_learning_rate()
    assert "unstable" in {finding.rule for finding in diagnose(run.case())}
    run.take_up()
    assert diagnose(run.case()) == ()


def test_in_the_past_it_judges_what_there_was():
    run, found = trained(ILL["growing"])
    assert found
    run.go_to(0)
    assert diagnose(run.case()) == ()
    run.go_to(run.timeline.latest.step)
    assert [finding.rule for finding in diagnose(run.case())] == [finding.rule for finding in found]


def test_costs_of_zero_are_no_trouble():
    run = Run(changed(LINE, ("data", "source.noise", 0.0)))
    case = run.case()
    zero = type(case)(case.project, case.compiled, 0.0, np.arange(30.0), np.zeros(30))
    assert diagnose(zero) == ()
