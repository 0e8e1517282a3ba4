import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from annstudio.core.errors import UserError
from annstudio.engine.activations import activations
from annstudio.engine.calls import run
from tests.engine.oracle import ARRAYS, INDEX, arrays_in, backward, columns, memory_of, slopes

NAMES = {"negative_slope": "slope"}
X = ARRAYS["act.x"]
SUBNORMAL = 1e-307
"""Below it a number has fewer digits, so that only an absolute error makes sense."""


def reference_cases():
    """Every case of the reference values whose activation there is, e.g. leaky_relu_0.2."""
    for name, case in INDEX["activations"]["cases"].items():
        key, _, number = name.rpartition("_")
        key = key if number.replace(".", "").isdigit() else name
        if key in activations and "params" in case:
            values = {NAMES[param]: value for param, value in case["params"].items()}
            yield pytest.param(name, activations[key](**values), id=name)


CASES = list(reference_cases())
ENTRIES = [pytest.param(entry(), id=key) for key, entry in activations.items()]
ELEMENTWISE = [entry for entry in ENTRIES if entry.values[0].elementwise]


def close(actual, expected, rtol=1e-15):
    np.testing.assert_allclose(actual, expected, rtol=rtol, atol=rtol * SUBNORMAL + 5e-324)


def test_every_smooth_activation_has_reference_values():
    checked = {type(case.values[1]) for case in CASES}
    assert checked == {entry for entry in activations.values() if entry.elementwise and entry.differentiable}


@pytest.mark.parametrize(("name", "activation"), CASES)
def test_values_are_exact(name, activation):
    close(activation.value(X), ARRAYS[f"act.{name}.y_true"])
    close(activation.value(ARRAYS["act.special_x"]), ARRAYS[f"act.{name}.special_y"])


@pytest.mark.parametrize(("name", "activation"), CASES)
def test_derivatives_are_exact_into_the_tails(name, activation):
    close(activation.derivative(X), ARRAYS[f"act.{name}.dy_true"], rtol=2e-15)


@pytest.mark.parametrize(("name", "activation"), CASES)
def test_backward_is_right_as_far_as_a_itself_is(name, activation):
    found = backward(activation, X[:, None], np.full((len(X), 1), 3.0))[:, 0]
    np.testing.assert_allclose(found, 3 * ARRAYS[f"act.{name}.dy_true"], rtol=1e-15, atol=6.7e-16)
    for kink, slope in INDEX["activations"]["cases"][name]["dy_at_kinks_torch"].items():
        assert (found[float(kink) == X] == 3 * slope).all()


def test_binary_step_is_one_at_zero_and_has_no_slope():
    step = activations["binary_step"]()
    close(step.value(X), ARRAYS["act.step_at0=1.y"])
    close(step.derivative(X), ARRAYS["act.step.dy"])
    assert not step.differentiable


def test_softmax_meets_the_reference():
    softmax, x = activations["softmax"](), ARRAYS["softmax.x"]
    close(softmax.value(x), ARRAYS["softmax.y_true"])
    upstream = ARRAYS["softmax.upstream"]
    np.testing.assert_allclose(
        backward(softmax, x, upstream), ARRAYS["softmax.vjp"], rtol=1e-15, atol=2e-16 * np.abs(upstream).max()
    )
    for unit in range(x.shape[1]):
        chosen = np.broadcast_to(np.eye(x.shape[1])[unit], x.shape)
        np.testing.assert_allclose(backward(softmax, x, chosen), ARRAYS["softmax.jac"][:, unit], rtol=1e-15, atol=1e-16)


@given(arrays(np.float64, (3, 2), elements=st.floats(-600, 600)))
def test_softmax_of_two_is_the_logistic_of_their_difference(z):
    first = activations["softmax"]().value(z)[:, 0]
    np.testing.assert_allclose(first, activations["logistic"]().value(z[:, 0] - z[:, 1]), rtol=1e-12)


@given(arrays(np.float64, (4, 5), elements=st.floats(-1e4, 1e4)))
def test_softmax_sums_to_one_and_keeps_the_order(z):
    a = activations["softmax"]().value(z)
    np.testing.assert_allclose(a.sum(axis=1), 1, rtol=1e-15)
    assert (a[np.arange(4), z.argmax(axis=1)] == a.max(axis=1)).all()


@pytest.mark.parametrize("activation", ENTRIES)
def test_backward_agrees_with_finite_differences(activation):
    rng = np.random.default_rng(7)
    z, upstream = rng.normal(0, 2, (6, 4)), rng.normal(size=(6, 4))
    for kink in activation.kinks:
        z[np.abs(z - kink) < 0.01] += 0.05
    expected = slopes(lambda moved: (upstream * activation.value(moved)).sum(), z)
    np.testing.assert_allclose(backward(activation, z, upstream), expected, rtol=1e-9, atol=1e-10)


@pytest.mark.parametrize("activation", ELEMENTWISE)
def test_the_kinks_are_where_the_derivative_jumps(activation):
    for kink in activation.kinks:
        left, right = activation.value(np.array([kink - 1e-9, kink + 1e-9]))
        before, after = activation.derivative(np.array([kink - 1e-9, kink + 1e-9]))
        assert abs(after - before) > 0.1 or abs(right - left) > 0.1
    grid = np.linspace(-8, 8, 16001)
    away = np.all([np.abs(grid - kink) > 0.01 for kink in activation.kinks], axis=0) & (grid > grid[0])
    jumps = np.abs(np.diff(activation.derivative(grid), prepend=0))
    assert (jumps[away] < 0.01).all()


@pytest.mark.parametrize("activation", ENTRIES)
def test_single_precision_stays_single(activation):
    z = ARRAYS["softmax.x"][:12].astype(np.float32)
    a, grad = columns(z), np.ones_like(columns(z))
    calls = [
        *activation.forward(columns(z), a, np.empty_like),
        *activation.backward(columns(z), a, grad, np.empty_like),
    ]
    assert {array.dtype for array in arrays_in(calls)} <= {np.dtype(np.float32)}
    assert activation.value(z).dtype == np.float32
    exact = activation.value(z.astype(np.float64))
    np.testing.assert_allclose(activation.value(z), exact, rtol=3e-7, atol=1e-38)
    if activation.elementwise:
        assert activation.derivative(z).dtype == np.float32


@pytest.mark.parametrize("activation", [entry for entry in ENTRIES if not entry.values[0].reads_z])
def test_a_may_take_the_place_of_z_unless_backward_reads_z(activation):
    z = columns(ARRAYS["softmax.x"])
    a, place = np.empty_like(z), z.copy()
    grad, in_place = np.ones_like(z), np.ones_like(z)
    with np.errstate(all="ignore"):
        run(activation.forward(z, a, np.empty_like) + activation.backward(z, a, grad, np.empty_like))
        run(activation.forward(place, place, np.empty_like))
        run(activation.backward(place, place, in_place, np.empty_like))
    np.testing.assert_array_equal(place, a)
    np.testing.assert_array_equal(in_place, grad)


@pytest.mark.parametrize("activation", ENTRIES)
def test_the_prepared_calls_allocate_nothing(activation):
    z = np.random.default_rng(0).normal(size=(64, 1024)).astype(np.float32)
    a, grad = np.empty_like(z), np.ones_like(z)
    calls = activation.forward(z, a, np.empty_like) + activation.backward(z, a, grad, np.empty_like)
    growth, peak = memory_of(calls)
    assert growth < 4096
    assert peak < z.nbytes / 4, "a call makes a temporary array"


@pytest.mark.parametrize("slope", [-0.1, 1.5, float("nan"), "steep"])
def test_leaky_relu_refuses_a_slope_outside_its_range(slope):
    with pytest.raises(UserError, match="slope"):
        activations["leaky_relu"](slope=slope)
