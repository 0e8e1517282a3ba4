"""Simplifying: every rule holds, and it comes to an end."""

import numpy as np
import pytest
from hypothesis import given

from annstudio.core.formula.algebra import IDENTITIES, simplified
from annstudio.core.formula.evaluation import evaluate, expanded
from annstudio.core.formula.notation import canonical
from annstudio.core.formula.patterns import pattern
from tests.core.formula.trees import TAME_TREES, TREES, parsed


@pytest.mark.parametrize(("before", "after"), IDENTITIES)
def test_both_sides_of_a_rule_are_equal_wherever_the_left_one_has_a_value(before, after):
    letters = dict(zip("uvwcdx", np.random.default_rng(0).normal(0, 2, (6, 400)), strict=True))
    left, right = (evaluate(expanded(pattern(side)), letters) for side in (before, after))
    there = np.isfinite(left)
    assert there.any()
    np.testing.assert_allclose(np.broadcast_to(right, left.shape)[there], left[there], rtol=1e-12, atol=1e-12)


@given(TREES)
def test_simplifying_ends_and_adds_nothing(tree):
    simple = simplified(tree)
    assert simple.variables <= tree.variables
    assert len(canonical(simple)) <= 2 * len(canonical(tree)) + 20


@given(TAME_TREES)
def test_the_value_stays(tree):
    x = np.linspace(-2, 2, 9)
    before = np.broadcast_to(evaluate(expanded(tree), {"x": x}), x.shape)
    after = np.broadcast_to(evaluate(expanded(simplified(tree)), {"x": x}), x.shape)
    np.testing.assert_allclose(after, before, rtol=1e-9, atol=1e-9)


@pytest.mark.parametrize(
    ("typed", "simple"),
    [
        ("x * 2 * 3", "6 * x"),
        ("x + -2 * x", "x - 2 * x"),
        ("1 - -x", "1 + x"),
        ("0.1 * 3 * x", "0.3 * x"),
        ("1/3 * x", "x / 3"),
        ("(1/3 + 1) * x", "(1 / 3 + 1) * x"),
        ("2 * pi * x", "2 * pi * x"),
        ("x * x * x", "x**3"),
        ("log(1 + exp(2 * x))", "softplus(2 * x)"),
        ("1 / (1 + exp(-x))", "logistic(x)"),
        ("x / (exp(-x) + 1)", "x * logistic(x)"),
        ("exp(x) / (1 + exp(x))", "logistic(x)"),
        ("0 * log(x)", "0"),
        ("e**x", "exp(x)"),
    ],
)
def test_simple_forms(typed, simple):
    assert canonical(simplified(parsed(typed).root)) == simple


def test_no_power_of_e_overflows_in_the_stable_forms():
    x = np.array([-1e4, 1e4])
    np.testing.assert_array_equal(parsed("log(1 + exp(x))").value(x=x), [0, 1e4])
    np.testing.assert_array_equal(parsed("x / (1 + exp(-x))").derivative("x").value(x=x), [0, 1])
