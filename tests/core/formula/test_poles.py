"""Where formulas divide by zero: found between the points of any grid, and only where it is so."""

import pytest

from annstudio.core.formula import Formula


def poles(written):
    return Formula.parse(written, {"x": "x"}).poles("x", 8.0)


@pytest.mark.parametrize(
    ("written", "places"),
    [
        ("1 / x", [0]),
        ("1 / (3*x - 1)", [1 / 3]),
        ("x ** -2", [0]),
        ("1 / (3*x - 1)**2", [1 / 3]),
        ("1 / (9*x^2 - 6*x + 1)", [1 / 3]),
        ("1 / (abs(3*x) - 1)", [-1 / 3, 1 / 3]),
        ("log(abs(x - 0.005))", [0.005]),
        ("log1p(3*x)", [-1 / 3]),
        ("tan(x / 3)", [-4.71238898038469, 4.71238898038469]),
        ("exp(1 / (x - 0.1))", [0.1]),
    ],
)
def test_a_place_without_a_value_is_found(written, places):
    assert poles(written) == pytest.approx(places, abs=1e-7)


@pytest.mark.parametrize(
    "written", ["x", "1 / (1 + x^2)", "1 / (x^2 + 0.0001)", "log(1 + exp(x))", "x / (1 + abs(x))", "tanh(x) / cosh(x)"]
)
def test_a_formula_with_a_value_everywhere_has_no_poles(written):
    assert poles(written) == ()
