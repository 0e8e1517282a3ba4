import msgspec
import pytest

from annstudio.project import edits
from annstudio.project.build import chain
from annstudio.project.model import Wire
from annstudio.ui.canvas.navigation import along, beside, flow_order


@pytest.fixture
def project():
    return chain("test", "exam", [(8, "tanh"), (4, "relu")])


def with_wires(project, *pairs):
    design = msgspec.structs.replace(project.design, wires=tuple(Wire(*pair) for pair in pairs))
    return msgspec.structs.replace(project, design=design)


def test_the_order_is_that_of_the_data_not_of_the_list(project):
    turned = with_wires(project, ("input", "dense-2"), ("dense-2", "dense-1"), ("dense-1", "output"))
    assert flow_order(project) == ["input", "dense-1", "dense-2", "output"]
    assert flow_order(turned) == ["input", "dense-2", "dense-1", "output"]


def test_the_layers_of_a_loop_come_last_from_left_to_right(project):
    loop = with_wires(project, ("input", "output"), ("dense-1", "dense-2"), ("dense-2", "dense-1"))
    loop = edits.move(loop, {"dense-1": (500.0, 0.0), "dense-2": (100.0, 0.0)})
    assert flow_order(loop)[-2:] == ["dense-2", "dense-1"]
    assert sorted(flow_order(loop)) == sorted(node.id for node in loop.design.nodes)


def test_a_loose_layer_comes_after_the_network(project):
    loose, node_id = edits.add_node(project, "dense", (-500.0, 0.0))
    assert flow_order(loose) == [*flow_order(project), node_id]


def test_walking_along_the_wires(project):
    assert along(project, "dense-1", forward=True) == "dense-2"
    assert along(project, "dense-1", forward=False) == "input"
    assert along(project, "output", forward=True) is None


def test_walking_without_a_wire_goes_to_the_nearest_card_there(project):
    assert along(with_wires(project), "dense-1", forward=True) == "dense-2"
    assert along(with_wires(project), "dense-1", forward=False) == "input"


def test_of_several_neighbors_the_one_at_the_same_height_is_next(project):
    branched = with_wires(project, ("input", "dense-1"), ("input", "dense-2"))
    branched = edits.move(branched, {"dense-1": (170.0, 300.0), "dense-2": (900.0, 10.0)})
    assert along(branched, "input", forward=True) == "dense-2"


def test_beside_is_above_or_below(project):
    project = edits.move(project, {"dense-1": (160.0, 150.0), "dense-2": (700.0, 160.0)})
    assert beside(project, "input", down=True) == "dense-1"
    assert beside(project, "dense-1", down=False) == "input"
    assert beside(project, "input", down=False) is None
