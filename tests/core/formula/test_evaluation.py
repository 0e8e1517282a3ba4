"""Values: right, in the given precision, and the same by prepared calls, which allocate nothing."""

import math

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from annstudio.core.calls import run
from annstudio.core.formula import Formula
from annstudio.core.formula.evaluation import expanded
from annstudio.core.formula.functions import EXPANSIONS, FUNCTIONS, PRIMITIVES
from annstudio.core.formula.nodes import Apply, Number, Variable
from tests.core.formula.trees import TAME_TREES, TREES, by_python, parsed
from tests.engine.oracle import arrays_in, memory_of

X = np.concatenate([np.linspace(-3, 3, 25), [-700.0, -0.0, 0.0, 1e-3, 700.0]])
TYPED = ["x * tanh(log(1 + exp(x)))", "x", "2", "pi * x^3 - x^2/3 + max(x, 1) - min(2, x)", "relu(x) * relu(x)", "x**x"]


def prepared(formula, inputs, out):
    """Return the calls of a formula with new scratch buffers, and these."""
    made = []

    def new(like):
        made.append(np.empty_like(like))
        return made[-1]

    return formula.calls(inputs, out, new), made


@pytest.mark.parametrize("name", FUNCTIONS)
@pytest.mark.parametrize("u", [-1.75, -0.5, 0.0, 0.25, 0.875, 3.5])
def test_every_function_gives_what_pythons_mathematics_gives(name, u):
    written = f"{name}(x)" if FUNCTIONS[name] == 1 else f"{name}(x, 0.5)"
    try:
        expected = by_python(written, x=u)
    except ValueError:
        assert not np.isfinite(parsed(written).value(x=u))
    else:
        assert parsed(written).value(x=u) == pytest.approx(expected, rel=4e-16, abs=1e-300)


@given(TAME_TREES)
def test_compositions_give_what_pythons_mathematics_gives(tree):
    formula = Formula(tree)
    for x in (-1.3, 0.4, 2.1):
        assert formula.value(x=x) == pytest.approx(by_python(str(formula), x=x), rel=1e-9, abs=1e-9)


@given(TREES, st.sampled_from([np.float32, np.float64]))
@example(Apply("+", (Variable("x"), Variable("x"))), np.float32)
@example(Apply("**", (Number(2.0), Variable("x"))), np.float32)
def test_prepared_calls_give_what_plain_evaluation_gives_in_its_precision(tree, dtype):
    formula, x = Formula(tree), X.astype(dtype)
    inputs = {"x": x, "y": x[::-1].copy()}
    out = np.empty_like(x)
    calls, _ = prepared(formula, inputs, out)
    with np.errstate(all="ignore"):
        run(calls)
    value = formula.value(**inputs)
    assert value.dtype == dtype
    assert {array.dtype for array in arrays_in(calls)} <= {np.dtype(dtype)}
    np.testing.assert_array_equal(out, value)


@pytest.mark.parametrize("typed", TYPED)
def test_the_calls_allocate_nothing_and_leave_the_input_as_it_is(typed):
    for formula in (parsed(typed), parsed(typed).derivative("x")):
        x = np.random.default_rng(0).normal(size=(64, 1024)).astype(np.float32)
        kept, out = x.copy(), np.empty_like(x)
        with np.errstate(all="ignore"):
            growth, peak = memory_of(prepared(formula, {"x": x}, out)[0])
        assert growth < 4096
        assert peak < x.nbytes / 4
        np.testing.assert_array_equal(x, kept)


@pytest.mark.parametrize("typed", TYPED)
def test_the_result_may_take_the_place_of_an_input(typed):
    formula, x = parsed(typed), X.copy()
    with np.errstate(all="ignore"):
        run(prepared(formula, {"x": x}, x)[0])
    np.testing.assert_array_equal(x, formula.value(x=X))


def test_equal_parts_are_calculated_once_and_buffers_used_again():
    calls, buffers = prepared(parsed("exp(sin(x)) + sin(x) * exp(sin(x))"), {"x": X}, np.empty_like(X))
    assert [function for function, _ in calls] == [np.sin, np.exp, np.multiply, np.add]
    assert len(buffers) == 2
    chain, buffers = prepared(parsed("tanh(sin(cos(exp(x))))"), {"x": X}, np.empty_like(X))
    assert (len(chain), len(buffers)) == (4, 1)


def test_numbers_are_put_together_before_the_run():
    calls, _ = prepared(parsed("x * (2 * pi / sqrt(3))"), {"x": X}, np.empty_like(X))
    assert len(calls) == 1


def test_small_powers_are_products():
    calls, _ = prepared(parsed("x**2 + x**3"), {"x": X}, np.empty_like(X))
    assert np.power not in [function for function, _ in calls]


def test_inputs_spread_over_each_other():
    value = parsed("x + 10 * y").value(x=[[1], [2]], y=[1, 2, 3])
    np.testing.assert_array_equal(value, [[11, 21, 31], [12, 22, 32]])
    np.testing.assert_array_equal(parsed("1 / 3").value(x=[1, 2]), [1 / 3, 1 / 3])
    assert parsed("x / 2").value(x=1) == 0.5


def test_functions_without_a_call_of_their_own_are_made_of_those_that_have_one():
    assert set(FUNCTIONS) == (set(PRIMITIVES) | set(EXPANSIONS)) & set(FUNCTIONS)
    for name in EXPANSIONS:
        assert "logistic" not in str(Formula(expanded(parsed(f"{name}(x)").root)))


def test_kinks_are_found_where_there_are_any():
    def kinks(typed):
        return [round(kink, 9) + 0.0 for kink in parsed(typed).kinks("x", 8)]

    assert kinks("relu(x)") == kinks("abs(x)") == kinks("sign(x)") == kinks("max(x, 0.1 * x)") == [0]
    assert kinks("min(max(x, -1), 1)") == [-1, 1]
    assert kinks("abs(x**2 - 2)") == [-round(math.sqrt(2), 9), round(math.sqrt(2), 9)]
    assert kinks("relu(x)**2") == kinks("tanh(x)") == kinks("max(sqrt(x), -1)") == kinks("3") == []
