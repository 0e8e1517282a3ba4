"""Output activation and loss together, whatever the pair."""

import itertools

import numpy as np
import pytest

from annstudio.core.calls import run, scalar
from annstudio.engine.activations import activations
from annstudio.engine.losses import losses
from annstudio.engine.objective import Objective
from tests.engine.oracle import ARRAYS, arrays_in, backward, columns, loss_gradient, memory_of, slopes, written

NAMES = {"sigmoid": "logistic", "cce": "cross_entropy", "bce": "log_loss"}
REFERENCES = (
    "softmax+cce",
    "softmax+mse",
    "softmax+mae",
    "sigmoid+bce",
    "sigmoid+mse",
    "identity+rss",
    "tanh+hinge",
    "identity+huber",
)
LOSSES = {
    **{key: entry() for key, entry in losses.items()},
    "smoothed_weighted": losses["cross_entropy"](label_smoothing=0.2, class_weights="0.5, 1, 3"),
}
PAIRS = [
    pytest.param(Objective(activation(), loss), id=f"{key}+{name}")
    for (key, activation), (name, loss) in itertools.product(activations.items(), LOSSES.items())
    if activation.differentiable and not len(activation().learned())
]
USUAL = [pair for pair in PAIRS if pair.id.partition("+")[0] in ("identity", "logistic", "softmax", "log_softmax")]
OF_LOGS = [
    pytest.param(Objective(activations[key](), loss), id=f"{key}+{name}")
    for name, loss in LOSSES.items()
    for key in loss.fused_with_logs
]


def one_hot(rng, samples=6, classes=3):
    return np.eye(classes)[rng.integers(classes, size=samples)]


def gradient(objective, z, t, factor=None):
    """Return dJ/dz, (batch, outputs)."""
    inner = columns(z)
    a = objective.activation.value(z)
    return written(lambda a, t, grad, new: objective.gradient(inner, a, t, grad, new, factor), a, t)


def cost(objective, z, t):
    return objective.cost(z, objective.activation.value(z), t)


@pytest.mark.parametrize("set_", ["norm", "ext"])
@pytest.mark.parametrize("name", REFERENCES)
def test_output_activations_with_their_losses_meet_the_reference(name, set_):
    activation_key, loss_key = (NAMES.get(part, part) for part in name.split("+"))
    objective = Objective(activations[activation_key](), losses[loss_key]())
    z = ARRAYS[f"pair.{set_}.z"]
    t = ARRAYS["pair.t_onehot" if activation_key == "softmax" else "pair.t_bin"]
    np.testing.assert_allclose(cost(objective, z, t), ARRAYS[f"pair.{set_}.{name}.value"], rtol=1e-15)
    np.testing.assert_allclose(gradient(objective, z, t), ARRAYS[f"pair.{set_}.{name}.dz"], rtol=2e-14, atol=2e-17)


@pytest.mark.parametrize("set_", ["norm", "ext"])
def test_log_loss_by_way_of_the_probability_meets_the_reference(set_):
    """Where the logistic has rounded to 0 or 1 the gradient is lost: the reason for the fused form."""
    loss, logistic = losses["log_loss"](), activations["logistic"]()
    z, t = ARRAYS[f"pair.{set_}.z"], ARRAYS["pair.t_bin"]
    a, reference = logistic.value(z), f"pair.{set_}.sigmoid+bce_via_prob"
    np.testing.assert_allclose(loss.per_sample(a, t).mean(), ARRAYS[f"{reference}.value"], rtol=1e-15)
    found = backward(logistic, z, loss_gradient(loss, a, t))
    np.testing.assert_allclose(found, ARRAYS[f"{reference}.dz"], rtol=1e-14, atol=1e-17)


def proper(objective, z):
    """Return the samples at which the loss is defined, as a logarithm is for positive outputs alone."""
    a = objective.activation.value(z)
    if objective.fused or objective.loss.judges not in ("probabilities", "shares"):
        return z
    inside = (a > 0.02) & ((a < 0.98) | (objective.loss.judges == "shares"))
    return z[inside.all(axis=1)]


@pytest.mark.parametrize("objective", PAIRS)
def test_gradients_of_every_pair_agree_with_finite_differences(objective):
    rng = np.random.default_rng(11)
    z = proper(objective, rng.uniform(-2, 2, (400, 3)))[:6]
    if not len(z):
        assert objective.loss.judges in ("probabilities", "shares")
        return
    t = one_hot(rng, len(z))
    expected = slopes(lambda moved: cost(objective, moved, t), z, step=1e-4)
    np.testing.assert_allclose(gradient(objective, z, t), expected, rtol=1e-6, atol=1e-9)


@pytest.mark.parametrize("objective", USUAL)
@pytest.mark.parametrize("dtype", [np.float32, np.float64])
def test_single_precision_stays_single_and_nothing_is_allocated(objective, dtype):
    rng = np.random.default_rng(12)
    z = rng.normal(size=(3, 5_000)).astype(dtype)
    a, t = columns(objective.activation.value(z.T)), columns(one_hot(rng, 5_000).astype(dtype))
    grad = np.empty_like(a)
    calls = objective.gradient(z, a, t, grad, np.empty_like)
    assert {array.dtype for array in arrays_in(calls) if array.dtype.kind == "f"} == {np.dtype(dtype)}
    with np.errstate(all="ignore"):
        growth, peak = memory_of(calls)
    assert growth < 4096
    assert peak < a.nbytes / 2, "a call makes a temporary array"


@pytest.mark.parametrize("objective", [pair for pair in PAIRS if pair.values[0].fused])
def test_fused_pairs_are_sure_of_themselves_at_extreme_z(objective):
    z = np.array([[1e4, -1e4, 0.0], [-700.0, 700.0, 700.0], [1e300, -1e300, 1e300], [0.0, 0.0, 0.0]])
    for t in (np.eye(3)[[0, 0, 0, 0]], np.eye(3)[[1, 1, 1, 1]]):
        assert np.isfinite(gradient(objective, z, t)).all()
        assert np.isfinite(objective.per_sample(z, objective.activation.value(z), t)).all()


def test_the_factor_takes_the_place_of_the_losss_own():
    objective = Objective(activations["tanh"](), losses["mse"]())
    rng = np.random.default_rng(13)
    z, t = rng.normal(size=(4, 2)), rng.normal(size=(4, 2))
    assert objective.scale(4, 2) == 2 / 8
    factor = scalar(0.3 * objective.scale(4, 2), z)
    np.testing.assert_allclose(gradient(objective, z, t, factor), 0.3 * gradient(objective, z, t), rtol=1e-14)


def test_the_factor_is_read_at_every_run():
    objective = Objective(activations["identity"](), losses["rss"]())
    a, t, grad, factor = np.ones((1, 2)), np.zeros((1, 2)), np.empty((1, 2)), np.array(1.0)
    calls = objective.gradient(a, a, t, grad, np.empty_like, factor)
    run(calls)
    assert grad.tolist() == [[1, 1]]
    factor[()] = 5
    run(calls)
    assert grad.tolist() == [[5, 5]]


@pytest.mark.parametrize("loss", LOSSES.values(), ids=list(LOSSES))
def test_the_totals_of_parts_add_up_to_the_whole(loss):
    objective = Objective(activations["softmax"](), loss)
    rng = np.random.default_rng(14)
    z, t = rng.normal(size=(7, 3)), one_hot(rng, 7)
    a = objective.activation.value(z)
    parts = [objective.total(z[part], a[part], t[part]) for part in (slice(0, 2), slice(2, 7))]
    total, weight = np.sum(parts, axis=0)
    np.testing.assert_allclose((total, weight), objective.total(z, a, t), rtol=1e-14)
    np.testing.assert_allclose(total if loss.sums else total / weight, objective.cost(z, a, t), rtol=1e-14)


def test_no_samples_have_no_cost():
    empty = np.empty((0, 3))
    for loss in LOSSES.values():
        objective = Objective(activations["softmax"](), loss)
        assert objective.total(empty, empty, empty) == (0, 0)
        assert np.isnan(objective.cost(empty, empty, empty))


@pytest.mark.parametrize("loss", LOSSES.values(), ids=list(LOSSES))
def test_the_own_error_trains_whatever_the_loss(loss):
    objective = Objective(activations["binary_step"](), loss, own_error=True)
    assert objective.gives_dz
    assert objective.scale(6, 3) == 1
    rng = np.random.default_rng(15)
    z, t = rng.normal(size=(6, 3)), one_hot(rng)
    np.testing.assert_array_equal(gradient(objective, z, t), (z > 0) - t)
    plain = Objective(activations["binary_step"](), loss)
    a = objective.activation.value(z)
    assert objective.cost(z, a, t) == plain.cost(z, a, t)


@pytest.mark.parametrize("objective", OF_LOGS)
def test_the_logarithms_of_probabilities_cost_what_the_probabilities_cost(objective):
    rng = np.random.default_rng(16)
    z, t = rng.normal(0, 3, (6, 3)), one_hot(rng)
    plain = Objective(activations["softmax"](), objective.loss)
    assert objective.fused
    assert cost(objective, z, t) == cost(plain, z, t)
    np.testing.assert_allclose(gradient(objective, z, t), gradient(plain, z, t), rtol=1e-12, atol=1e-15)


def test_what_a_loss_knows_is_an_activation():
    for loss in losses.values():
        assert loss.fused_with | loss.fused_with_logs <= set(activations)
