"""An activation that somebody types: as good as one that is built in."""

import numpy as np
import pytest

from annstudio.core.calls import run
from annstudio.core.errors import UserError
from annstudio.engine.activations import activations
from tests.engine.oracle import ARRAYS, arrays_in, backward, columns, memory_of, slopes

FORMULA = activations["formula"]
TWINS = {
    "identity": "z",
    "logistic": "1 / (1 + exp(-x))",
    "tanh": "tanh(x)",
    "relu": "max(0, z)",
    "leaky_relu": "max(x, 0.01 * x)",
    "softplus": "log(1 + exp(x))",
    "mish": "x * tanh(log(1 + exp(x)))",
    "silu": "x / (1 + exp(-x))",
    "softsign": "x / (1 + abs(x))",
    "hard_tanh": "min(max(x, -1), 1)",
    "sine": "sin(x)",
}
"""Built-in activations as a student would type them."""


@pytest.mark.parametrize("key", TWINS)
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_it_computes_what_its_built_in_twin_computes(key, dtype):
    own, twin = FORMULA(expression=TWINS[key]), activations[key]()
    z = ARRAYS["act.x"].astype(dtype)
    z = z[(np.abs(z) < 50) & ~np.isin(np.abs(z), [1])]
    close = {"rtol": 1e-5, "atol": 1e-6} if dtype is np.float32 else {"rtol": 1e-12, "atol": 1e-15}
    assert own.value(z).dtype == own.derivative(z).dtype == dtype
    np.testing.assert_allclose(own.value(z), twin.value(z), **close)
    np.testing.assert_allclose(own.derivative(z), twin.derivative(z), **close)
    assert own.kinks == pytest.approx(twin.kinks)


@pytest.mark.parametrize("key", ["softplus", "mish", "silu", "logistic"])
def test_far_out_it_has_the_right_limits_also_in_single_precision(key):
    own = FORMULA(expression=TWINS[key])
    far = np.array([-1e4, 1e4], np.float32)
    top, slope = (1, 0) if key == "logistic" else (1e4, 1)
    np.testing.assert_array_equal(own.value(far), np.float32([0, top]))
    np.testing.assert_array_equal(own.derivative(far), np.float32([0, slope]))


@pytest.mark.parametrize("expression", ["x**3 - x", "exp(-x^2/2)", "x * sin(3*x)", "arctan(x) + x/10", "2", "x"])
def test_backward_agrees_with_finite_differences(expression):
    own, rng = FORMULA(expression=expression), np.random.default_rng(3)
    z, upstream = rng.normal(0, 1.5, (5, 3)), rng.normal(size=(5, 3))
    expected = slopes(lambda moved: (upstream * own.value(moved)).sum(), z)
    np.testing.assert_allclose(backward(own, z, upstream), expected, rtol=1e-8, atol=1e-8)


@pytest.mark.parametrize("expression", [*TWINS.values(), "2", "x**2.5", "x**-2"])
def test_its_calls_allocate_nothing_and_stay_single(expression):
    own, z = FORMULA(expression=expression), np.random.default_rng(0).normal(size=(64, 1024)).astype(np.float32)
    a, grad = np.empty_like(z), np.ones_like(z)
    calls = own.forward(z, a, np.empty_like) + own.backward(z, a, grad, np.empty_like)
    assert {array.dtype for array in arrays_in(calls)} <= {np.dtype(np.float32)}
    with np.errstate(all="ignore"):
        growth, peak = memory_of(calls)
    assert growth < 4096
    assert peak < z.nbytes / 4


def test_forward_leaves_z_for_backward():
    z = columns(np.linspace(-2, 2, 10).reshape(5, 2))
    kept = z.copy()
    a = np.empty_like(z)
    run(FORMULA().forward(z, a, np.empty_like))
    np.testing.assert_array_equal(z, kept)


def test_its_default_is_written_as_it_would_be_saved():
    assert FORMULA().params == {"expression": "x * tanh(log(1 + exp(x)))"}
    assert FORMULA(expression="z^2").params == {"expression": "x**2"}


@pytest.mark.parametrize("expression", ["sqrt(-1 - x^2)", "1/(x - x)", "log(-abs(x) - 1)", "exp(exp(exp(9 + x^2)))"])
def test_a_formula_without_any_value_is_refused(expression):
    with pytest.raises(UserError, match=r"^Formula f\(x\): This formula has no finite value anywhere from −8 to 8"):
        FORMULA(expression=expression)


@pytest.mark.parametrize("expression", ["sqrt(x)", "1/x", "log(x)", "tan(x)"])
def test_a_formula_with_gaps_is_a_students_business(expression):
    assert np.isfinite(FORMULA(expression=expression).value(np.array([0.5]))).all()


@pytest.mark.parametrize(
    ("expression", "said"), [("", "no formula yet"), ("2x", "a sign is missing"), (3, "must be a formula")]
)
def test_what_is_no_formula_is_refused_in_a_sentence(expression, said):
    with pytest.raises(UserError, match=rf"^Formula f\(x\).*{said}.*\.$"):
        FORMULA(expression=expression)
