import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from annstudio.engine.activations import activations
from annstudio.engine.losses import losses
from annstudio.engine.objective import Objective
from tests.engine.oracle import (
    ARRAYS,
    arrays_in,
    backward,
    columns,
    loss_gradient,
    memory_of,
    slopes,
    total_cost,
)

ENTRIES = [pytest.param(entry(), id=key) for key, entry in losses.items()]
FUSED = [
    pytest.param(entry(), activations[key](), id=f"{key}+{entry.info.key}")
    for entry in losses.values()
    for key in sorted(entry.fused_with)
]
REGRESSION = {"mse": ("mse", "mean"), "mae": ("mae", "mean"), "rss": ("mse", "sum")}
"""Which loss and reduction of the reference values ours is."""
NAMES = {"sigmoid": "logistic", "cce": "cross_entropy", "bce": "log_loss"}
PAIRS = [
    pytest.param(name, set_, id=f"{name}-{set_}")
    for name in ("softmax+cce", "softmax+mse", "softmax+mae", "sigmoid+bce", "sigmoid+mse", "identity+rss")
    for set_ in ("norm", "ext")
]


def one_hot(rng, samples=6, classes=3):
    return np.eye(classes)[rng.integers(classes, size=samples)]


@pytest.mark.parametrize("set_", ["norm", "ext"])
@pytest.mark.parametrize("key", REGRESSION)
def test_regression_losses_meet_the_reference(key, set_):
    loss, (name, reduction) = losses[key](), REGRESSION[key]
    p, t = ARRAYS[f"loss.reg.{set_}.p"], ARRAYS[f"loss.reg.{set_}.t"]
    values, reference = ARRAYS[f"loss.{name}.{set_}.none.value"], f"loss.{name}.{set_}.{reduction}"
    with np.errstate(over="ignore"):
        found = loss.per_sample(p, t)
        each = values.sum(axis=1) if loss.sums else values.mean(axis=1)
    np.testing.assert_allclose(found, each, rtol=1e-15)
    np.testing.assert_allclose(total_cost(loss, found), ARRAYS[f"{reference}.value"], rtol=1e-15)
    gradient = loss_gradient(loss.gradient, p, t)
    np.testing.assert_allclose(gradient, ARRAYS[f"{reference}.grad"], rtol=1e-15, atol=0)


def test_log_loss_meets_the_reference():
    loss = losses["log_loss"]()
    p, t = ARRAYS["loss.bce_prob.p"][:, None], ARRAYS["loss.bce_prob.t"][:, None]
    np.testing.assert_allclose(loss.per_sample(p, t), ARRAYS["loss.bce_prob.value"], rtol=1e-15)
    gradient = loss_gradient(loss.gradient, p, t) * len(p)
    smallest = float(np.float32(1e-12))  # PyTorch's 1e-12 is rounded to single precision
    gradient[p * (1 - p) < smallest] *= 1e-12 / smallest
    np.testing.assert_allclose(gradient[:, 0], ARRAYS["loss.bce_prob.grad"], rtol=1.1e-12, atol=1e-320)


def test_fused_log_loss_is_exact():
    loss, logistic = losses["log_loss"](), activations["logistic"]()
    z, t = ARRAYS["loss.bce_logits.z"][:, None], ARRAYS["loss.bce_logits.t"][:, None]
    np.testing.assert_allclose(loss.per_sample_fused(z, t), ARRAYS["loss.bce_logits.value_true"], rtol=2e-15, atol=0)
    gradient = loss_gradient(loss.gradient_fused, logistic.value(z), t)[:, 0] * len(z)
    np.testing.assert_allclose(gradient, ARRAYS["loss.bce_logits.grad_true"], rtol=1e-15, atol=2e-16)


def test_cross_entropy_meets_the_reference():
    loss, z = losses["cross_entropy"](), ARRAYS["loss.cce.z"]
    for targets, name in ((ARRAYS["loss.cce.onehot"], "hard"), (ARRAYS["loss.cce.soft"], "soft")):
        value = ARRAYS[f"loss.cce.{name}_none.value"]
        np.testing.assert_allclose(loss.per_sample_fused(z, targets), value, rtol=1e-15, atol=1e-16)
        a = activations["softmax"]().value(z)
        gradient = loss_gradient(loss.gradient_fused, a, targets)
        np.testing.assert_allclose(gradient, ARRAYS[f"loss.cce.{name}_mean.grad"], rtol=1e-14, atol=1e-17)


def test_cross_entropy_keeps_what_the_other_classes_add():
    """PyTorch rounds ln(1 + 3e⁻³⁶) to a multiple of 2e−16; the next terms of the series are below 1e−30."""
    z = np.array([[36.0, 0, 0, 0], [0, 0, 40.0, 0]])
    found = losses["cross_entropy"]().per_sample_fused(z, np.array([[1.0, 0, 0, 0], [0, 0, 1, 0]]))
    np.testing.assert_allclose(found, 3 * np.exp([-36.0, -40.0]), rtol=1e-15)


def test_a_sure_and_wrong_probability_costs_a_hundred():
    wrong, right = np.array([[0.0, 1.0]]), np.array([[1.0, 0.0]])
    assert losses["cross_entropy"]().per_sample(wrong, right).tolist() == [100]
    assert losses["log_loss"]().per_sample(wrong, right).tolist() == [100]
    for key in ("cross_entropy", "log_loss"):
        assert np.isfinite(loss_gradient(losses[key]().gradient, wrong, right)).all()


@pytest.mark.parametrize(("name", "set_"), PAIRS)
def test_output_activations_with_their_losses_meet_the_reference(name, set_):
    activation_key, loss_key = (NAMES.get(part, part) for part in name.split("+"))
    objective = Objective(activations[activation_key](), losses[loss_key]())
    z = ARRAYS[f"pair.{set_}.z"]
    t = ARRAYS["pair.t_onehot" if activation_key == "softmax" else "pair.t_bin"]
    a = objective.activation.value(z)
    np.testing.assert_allclose(objective.cost(z, a, t), ARRAYS[f"pair.{set_}.{name}.value"], rtol=1e-15)
    gradient = loss_gradient(lambda a, t, grad, new: objective.gradient(columns(z), a, t, grad, new), a, t)
    np.testing.assert_allclose(gradient, ARRAYS[f"pair.{set_}.{name}.dz"], rtol=2e-14, atol=2e-17)


@pytest.mark.parametrize("set_", ["norm", "ext"])
def test_log_loss_by_way_of_the_probability_meets_the_reference(set_):
    """Where the logistic has rounded to 0 or 1 the gradient is lost: the reason for the fused form."""
    loss, logistic = losses["log_loss"](), activations["logistic"]()
    z, t = ARRAYS[f"pair.{set_}.z"], ARRAYS["pair.t_bin"]
    a, reference = logistic.value(z), f"pair.{set_}.sigmoid+bce_via_prob"
    np.testing.assert_allclose(loss.per_sample(a, t).mean(), ARRAYS[f"{reference}.value"], rtol=1e-15)
    found = backward(logistic, z, loss_gradient(loss.gradient, a, t))
    np.testing.assert_allclose(found, ARRAYS[f"{reference}.dz"], rtol=1e-14, atol=1e-17)


@pytest.mark.parametrize("loss", ENTRIES)
def test_gradients_agree_with_finite_differences(loss):
    rng = np.random.default_rng(3)
    a, t = rng.uniform(0.1, 0.9, (6, 3)), one_hot(rng)
    expected = slopes(lambda moved: total_cost(loss, loss.per_sample(moved, t)), a)
    np.testing.assert_allclose(loss_gradient(loss.gradient, a, t), expected, rtol=1e-6, atol=1e-10)


@pytest.mark.parametrize(("loss", "activation"), FUSED)
def test_fused_gradients_agree_with_finite_differences(loss, activation):
    rng = np.random.default_rng(4)
    z, t = rng.normal(0, 2, (6, 3)), one_hot(rng)
    expected = slopes(lambda moved: total_cost(loss, loss.per_sample_fused(moved, t)), z)
    found = loss_gradient(loss.gradient_fused, activation.value(z), t)
    np.testing.assert_allclose(found, expected, rtol=1e-9, atol=1e-11)


@pytest.mark.parametrize(("loss", "activation"), FUSED)
@given(z=arrays(np.float64, (6, 3), elements=st.floats(-9, 9)), seed=st.integers(0, 1000))
def test_fused_and_plain_forms_agree(loss, activation, z, seed):
    t = one_hot(np.random.default_rng(seed))
    a = activation.value(z)
    np.testing.assert_allclose(loss.per_sample_fused(z, t), loss.per_sample(a, t), rtol=1e-8, atol=1e-9)
    chained = backward(activation, z, loss_gradient(loss.gradient, a, t))
    np.testing.assert_allclose(loss_gradient(loss.gradient_fused, a, t), chained, rtol=1e-6, atol=1e-9)


@pytest.mark.parametrize("loss", ENTRIES)
def test_a_doubled_batch_doubles_a_sum_and_leaves_a_mean(loss):
    rng = np.random.default_rng(5)
    a, t = rng.uniform(0.1, 0.9, (4, 3)), one_hot(rng, samples=4)
    once = loss_gradient(loss.gradient, a, t)
    twice = loss_gradient(loss.gradient, np.vstack([a, a]), np.vstack([t, t]))
    np.testing.assert_allclose(twice[:4], once if loss.sums else once / 2, rtol=1e-15)


@pytest.mark.parametrize("loss", ENTRIES)
def test_a_perfect_prediction_costs_nothing(loss):
    t = one_hot(np.random.default_rng(6))
    assert loss.per_sample(t, t).tolist() == [0] * 6


@pytest.mark.parametrize("loss", ENTRIES)
def test_single_precision_stays_single(loss):
    rng = np.random.default_rng(8)
    a, t = (values.astype(np.float32) for values in (rng.uniform(0.1, 0.9, (6, 3)), one_hot(rng)))
    prepared = [loss.gradient] + [loss.gradient_fused] * bool(loss.fused_with)
    for prepare in prepared:
        calls = prepare(columns(a), columns(t), np.empty_like(columns(a)), np.empty_like)
        assert {array.dtype for array in arrays_in(calls)} == {np.dtype(np.float32)}
    assert loss.per_sample(a, t).dtype == np.float32
    if loss.fused_with:
        assert loss.per_sample_fused(a, t).dtype == np.float32


@pytest.mark.parametrize("loss", ENTRIES)
def test_the_prepared_calls_allocate_nothing(loss):
    rng = np.random.default_rng(9)
    a = rng.uniform(0.1, 0.9, (64, 1024)).astype(np.float32)
    calls = loss.gradient(a, np.round(a), np.empty_like(a), np.empty_like)
    if loss.fused_with:
        calls += loss.gradient_fused(a, np.round(a), np.empty_like(a), np.empty_like)
    growth, peak = memory_of(calls)
    assert growth < 4096
    assert peak < a.nbytes / 4, "a call makes a temporary array"
