import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from annstudio.core.calls import run
from annstudio.core.errors import UserError
from annstudio.engine.activations import activations
from tests.engine.oracle import ARRAYS, INDEX, arrays_in, backward, columns, memory_of, slopes

PARAMS = {"negative_slope": "slope", "alpha": "alpha"}
KEYS = {"gelu_erf": ["gelu"], "leaky_relu": ["leaky_relu", "prelu"]}
"""What the reference values call otherwise, or share."""
X = ARRAYS["act.x"]
SUBNORMAL = 1e-307
"""Below it a number has fewer digits, so that only an absolute error makes sense."""
LAST_DIGIT = 3 * 745 * 5e-324
"""The smallest number, times the largest |z| whose exponential is not zero, and times 3 for dJ/da."""
ROUNDED_EXPONENT = {"gelu", "gelu_tanh"}
"""On their left tails they are exponentials of rounded numbers: of 500, half a last digit is 6e-14 of the result."""


def reference_cases():
    """Every case of the reference values whose activation there is, e.g. leaky_relu_0.2."""
    for name, case in INDEX["activations"]["cases"].items():
        stem, _, number = name.rpartition("_")
        stem = stem if number.replace(".", "").isdigit() else name
        for key in KEYS.get(stem, [stem]):
            if key in activations and "params" in case:
                declared = {param.key for param in activations[key].info.params}
                given = {PARAMS.get(param): value for param, value in case["params"].items()}
                values = {param: given[param] for param in declared}
                yield pytest.param(name, activations[key](**values), id=f"{key}-{name}")


TYPED = {"formula"}
"""What somebody types: neither its values nor its bounds are known beforehand."""
CASES = list(reference_cases())
ENTRIES = [pytest.param(entry(), id=key) for key, entry in activations.items()]
ELEMENTWISE = [entry for entry in ENTRIES if entry.values[0].elementwise]
ALTERED = [
    pytest.param(activations[key](**values), id=f"{key} {values}")
    for key, values in [
        ("elu", {"alpha": 0.5}),
        ("elu", {"alpha": 3}),
        ("celu", {"alpha": 2}),
        ("leaky_relu", {"slope": 0}),
        ("leaky_relu", {"slope": 0.5}),
        ("prelu", {"slope": 0.5}),
    ]
]
"""Parameters move kinks and bounds."""


def close(actual, expected, rtol=1e-15):
    np.testing.assert_allclose(actual, expected, rtol=rtol, atol=rtol * SUBNORMAL + LAST_DIGIT)


def test_every_smooth_activation_has_reference_values():
    checked = {type(case.values[1]) for case in CASES}
    smooth = {entry for entry in activations.values() if entry.elementwise and entry.differentiable}
    assert {entry.info.key for entry in smooth - checked} <= TYPED


def digits(activation, rtol):
    return 1e-12 if activation.info.key in ROUNDED_EXPONENT else rtol


@pytest.mark.parametrize(("name", "activation"), CASES)
def test_values_are_exact_into_the_tails(name, activation):
    close(activation.value(X), ARRAYS[f"act.{name}.y_true"], rtol=digits(activation, 1e-15))
    close(activation.value(ARRAYS["act.special_x"]), ARRAYS[f"act.{name}.special_y"])


@pytest.mark.parametrize(("name", "activation"), CASES)
def test_derivatives_are_exact_into_the_tails(name, activation):
    close(activation.derivative(X), ARRAYS[f"act.{name}.dy_true"], rtol=digits(activation, 2e-15))


@pytest.mark.parametrize(("name", "activation"), CASES)
def test_backward_is_right_as_far_as_a_itself_is(name, activation):
    found = backward(activation, X[:, None], np.full((len(X), 1), 3.0))[:, 0]
    expected = 3 * ARRAYS[f"act.{name}.dy_true"]
    if activation.reads_z:
        close(found, expected, rtol=digits(activation, 2e-15))
    else:
        np.testing.assert_allclose(found, expected, rtol=1e-15, atol=6.7e-16)
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


def test_log_softmax_meets_the_reference():
    log_softmax, x = activations["log_softmax"](), ARRAYS["softmax.x"]
    np.testing.assert_allclose(log_softmax.value(x), ARRAYS["log_softmax.y_true"], rtol=1e-15, atol=2e-16)
    for unit in range(x.shape[1]):
        chosen = np.broadcast_to(np.eye(x.shape[1])[unit], x.shape)
        jacobian = ARRAYS["log_softmax.jac"][:, unit]
        np.testing.assert_allclose(backward(log_softmax, x, chosen), jacobian, rtol=1e-15, atol=4e-16)


@pytest.mark.parametrize("key", ["softmax", "log_softmax"])
def test_the_derivative_of_units_that_depend_on_each_other_is_by_their_own_z(key):
    found = activations[key]().derivative(ARRAYS["softmax.x"])
    np.testing.assert_allclose(found, np.einsum("nii->ni", ARRAYS[f"{key}.jac"]), rtol=1e-15, atol=4e-16)


@given(arrays(np.float64, (3, 2), elements=st.floats(-600, 600)))
def test_softmax_of_two_is_the_logistic_of_their_difference(z):
    first = activations["softmax"]().value(z)[:, 0]
    np.testing.assert_allclose(first, activations["logistic"]().value(z[:, 0] - z[:, 1]), rtol=1e-12)


@given(arrays(np.float64, (4, 5), elements=st.floats(-1e4, 1e4)))
def test_softmax_sums_to_one_and_keeps_the_order(z):
    a = activations["softmax"]().value(z)
    np.testing.assert_allclose(a.sum(axis=1), 1, rtol=1e-15)
    assert (a[np.arange(4), z.argmax(axis=1)] == a.max(axis=1)).all()


def test_relatives_agree():
    """One activation by way of another."""
    z, near = np.linspace(-50, 50, 10_001), {"rtol": 1e-13, "atol": 1e-15}
    value = {key: entry().value(z) for key, entry in activations.items() if entry.elementwise}
    np.testing.assert_allclose(value["celu"], value["elu"], **near)
    np.testing.assert_allclose(value["silu"], z * value["logistic"], **near)
    np.testing.assert_allclose(value["mish"], z * np.tanh(value["softplus"]), **near)
    np.testing.assert_allclose(value["hard_swish"], z * value["hard_logistic"], **near)
    np.testing.assert_allclose(value["gelu_tanh"], value["gelu"], atol=5e-4)
    np.testing.assert_allclose(activations["softplus"]().derivative(z), value["logistic"], **near)


@pytest.mark.parametrize("activation", ENTRIES)
def test_backward_agrees_with_finite_differences(activation):
    rng = np.random.default_rng(7)
    z, upstream = rng.normal(0, 2, (6, 4)), rng.normal(size=(6, 4))
    for kink in activation.kinks:
        z[np.abs(z - kink) < 0.01] += 0.05
    expected = slopes(lambda moved: (upstream * activation.value(moved)).sum(), z)
    np.testing.assert_allclose(backward(activation, z, upstream), expected, rtol=1e-9, atol=1e-10)


@pytest.mark.parametrize("activation", [entry for entry in ELEMENTWISE + ALTERED if entry.id not in TYPED])
def test_the_bounds_hold_and_are_reached_or_approached(activation):
    z = np.concatenate([X, np.linspace(-8, 8, 160_001)])
    a = activation.value(z)
    for bound, extreme in ((activation.low, a.min()), (activation.high, a.max())):
        if np.isinf(bound):
            assert bound * extreme > 0
            assert abs(extreme) > 50
        else:
            assert extreme == pytest.approx(bound, abs=2e-4)
    assert activation.low <= a.min() + 1e-16
    assert activation.high >= a.max()


@pytest.mark.parametrize("activation", ELEMENTWISE + ALTERED)
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
    rtol = 1e-5 if activation.info.key in ROUNDED_EXPONENT else 3e-7
    atol = 1e-7 if activation.info.key == "log_softmax" else 1e-38
    np.testing.assert_allclose(activation.value(z), exact, rtol=rtol, atol=atol)
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
    z = np.random.default_rng(0).normal(size=(64, 640)).astype(np.float32)
    a, grad = np.empty_like(z), np.ones_like(z)
    calls = [
        *activation.forward(z, a, np.empty_like),
        # Or slopes above 1 would make it overflow, run after run.
        (grad.fill, (1.0,)),
        *activation.backward(z, a, grad, np.empty_like),
    ]
    growth, peak = memory_of(calls)
    assert growth < 4096
    assert peak < z.nbytes / 4, "a call makes a temporary array"


@pytest.mark.parametrize("key", ["leaky_relu", "prelu"])
@pytest.mark.parametrize("slope", [-0.1, 1.5, float("nan"), "steep"])
def test_a_slope_outside_its_range_is_refused(key, slope):
    with pytest.raises(UserError, match="slope"):
        activations[key](slope=slope)


@pytest.mark.parametrize(("key", "alpha"), [("elu", -0.1), ("elu", 11), ("celu", 0), ("celu", 11)])
def test_an_alpha_outside_its_range_is_refused(key, alpha):
    with pytest.raises(UserError, match="α"):
        activations[key](alpha=alpha)


@pytest.mark.parametrize("activation", ENTRIES)
def test_an_activation_tells_its_formula_derivative_range_and_source(activation):
    info = activation.info
    assert "a" in info.formula
    assert info.derivative.startswith(("da/dz = ", "∂aₖ/∂zₖ = "))
    assert info.range
    assert re.search(r"\b(19|20)\d\d\b", info.reference)
    assert info.summary
    assert info.when_to_use
    assert info.pros
    assert info.cons


def test_the_lecture_comes_first_and_the_rest_is_more():
    lecture = ["logistic", "softmax", "binary_step", "relu", "leaky_relu", "tanh", "identity", "elu", "gelu"]
    assert list(activations)[: len(lecture)] == lecture
    assert [key for key, entry in activations.items() if not entry.info.more] == lecture


LEARNING = [entry for entry in ENTRIES if len(entry.values[0].learned())]


def bound(activation, learned, dtype=np.float64):
    """Return the activation with its learned parameters in vectors, and these."""
    learned = np.array(learned, dtype)
    gradient = np.full_like(learned, np.nan)
    return activation.bound(learned, gradient), learned, gradient


def test_only_prelu_learns_and_starts_where_pytorch_does():
    assert [entry.values[0].info.key for entry in LEARNING] == ["prelu"]
    np.testing.assert_array_equal(activations["prelu"]().learned(), [0.25])
    np.testing.assert_array_equal(activations["prelu"](slope=0.5).learned(), [0.5])


@pytest.mark.parametrize("activation", ENTRIES)
def test_binding_to_where_it_starts_changes_nothing(activation):
    tied, _, _ = bound(activation, activation.learned())
    z, upstream = ARRAYS["softmax.x"][:12], ARRAYS["softmax.upstream"][:12]
    np.testing.assert_array_equal(tied.value(z), activation.value(z))
    np.testing.assert_array_equal(backward(tied, z, upstream), backward(activation, z, upstream))
    assert tied.info is activation.info


@pytest.mark.parametrize("activation", LEARNING)
def test_learned_parameters_get_their_gradient_by_finite_differences(activation):
    rng = np.random.default_rng(3)
    z, upstream = rng.normal(0, 2, (6, 4)), rng.normal(size=(6, 4))
    for start in (activation.learned(), rng.normal(0, 2, len(activation.learned()))):
        tied, learned, gradient = bound(activation, start)

        def cost(values, tied=tied, learned=learned):
            learned[:] = values
            return (upstream * tied.value(z)).sum()

        expected = slopes(cost, start)
        learned[:] = start
        found = backward(tied, z, upstream)
        np.testing.assert_allclose(gradient, expected, rtol=1e-10)
        np.testing.assert_allclose(found, slopes(lambda at, tied=tied: (upstream * tied.value(at)).sum(), z), rtol=1e-9)


@pytest.mark.parametrize("activation", LEARNING)
def test_two_layers_may_bind_one_activation(activation):
    first, one, _ = bound(activation, activation.learned())
    second, _, _ = bound(activation, activation.learned())
    z, before = X[:5], second.value(X[:5])
    one += 0.5
    assert (first.value(z) != before).any()
    np.testing.assert_array_equal(second.value(z), before)
    np.testing.assert_array_equal(activation.value(z), before)


@pytest.mark.parametrize("activation", LEARNING)
def test_prepared_calls_follow_what_is_learned_and_allocate_nothing(activation):
    z = np.random.default_rng(0).normal(size=(64, 640)).astype(np.float32)
    tied, learned, _ = bound(activation, activation.learned(), np.float32)
    a, grad = np.empty_like(z), np.ones_like(z)
    forward = tied.forward(z, a, np.empty_like)
    calls = forward + tied.backward(z, a, grad, np.empty_like)
    assert {array.dtype for array in arrays_in(calls)} == {np.dtype(np.float32)}
    growth, peak = memory_of(calls)
    assert growth < 4096
    assert peak < z.nbytes / 4
    before = a.copy()
    learned += 0.5
    run(forward)
    assert (a != before).any()
