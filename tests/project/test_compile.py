"""From the design to the engine's network."""

import numpy as np
import pytest

from annstudio.core.errors import UserError
from annstudio.engine.network import INPUT
from annstudio.project import edits
from annstudio.project.build import chain
from annstudio.project.compile import compile_data, compile_network, compile_trainer
from annstudio.project.model import Wire


@pytest.fixture
def skipping():
    """Input, Dense 1, Dense 2, Concatenate of both, Output; a Dense 3 leads nowhere."""
    project, join = edits.insert_node(
        chain("Test", "exam", [(4, "tanh"), (3, "tanh")]), "concatenate", Wire("dense-2", "output")
    )
    project, loose = edits.add_node(edits.connect(project, "dense-1", join), "dense", (0, 300))
    return edits.connect(project, "dense-2", loose)


def test_a_graph_is_compiled_with_its_wires_in_their_order(skipping):
    compiled = compile_network(skipping)
    assert compiled.node_ids == ("dense-1", "dense-2", "concatenate-1", "output")
    assert compiled.network.wires == ((INPUT,), (0,), (1, 0), (2,))
    assert compiled.network.shapes == ((4,), (3,), (7,), (1,))
    assert [str(name) for name in compiled.network.names] == ["Dense 1", "Dense 2", "Concatenate 1", "Output"]


def test_what_leads_nowhere_is_left_out_and_changes_nothing(skipping):
    without = edits.remove(skipping, ["dense-3"])
    compiled, plain = compile_network(skipping), compile_network(without)
    assert compiled.node_ids == plain.node_ids
    np.testing.assert_array_equal(compiled.network.initial_weights(3), plain.network.initial_weights(3))


def test_the_output_is_the_last_layer_also_where_others_wait_for_more():
    project = chain("Test", "exam", [(4, "tanh")])
    project, late = edits.insert_node(project, "add", Wire("dense-1", "output"))
    project, detour = edits.add_node(project, "dense", (0, 300))
    project = edits.set_value(edits.connect(project, "input", detour), detour, "units", 4)
    project = edits.connect(project, detour, late)
    assert compile_network(project).node_ids[-1] == "output"


def test_what_cannot_run_says_why(skipping):
    with pytest.raises(UserError, match="Nothing flows into Dense 1"):
        compile_network(edits.remove(skipping, [], [Wire("input", "dense-1")]))
    wrong = edits.insert_node(skipping, "reshape", Wire("input", "dense-1"))[0]
    with pytest.raises(UserError, match=r"Reshape 1 does not fit: .* 64 values, and 2 come in"):
        compile_network(wrong)


def test_a_last_batch_of_one_is_refused_when_the_number_of_samples_is_known():
    project = chain("Test", "iris", [(4, "tanh")], data={"train": 0.605})
    project = edits.insert_node(project, "batch_norm", Wire("dense-1", "output"))[0]
    prepared = compile_data(project)
    project = edits.set_value(project, "training", "batch_size", len(prepared.train.inputs) - 1)
    with pytest.raises(UserError, match="Batch normalization 1 needs at least two samples"):
        compile_trainer(project, compile_network(project).network, prepared)
