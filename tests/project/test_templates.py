"""Projects to start from: whole, and worth starting from."""

import pytest

from annstudio.core.resources import resources
from annstudio.project import edits
from annstudio.project.critic import criticize
from annstudio.project.model import Wire
from annstudio.project.shapes import parameters
from annstudio.project.templates import templates
from annstudio.training.batch import train


def metrics(key, epochs):
    return train(templates[key]().build(), epochs, lambda cost: None).as_json()["metrics"]


@pytest.mark.parametrize("key", templates)
def test_a_template_can_run(key):
    template = templates[key]()
    assert criticize(template.build()) == ()
    assert template.build() == template.build()
    assert template.build().training.pinned == ()
    assert template.info.label
    assert template.info.summary.endswith(".")
    assert (resources() / "icons" / f"{template.icon}.svg").is_file()


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
        ("xor_gate", 100, "train", 1.0),
        ("circle", 100, "test", 0.98),
        ("spiral", 400, "test", 0.97),
        ("iris", 100, "test", 0.9),
        ("spiral_shortcut", 50, "test", 0.95),
        ("digits", 20, "test", 0.955),
        ("digits_filters", 20, "test", 0.96),
    ],
)
def test_a_template_learns(key, epochs, part, goal):
    assert metrics(key, epochs)[part]["accuracy"] >= goal


def test_the_shortcut_is_worth_it():
    project = templates["spiral_shortcut"]().build()
    without = edits.remove(project, [], [Wire("dense-1", "add-1")])
    cut = train(without, 50, lambda cost: None).as_json()["metrics"]
    assert cut["test"]["accuracy"] < metrics("spiral_shortcut", 50)["test"]["accuracy"] - 0.1


def test_filters_take_fewer_weights_than_a_dense_network():
    assert parameters(templates["digits_filters"]().build()) == 2730
    assert parameters(templates["digits"]().build()) == 6570


def test_the_line_is_found():
    assert metrics("line", 50)["test"]["r2"] > 0.9
