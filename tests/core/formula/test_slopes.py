"""Derivatives: exact, short, and with the stated conventions at kinks."""

import re

import numpy as np
import pytest
from hypothesis import given

from annstudio.core.formula import Formula
from annstudio.core.formula.functions import FUNCTIONS
from annstudio.core.formula.slopes import PARTIALS
from tests.core.formula.trees import TAME_TREES, parsed
from tests.engine.oracle import slopes

OPERATIONS = {"+": "x + y", "-": "x - y", "*": "x * y", "/": "x / y", "**": "x ** y", "neg": "-x"}


def close_to_differences(formula):
    """Check the derivative by each variable against five points, at numbers between 0.2 and 0.8."""
    inner = sorted(formula.root.variables)
    x = np.linspace(0.21, 0.79, 30)
    points = {name: x[:: (1 if name == "x" else -1)] for name in inner}
    for name in inner:

        def total(moved, name=name):
            return formula.value(**{**points, name: moved}).sum()

        found = formula.derivative(name).value(**points)
        np.testing.assert_allclose(found, slopes(total, points[name].copy()), rtol=1e-8, atol=1e-8)


def test_every_function_has_a_partial_derivative_by_each_argument():
    assert set(PARTIALS) == set(FUNCTIONS) | set(OPERATIONS)
    for name, count in FUNCTIONS.items():
        assert len(PARTIALS[name]) == count


@pytest.mark.parametrize("name", PARTIALS)
def test_functions_against_finite_differences(name):
    one = f"{name}(x)" if FUNCTIONS.get(name) == 1 else f"{name}(x, y)"
    written = OPERATIONS.get(name, one)
    formula = parsed(written)
    close_to_differences(formula)
    chained = parsed(re.sub(r"\bx\b", "(0.9 - x*x)", written))
    close_to_differences(chained)


@given(TAME_TREES)
def test_any_composition_against_finite_differences(tree):
    formula = Formula(tree)
    x = np.linspace(-1.97, 1.93, 13)
    away = [np.abs(x - kink) > 0.01 for kink in formula.kinks("x", 3)]
    x = x[np.all(away, axis=0)] if away else x
    found = formula.derivative("x").value(x=x)
    scale = 1 + np.abs(formula.value(x=x)).max() + np.abs(found).max()
    expected = slopes(lambda moved: formula.value(x=moved).sum(), x)
    np.testing.assert_allclose(found, expected, rtol=1e-4, atol=1e-4 * scale)


@pytest.mark.parametrize(
    ("typed", "derivative"),
    [
        ("3", "0"),
        ("x", "1"),
        ("y", "0"),
        ("x**2", "2 * x"),
        ("x**3 / 3", "x**2"),
        ("-x", "-1"),
        ("5 * x - 2", "5"),
        ("1 / x", "-1 / x**2"),
        ("sqrt(x)", "1 / (2 * sqrt(x))"),
        ("exp(-x**2)", "-2 * x * exp(-x**2)"),
        ("exp(2*x)", "2 * exp(2 * x)"),
        ("log(x**2 + 1)", "2 * x / (x**2 + 1)"),
        ("x * sin(x)", "sin(x) + x * cos(x)"),
        ("tanh(x)", "1 - tanh(x)**2"),
        ("1 / (1 + exp(-x))", "logistic(x) * (1 - logistic(x))"),
        ("x * y", "y"),
        ("2**x", "2**x * log(2)"),
        ("max(0, x)", "relu(sign(x))"),
        ("abs(x - 1)", "sign(x - 1)"),
        ("x * tanh(log(1 + exp(x)))", "tanh(softplus(x)) + x * logistic(x) * (1 - tanh(softplus(x))**2)"),
    ],
)
def test_derivatives_look_as_in_a_textbook(typed, derivative):
    assert str(parsed(typed).derivative("x")) == derivative


@pytest.mark.parametrize(
    ("typed", "at", "slope"),
    [
        ("relu(x)", 0, 0),
        ("max(x, 0)", 0, 0),
        ("max(0, x)", 0, 0),
        ("min(x, 0)", 0, 0),
        ("abs(x)", 0, 0),
        ("sign(x)", 0, 0),
        ("max(x, 0.1 * x)", 0, 0.1),
        ("max(0.1 * x, x)", 0, 1),
        ("min(x, 1)", 1, 0),
    ],
)
def test_the_conventions_at_kinks(typed, at, slope):
    assert parsed(typed).derivative("x").value(x=at) == slope


def test_derivatives_stay_small_as_equal_parts_are_shared():
    nested = "x"
    for _ in range(4):
        nested = f"tanh({nested} * sin({nested}))"
    formula, out = parsed(nested), np.empty(1)
    calls = formula.calls({"x": out}, out, np.empty_like)
    assert len(calls) == 12
    assert len(formula.derivative("x").calls({"x": out}, out, np.empty_like)) < 5 * len(calls)
