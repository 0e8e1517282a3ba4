"""Projects to start from: whole, and worth starting from."""

import re
from itertools import groupby

import pytest

from annstudio.core.resources import resources
from annstudio.project import edits
from annstudio.project.critic import can_run, criticize
from annstudio.project.model import Wire
from annstudio.project.shapes import parameters
from annstudio.project.templates import templates
from annstudio.training.batch import train
from annstudio.training.run import Run

FLAWED = [key for key, template in templates.items() if template.flaw]


def trained(project, epochs):
    return train(project, epochs, lambda cost: None).as_json()


def metrics(key, epochs):
    return trained(templates[key]().build(), epochs)["metrics"]


@pytest.mark.parametrize("key", templates)
def test_a_template_can_run(key):
    template = templates[key]()
    assert can_run(criticize(template.build()))
    assert template.build() == template.build()
    assert template.info.label
    assert template.info.summary.endswith(".")
    assert (resources() / "icons" / f"{template.icon}.svg").is_file()


@pytest.mark.parametrize("key", FLAWED)
def test_what_is_broken_on_purpose_says_what_is_wrong_and_what_mends_it(key):
    assert templates[key].info.category == "Broken on purpose"
    assert templates[key].flaw.endswith(".")
    assert re.search(r"mends? it", templates[key].flaw)


def test_nothing_is_broken_by_mistake():
    assert [key for key, template in templates.items() if template.info.category == "Broken on purpose"] == FLAWED


def test_the_groups_are_not_torn_apart():
    categories = [template.info.category for template in templates.values()]
    assert [category for category, _ in groupby(categories)] == list(dict.fromkeys(categories))
    assert all(categories)


@pytest.mark.parametrize("key", templates)
def test_the_loss_goes_on_following_the_data_set_unless_the_rule_of_learning_forbids_it(key):
    perceptrons = {"perceptron", "xor_perceptron"}
    assert templates[key]().build().training.pinned == (("loss",) if key in perceptrons else ())


def test_no_template_stands_in_the_way_of_another():
    built = [templates[key]().build() for key in templates]
    assert all(len(set(project.positions.values())) == len(project.design.nodes) for project in built)


@pytest.mark.parametrize("key", templates)
def test_a_template_is_named_as_its_label_so_that_the_name_is_translated(key):
    assert templates[key]().build().name == templates[key].info.label


def test_the_first_template_is_the_exam():
    assert next(iter(templates)) == "exam"


# Goals: what the summaries promise, a little below what was measured.
@pytest.mark.parametrize(
    ("key", "epochs", "part", "goal"),
    [
        ("exam", 60, "test", 0.85),
        ("perceptron", 10, "train", 1.0),
        ("logistic_regression", 20, "test", 0.98),
        ("xor_gate", 100, "train", 1.0),
        ("circle", 100, "test", 0.98),
        ("spiral", 400, "test", 0.97),
        ("iris", 100, "test", 0.9),
        ("deep_relu", 30, "test", 0.98),
        ("deep_he", 20, "test", 0.98),
        ("deep_batch_norm", 30, "test", 0.95),
        ("spiral_shortcut", 50, "test", 0.95),
        ("wide_and_deep", 5, "test", 0.9),
        ("digits", 20, "test", 0.955),
        ("digits_filters", 20, "test", 0.96),
    ],
)
def test_a_template_learns(key, epochs, part, goal):
    assert metrics(key, epochs)[part]["accuracy"] >= goal


def test_the_shortcut_is_worth_it():
    project = templates["spiral_shortcut"]().build()
    without = edits.remove(project, [], [Wire("dense-1", "add-1")])
    cut = trained(without, 50)["metrics"]
    assert cut["test"]["accuracy"] < metrics("spiral_shortcut", 50)["test"]["accuracy"] - 0.1


def test_the_wide_way_is_what_makes_it_fast():
    project = edits.set_value(templates["wide_and_deep"]().build(), "training", "seed", 1)
    without = edits.remove(project, [], [Wire("feature-1", "concatenate-1")])
    goal = 0.95
    assert trained(project, 5)["metrics"]["test"]["accuracy"] >= goal
    assert trained(without, 20)["metrics"]["test"]["accuracy"] < goal


def test_twenty_layers_learn_from_hes_start_only():
    project = templates["deep_he"]().build()
    for node in project.design.of_kind("dense"):
        project = edits.set_value(project, node.id, "initializer", "xavier_normal")
    assert trained(project, 20)["metrics"]["test"]["accuracy"] == 0.5


@pytest.mark.parametrize("seed", [0, 1, 2])
@pytest.mark.parametrize(("key", "epochs"), [("deep_logistic", 60), ("zero_weights", 60), ("linear_stack", 60)])
def test_what_is_broken_on_purpose_does_no_better_than_guessing(key, epochs, seed):
    project = edits.set_value(templates[key]().build(), "training", "seed", seed)
    outcome = trained(project, epochs)
    assert outcome["metrics"]["test"]["accuracy"] <= 0.6
    assert outcome["cost"]["train"] > 0.68


def test_all_weights_zero_means_all_and_only_the_last_bias_ever_moves():
    run = Run(templates["zero_weights"]().build())
    assert not run.trainer.weights.any()
    for _ in range(5):
        run.trainer.advance(run.trainer.batches.count)
    parts = run.compiled.parts(run.trainer.weights)
    moved = {(layer, part) for layer, found in parts.items() for part, values in found.items() if values.any()}
    assert moved == {("output", "bias")}


def mended(key, changes):
    """Return the accuracy on the test part once that has been changed which the template's flaw names."""
    project = templates[key]().build()
    for node in project.design.of_kind("dense"):
        for setting, value in changes.items():
            project = edits.set_value(project, node.id, setting, value)
    return trained(project, 100)["metrics"]["test"]["accuracy"]


@pytest.mark.parametrize(
    ("key", "changes"),
    [
        ("deep_logistic", {"activation": "relu"}),
        ("zero_weights", {"initializer": "xavier_uniform"}),
        ("linear_stack", {"activation": "tanh"}),
        ("linear_stack", {"activation": "relu"}),
    ],
)
def test_what_is_said_to_mend_it_mends_it(key, changes):
    assert mended(key, changes) >= 0.98


def test_a_rate_too_large_climbs_until_the_numbers_end_and_a_smaller_one_does_not():
    project = templates["rate_too_large"]().build()
    outcome = trained(project, 300)
    assert outcome["stopped_by"] == "not finite"
    *climbing, failed, back = outcome["history"]["cost"]["train"]
    assert climbing == sorted(climbing)
    assert failed is None
    assert climbing[-1] > 1e30 > back
    smaller = edits.set_value(project, "training", "optimizer.learning_rate", 0.5)
    assert trained(smaller, 50)["metrics"]["test"]["r2"] > 0.9


@pytest.mark.parametrize("seed", [0, 1, 2])
def test_one_neuron_never_learns_xor_and_never_rests(seed):
    project = edits.set_value(templates["xor_perceptron"]().build(), "training", "seed", seed)
    costs = trained(project, 50)["history"]["cost"]["train"]
    assert min(costs) >= 0.25
    assert len(set(costs[-20:])) > 1


def test_overfitting_is_seen_in_the_two_curves():
    outcome = trained(templates["overfitting"]().build(), 200)
    costs = outcome["history"]["cost"]
    assert outcome["metrics"]["train"]["accuracy"] > 0.95
    assert outcome["metrics"]["test"]["accuracy"] < 0.75
    assert costs["train"][-1] < 0.1
    assert costs["validation"][-1] > 2 * min(costs["validation"])


def test_filters_take_fewer_weights_than_a_dense_network():
    assert parameters(templates["digits_filters"]().build()) == 2730
    assert parameters(templates["digits"]().build()) == 6570


def test_the_line_is_found():
    assert metrics("line", 50)["test"]["r2"] > 0.9


def test_more_samples_mend_overfitting():
    outcome = trained(edits.set_value(templates["overfitting"]().build(), "data", "source.samples", 1000), 60)
    costs = outcome["history"]["cost"]["validation"]
    assert outcome["metrics"]["test"]["accuracy"] > 0.82
    assert costs[-1] < 1.3 * min(costs)
