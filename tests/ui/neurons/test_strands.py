"""Links as they are drawn: thick and strong for large weights, whole for positive, dashed for negative ones."""

from itertools import pairwise

import numpy as np
import pytest
from PySide6.QtCore import QLineF

from annstudio.project.build import chain
from annstudio.project.shapes import flow
from annstudio.training.trained import LayerWeights
from annstudio.ui.neurons.layout import layout_of
from annstudio.ui.neurons.links import bundles_of
from annstudio.ui.neurons.strands import LEVELS, Strands, dashes, strand_pen, strengths
from annstudio.ui.theme import DARK, LIGHT


@pytest.fixture
def strands():
    project = chain("x", "exam", [(2, "tanh")])
    return Strands(bundles_of(project, layout_of(project, flow(project))))


def known(first, second):
    return {
        "dense-1": LayerWeights({"kernel": np.array(first, np.float32)}),
        "output": LayerWeights({"kernel": np.array(second, np.float32)}),
    }


def test_the_scale_is_a_round_number_above_all_weights(strands):
    strands.show_weights(known([[0.1, -1.1], [0.3, 0.2]], [[0.4], [-0.9]]))
    assert strands.scale == pytest.approx(1.2)


def test_weights_that_are_not_known_are_drawn_all_the_same(strands):
    assert [(level, negative, len(lines)) for level, negative, lines in strands._batches] == [(-1, False, 6)]


def test_the_strongest_lie_on_top_and_negative_ones_are_dashed(strands):
    strands.show_weights(known([[1.0, -1.0], [0.0, 0.0]], [[0.2], [-0.2]]))
    levels = [level for level, _, _ in strands._batches]
    assert levels == sorted(levels)
    assert levels[-1] == LEVELS
    pieces = {(level, negative): len(lines) for level, negative, lines in strands._batches}
    assert pieces[LEVELS, False] == 1
    assert pieces[LEVELS, True] > 5
    assert pieces[0, False] == 2


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_strength_shows_in_width_and_color_and_sign_in_color(theme):
    weak, strong = strand_pen(theme, 1, False), strand_pen(theme, LEVELS, False)
    assert strong.widthF() > 2 * weak.widthF()
    assert strong.color().name() == theme.positive
    assert strand_pen(theme, LEVELS, True).color().name() == theme.negative
    assert weak.color().alpha() == strong.color().alpha() == 255


def test_levels_grow_with_weights_of_either_sign():
    values = np.array([np.nan, 0.0, 0.2, -0.5, 0.8, -1.0, 7.0])
    found = strengths(values, 1.0)
    assert found[0] == -1
    assert found[1] == 0
    assert list(found[1:]) == sorted(found[1:])
    assert found[-1] == found[-2] == LEVELS


def test_more_links_than_can_be_told_apart_are_not_dashed():
    wide = chain("x", "digits", [(16, "tanh")] * 9)
    strands = Strands(bundles_of(wide, layout_of(wide, flow(wide))))
    kernel = LayerWeights({"kernel": np.full((16, 16), -1.0)})
    strands.show_weights({f"dense-{number}": kernel for number in range(2, 10)})
    assert {(level, negative): len(lines) for level, negative, lines in strands._batches}[LEVELS, True] == 8 * 16 * 16


def test_dashes_begin_and_end_with_the_line():
    lengths = np.array([0.0, 4.0, 30.0, 250.0])
    ends = np.stack([np.full(4, 3.0), np.full(4, 4.0), 3 + 0.6 * lengths, 4 + 0.8 * lengths], axis=1)
    made = dashes(ends)
    assert [len(each) for each in made] == [1, 1, 2, 12]
    for (x1, y1, x2, y2), pieces in zip(ends.tolist(), made, strict=True):
        assert (pieces[0].x1(), pieces[0].y1()) == pytest.approx((x1, y1))
        assert (pieces[-1].x2(), pieces[-1].y2()) == pytest.approx((x2, y2))
        assert all(before.x2() < after.x1() for before, after in pairwise(pieces))
        breaks = [QLineF(before.p2(), after.p1()).length() for before, after in pairwise(pieces)]
        assert breaks == pytest.approx([7.0] * len(breaks))
