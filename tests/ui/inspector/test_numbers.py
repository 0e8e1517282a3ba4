import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annstudio.core.params import Integer, Real
from annstudio.ui.inspector.numbers import plain_number, shown_number, stepped

RATE = Real("rate", "Rate", 0.01, minimum=1e-12, maximum=100.0)
SCALE = Real("scale", "Scale", 0.01, minimum=0.0, maximum=100.0, above_minimum=True)
NOISE = Real("noise", "Noise", 0.0, minimum=0.0, maximum=0.5)
UNITS = Integer("units", "Units", 8, minimum=1, maximum=4096)


@pytest.mark.parametrize(
    ("typed", "whole", "read"),
    [
        ("0.001", False, "0.001"),
        ("0,001", False, "0.001"),
        ("1e-3", False, "1e-3"),
        ("−2,5", False, "-2.5"),
        (" 12 ", True, "12"),
        ("1,000", True, "1000"),
        ("12.345", True, "12345"),
        ("1 000 000", True, "1000000"),
        ("12.5", True, "12.5"),
        ("many", True, "many"),
        ("1,2,3", False, "1,2,3"),
    ],
)
def test_numbers_are_read_as_people_write_them(typed, whole, read):
    assert plain_number(typed, whole) == read


@given(st.floats(1e-9, 1e9))
def test_a_shown_number_reads_back(number):
    assert float(plain_number(shown_number(number), whole=False)) == pytest.approx(number, rel=1e-11)


def test_a_learning_rate_steps_along_one_two_five():
    places = [0.001]
    for _ in range(6):
        places.append(stepped(RATE, places[-1], 1))
    assert places == [0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1]
    assert stepped(RATE, 0.003, 1) == 0.005
    assert stepped(RATE, 0.003, -1) == 0.002
    assert stepped(RATE, 0.01, -3) == 0.001


@given(st.floats(1e-12, 100), st.integers(-10, 10).filter(bool))
@pytest.mark.parametrize("param", [RATE, SCALE], ids=lambda param: param.key)
def test_steps_of_a_rate_move_the_right_way_and_stay_valid(param, rate, steps):
    moved = stepped(param, rate, steps)
    assert param.check(moved) == moved
    assert (moved - rate) * steps > 0 or moved in (param.minimum, param.maximum)


@given(st.floats(0, 0.5), st.integers(-10, 10))
def test_steps_of_a_share_stay_in_its_range(value, steps):
    assert 0 <= stepped(NOISE, value, steps) <= 0.5


def test_whole_numbers_step_by_one_inside_their_range():
    assert stepped(UNITS, 8, 1) == 9
    assert stepped(UNITS, 1, -1) == 1
    assert stepped(UNITS, 4095, 10) == 4096


def test_round_steps_are_round():
    assert stepped(NOISE, 0.0, 1) == pytest.approx(0.05) or stepped(NOISE, 0.0, 1) == pytest.approx(0.01)
    assert math.isclose(stepped(NOISE, stepped(NOISE, 0.2, 1), -1), 0.2)
