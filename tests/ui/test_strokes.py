import warnings

import numpy as np
import pytest
from hypothesis import given

from annstudio.core.errors import UserError
from annstudio.core.formula.notation import canonical
from annstudio.ui.strokes import drawable, heights, strokes, with_zero
from tests.core.formula.trees import TREES, parsed

Z = np.linspace(-5, 5, 201)


def shown(typed):
    """The values of a formula over Z, and the heights to show."""
    formula = parsed(typed)
    values = drawable(formula.value(x=Z))
    return values, heights(lambda z: formula.value(x=z), Z, values)


@pytest.mark.parametrize("typed", ["x", "exp(x)", "tanh(100*x)", "exp(-(30*x)^2)", "x^9", "sqrt(x)"])
def test_without_a_pole_every_value_is_in_sight(typed):
    values, span = shown(typed)
    assert span == (np.nanmin(values), np.nanmax(values))


@pytest.mark.parametrize("typed", ["1/x", "1/(x - 1/3)", "1/(x - 0.0123)", "1/x^2", "1/sin(x)", "1/(x - 1e-7)"])
def test_at_a_pole_what_most_of_the_curve_does_is_in_sight(typed):
    values, (low, high) = shown(typed)
    assert high - low < 0.4 * (np.nanmax(values) - np.nanmin(values))
    inside = (values >= low) & (values <= high)
    assert 0.85 < inside.mean() < 1


def test_numbers_in_single_precision_are_drawn_as_far_as_they_go():
    values = np.array([0, -1e38, 3e38, np.inf, -np.inf, np.nan], dtype=np.float32)
    np.testing.assert_array_equal(drawable(values), [*values[:3], np.nan, np.nan, np.nan])


@pytest.mark.parametrize(
    ("typed", "pieces"), [("x", 1), ("log(x)", 1), ("1/x", 2), ("1/(x - 1/3)", 2), ("sqrt(x^2 - 1)", 2), ("tan(x)", 5)]
)
def test_curves_break_at_gaps_and_poles(typed, pieces):
    values, span = shown(typed)
    found = strokes(values, span)
    assert len(found) == pieces
    assert all(np.isfinite(values[each]).all() and len(values[each]) > 1 for each in found)


def test_a_function_without_values_has_no_heights():
    assert shown("log(x - 6)")[1] is None
    assert with_zero([None, None]) is None
    assert with_zero([None, (1.0, 2.0)]) == (0, 2)


@pytest.mark.parametrize("typed", ["0*x", "1e-30**5*x"])
def test_a_line_on_the_axis_lies_in_the_middle(typed):
    assert with_zero([shown(typed)[1]]) == (-1, 1)


@given(TREES.filter(lambda tree: tree.variables <= {"x"}))
def test_whatever_the_formula_there_are_finite_heights_that_differ(tree):
    try:
        formula = parsed(canonical(tree))
    except UserError:
        return
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        values = drawable(formula.value(x=Z))
        span = with_zero([heights(lambda z: formula.value(x=z), Z, values)])
    if span is None:
        assert not np.isfinite(values).any()
        return
    low, high = span
    assert low <= 0 <= high
    assert 0 < high - low < np.inf
    for stroke in strokes(values, span):
        assert np.isfinite(values[stroke]).all()
