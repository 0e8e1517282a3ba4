from collections import Counter

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from annstudio.ui.views.contour import level_lines


def test_a_slope_gives_a_straight_line():
    surface = np.tile(np.arange(5.0), (4, 1))
    pieces = level_lines(surface, 1.25)
    assert len(pieces) == 3
    assert np.allclose(pieces[:, [0, 2]], 1.25)
    assert sorted(map(tuple, np.sort(pieces[:, [1, 3]]).tolist())) == [(0, 1), (1, 2), (2, 3)]


def test_a_slope_upwards_gives_a_level_line():
    pieces = level_lines(np.tile(np.arange(4.0)[:, None], (1, 3)), 2.5)
    assert np.allclose(pieces[:, [1, 3]], 2.5)
    assert np.abs(pieces[:, 0] - pieces[:, 2]).sum() == 2


def test_a_hill_gives_a_closed_circle():
    y, x = np.mgrid[:41, :41] - 20.0
    pieces = level_lines(np.hypot(x, y), 12.3) - 20
    ends = pieces.reshape(-1, 2)
    assert np.allclose(np.hypot(*ends.T), 12.3, atol=0.05)
    meetings = Counter(map(tuple, ends.round(9).tolist()))
    assert set(meetings.values()) == {2}
    length = np.hypot(pieces[:, 0] - pieces[:, 2], pieces[:, 1] - pieces[:, 3]).sum()
    assert abs(length - 2 * np.pi * 12.3) < 0.5


def test_a_saddle_gives_two_pieces():
    assert len(level_lines(np.array([[0.0, 1.0], [1.0, 0.0]]), 0.5)) == 2


def test_flat_ground_has_no_line():
    assert level_lines(np.full((4, 4), 0.5), 0.5).shape == (0, 4)
    assert level_lines(np.full((4, 4), np.nan), 0.5).shape == (0, 4)


@given(arrays(np.float32, (5, 6), elements=st.floats(0, 1, width=32)))
def test_every_end_lies_on_a_side_of_the_grid_at_the_level(surface):
    for x, y in level_lines(surface, 0.5).reshape(-1, 2):
        low, high = np.array([np.floor([y, x]), np.ceil([y, x])]).astype(int)
        a, b = float(surface[tuple(low)]), float(surface[tuple(high)])
        share = max(x - low[1], y - low[0])
        assert abs(a + (b - a) * share - 0.5) < 1e-5


def test_no_line_runs_along_a_gap():
    surface = np.tile(np.arange(6.0), (4, 1))
    surface[:, :2] = np.nan
    assert len(level_lines(surface, 1.5)) == 0
    assert np.allclose(level_lines(surface, 3.5)[:, [0, 2]], 3.5)
