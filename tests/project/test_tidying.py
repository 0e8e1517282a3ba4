"""Lining cards up: columns, few crossings, level wires, rows."""

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annstudio.project import edits, layout
from annstudio.project.build import chain
from annstudio.project.model import Design, Group, Node, Settings, Wire
from annstudio.project.tidying import ROW_GAP, tidy

IDS = ("input", *"abcdefghij", "output")
PAIRS = st.lists(st.tuples(st.sampled_from(IDS[:-1]), st.sampled_from(IDS[1:])).filter(lambda pair: pair[0] != pair[1]))


def design(pairs, groups=()):
    ids = [node_id for node_id in IDS if any(node_id in pair for pair in pairs)]
    kinds = {"input": "input", "output": "output"}
    nodes = tuple(Node(node_id, kinds.get(node_id, "add"), Settings({})) for node_id in ids)
    return Design(nodes, tuple(Wire(*pair) for pair in dict.fromkeys(pairs)), tuple(groups))


def tidied(pairs, groups=(), positions=None):
    made = design(pairs, groups)
    return tidy(made, positions or {node.id: (0.0, 0.0) for node in made.nodes})


def rounded(places):
    return {node_id: (round(x), round(y, 6)) for node_id, (x, y) in places.items()}


def path(*ids):
    return list(pairwise(ids))


def lengths(positions):
    heights = [y for _, y in positions.values()]
    return [heights.count(height) for height in sorted(set(heights))]


@given(PAIRS)
def test_no_card_covers_another(pairs):
    assert not layout.any_overlap(tidied(pairs).values())


@given(PAIRS)
def test_tidying_twice_changes_nothing(pairs):
    once = tidied(pairs)
    assert rounded(tidied(pairs, positions=once)) == rounded(once)


@pytest.mark.parametrize(
    ("layers", "rows"), [(2, [2]), (5, [5]), (7, [7]), (8, [4, 4]), (9, [5, 4]), (12, [6, 6]), (20, [10, 10])]
)
def test_a_chain_that_would_be_small_goes_on_in_another_row(layers, rows):
    project = chain("test", "exam", [(2, "tanh")] * (layers - 2))
    assert lengths(project.positions) == rows
    order = sorted(project.positions, key=lambda node_id: project.positions[node_id][::-1])
    assert order == [node.id for node in project.design.nodes]


def test_the_ways_of_a_fork_stand_level_around_it():
    places = tidied([*path("input", "a", "b", "c", "output"), ("input", "d"), ("d", "output")])
    heights = {node_id: y for node_id, (_, y) in places.items()}
    assert heights["a"] == heights["b"] == heights["c"] != heights["d"]
    assert heights["input"] == heights["output"] == (heights["a"] + heights["d"]) / 2


def test_a_wire_that_skips_layers_leaves_the_row_level():
    places = tidied([*path("input", "a", "b", "c", "output"), ("a", "output"), ("input", "c")])
    assert lengths(places) == [5]


def test_wires_that_need_not_cross_do_not():
    pairs = [("input", "a"), ("input", "b"), ("a", "c"), ("b", "d"), ("c", "output"), ("d", "output")]
    crossed = {"input": (0.0, 0.0), "a": (170.0, 0.0), "b": (170.0, 142.0)}
    crossed |= {"d": (340.0, 0.0), "c": (340.0, 142.0), "output": (510.0, 0.0)}
    places = tidied(pairs, positions=crossed)
    assert (places["a"][1] < places["b"][1]) == (places["c"][1] < places["d"][1])


def test_the_vertical_order_stays_where_nothing_crosses():
    pairs = [("input", "a"), ("input", "b"), ("a", "output"), ("b", "output")]
    upside = tidied(pairs, positions={"input": (0, 0), "a": (0, 9), "b": (0, 0), "output": (0, 0)})
    assert upside["b"][1] < upside["a"][1]


def test_a_group_stays_in_one_row():
    pairs = path(*IDS)
    torn = tidied(pairs)
    assert torn["e"][1] != torn["f"][1]
    whole = tidied(pairs, [Group("block-1", ("d", "e", "f"))])
    assert whole["d"][1] == whole["e"][1] == whole["f"][1]


def test_between_rows_there_is_room_for_a_wire():
    places = tidied(path(*IDS))
    assert sorted({y for _, y in places.values()}) == [0, layout.CARD_HEIGHT + ROW_GAP]


def test_a_layer_put_into_a_row_leaves_the_next_row_alone():
    project = chain("test", "exam", [(2, "tanh")] * 10)
    assert project.positions["dense-6"] == (0.0, layout.CARD_HEIGHT + ROW_GAP)
    grown, node_id = edits.insert_node(project, "dense", Wire("dense-2", "dense-3"))
    assert grown.positions[node_id] == project.positions["dense-3"]
    assert grown.positions["dense-3"] == project.positions["dense-4"]
    below = ["dense-6", "dense-10", "output"]
    assert [grown.positions[key] for key in below] == [project.positions[key] for key in below]
    ended, last = edits.insert_node(project, "dense", Wire("dense-5", "dense-6"))
    assert ended.positions[last] == (6 * layout.STEP, 0.0)
    assert not layout.any_overlap(ended.positions.values())


def test_hundreds_of_layers_take_no_time():
    project = chain("test", "exam", [(2, "tanh")] * 200)
    begin = time.perf_counter()
    edits.relayout(project)
    assert time.perf_counter() - begin < 0.5


def test_nothing_is_nowhere():
    assert tidy(Design((), ()), {}) == {}
