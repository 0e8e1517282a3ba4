"""How many values flow where."""

from msgspec.structs import replace

from annstudio.project import edits
from annstudio.project.build import chain
from annstudio.project.model import Design, Wire
from annstudio.project.shapes import Flow, flow, parameters


def rewired(project, *pairs):
    """Return the project with these wires instead, as a foreign file could have them."""
    return replace(project, design=Design(project.design.nodes, tuple(Wire(*pair) for pair in pairs)))


def test_flow_of_a_chain():
    project = chain("Test", "digits", [(64, "relu"), (32, "relu")])
    assert flow(project) == {
        "input": Flow(64, 64, 0),
        "dense-1": Flow(64, 64, 64 * 64 + 64),
        "dense-2": Flow(64, 32, 64 * 32 + 32),
        "output": Flow(32, 10, 32 * 10 + 10),
    }
    assert parameters(project) == 4160 + 2080 + 330


def test_unwired_layers_have_no_inputs_yet():
    project = edits.remove(chain("Test", "exam", [(4, "tanh")]), [], [Wire("input", "dense-1")])
    assert flow(project)["dense-1"] == Flow(None, 4, 0)
    assert flow(project)["output"] == Flow(4, 1, 5)


def test_odd_graphs_have_a_flow_too():
    project = chain("Test", "exam", [(4, "tanh"), (3, "tanh")])
    loop = rewired(project, ("dense-1", "dense-2"), ("dense-2", "dense-1"), ("output", "output"))
    assert flow(loop)["dense-1"] == Flow(3, 4, 16)
    assert flow(loop)["output"] == Flow(1, 1, 2)
    merged = rewired(project, ("input", "output"), ("dense-1", "output"))
    assert flow(merged)["output"] == Flow(None, 1, 0)
