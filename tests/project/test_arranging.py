"""Aligning cards and spreading them."""

from functools import partial
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from annstudio.core.errors import UserError
from annstudio.project import groups, layout
from annstudio.project.arranging import Axis, Line, align, distribute
from annstudio.project.build import chain
from tests.project.strategies import POINTS

EXAM = chain("Exam", "exam", [(8, "tanh"), (4, "relu")])
SCATTERED = replace(
    EXAM, positions={"input": (0.0, 40.0), "dense-1": (200.0, 0.0), "dense-2": (300.0, 200.0), "output": (700.0, 90.0)}
)
ALL = list(SCATTERED.positions)


@pytest.mark.parametrize(
    ("line", "across", "at"),
    [
        (Line.LEFT, 0, 0.0),
        (Line.CENTER, 0, 350.0),
        (Line.RIGHT, 0, 700.0),
        (Line.TOP, 1, 0.0),
        (Line.MIDDLE, 1, 100.0),
        (Line.BOTTOM, 1, 200.0),
    ],
)
def test_aligned_cards_stand_on_one_line(line, across, at):
    assert {place[across] for place in align(SCATTERED, ALL, line).positions.values()} == {at}


def test_only_the_chosen_cards_move():
    moved = align(SCATTERED, ["dense-1", "dense-2"], Line.LEFT).positions
    assert moved == {**SCATTERED.positions, "dense-2": (200.0, 200.0)}


def test_cards_of_a_row_that_get_one_left_edge_stand_below_one_another_in_their_order():
    column = align(EXAM, ALL, Line.LEFT).positions
    assert [column[node_id][1] for node_id in ALL] == [0.0, 142.0, 284.0, 426.0]


@given(st.lists(POINTS, min_size=4, max_size=4), st.sampled_from(Line))
@settings(max_examples=60)
def test_aligned_cards_never_cover_each_other_and_stay_when_aligned_again(points, line):
    project = replace(EXAM, positions=dict(zip(ALL, points, strict=True)))
    once = align(project, ALL, line)
    assert not layout.any_overlap(once.positions.values())
    assert align(once, ALL, line) == once


@pytest.mark.parametrize(("axis", "expected"), [(Axis.HORIZONTAL, [0, 700 / 3, 1400 / 3, 700]), (Axis.VERTICAL, None)])
def test_spread_cards_are_equally_far_apart(axis, expected):
    spread = distribute(SCATTERED, ALL, axis).positions
    across = axis.value
    at = sorted(place[across] for place in spread.values())
    steps = {round(after - before, 6) for before, after in pairwise(at)}
    assert len(steps) == 1
    if expected:
        assert at == pytest.approx(expected)
    assert [place[1 - across] for place in spread.values()] == [
        place[1 - across] for place in SCATTERED.positions.values()
    ]


@given(st.lists(POINTS, min_size=4, max_size=4), st.sampled_from(Axis))
@settings(max_examples=60)
def test_spread_cards_never_cover_each_other(points, axis):
    project = replace(EXAM, positions=dict(zip(ALL, points, strict=True)))
    assert not layout.any_overlap(distribute(project, ALL, axis).positions.values())


ARRANGE = [*(partial(align, line=line) for line in Line), *(partial(distribute, axis=axis) for axis in Axis)]


@pytest.mark.parametrize("arrange", ARRANGE)
@pytest.mark.parametrize("chosen", [[], ["dense-1"], ["dense-1", "dense-1"]])
def test_below_two_cards_there_is_nothing_to_arrange(arrange, chosen):
    assert arrange(SCATTERED, chosen) is SCATTERED


@pytest.mark.parametrize("arrange", ARRANGE)
@pytest.mark.parametrize("chosen", [["nobody"], ["dense-1", "nobody", "output"]])
def test_a_layer_that_is_not_there_is_refused_in_a_sentence(arrange, chosen):
    with pytest.raises(UserError, match="nobody"):
        arrange(SCATTERED, chosen)


@pytest.mark.parametrize("arrange", ARRANGE)
def test_the_layers_of_a_folded_block_are_one_card(arrange):
    project, block = groups.group(SCATTERED, ["dense-1", "dense-2"])
    folded = groups.fold(project, block, True)
    assert arrange(folded, ["dense-1", "dense-2"]) is folded
    assert arrange(folded, ["dense-2", "input", "output"]) == arrange(folded, ["dense-1", "input", "output"])
