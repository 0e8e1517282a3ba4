import pytest

from annstudio.project import edits
from annstudio.project.build import chain
from annstudio.project.footprint import footprint
from annstudio.project.shapes import flow
from annstudio.ui.canvas.facts import cost_facts, layer_facts, shown_bytes


@pytest.fixture
def project():
    return chain("test", "exam", [(8, "tanh"), (4, "relu")])


@pytest.mark.parametrize(
    ("count", "shown"),
    [
        (0, "0 B"),
        (640, "640 B"),
        (999, "999 B"),
        (1000, "1.0 KB"),
        (9_960, "10 KB"),
        (999_700, "1.0 MB"),
        (320e6, "320 MB"),
    ],
)
def test_sizes_of_memory_have_three_figures_at_most(count, shown):
    assert shown_bytes(count) == shown


def test_a_layer_tells_its_shapes_parameters_and_work(project):
    assert layer_facts(flow(project)["dense-2"]) == (
        "Shape: 8 → 4",
        "Parameters: 36",
        "Multiply-adds per sample: 32",
    )
    frozen = edits.set_value(project, "dense-2", "trainable", False)
    assert "Parameters: 36, frozen" in layer_facts(flow(frozen)["dense-2"])


def test_what_is_unknown_is_not_told(project):
    loose, node_id = edits.add_node(project, "dropout", (0.0, 500.0))
    assert layer_facts(flow(loose)[node_id]) == ()


def test_every_figure_of_the_network_is_explained(project):
    parameters, memory, work = cost_facts(project, footprint(project))
    assert parameters.startswith("65 parameters")
    assert "520 B for what Adam remembers" in memory
    assert f"a batch of {project.training['batch_size']}." in memory
    assert work.startswith("52 multiply-adds")
