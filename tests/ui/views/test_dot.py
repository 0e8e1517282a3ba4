import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from annstudio.ui.views.dot import Dot, Track

LECTURES = np.array([0.0, 3, 12, 7])


def test_whole_numbers_stay_whole_and_within_the_data():
    track = Track.along(LECTURES, -1.2, 13.2)
    assert (track.low, track.high, track.step) == (0, 12, 1)
    assert [track.nearest(value) for value in (-5, 6.6, 12.4, 99)] == [0, 7, 12, 12]


def test_half_hours():
    track = Track.along(np.array([0.5, 20.0, 38.5]), 0, 40)
    assert track.step == 0.5
    assert track.nearest(15.2) == 15.0
    assert track.nearest(15.3) == 15.5


def test_other_columns_go_nearly_anywhere_on_the_axis():
    track = Track.along(np.array([0.123, 5.0]), -1, 6)
    assert track.step == 0
    assert track.nearest(6.5) == 6
    assert abs(track.nearest(2.3456) - 2.3456) < 0.02


def test_truth_tables_may_be_left():
    assert Track.along(np.array([0.0, 1.0]), -0.1, 1.1).step == 0


@given(st.floats(-100, 100), st.floats(-100, 100))
def test_the_dot_stays_on_its_tracks(x, y):
    dot = Dot.in_the_middle(Track(0, 12, 1), Track(-3, 3)).at(x, y)
    assert 0 <= dot.x <= 12
    assert -3 <= dot.y <= 3
    assert dot.x == round(dot.x)


def test_keys_step_along_the_tracks():
    dot = Dot.in_the_middle(Track(0, 12, 1), Track(0, 40, 0.5))
    assert (dot.x, dot.y) == (6, 20)
    assert (dot.stepped(1, 0).x, dot.stepped(0, -5).y) == (7, pytest.approx(17.5))
    assert dot.stepped(0, 1000).y == 40
