"""Each edit: what it does, what it refuses."""

import math
from itertools import permutations

import pytest

from annstudio.core.errors import UserError
from annstudio.project import edits, layout
from annstudio.project.build import chain
from annstudio.project.critic import can_run, criticize
from annstudio.project.limits import MAXIMUM_NODES
from annstudio.project.model import Wire


@pytest.fixture
def project():
    return chain("Test", "exam", [(4, "tanh"), (3, "relu")])


def wires(project):
    return {(wire.source, wire.target) for wire in project.design.wires}


def path(project):
    """Return the ids from the Input on, along the first wires."""
    ids = ["input"]
    while targets := project.design.targets(ids[-1]):
        ids.append(targets[0])
    return ids


def test_adding_a_node_leaves_it_unwired_where_it_was_dropped(project):
    after, node_id = edits.add_node(project, "dense", (300, 200.5))
    assert node_id == "dense-3"
    assert after.positions[node_id] == (300.0, 200.5)
    assert wires(after) == wires(project)
    assert after.design.node(node_id)["units"] == 8


def test_new_ids_are_never_those_of_nodes_that_are_there(project):
    without, _ = edits.add_node(edits.remove(project, ["dense-1"]), "dense", (0, 0))
    assert [node.id for node in without.design.nodes] == ["input", "dense-2", "output", "dense-3"]


def test_a_new_output_follows_the_data_set():
    digits = chain("Test", "digits", [])
    after, node_id = edits.add_node(edits.remove(digits, ["output"]), "output", (0, 0))
    assert node_id == "output"
    assert (after.design.node("output")["units"], after.design.node("output")["activation"]) == (10, "softmax")


@pytest.mark.parametrize("position", [(math.nan, 0.0), (0.0, math.inf), (1e6, 0.0)])
def test_places_out_of_reach_are_refused(project, position):
    with pytest.raises(UserError, match="closer"):
        edits.add_node(project, "dense", position)
    with pytest.raises(UserError, match="closer"):
        edits.move(project, {"dense-1": position})


def test_unknown_layers_are_refused(project):
    for edit in (edits.append_node, lambda *given: edits.add_node(*given, (0, 0))):
        with pytest.raises(UserError, match=r"no layer “convolution”.*dense"):
            edit(project, "convolution")


def test_a_full_design_takes_no_more():
    full = chain("Test", "exam", [(1, "tanh")] * (MAXIMUM_NODES - 2))
    with pytest.raises(UserError, match="at most 500 layers"):
        edits.add_node(full, "dense", (0, 0))


def test_appending_goes_before_the_output_and_makes_room(project):
    after, node_id = edits.append_node(project, "dense")
    assert path(after) == ["input", "dense-1", "dense-2", node_id, "output"]
    assert [after.positions[each] for each in path(after)] == [(layout.STEP * n, 0.0) for n in range(5)]
    assert can_run(criticize(after))


@pytest.mark.parametrize(("after", "place"), [("input", 1), ("dense-1", 2), ("dense-2", 3), ("output", 3)])
def test_appending_behind_a_node(project, after, place):
    changed, node_id = edits.append_node(project, "dense", after)
    assert path(changed).index(node_id) == place
    assert len(path(changed)) == 5


def test_appending_moves_cards_only_as_far_as_needed(project):
    roomy = edits.move(project, {"output": (1000.0, 40.0)})
    after, node_id = edits.append_node(roomy, "dense", "dense-2")
    assert after.positions[node_id] == (3 * layout.STEP, 0.0)
    assert after.positions["output"] == (1000.0, 40.0)


def test_appending_covers_no_other_card(project):
    blocked, _ = edits.add_node(project, "dense", (layout.STEP * 3 + 20, 30))
    blocked = edits.move(blocked, {"output": (2000.0, 0.0)})
    after, node_id = edits.append_node(blocked, "dense")
    x, y = after.positions[node_id]
    assert x == layout.STEP * 3
    assert y >= 30 + layout.CARD_HEIGHT


def test_appending_to_an_unfinished_design_joins_the_loose_end(project):
    open_end = edits.remove(project, ["output"])
    after, _ = edits.append_node(open_end, "dense")
    assert path(after) == ["input", "dense-1", "dense-2", "dense-3"]
    after, _ = edits.append_node(after, "output")
    assert path(after)[-1] == "output"
    headless, node_id = edits.append_node(edits.remove(after, ["input"]), "input")
    assert wires(headless) >= {(node_id, "dense-1")}
    assert headless.positions[node_id][0] < headless.positions["dense-1"][0]
    assert can_run(criticize(headless))


def test_a_network_can_be_built_from_nothing_by_appending_alone(project):
    empty = edits.remove(project, [node.id for node in project.design.nodes])
    assert empty.design.nodes == ()
    for kind in ("input", "dense", "dense", "output"):
        empty, _ = edits.append_node(empty, kind)
    assert path(empty) == ["input", "dense-1", "dense-2", "output"]
    assert can_run(criticize(empty))


def test_appending_behind_a_fan_feeds_all_that_came_next(project):
    fan, other = edits.add_node(project, "dense", (400, 300))
    fan = edits.connect(fan, "dense-1", other)
    after, node_id = edits.append_node(fan, "dense", "dense-1")
    assert wires(after) == {("input", "dense-1"), ("dense-1", node_id), (node_id, "dense-2"), (node_id, other)} | {
        ("dense-2", "output")
    }


def test_inserting_splits_a_wire(project):
    after, node_id = edits.insert_node(project, "dense", Wire("input", "dense-1"))
    assert path(after) == ["input", node_id, "dense-1", "dense-2", "output"]


def test_inserting_refuses_ends_and_missing_wires(project):
    with pytest.raises(UserError, match="cannot pass through"):
        edits.insert_node(project, "output", Wire("input", "dense-1"))
    with pytest.raises(UserError, match="no such wire"):
        edits.insert_node(project, "dense", Wire("input", "output"))


def test_removing_an_inner_node_joins_its_neighbors(project):
    assert path(edits.remove(project, ["dense-1"])) == ["input", "dense-2", "output"]
    assert path(edits.remove(project, ["dense-2", "dense-1"])) == ["input", "output"]
    assert "dense-1" not in edits.remove(project, ["dense-1"]).positions


def test_removing_a_wire_with_its_node_still_joins(project):
    after = edits.remove(project, ["dense-1"], [Wire("input", "dense-1")])
    assert path(after) == ["input", "dense-2", "output"]


def test_removing_a_wire_leaves_the_nodes(project):
    after = edits.remove(project, [], [Wire("dense-1", "dense-2")])
    assert wires(after) == {("input", "dense-1"), ("dense-2", "output")}
    assert after.design.nodes == project.design.nodes


def test_removing_a_fan_joins_what_fed_it_to_all_that_read_it(project):
    fan, other = edits.add_node(project, "dense", (400, 300))
    fan = edits.connect(fan, "dense-1", other)
    assert wires(edits.remove(fan, ["dense-1"])) == {("input", "dense-2"), ("input", other), ("dense-2", "output")}


@pytest.fixture
def forked(adding):
    """Dense 1 feeds Dense 2 and, around it, the Add in front of the Output."""
    return edits.connect(adding, "dense-1", "add-1")


def test_removing_a_join_of_two_leaves_a_gap(forked):
    assert forked.design.sources("add-1") == ("dense-2", "dense-1")
    assert edits.remove(forked, ["add-1"]).design.sources("output") == ()


@pytest.mark.parametrize("order", list(permutations(["dense-1", "dense-2", "add-1"])))
def test_layers_removed_together_leave_one_wire_in_whatever_order(forked, order):
    assert wires(edits.remove(forked, order)) == {("input", "output")}


def test_a_branch_is_removed_up_to_where_it_joins(forked):
    assert edits.remove(forked, ["dense-2"]).design.sources("add-1") == ("dense-1",)
    assert path(edits.remove(forked, ["dense-2", "add-1"])) == ["input", "dense-1", "output"]


def test_removing_what_is_not_there_is_refused(project):
    with pytest.raises(UserError, match="no layer “dense-9”"):
        edits.remove(project, ["dense-9"])
    with pytest.raises(UserError, match="no such wire"):
        edits.remove(project, [], [Wire("input", "output")])


def test_connecting_replaces_the_wire_at_the_input(project):
    after = edits.connect(project, "input", "output")
    assert wires(after) == {("input", "dense-1"), ("dense-1", "dense-2"), ("input", "output")}


@pytest.fixture
def adding(project):
    """A network whose Output reads an Add behind Dense 2."""
    return edits.insert_node(project, "add", Wire("dense-2", "output"))[0]


def test_a_layer_that_joins_takes_any_number_of_wires_in_their_order(adding):
    after = edits.connect(edits.connect(adding, "dense-1", "add-1"), "input", "add-1")
    assert after.design.sources("add-1") == ("dense-2", "dense-1", "input")
    with pytest.raises(UserError, match="Dense 1 feeds Add 1 already: one wire"):
        edits.connect(after, "dense-1", "add-1")


def test_a_layer_put_into_a_wire_takes_its_place_among_several(adding):
    joined = edits.connect(adding, "input", "add-1")
    after, new = edits.insert_node(joined, "dense", Wire("dense-2", "add-1"))
    assert after.design.sources("add-1") == (new, "input")
    assert edits.remove(after, [new]).design.sources("add-1") == ("dense-2", "input")


def test_removing_what_a_wire_skips_leaves_one_wire(adding):
    joined = edits.connect(adding, "dense-1", "add-1")
    after = edits.remove(joined, ["dense-2"])
    assert after.design.sources("add-1") == ("dense-1",)


def test_a_wire_is_led_to_another_layer(project):
    after = edits.reroute(project, Wire("dense-1", "dense-2"), "dense-1", "output")
    assert wires(after) == {("input", "dense-1"), ("dense-1", "output")}
    assert after.design.nodes == project.design.nodes


def test_a_wire_is_led_from_another_layer_and_keeps_its_place(forked):
    after = edits.reroute(forked, Wire("dense-2", "add-1"), "input", "add-1")
    assert after.design.sources("add-1") == ("input", "dense-1")


def test_a_wire_may_be_led_where_its_old_self_would_have_closed_a_circle(project):
    after = edits.reroute(project, Wire("dense-1", "dense-2"), "dense-2", "dense-1")
    assert wires(after) == {("dense-2", "dense-1"), ("dense-2", "output")}


def test_a_wire_led_nowhere_new_changes_nothing(project, forked):
    wire = Wire("dense-1", "dense-2")
    assert edits.reroute(project, wire, wire.source, wire.target) == project
    with pytest.raises(UserError, match="feeds Add 1 already"):
        edits.reroute(forked, wire, "dense-1", "add-1")
    with pytest.raises(UserError, match="no such wire"):
        edits.reroute(project, Wire("input", "output"), "input", "dense-1")


def test_a_design_holds_so_many_wires_and_no_more(project, monkeypatch):
    joined = edits.insert_node(project, "add", Wire("dense-2", "output"))[0]
    monkeypatch.setattr(edits, "MAXIMUM_WIRES", len(joined.design.wires))
    for too_many in (
        lambda: edits.connect(joined, "input", "add-1"),
        lambda: edits.insert_node(joined, "dense", joined.design.wires[0]),
    ):
        with pytest.raises(UserError, match="at most 4 wires: remove one first"):
            too_many()
    assert edits.connect(joined, "input", "dense-2") != joined


def test_connecting_again_changes_nothing(project):
    assert edits.connect(project, "input", "dense-1") == project


@pytest.mark.parametrize(
    ("source", "target", "reason"),
    [
        ("dense-1", "dense-1", "Dense 1 cannot feed itself"),
        ("dense-2", "dense-1", "Dense 1 already feeds Dense 2: .* circle"),
        ("output", "dense-1", "Nothing comes after Output"),
        ("dense-1", "input", "Nothing goes into Input"),
        ("nobody", "input", "no layer “nobody”"),
        ("input", "nobody", "no layer “nobody”"),
    ],
)
def test_wires_that_are_refused(project, source, target, reason):
    with pytest.raises(UserError, match=reason):
        edits.connect(project, source, target)


def test_a_value_is_checked(project):
    assert edits.set_value(project, "dense-1", "units", 7).design.node("dense-1")["units"] == 7
    for owner, key, value in [
        ("dense-1", "units", 0),
        ("dense-1", "units", -3),
        ("dense-1", "units", 10**9),
        ("dense-1", "units", 2.5),
        ("dense-1", "activation", "sinus"),
        ("dense-1", "colour", 1),
        ("training", "optimizer.learning_rate", math.nan),
        ("training", "optimizer.learning_rate", -1),
        ("data", "source", "cats"),
        ("data", "source.samples", 10**9),
        ("nobody", "units", 3),
        ("input", "units", 3),
    ]:
        with pytest.raises(UserError):
            edits.set_value(project, owner, key, value)


def test_choosing_an_optimizer_loads_its_own_learning_rate(project):
    tuned = edits.set_value(project, "training", "optimizer.learning_rate", 0.5)
    assert tuned.training["optimizer.learning_rate"] == 0.5
    after = edits.set_value(tuned, "training", "optimizer", "sgd")
    assert after.training["optimizer.learning_rate"] == 0.03
    assert "optimizer.beta1" not in after.training.values
    assert edits.set_value(after, "training", "optimizer", "adam").training["optimizer.learning_rate"] == 0.001


def test_choosing_the_same_entry_keeps_its_values(project):
    tuned = edits.set_value(project, "training", "optimizer.learning_rate", 0.5)
    assert edits.set_value(tuned, "training", "optimizer", "adam") == tuned


def test_choosing_an_activation_brings_its_parameters(project):
    after = edits.set_value(project, "dense-1", "activation", "leaky_relu")
    assert after.design.node("dense-1")["activation.slope"] == 0.01
    back = edits.set_value(after, "dense-1", "activation", "tanh")
    assert back == project


def test_a_data_set_brings_everything_that_follows_in_one_value(project):
    after = edits.set_value(project, "data", "source", "iris")
    output = after.design.node("output")
    assert (output["units"], output["activation"], after.training["loss"]) == (3, "softmax", "cross_entropy")
    gate = edits.set_value(after, "data", "source", "gate_xor")
    assert (gate.data["train"], gate.data["validation"], gate.data["standardize"]) == (1.0, 0.0, False)
    line = edits.set_value(gate, "data", "source", "linear")
    assert (line.design.node("output")["activation"], line.training["loss"]) == ("identity", "mse")
    assert edits.set_value(line, "data", "source", "exam") == project


def test_pinned_values_stay(project):
    pinned = edits.set_value(project, "output", "activation", "tanh")
    pinned = edits.set_value(pinned, "training", "loss", "mse")
    assert pinned.design.node("output").settings.pinned == ("activation",)
    assert pinned.training.pinned == ("loss",)
    after = edits.set_value(pinned, "data", "source", "iris")
    output = after.design.node("output")
    assert (output["units"], output["activation"], after.training["loss"]) == (3, "tanh", "mse")


def test_a_parameter_of_a_following_entry_pins_the_entry(project):
    leaky = edits.set_value(project, "output", "activation", "leaky_relu")
    free = edits.unpin(leaky, "output", "activation")
    assert free == project
    after = edits.set_value(leaky, "output", "activation.slope", 0.2)
    assert after.design.node("output").settings.pinned == ("activation",)


def test_unpinning_follows_at_once(project):
    for owner, key, value in [("output", "units", 5), ("output", "activation", "relu"), ("training", "loss", "mae")]:
        assert edits.unpin(edits.set_value(project, owner, key, value), owner, key) == project


def test_setting_the_value_that_is_there_still_pins(project):
    assert edits.set_value(project, "output", "units", 1).design.node("output").settings.pinned == ("units",)


def test_what_never_follows_cannot_be_unpinned(project):
    for owner, key in [("dense-1", "units"), ("data", "source"), ("output", "initializer"), ("training", "seed")]:
        with pytest.raises(UserError, match="does not follow"):
            edits.unpin(project, owner, key)


def test_shares_beyond_the_whole_are_refused(project):
    with pytest.raises(UserError, match="120 percent"):
        edits.set_value(project, "data", "train", 1.0)
    after = edits.set_value(edits.set_value(project, "data", "validation", 0.0), "data", "train", 1.0)
    assert after.data["train"] == 1.0


def test_moving(project):
    after = edits.move(project, {"dense-1": (5, 6)})
    assert after.positions == {**project.positions, "dense-1": (5.0, 6.0)}
    assert after.design is project.design
    with pytest.raises(UserError, match="no layer"):
        edits.move(project, {"nobody": (0, 0)})


def test_tidying_lines_up_what_was_scattered(project):
    scattered = edits.move(project, {"dense-1": (900.0, -300.0), "output": (-50.0, 70.0)})
    assert edits.relayout(scattered).positions == project.positions


def test_tidying_stacks_a_fan_and_ends_at_the_right(project):
    fan, lower = edits.add_node(project, "dense", (400, 900))
    fan = edits.connect(fan, "input", lower)
    fan, loose = edits.add_node(fan, "output", (-500, 0))
    tidy = edits.relayout(fan).positions
    row = layout.CARD_HEIGHT + layout.GAP
    assert (tidy["dense-1"], tidy[lower]) == ((layout.STEP, 0.0), (layout.STEP, row))
    assert {tidy["output"][0], tidy[loose][0]} == {3 * layout.STEP}
    assert len(set(tidy.values())) == len(tidy)


def test_a_convolution_starts_with_what_suits_pictures() -> None:
    project, node_id = edits.add_node(chain("Test", "digits", []), "conv2d", (0.0, 500.0))
    node = project.design.nodes[-1]
    assert (node.id, node["activation"], node["initializer"]) == (node_id, "relu", "he_normal")
    project, _ = edits.add_node(project, "dense", (0.0, 900.0))
    assert project.design.nodes[-1]["activation"] == "tanh"
