"""Folded blocks: what is kept, how other cards close the gap and make room, and that nothing computes otherwise."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from annstudio.core.errors import UserError
from annstudio.project import arranging, edits, folding, fragment, groups
from annstudio.project.build import chain
from annstudio.project.file.record import decode, encode
from annstudio.project.layout import STEP, any_overlap
from annstudio.project.model import Wire
from annstudio.project.shapes import flow
from annstudio.project.unroll import unrolled
from tests.project.strategies import projects, subsets

INNER = ["dense-2", "dense-3", "dense-4"]


@pytest.fixture
def project():
    """Input, four layers and Output in a row; the last three layers are Block 1."""
    made = chain("Test", "exam", [(4, "tanh")] * 4)
    return groups.group(made, INNER)[0]


@pytest.fixture
def folded(project):
    return groups.fold(project, "block-1", True)


def test_a_folded_block_is_one_layer_with_the_wires_that_enter_and_leave(folded):
    seen = folding.contracted(folded)
    assert [node.id for node in seen.design.nodes] == ["input", "dense-1", "dense-2", "output"]
    assert seen.design.wires == (Wire("input", "dense-1"), Wire("dense-1", "dense-2"), Wire("dense-2", "output"))
    assert set(seen.positions) == {"input", "dense-1", "dense-2", "output"}


def test_without_a_folded_block_the_project_is_what_is_seen(project):
    assert folding.contracted(project) is project


def test_the_cards_behind_close_the_gap(project, folded):
    assert folded.positions["dense-2"] == project.positions["dense-2"]
    assert folded.positions["output"][0] == project.positions["output"][0] - 2 * STEP
    assert folded.positions["dense-1"] == project.positions["dense-1"]


def test_opening_brings_all_back(project, folded):
    assert groups.fold(folded, "block-1", False) == project


def test_a_block_that_does_not_begin_at_its_first_layer_is_folded_to_its_left_edge(project):
    turned = edits.move(project, {"dense-2": project.positions["dense-4"], "dense-4": project.positions["dense-2"]})
    folded = groups.fold(turned, "block-1", True)
    assert folded.positions["dense-2"] == project.positions["dense-2"]
    assert groups.fold(folded, "block-1", False) == turned


def test_cards_that_would_be_covered_stay_away(project):
    x, y = project.positions["dense-4"]
    loose, node_id = edits.add_node(project, "dense", (x, y + 100))
    loose = edits.move(loose, {"output": (x + STEP, y + 100)})
    folded = groups.fold(loose, "block-1", True)
    assert folded.positions[node_id] == (x, y + 100)
    assert not any_overlap(folding.contracted(folded).positions.values())


def test_a_card_that_was_put_into_the_gap_gives_way(folded):
    x, y = folded.positions["dense-2"]
    loose, node_id = edits.add_node(edits.move(folded, {"output": (x + 9 * STEP, y)}), "dense", (x + STEP, y))
    opened = groups.fold(loose, "block-1", False)
    assert opened.positions[node_id] == (x + 3 * STEP, y)
    assert not any_overlap(opened.positions.values())


def test_nothing_computes_otherwise(project, folded):
    assert folded.design != project.design
    assert folded.computes_as(project)
    assert unrolled(folded.design) == unrolled(project.design)
    assert flow(folded) == flow(project)


def test_a_file_keeps_it(folded):
    assert decode(encode(folded, None))[0] == folded


def test_a_copy_is_folded_too_and_takes_the_room_of_its_card(folded):
    piece = fragment.read(fragment.written(fragment.copied(folded, INNER)))
    pasted, _ = fragment.pasted(folded, piece)
    assert [group.folded for group in pasted.design.groups] == [True, True]
    assert not any_overlap(folding.contracted(pasted).positions.values())


def test_taking_it_apart_opens_it_first(project, folded):
    assert groups.ungroup(folded, "block-1") == groups.ungroup(project, "block-1")


def test_a_layer_that_comes_into_it_opens_it(folded):
    grown, node_id = edits.append_node(folded, "dense", "dense-2")
    (block,) = grown.design.groups
    assert (block.folded, node_id in block.members) == (False, True)
    assert not any_overlap(grown.positions.values())


def test_a_layer_behind_it_stands_beside_its_card(folded):
    grown, node_id = edits.append_node(folded, "dense", "dense-4")
    (block,) = grown.design.groups
    assert (block.folded, node_id in block.members) == (True, False)
    x, y = folded.positions["dense-2"]
    assert grown.positions[node_id] == (x + STEP, y)
    assert grown.positions["output"] == (x + 2 * STEP, y)


def test_the_card_stays_where_it_is_when_its_first_layer_is_removed(folded):
    shorter = edits.remove(folded, ["dense-2"])
    assert shorter.positions["dense-3"] == folded.positions["dense-2"]
    assert shorter.positions["dense-4"] == folded.positions["dense-3"]


def test_tidying_lines_up_what_is_seen(folded):
    tidied = edits.relayout(
        edits.move(folded, {node_id: (700.0, 300.0 + 10 * index) for index, node_id in enumerate(INNER)})
    )
    xs = [tidied.positions[node_id][0] for node_id in ("input", "dense-1", "dense-2", "output")]
    assert [x - xs[0] for x in xs] == [0, STEP, 2 * STEP, 3 * STEP]
    x, y = tidied.positions["dense-2"]
    assert tidied.positions["dense-4"] == (x, y + 20)


def test_alignment_moves_it_as_one(folded):
    moved = edits.move(folded, {"dense-1": (0.0, 300.0)})
    aligned = arranging.align(moved, ["dense-1", *INNER], arranging.Line.BOTTOM)
    heights = {aligned.positions[node_id][1] for node_id in ("dense-1", *INNER)}
    assert heights == {300.0}
    assert aligned.positions["dense-4"][0] == folded.positions["dense-4"][0]


def test_there_must_be_such_a_block(project):
    with pytest.raises(UserError, match="no block"):
        groups.fold(project, "block-9", True)


@given(projects(), st.data())
def test_any_block_folds_and_opens(project, data):
    design = project.design
    free = [node for node in design.nodes if node.kind not in ("input", "output") and not design.group_of(node.id)]
    inner = [node.id for node in free]
    chosen = data.draw(subsets(inner))
    if not chosen:
        return
    project, block = groups.group(project, chosen)
    folded = groups.fold(project, block, True)
    seen = folding.contracted(folded)
    assert {node.id for node in seen.design.nodes} == set(seen.positions)
    if not any_overlap(project.positions.values()):
        assert not any_overlap(seen.positions.values())
    opened = groups.fold(folded, block, False)
    assert opened == replace(project, positions=opened.positions)
