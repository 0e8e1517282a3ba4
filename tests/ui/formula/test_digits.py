import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from annstudio.ui.formula.digits import ALL, written


@pytest.mark.parametrize(
    ("value", "digits", "expected"),
    [
        (0.593269992, 4, "0.5933"),
        (0.593269992, 9, "0.593269992"),
        (0.35, 9, "0.35"),
        (-12.0, 4, "−12"),
        (123456.0, 4, "123456"),
        (0.0000123456, 4, "1.23·10⁻⁵"),
        (2.5e12, 4, "2.50·10¹²"),
        (0.0, 4, "0"),
        (float("nan"), 4, "–"),
        (float("-inf"), 4, "−∞"),
        (float(np.float32(0.1)), ALL, "0.10000000149011612"),
    ],
)
def test_numbers_have_the_digits_asked_for(value, digits, expected):
    assert written(value, digits) == expected


def test_single_precision_has_fewer_digits():
    assert written(float(np.float32(0.1)), ALL, single=True) == "0.1"


@given(value=st.floats(allow_nan=False, allow_infinity=False, min_value=-1e8, max_value=1e8))
def test_all_digits_give_the_number_back(value):
    plain = written(value, ALL).replace("−", "-")
    if "·10" in plain:
        mantissa, _, power = plain.partition("·10")
        plain = mantissa + "e" + power.translate(str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-"))
    assert float(plain) == value


@given(value=st.floats(1e-3, 1e5), digits=st.sampled_from([4, 6, 9]))
def test_rounding_is_right(value, digits):
    plain = written(value, digits)
    if "·" not in plain:
        assert float(plain) == pytest.approx(value, rel=0.6 * 10.0 ** (1 - digits))
