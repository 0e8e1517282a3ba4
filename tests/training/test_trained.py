"""What an edit leaves of what was learned."""

import numpy as np
import pytest

from annstudio.project import edits
from annstudio.project.build import chain
from annstudio.project.file import load, save
from annstudio.project.model import Wire
from annstudio.training.adopt import Change, change_between, what_starts_anew
from annstudio.training.run import Run
from annstudio.training.trained import LayerWeights, Progress, Trained, same_network


@pytest.fixture
def project():
    """A network with statistics, a frozen layer, one without biases, and a wire that skips two layers."""
    made = chain("Test", "exam", [(4, "tanh"), (4, "prelu")])
    made = edits.set_value(edits.set_value(made, "dense-1", "trainable", False), "dense-2", "bias", False)
    made, _ = edits.insert_node(made, "batch_norm", Wire("dense-2", "output"))
    made, join = edits.insert_node(made, "add", Wire("batch_norm-1", "output"))
    return edits.connect(made, "dense-1", join)


@pytest.fixture
def trained(project):
    run = Run(project)
    while run.trainer.epoch < 3:
        run.trainer.advance(100)
    return run.trained


def test_a_layer_has_the_parts_that_it_has(trained):
    parts = {node_id: set(weights.parts) for node_id, weights in trained.weights.items()}
    assert parts == {
        "dense-1": {"kernel", "bias"},
        "dense-2": {"kernel", "activation"},
        "batch_norm-1": {"gamma", "beta", "running_mean", "running_var"},
        "output": {"kernel", "bias"},
    }
    assert trained.weights["dense-2"].kernel.shape == (4, 4)
    with pytest.raises(KeyError, match="bias"):
        _ = trained.weights["dense-2"].bias


def test_all_of_it_comes_back_from_a_file_and_goes_on(project, trained, tmp_path):
    kept = {node_id: weights.parts for node_id, weights in trained.weights.items()}
    save(tmp_path / "a.ann", project, kept, Progress(trained.progress.epoch, trained.progress.step))
    loaded = load(tmp_path / "a.ann")
    layers = {node_id: LayerWeights(parts) for node_id, parts in loaded.weights.items()}
    again = Run(project, Trained(project, layers, loaded.progress))
    assert again.learned == set(again.weighted)
    for node_id, weights in again.layer_weights().items():
        for name, part in weights.parts.items():
            np.testing.assert_array_equal(part, trained.weights[node_id].parts[name])


def test_layers_keep_what_fits_after_an_edit(project, trained):
    edited = edits.set_value(project, "dense-2", "bias", True)
    run = Run(edited, trained.kept_for(edited))
    assert run.learned == {"dense-1", "batch_norm-1", "output"}
    assert "With new weights: Dense 2. The other layers" in str(what_starts_anew(run))


def test_layers_without_weights_start_nothing_anew(project, trained):
    edited = edits.append_node(project, "dropout", "dense-1")[0]
    run = Run(edited, trained.kept_for(edited))
    assert "every layer keeps its weights" in str(what_starts_anew(run))
    run.trainer.advance(1)
    assert run.learned == set(run.weighted) == set(trained.weights)


def test_another_start_of_the_biases_is_another_start(project, trained):
    assert "dense-1" in trained.kept_for(edits.set_value(project, "dense-1", "l2", 0.1)).weights
    assert "dense-1" not in trained.kept_for(edits.set_value(project, "dense-1", "bias_initializer", "normal")).weights


def test_a_layer_that_leads_nowhere_makes_no_difference(project, trained):
    loose, node_id = edits.add_node(project, "dense", (0, 400))
    loose = edits.connect(loose, "dense-1", node_id)
    assert same_network(project, loose)
    assert trained.kept_for(loose).progress == trained.progress
    assert not same_network(project, edits.connect(loose, node_id, "add-1"))


def test_networks_without_an_end_are_told_apart(project, trained):
    endless = edits.remove(project, ["output"])
    other = edits.set_value(endless, "dense-1", "initializer", "he_normal")
    assert not same_network(endless, other)
    kept = trained.kept_for(endless)
    assert set(kept.weights) == {*trained.weights} - {"output"}
    assert "dense-1" not in kept.kept_for(other).weights


def test_wires_make_the_network_and_their_order_counts_only_into_one_layer(project):
    skip = Wire("dense-1", "add-1")
    without = edits.remove(project, [], [skip])
    assert not same_network(project, without)
    assert same_network(project, edits.connect(without, skip.source, skip.target))
    other = edits.remove(project, [], [Wire("batch_norm-1", "add-1")])
    assert not same_network(project, edits.connect(other, "batch_norm-1", "add-1"))
    elsewhere = edits.remove(project, [], [Wire("input", "dense-1")])
    assert same_network(project, edits.connect(elsewhere, "input", "dense-1"))


@pytest.mark.parametrize(("key", "value"), [("l1", 0.1), ("l2", 0.1), ("max_norm", 2.0), ("trainable", True)])
def test_what_tunes_a_layer_leaves_the_network_the_same(project, key, value):
    after = edits.set_value(project, "dense-1", key, value)
    assert same_network(project, after)
    assert change_between(project, after) is Change.TUNING
    assert change_between(project, edits.set_value(project, "dense-1", "units", 5)) is Change.RESTART


def test_how_long_training_goes_on_changes_nothing_that_is_learned(project):
    for key, value in (("epochs", 9), ("patience", 9), ("until_converged", True)):
        assert change_between(project, edits.set_value(project, "training", key, value)) is Change.NOTHING


def test_moving_a_card_is_no_tuning(project):
    assert change_between(project, edits.move(project, {"dense-1": (900.0, 900.0)})) is Change.NOTHING
