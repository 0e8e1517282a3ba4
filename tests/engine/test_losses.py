import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from annstudio.core.errors import UserError
from annstudio.engine.activations import activations
from annstudio.engine.initializers import initializers
from annstudio.engine.layers.dense import Dense
from annstudio.engine.losses import losses
from annstudio.engine.network import Network
from annstudio.engine.rules import LOSS_LETTERS, parsed
from tests.engine.oracle import ARRAYS, arrays_in, backward, columns, loss_gradient, memory_of, slopes, total_cost

SMOOTHED = {"label_smoothing": 0.1}
WEIGHTED = {"class_weights": "0.5, 1, 3"}
CASES = {
    **{key: entry() for key, entry in losses.items()},
    "huber_0.3": losses["huber"](delta=0.3),
    "smoothed": losses["cross_entropy"](**SMOOTHED),
    "weighted": losses["cross_entropy"](**WEIGHTED),
    "smoothed_weighted": losses["cross_entropy"](**SMOOTHED, **WEIGHTED),
}
ENTRIES = [pytest.param(loss, id=name) for name, loss in CASES.items()]
FUSED = [
    pytest.param(loss, activations[key](), id=f"{key}+{name}")
    for name, loss in CASES.items()
    for key in sorted(loss.fused_with)
]
REGRESSION = {
    "mse": (losses["mse"](), "mse", "mean"),
    "mae": (losses["mae"](), "mae", "mean"),
    "rss": (losses["rss"](), "mse", "sum"),
    **{f"huber_{delta:g}": (losses["huber"](delta=delta), f"huber_{delta:g}", "mean") for delta in (0.5, 1, 2)},
}
"""Ours, and which loss and reduction of the reference values it is."""


def one_hot(rng, samples=6, classes=3):
    return np.eye(classes)[rng.integers(classes, size=samples)]


def mean_cost(loss, losses_, t):
    """Return J of the samples' losses, with their weights."""
    weights = loss.sample_weights(t)
    return total_cost(loss, losses_) if weights is None else losses_.sum() / weights.sum()


@pytest.mark.parametrize("set_", ["norm", "ext"])
@pytest.mark.parametrize("key", REGRESSION)
def test_regression_losses_meet_the_reference(key, set_):
    loss, name, reduction = REGRESSION[key]
    p, t = ARRAYS[f"loss.reg.{set_}.p"], ARRAYS[f"loss.reg.{set_}.t"]
    values, reference = ARRAYS[f"loss.{name}.{set_}.none.value"], f"loss.{name}.{set_}.{reduction}"
    with np.errstate(over="ignore"):
        found = loss.per_sample(p, t)
        each = values.sum(axis=1) if loss.sums else values.mean(axis=1)
    np.testing.assert_allclose(found, each, rtol=1e-15)
    np.testing.assert_allclose(total_cost(loss, found), ARRAYS[f"{reference}.value"], rtol=1e-15)
    np.testing.assert_allclose(loss_gradient(loss, p, t), ARRAYS[f"{reference}.grad"], rtol=1e-15, atol=0)


def test_log_cosh_meets_the_reference():
    loss, p, t = losses["log_cosh"](), ARRAYS["loss.reg.norm.p"], ARRAYS["loss.reg.norm.t"]
    each = ARRAYS["loss.log_cosh.norm.value"].mean(axis=1)
    np.testing.assert_allclose(loss.per_sample(p, t), each, rtol=1e-12, atol=1e-15)
    np.testing.assert_allclose(loss_gradient(loss, p, t) * p.size, ARRAYS["loss.log_cosh.norm.grad"], rtol=1e-12)


def test_log_cosh_keeps_tiny_errors_and_survives_huge_ones():
    """ln cosh e = ½e² − e⁴/12 + …, and |e| − ln 2 where e⁻²ᵉ has gone."""
    e = np.array([[1e-160], [1e-9], [1e-4], [1 - 1e-9], [1.0], [1e5], [1e300]])
    with np.errstate(all="raise", under="ignore"):
        found = losses["log_cosh"]().per_sample(-e, np.zeros_like(e))
    small = e[:3, 0]
    np.testing.assert_allclose(found[:3], small**2 / 2 - small**4 / 12, rtol=1e-14)
    np.testing.assert_allclose(found[3:5], np.log(np.cosh(e[3:5, 0])), rtol=1e-15)
    np.testing.assert_allclose(found[5:], e[5:, 0] - np.log(2), rtol=1e-15)


@pytest.mark.parametrize(("key", "name"), [("hinge", "hinge_relu"), ("squared_hinge", "squared_hinge")])
def test_hinge_losses_meet_the_reference(key, name):
    loss, score = losses[key](), ARRAYS["loss.hinge.s"][:, None]
    t = (ARRAYS["loss.hinge.y"][:, None] + 1) / 2
    np.testing.assert_allclose(loss.per_sample(score, t), ARRAYS[f"loss.{name}.value"], rtol=1e-15)
    gradient = loss_gradient(loss, score, t)[:, 0] * len(score)
    np.testing.assert_allclose(gradient, ARRAYS[f"loss.{name}.grad"], rtol=1e-15)


def test_the_other_form_of_the_hinge_differs_at_its_kink_alone():
    score, y = ARRAYS["loss.hinge.s"], ARRAYS["loss.hinge.y"]
    gradient = loss_gradient(losses["hinge"](), score[:, None], (y[:, None] + 1) / 2)[:, 0] * len(score)
    np.testing.assert_array_equal(gradient != ARRAYS["loss.hinge_clamp.grad"], y * score == 1)
    assert (y * score == 1).any()


def test_log_loss_meets_the_reference():
    loss = losses["log_loss"]()
    p, t = ARRAYS["loss.bce_prob.p"][:, None], ARRAYS["loss.bce_prob.t"][:, None]
    np.testing.assert_allclose(loss.per_sample(p, t), ARRAYS["loss.bce_prob.value"], rtol=1e-15)
    gradient = loss_gradient(loss, p, t) * len(p)
    smallest = float(np.float32(1e-12))  # PyTorch's 1e-12 is rounded to single precision
    gradient[p * (1 - p) < smallest] *= 1e-12 / smallest
    np.testing.assert_allclose(gradient[:, 0], ARRAYS["loss.bce_prob.grad"], rtol=1.1e-12, atol=1e-320)


def test_fused_log_loss_is_exact():
    loss, logistic = losses["log_loss"](), activations["logistic"]()
    z, t = ARRAYS["loss.bce_logits.z"][:, None], ARRAYS["loss.bce_logits.t"][:, None]
    np.testing.assert_allclose(loss.per_sample_fused(z, t), ARRAYS["loss.bce_logits.value_true"], rtol=2e-15, atol=0)
    gradient = loss_gradient(loss, logistic.value(z), t, fused=True)[:, 0] * len(z)
    np.testing.assert_allclose(gradient, ARRAYS["loss.bce_logits.grad_true"], rtol=1e-15, atol=2e-16)


def test_cross_entropy_meets_the_reference():
    loss, z = losses["cross_entropy"](), ARRAYS["loss.cce.z"]
    a = activations["softmax"]().value(z)
    for targets, name in ((ARRAYS["loss.cce.onehot"], "hard"), (ARRAYS["loss.cce.soft"], "soft")):
        value = ARRAYS[f"loss.cce.{name}_none.value"]
        np.testing.assert_allclose(loss.per_sample_fused(z, targets), value, rtol=1e-15, atol=1e-16)
        gradient = loss_gradient(loss, a, targets, fused=True)
        np.testing.assert_allclose(gradient, ARRAYS[f"loss.cce.{name}_mean.grad"], rtol=1e-14, atol=1e-17)


def test_label_smoothing_meets_the_reference():
    loss, z, t = losses["cross_entropy"](**SMOOTHED), ARRAYS["loss.cce.z"], ARRAYS["loss.cce.onehot"]
    value = ARRAYS["loss.cce.smooth0.1_none.value"]
    np.testing.assert_allclose(loss.per_sample_fused(z, t), value, rtol=1e-12, atol=1e-15)
    gradient = loss_gradient(loss, activations["softmax"]().value(z), t, fused=True) * len(z)
    np.testing.assert_allclose(gradient, ARRAYS["loss.cce.smooth0.1_none.grad"], rtol=1e-12, atol=1e-15)


def test_class_weights_meet_the_reference():
    weights, z, t = ARRAYS["loss.cce.weight"], ARRAYS["loss.cce.z"], ARRAYS["loss.cce.onehot"]
    loss = losses["cross_entropy"](class_weights=", ".join(map(str, weights)))
    loss.check_outputs(z.shape[1])
    cost = mean_cost(loss, loss.per_sample_fused(z, t), t)
    np.testing.assert_allclose(cost, ARRAYS["loss.cce.weighted_mean.value"], rtol=1e-12, atol=1e-15)
    gradient = loss_gradient(loss, activations["softmax"]().value(z), t, fused=True)
    np.testing.assert_allclose(gradient, ARRAYS["loss.cce.weighted_mean.grad"], rtol=1e-12, atol=1e-15)


def test_equal_class_weights_change_nothing():
    rng = np.random.default_rng(7)
    plain, equal = losses["cross_entropy"](), losses["cross_entropy"](class_weights="3, 3, 3")
    a, t = rng.uniform(0.1, 0.9, (6, 3)), one_hot(rng)
    for fused in (False, True):
        np.testing.assert_allclose(loss_gradient(equal, a, t, fused), loss_gradient(plain, a, t, fused), rtol=1e-14)
    np.testing.assert_allclose(mean_cost(equal, equal.per_sample(a, t), t), plain.per_sample(a, t).mean(), rtol=1e-14)


def test_class_weights_must_be_as_many_as_the_classes():
    loss = losses["cross_entropy"](class_weights="1, 2, 0.5")
    loss.check_outputs(3)
    with pytest.raises(UserError, match=re.escape("Class weights: 3 given, but there are 4 classes.")):
        loss.check_outputs(4)
    losses["cross_entropy"]().check_outputs(4)


def test_cross_entropy_keeps_what_the_other_classes_add():
    """PyTorch rounds ln(1 + 3e⁻³⁶) to a multiple of 2e−16; the next terms of the series are below 1e−30."""
    z = np.array([[36.0, 0, 0, 0], [0, 0, 40.0, 0]])
    found = losses["cross_entropy"]().per_sample_fused(z, np.array([[1.0, 0, 0, 0], [0, 0, 1, 0]]))
    np.testing.assert_allclose(found, 3 * np.exp([-36.0, -40.0]), rtol=1e-15)


def test_a_class_that_is_not_asked_for_costs_nothing_however_sure_the_network_is():
    z = np.array([[1e308, -1e308, 0.0]])
    assert losses["cross_entropy"]().per_sample_fused(z, np.array([[1.0, 0, 0]])).tolist() == [0]


def test_a_sure_and_wrong_probability_costs_a_hundred():
    wrong, right = np.array([[0.0, 1.0]]), np.array([[1.0, 0.0]])
    assert losses["cross_entropy"]().per_sample(wrong, right).tolist() == [100]
    assert losses["log_loss"]().per_sample(wrong, right).tolist() == [100]
    for key in ("cross_entropy", "log_loss"):
        assert np.isfinite(loss_gradient(losses[key](), wrong, right)).all()


@pytest.mark.parametrize("loss", ENTRIES)
def test_gradients_agree_with_finite_differences(loss):
    rng = np.random.default_rng(3)
    a, t = rng.uniform(0.1, 0.9, (6, 3)), one_hot(rng)
    expected = slopes(lambda moved: mean_cost(loss, loss.per_sample(moved, t), t), a)
    np.testing.assert_allclose(loss_gradient(loss, a, t), expected, rtol=1e-6, atol=1e-10)


@pytest.mark.parametrize(("loss", "activation"), FUSED)
def test_fused_gradients_agree_with_finite_differences(loss, activation):
    rng = np.random.default_rng(4)
    z, t = rng.normal(0, 2, (6, 3)), one_hot(rng)
    expected = slopes(lambda moved: mean_cost(loss, loss.per_sample_fused(moved, t), t), z)
    found = loss_gradient(loss, activation.value(z), t, fused=True)
    np.testing.assert_allclose(found, expected, rtol=1e-9, atol=1e-11)


@pytest.mark.parametrize(("loss", "activation"), FUSED)
@given(z=arrays(np.float64, (6, 3), elements=st.floats(-9, 9)), seed=st.integers(0, 1000))
def test_fused_and_plain_forms_agree(loss, activation, z, seed):
    t = one_hot(np.random.default_rng(seed))
    a = activation.value(z)
    np.testing.assert_allclose(loss.per_sample_fused(z, t), loss.per_sample(a, t), rtol=1e-8, atol=1e-9)
    chained = backward(activation, z, loss_gradient(loss, a, t))
    np.testing.assert_allclose(loss_gradient(loss, a, t, fused=True), chained, rtol=1e-6, atol=1e-9)


@pytest.mark.parametrize("loss", ENTRIES)
def test_a_doubled_batch_doubles_a_sum_and_leaves_a_mean(loss):
    rng = np.random.default_rng(5)
    a, t = rng.uniform(0.1, 0.9, (4, 3)), one_hot(rng, samples=4)
    once = loss_gradient(loss, a, t)
    twice = loss_gradient(loss, np.vstack([a, a]), np.vstack([t, t]))
    np.testing.assert_allclose(twice[:4], once if loss.sums else once / 2, rtol=1e-14)


@pytest.mark.parametrize("loss", [case for case in ENTRIES if "smoothed" not in case.id])
def test_a_perfect_prediction_costs_nothing(loss):
    t = one_hot(np.random.default_rng(6))
    no, yes = loss.answers
    assert loss.per_sample(no + (yes - no) * t, t).tolist() == [0] * 6


@pytest.mark.parametrize("loss", ENTRIES)
def test_single_precision_stays_single(loss):
    rng = np.random.default_rng(8)
    a, t = (values.astype(np.float32) for values in (rng.uniform(0.1, 0.9, (6, 3)), one_hot(rng)))
    prepared = [loss.slope] + [loss.slope_fused] * bool(loss.fused_with)
    for prepare in prepared:
        calls = prepare(columns(a), columns(t), np.empty_like(columns(a)), np.empty_like)
        assert {array.dtype for array in arrays_in(calls)} == {np.dtype(np.float32)}
    assert loss.per_sample(a, t).dtype == np.float32
    if loss.fused_with:
        assert loss.per_sample_fused(a, t).dtype == np.float32


@pytest.mark.parametrize("name", CASES)
def test_the_prepared_calls_allocate_nothing(name):
    loss = CASES[name]
    if loss.params.get("class_weights"):
        loss = losses["cross_entropy"](**{**loss.params, "class_weights": ", ".join(["2"] * 64)})
    rng = np.random.default_rng(9)
    a = rng.uniform(0.1, 0.9, (64, 1024)).astype(np.float32)
    calls = loss.slope(a, np.round(a), np.empty_like(a), np.empty_like)
    if loss.fused_with:
        calls += loss.slope_fused(a, np.round(a), np.empty_like(a), np.empty_like)
    growth, peak = memory_of(calls)
    assert growth < 4096
    assert peak < a.nbytes / 4, "a call makes a temporary array"


@pytest.mark.parametrize("loss", ENTRIES)
def test_an_output_that_is_no_number_is_not_hidden(loss):
    a, t = np.array([[np.nan, 0.5, 0.5], [0.5, 0.5, 0.5]]), np.eye(3)[:2]
    assert np.isnan(loss.per_sample(a, t)).tolist() == [True, False]
    assert np.isnan(loss_gradient(loss, a, t)[0, 0])


def test_the_lectures_losses_come_first():
    more = [entry.info.more for entry in losses.values()]
    assert more == sorted(more)
    assert [key for key, entry in losses.items() if not entry.info.more] == [
        "log_loss",
        "cross_entropy",
        "mse",
        "mae",
        "rss",
    ]


@pytest.mark.parametrize("entry", losses.values(), ids=list(losses))
def test_every_loss_is_described_in_full(entry):
    info = entry.info
    assert all((info.formula, info.derivative, info.range, info.when_to_use, info.pros, info.cons))
    assert re.search(r"\b1[5-9]\d\d\b|\b20\d\d\b", info.reference)


def test_a_network_refuses_a_loss_for_another_number_of_outputs():
    loss = losses["cross_entropy"](class_weights="1, 2, 0.5")
    layers = [Dense(4, activations["softmax"](), initializers["zeros"]())]
    with pytest.raises(UserError, match="3 given, but there are 4 classes"):
        Network(2, layers, loss)


@pytest.mark.parametrize("loss", [pytest.param(loss, id=key) for key, loss in CASES.items()])
def test_terms_as_people_read_them_make_up_the_loss(loss):
    y_pred = np.array([[0.2, 0.7, 0.1], [0.5, 0.3, 0.2]])
    y_true = np.array([[0.0, 1.0, 0.0], [1.0, 0.0, 0.0]])
    letters = {LOSS_LETTERS[key]: value for key, value in loss.params.items() if key in LOSS_LETTERS}
    formula = parsed(loss.term)
    given = {"ŷ": y_pred, "y": y_true, "q": loss.asked(y_true)} | letters
    terms = formula.value(**{name: given[name] for name in formula.root.variables})
    expected = terms.mean(axis=1) if loss.averages else terms.sum(axis=1)
    np.testing.assert_allclose(loss.per_sample(y_pred, y_true), expected, rtol=1e-12)
