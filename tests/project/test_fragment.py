"""Copying and pasting: layers as text, and back."""

import json

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from annstudio.core.errors import UserError
from annstudio.engine.layers import layers
from annstudio.project import edits, fragment, groups, layout
from annstudio.project.build import chain
from annstudio.project.limits import MAXIMUM_NODES
from annstudio.project.model import Group, Wire
from tests.project.strategies import POINTS, projects, subsets
from tests.project.test_edit_sequences import check_design, check_settings

EXAM = chain("Exam", "exam", [(8, "tanh"), (4, "relu")])
HIDDEN = fragment.copied(EXAM, ["input", "dense-1", "dense-2"])


def passable(node):
    return layers[node.kind].takes_input and layers[node.kind].gives_output


def changed(**fields):
    return json.dumps(json.loads(fragment.written(HIDDEN)) | fields)


def test_a_copy_holds_the_layers_and_the_wires_between_them():
    assert [node.id for node in HIDDEN.design.nodes] == ["dense-1", "dense-2"]
    assert HIDDEN.design.wires == (Wire("dense-1", "dense-2"),)


def test_the_text_can_be_read_by_people():
    lines = fragment.written(HIDDEN).splitlines()
    assert any('"units": 8' in line for line in lines)
    assert any('"activation": "tanh"' in line for line in lines)


def test_input_and_output_alone_are_not_copied():
    with pytest.raises(UserError, match="one Input and one Output"):
        fragment.copied(EXAM, ["input", "output"])


@given(st.data())
@settings(max_examples=60)
def test_what_is_pasted_is_what_was_copied_and_nothing_else_changes(data):
    project, other = data.draw(projects()), data.draw(projects())
    free = [node.id for node in project.design.nodes if passable(node)]
    assume(free)
    chosen = data.draw(st.lists(st.sampled_from(free), unique=True, min_size=1))
    piece = fragment.copied(project, chosen)
    assert fragment.read(fragment.written(piece)) == piece
    grown, ids = fragment.pasted(other, piece, data.draw(st.none() | POINTS))
    check_design(grown)
    check_settings(grown)
    count = len(other.design.nodes)
    assert grown.design.nodes[:count] == other.design.nodes
    assert [(node.kind, node.settings) for node in grown.design.nodes[count:]] == [
        (node.kind, node.settings) for node in piece.design.nodes
    ]
    named = dict(zip((node.id for node in piece.design.nodes), ids, strict=True))
    fresh = tuple(Wire(named[wire.source], named[wire.target]) for wire in piece.design.wires)
    assert grown.design.wires == other.design.wires + fresh
    assert {key: grown.positions[key] for key in other.positions} == other.positions
    assert edits.remove(grown, ids) == other


@given(st.data())
@settings(max_examples=40)
def test_copies_keep_their_arrangement_and_cover_no_card(data):
    project = data.draw(projects())
    ids = [node.id for node in project.design.nodes if passable(node)]
    chosen = data.draw(subsets(ids))
    assume(chosen)
    piece = fragment.copied(project, chosen)
    grown, copies = fragment.pasted(project, piece)
    shifts = {
        (round(grown.positions[copy][0] - place[0], 6), round(grown.positions[copy][1] - place[1], 6))
        for copy, place in zip(copies, (piece.positions[node.id] for node in piece.design.nodes), strict=True)
    }
    assert len(shifts) == 1
    for copy in copies:
        assert not any(layout.any_overlap([grown.positions[copy], other]) for other in project.positions.values())


@pytest.fixture
def repeated():
    """EXAM with its hidden layers as a block that is repeated three times."""
    grouped, block = groups.group(EXAM, ["dense-1", "dense-2"])
    return groups.repeat(grouped, block, 3)


def test_a_block_that_is_copied_as_a_whole_stays_a_block(repeated):
    piece = fragment.copied(repeated, ["dense-1", "dense-2"])
    assert fragment.read(fragment.written(piece)) == piece
    grown, _ = fragment.pasted(repeated, piece)
    assert grown.design.groups == (*repeated.design.groups, Group("block-2", ("dense-3", "dense-4"), 3))


def test_a_part_of_a_block_is_copied_without_it(repeated):
    grown, _ = fragment.pasted(repeated, fragment.copied(repeated, ["dense-1"]))
    assert grown.design.groups == repeated.design.groups


def test_the_copies_of_a_block_count_in_a_full_design(repeated):
    huge = replace(repeated, design=replace(repeated.design, groups=(Group("block-1", ("dense-1", "dense-2"), 150),)))
    with pytest.raises(UserError, match="at most 500 layers"):
        fragment.pasted(huge, fragment.copied(huge, ["dense-1", "dense-2"]))


def test_a_paste_goes_where_there_is_room():
    grown, ids = fragment.pasted(EXAM, HIDDEN, (1000.0, 500.0))
    assert [grown.positions[node_id] for node_id in ids] == [(1000.0, 500.0), (1170.0, 500.0)]


@pytest.mark.parametrize(
    "clip",
    [
        *("", "some words", "3", "[]", "{}", '{"layers": []}', " " * (2 << 20)),
        *('"annstudio"', '["annstudio"]', '{"annstudio": "project"}', '{"annstudio": "layers", "annstudio": "layers"}'),
        *('"annstudio"' + "[" * 100_000, '"annstudio\ud800"', '{"annstudio" is a word in it'),
    ],
    ids=[
        *("empty", "words", "number", "list", "object", "other", "long"),
        *("named", "in a list", "other kind", "twice"),
        *("deep", "surrogate", "no JSON"),
    ],
)
def test_foreign_text_is_refused_in_one_sentence(clip):
    with pytest.raises(UserError, match=r"^There are no layers on the clipboard: copy some first\.$"):
        fragment.read(clip)


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"format": 2}, "not as this version"),
        ({"layers": []}, "not as this version"),
        ({"more": 1}, "not as this version"),
        ({"wires": [["dense-1", "nobody"]]}, "do not fit together"),
        ({"wires": [["dense-1", "dense-2"]] * 2}, "do not fit together"),
        ({"wires": [["dense-1", "dense-2"], ["dense-2", "dense-1"]]}, "do not fit together"),
        ({"wires": [["dense-1", "dense-1"]]}, "do not fit together"),
        ({"positions": {"dense-1": [0, 0]}}, "do not fit together"),
        ({"groups": [{"id": "block-1", "members": ["output"]}]}, "do not fit together"),
        ({"groups": [{"id": "block-1", "members": ["dense-1", "dense-1"]}]}, "do not fit together"),
        ({"groups": [{"id": "block-1", "members": ["dense-1"], "times": 10**6}]}, "not as this version"),
        ({"positions": {"dense-1": [0, 0], "dense-2": [1e9, 0]}}, "too far out"),
        ({"layers": [{"id": "dense-1", "kind": "dense", "values": {"units": -1}}]}, "Units cannot be -1"),
        ({"layers": [{"id": "dense-1", "kind": "dense", "values": {"units": "8"}}]}, "must be a number"),
        ({"layers": [{"id": "dense-1", "kind": "magic", "values": {}}]}, "no layer “magic”"),
        ({"layers": [{"id": "dense-1", "kind": "dense", "values": {}, "pinned": ["units"]}]}, "pinned"),
        ({"layers": [{"id": "data", "kind": "dense", "values": {}}]}, "not as this version"),
    ],
)
def test_a_text_that_was_tampered_with_is_refused(fields, reason):
    with pytest.raises(UserError, match=r"^The layers on the clipboard cannot be pasted: .*\.$") as refused:
        fragment.read(changed(**fields))
    assert reason in str(refused.value)


def test_two_wires_into_a_layer_that_takes_one_are_refused():
    three = fragment.copied(chain("", "exam", [(2, "tanh")] * 3), ["dense-1", "dense-2", "dense-3"])
    clip = json.loads(fragment.written(three)) | {"wires": [["dense-1", "dense-3"], ["dense-2", "dense-3"]]}
    with pytest.raises(UserError, match="do not fit together"):
        fragment.read(json.dumps(clip))


def test_a_text_with_an_output_is_refused():
    output = {"id": "output", "kind": "output", "values": {}}
    with pytest.raises(UserError, match="one Input and one Output"):
        fragment.read(changed(layers=[output], wires=[], positions={"output": [0, 0]}))


def test_a_full_design_takes_no_more():
    project = EXAM
    for _ in range(8):
        project, _ = fragment.pasted(project, fragment.copied(project, [node.id for node in project.design.nodes]))
        if len(project.design.nodes) * 2 > MAXIMUM_NODES:
            break
    with pytest.raises(UserError, match="at most 500 layers"):
        fragment.pasted(project, fragment.copied(project, [node.id for node in project.design.nodes]))


def test_a_text_from_elsewhere_is_not_read(monkeypatch):
    monkeypatch.setattr(fragment.strict_json, "check_unique", lambda *read: pytest.fail("megabytes take long"))
    assert not fragment.is_fragment(json.dumps({"cells": [0] * 9}))
