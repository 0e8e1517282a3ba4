"""What is seen inside a network, against the same numbers computed by hand."""

import numpy as np
import pytest

from annstudio.engine.activations import activations
from annstudio.project import edits
from annstudio.project.build import chain
from annstudio.project.model import Wire
from annstudio.training.run import Run
from annstudio.training.vitals import QUANTILES, Examination, Spread, VitalsLog, has_flat_side, levels_off

EXAM = chain("Test", "exam", [(4, "tanh"), (3, "relu")])


def looked(project, epochs=0):
    run = Run(project)
    for _ in range(epochs):
        run.trainer.advance(run.trainer.batches.count)
    return run, Examination(run.compiled, run.trainer, 0).look(0.0)


def test_numbers_of_a_layer_are_those_of_the_formulas():
    run, seen = looked(EXAM, 3)
    inputs, _ = run.trainer.samples
    weights = run.compiled.parts(run.trainer.weights)
    z = inputs @ weights["dense-1"]["kernel"] + weights["dense-1"]["bias"]
    layer = seen.layers["dense-1"]
    assert seen.samples == len(inputs) == 240
    assert layer.z.quantiles == pytest.approx(np.quantile(z, (0, 0.05, 0.25, 0.5, 0.75, 0.95, 1)), rel=1e-4, abs=1e-5)
    assert layer.a.rms == pytest.approx(np.sqrt(np.mean(np.tanh(z) ** 2)), rel=1e-5)
    assert layer.weights.rms == pytest.approx(np.sqrt(np.mean(weights["dense-1"]["kernel"] ** 2)), rel=1e-5)
    assert layer.saturated == pytest.approx(np.mean(1 - np.tanh(z) ** 2 < 0.01), abs=1e-9)
    assert np.isnan(layer.silent)
    kernel = weights["dense-1"]["kernel"]
    assert layer.alike == pytest.approx(np.ptp(kernel, axis=1).max() / np.abs(kernel).max(), rel=1e-5)
    assert list(seen.layers) == ["dense-1", "dense-2", "output"]


def test_gradient_and_step_are_those_of_the_trainer():
    run, seen = looked(edits.set_value(EXAM, "training", "optimizer", "sgd"), 1)
    traced = run.trainer.trace(*run.trainer.samples)
    gradients = [layer.gradients["kernel"] for layer in traced.layers]
    for layer, gradient, kernel in zip(
        seen.layers.values(),
        gradients,
        (parts["kernel"] for parts in run.compiled.parts(run.trainer.weights).values()),
        strict=True,
    ):
        rms = np.sqrt(np.mean(np.asarray(gradient, float) ** 2))
        assert layer.gradients.rms == pytest.approx(rms, rel=1e-5)
        assert layer.update_ratio == pytest.approx(
            run.trainer.learning_rate * rms / np.sqrt(np.mean(kernel**2)), rel=1e-3
        )
    whole = np.sqrt(sum(np.sum(part**2) for layer in traced.layers for part in layer.gradients.values()))
    assert seen.gradient_norm == pytest.approx(whole, rel=1e-5)


def test_dead_units_are_those_that_no_sample_wakes():
    run = Run(EXAM)
    parts = run.compiled.parts(run.trainer.weights)["dense-2"]
    parts["bias"][:2] = -100
    seen = Examination(run.compiled, run.trainer, 0).look(0.0)
    assert seen.layers["dense-2"].silent == pytest.approx(2 / 3)
    assert seen.layers["dense-2"].zeros >= 2 / 3


def test_looking_changes_nothing():
    project, _ = edits.insert_node(EXAM, "dropout", Wire("dense-2", "output"))
    project, _ = edits.insert_node(project, "batch_norm", Wire("dense-1", "dense-2"))
    first, second = Run(project), Run(project)
    for _ in range(5):
        for run in (first, second):
            run.trainer.advance(7)
        first.look()
    assert (first.trainer.weights == second.trainer.weights).all()


def test_a_frozen_layer_has_no_gradient_and_takes_no_step():
    _, seen = looked(edits.set_value(EXAM, "dense-1", "trainable", False))
    assert seen.layers["dense-1"].gradients is None
    assert np.isnan(seen.layers["dense-1"].update_ratio)


def test_a_network_that_is_too_large_is_not_looked_at():
    run, seen = looked(chain("Test", "exam", [(1500, "relu"), (1500, "relu")]))
    assert seen is None
    assert not Examination(run.compiled, run.trainer, 0).possible
    run.look()
    assert run.judging.vitals.kept == ()


def test_numbers_that_are_not_finite_are_not_looked_at():
    run = Run(EXAM)
    run.trainer.weights[:] = np.inf
    assert Examination(run.compiled, run.trainer, 0).look(0.0) is None


def test_what_is_kept_is_thinned_evenly_with_the_latest_at_the_end():
    run = Run(EXAM)
    log, examination = VitalsLog(), Examination(run.compiled, run.trainer, 0)
    for at in range(1300):
        log.look(examination, float(at))
    places = [vitals.at for vitals in log.kept]
    assert len(places) <= 402
    assert places[0] == 0
    assert places[-1] == 1299
    assert len(set(np.diff(places[:-1]))) == 1
    log.truncate(100.5)
    assert log.kept[-1].at <= 100.5
    assert log.latest is log.kept[-1]


FLAT_ON_BOTH_SIDES = {"logistic", "tanh", "softsign", "hard_logistic", "hard_tanh", "arctan", "gaussian", "relu6"}


@pytest.mark.parametrize("key", list(activations))
def test_which_activations_level_off_is_measured(key):
    activation = activations[key]()
    if activation.elementwise and key != "formula":
        assert levels_off(activation) is (key in FLAT_ON_BOTH_SIDES), key
        assert has_flat_side(activation) is (key in {"relu", "relu6", "hard_swish"}), key


@pytest.mark.parametrize("count", [1, 2, 7, 1000, 19_999])
def test_a_spread_is_made_of_the_quantiles_of_the_numbers(count):
    values = np.random.default_rng(count).normal(size=count)
    expected = np.quantile(values, QUANTILES)
    assert Spread.of(values).quantiles == pytest.approx(expected, rel=1e-12, abs=1e-14)
