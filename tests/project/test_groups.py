"""Blocks: put together, repeated, taken apart, spelled out."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from annstudio.core.errors import UserError
from annstudio.project import edits, groups
from annstudio.project.build import chain
from annstudio.project.compile import compile_network
from annstudio.project.critic import criticize
from annstudio.project.limits import MAXIMUM_NODES, MAXIMUM_TIMES
from annstudio.project.model import Wire
from annstudio.project.shapes import parameters
from annstudio.project.templates import templates
from annstudio.project.unroll import length, origins, spelled_out, unrolled
from tests.project.strategies import projects, subsets


@pytest.fixture
def project():
    """2-4-4-1; the second layer is the block."""
    return chain("Test", "exam", [(4, "tanh"), (4, "tanh")])


def _block(project, *nodes, times=1):
    grouped, group_id = groups.group(project, nodes)
    return groups.repeat(grouped, group_id, times), group_id


def _wires(project):
    return {(wire.source, wire.target) for wire in unrolled(project.design).wires}


def test_a_block_of_one_layer_stands_in_a_row(project):
    repeated, _ = _block(project, "dense-2", times=3)
    assert [node.id for node in unrolled(repeated.design).nodes] == [
        "input", "dense-1", "dense-2", "dense-2_2", "dense-2_3", "output",
    ]  # fmt: skip
    assert _wires(repeated) == {
        ("input", "dense-1"),
        ("dense-1", "dense-2"),
        ("dense-2", "dense-2_2"),
        ("dense-2_2", "dense-2_3"),
        ("dense-2_3", "output"),
    }


def test_copies_have_weights_of_their_own(project):
    repeated, _ = _block(project, "dense-2", times=3)
    network = compile_network(repeated).network
    assert network.parameter_count == parameters(repeated) == parameters(project) + 2 * (4 * 4 + 4)
    parts = compile_network(repeated).parts(network.initial_weights(0))
    assert not np.array_equal(parts["dense-2"]["kernel"], parts["dense-2_2"]["kernel"])


def test_a_block_with_a_shortcut_inside_keeps_it_in_every_copy(project):
    project, _ = edits.add_node(project, "add", (0.0, 300.0))
    project = edits.connect(project, "dense-2", "add-1")
    project = edits.connect(project, "dense-1", "add-1")
    project = edits.connect(project, "add-1", "output")
    repeated, _ = _block(project, "dense-2", "add-1", times=2)
    assert _wires(repeated) == {
        ("input", "dense-1"),
        ("dense-1", "dense-2"),
        ("dense-2", "add-1"),
        ("dense-1", "add-1"),
        ("add-1", "dense-2_2"),
        ("dense-2_2", "add-1_2"),
        ("add-1", "add-1_2"),
        ("add-1_2", "output"),
    }


def test_two_repeated_blocks_follow_each_other(project):
    repeated, _ = _block(project, "dense-1", times=2)
    repeated, _ = _block(repeated, "dense-2", times=2)
    assert ("dense-1_2", "dense-2") in _wires(repeated)
    assert ("dense-2", "dense-2_2") in _wires(repeated)
    assert length(repeated.design) == len(unrolled(repeated.design).nodes) == 6


def test_taking_a_block_apart_leaves_the_network_as_it_was(project):
    repeated, group_id = _block(project, "dense-2", times=3)
    apart = groups.ungroup(repeated, group_id)
    assert apart.design == unrolled(repeated.design)
    assert set(apart.positions) == {node.id for node in apart.design.nodes}


def test_layers_that_were_copies_once_can_be_repeated_again(project):
    repeated, group_id = _block(project, "dense-2", times=2)
    again, _ = _block(groups.ungroup(repeated, group_id), "dense-2", times=2)
    ids = [node.id for node in unrolled(again.design).nodes]
    assert len(set(ids)) == len(ids) == 6


def test_a_block_with_two_ways_out_is_not_repeated(project):
    project, _ = edits.add_node(project, "add", (0.0, 300.0))
    for source in ("dense-1", "dense-2"):
        project = edits.connect(project, source, "add-1")
    project = edits.connect(project, "add-1", "output")
    grouped, group_id = groups.group(project, ["dense-1", "dense-2"])
    with pytest.raises(UserError, match="of one of its own must leave"):
        groups.repeat(grouped, group_id, 2)


def test_the_critic_speaks_of_a_repeated_block_that_has_lost_its_way(project):
    repeated, _ = _block(project, "dense-2", times=2)
    assert not [finding for finding in criticize(repeated) if finding.rule == "repeated"]
    lost = edits.remove(repeated, [], [Wire("dense-2", "output")])
    (finding,) = [finding for finding in criticize(lost) if finding.rule == "repeated"]
    assert finding.node == "dense-2"


def test_a_copy_that_does_not_fit_is_told_at_its_original():
    project = templates["digits_filters"]().build()
    block = ("reshape-1", "conv2d-1", "max_pool2d-1", "flatten-1")
    repeated, _ = _block(project, *block, times=2)
    (finding,) = [finding for finding in criticize(repeated) if finding.rule == "shapes"]
    assert finding.node == "reshape-1"
    assert "copy 2" in str(UserError(finding.message))


def test_a_layer_inserted_within_a_block_belongs_to_it(project):
    grouped, _ = _block(project, "dense-1", "dense-2")
    inserted, node_id = edits.insert_node(grouped, "dropout", Wire("dense-1", "dense-2"))
    assert node_id in inserted.design.groups[0].members
    inserted, node_id = edits.insert_node(grouped, "dropout", Wire("dense-2", "output"))
    assert node_id not in inserted.design.groups[0].members


def test_a_block_goes_with_its_last_layer(project):
    grouped, _ = _block(project, "dense-1", "dense-2")
    fewer = edits.remove(grouped, ["dense-1"])
    assert fewer.design.groups[0].members == ("dense-2",)
    assert edits.remove(fewer, ["dense-2"]).design.groups == ()


@pytest.mark.parametrize("nodes", [[], ["nobody"], ["input"], ["dense-1", "output"]])
def test_what_is_no_block(project, nodes):
    with pytest.raises(UserError):
        groups.group(project, nodes)


def test_a_layer_is_in_one_block_only(project):
    grouped, _ = _block(project, "dense-1", "dense-2")
    with pytest.raises(UserError, match="in a block already"):
        groups.group(grouped, ["dense-2"])


@pytest.mark.parametrize("times", [0, MAXIMUM_TIMES + 1])
def test_how_often(project, times):
    with pytest.raises(UserError, match="1 to"):
        _block(project, "dense-2", times=times)


def test_copies_count_as_layers():
    project = chain("Test", "exam", [(2, "tanh")] * 60)
    ids = [node.id for node in project.design.nodes[1:-1]]
    with pytest.raises(UserError, match=f"at most {MAXIMUM_NODES}"):
        _block(project, *ids, times=10)
    full, _ = _block(project, *ids, times=8)
    for _ in range(12):
        full, _ = edits.add_node(full, "dense", (0.0, 500.0))
    with pytest.raises(UserError, match="at most"):
        edits.insert_node(full, "dropout", Wire("dense-3", "dense-4"))


@given(st.data())
def test_any_block_can_be_repeated_and_taken_apart(data):
    """Whatever is drawn, what is spelled out is the same network before and after."""
    project = data.draw(projects())
    ids = [node.id for node in project.design.nodes]
    try:
        grouped, group_id = groups.group(project, data.draw(subsets(ids)))
        repeated = groups.repeat(grouped, group_id, data.draw(st.integers(1, 4)))
    except UserError:
        return
    spelled = unrolled(repeated.design)
    assert set(origins(repeated.design)) == {node.id for node in spelled.nodes}
    assert len({node.id for node in spelled.nodes}) == len(spelled.nodes)
    assert len(set(spelled.wires)) == len(spelled.wires)
    assert unrolled(groups.ungroup(repeated, group_id).design) == spelled


def test_a_project_is_spelled_out_with_the_copies_where_their_originals_stand(project):
    repeated, _ = _block(project, "dense-2", times=2)
    spelled = spelled_out(repeated)
    assert spelled.design == unrolled(repeated.design)
    assert spelled.positions["dense-2_2"] == repeated.positions["dense-2"]
    assert spelled_out(project) is project
