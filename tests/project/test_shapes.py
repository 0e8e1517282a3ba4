"""How many values flow where, and what each layer keeps."""

import time

import pytest
from msgspec.structs import replace

from annstudio.project import edits
from annstudio.project.build import chain
from annstudio.project.limits import MAXIMUM_NODES, MAXIMUM_VALUES
from annstudio.project.model import Design, Wire
from annstudio.project.shapes import Flow, flow, parameters
from tests.project.strategies import joined


def rewired(project, *pairs):
    """Return the project with these wires instead, as a foreign file could have them."""
    return replace(project, design=Design(project.design.nodes, tuple(Wire(*pair) for pair in pairs)))


def dense(inputs, units):
    tensors = {"kernel": (inputs, units), "bias": (units,)}
    return Flow(((inputs,),), (units,), (inputs + 1) * units, (inputs + 1) * units, inputs * units, tensors)


def test_flow_of_a_chain():
    project = chain("Test", "digits", [(64, "relu"), (32, "relu")])
    assert flow(project) == {
        "input": Flow(((64,),), (64,)),
        "dense-1": dense(64, 64),
        "dense-2": dense(64, 32),
        "output": dense(32, 10),
    }
    assert parameters(project) == 4160 + 2080 + 330


def test_unwired_layers_have_no_inputs_yet_but_may_know_what_they_give():
    project = edits.remove(chain("Test", "exam", [(4, "tanh")]), [], [Wire("input", "dense-1")])
    assert flow(project)["dense-1"] == Flow(None, (4,))
    assert flow(project)["output"] == dense(4, 1)
    loose, node_id = edits.add_node(project, "dropout", (0, 300))
    assert flow(loose)[node_id] == Flow(None, None)


def test_odd_graphs_have_a_flow_too():
    project = chain("Test", "exam", [(4, "tanh"), (3, "tanh")])
    loop = rewired(project, ("dense-1", "dense-2"), ("dense-2", "dense-1"), ("output", "output"))
    assert flow(loop)["dense-2"] == dense(4, 3)
    assert flow(loop)["output"] == Flow(None, (1,))
    merged = flow(rewired(project, ("input", "output"), ("dense-1", "output")))["output"]
    assert (merged.inputs, merged.output) == (((2,), (4,)), None)
    assert "2 come in" in str(merged.problem)


def test_settings_decide_what_a_layer_keeps():
    project = chain("Test", "exam", [(4, "prelu")])
    assert flow(project)["dense-1"].tensors == {"kernel": (2, 4), "bias": (4,), "activation": (1,)}
    bare = edits.set_value(edits.set_value(project, "dense-1", "bias", False), "dense-1", "activation", "tanh")
    assert flow(bare)["dense-1"] == Flow(((2,),), (4,), 8, 8, 8, {"kernel": (2, 4)})


def test_statistics_are_kept_but_are_no_parameters():
    project, node_id = edits.insert_node(chain("Test", "exam", [(4, "tanh")]), "batch_norm", Wire("dense-1", "output"))
    found = flow(project)[node_id]
    assert found.tensors == dict.fromkeys(("gamma", "beta", "running_mean", "running_var"), (4,))
    assert found.parameters == 8


def test_pictures_flow_and_what_does_not_fit_says_why():
    project, picture = edits.insert_node(chain("Test", "digits", []), "reshape", Wire("input", "output"))
    assert flow(project)[picture].output == (1, 8, 8)
    refused = flow(project)["output"]
    assert (refused.inputs, refused.output, refused.parameters) == (((1, 8, 8),), None, 0)
    assert "Flatten" in str(refused.problem)


def test_values_do_not_grow_beyond_all_bounds():
    found = flow(joined(MAXIMUM_NODES - 1))
    shapes = [each.output for each in found.values() if each.output is not None]
    assert max(shape[0] for shape in shapes) <= MAXIMUM_VALUES
    (too_many,) = [each for each in found.values() if each.problem is not None]
    assert "at most 1,000,000 fit" in str(too_many.problem)
    assert parameters(joined(MAXIMUM_NODES - 1)) == 0


@pytest.mark.parametrize("project", [chain("Test", "digits", [(8, "prelu")] * (MAXIMUM_NODES - 2)), joined(25)])
def test_the_flow_of_the_largest_design_is_quick(project):
    flow(project)
    assert min(_seconds(project) for _ in range(10)) < 0.01


def _seconds(project):
    begin = time.perf_counter()
    flow(project)
    return time.perf_counter() - begin
