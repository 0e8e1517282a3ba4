"""Answers with the weights of a snapshot, whichever was asked before."""

from dataclasses import replace

import numpy as np
import pytest

from annstudio.engine.plan import Evaluator
from annstudio.project.edits import set_value
from annstudio.project.templates import templates
from annstudio.training.predictor import Predictor
from annstudio.training.run import Run
from annstudio.training.snapshot import RunState, Snapshot


def snapshots(units=4, moments=3):
    """Return what a run shows after each of some epochs."""
    run = Run(set_value(templates["exam"]().build(), "dense-1", "units", units))
    found = []
    for _ in range(moments):
        run.trainer.advance(run.trainer.batches.count)
        flat = run.trainer.weights.copy()
        shown = Snapshot(1, RunState.PAUSED, None, run.trainer.epoch, run.trainer.steps, 1)
        found.append(replace(shown, flat=flat, compiled=run.compiled, prepared=run.prepared))
    return found


def expected(snapshot, raw):
    inputs = snapshot.prepared.scaler.transform(raw).astype(snapshot.flat.dtype)
    return Evaluator(snapshot.compiled.network, snapshot.flat).outputs(inputs)[1]


@pytest.mark.parametrize("samples", [1, 3, 40])
def test_answers_are_those_of_the_snapshot_that_is_asked(samples):
    raw = np.random.default_rng(0).uniform(0, 10, (samples, 2))
    predictor, seen = Predictor(), []
    for snapshot in [*snapshots(), *snapshots(units=5, moments=2), snapshots(moments=1)[0]]:
        before = snapshot.flat.copy()
        answers = predictor.predict(snapshot, raw)
        np.testing.assert_array_equal(answers, expected(snapshot, raw))
        np.testing.assert_array_equal(snapshot.flat, before)
        seen.append(answers)
    assert not np.array_equal(seen[0], seen[1])


def test_before_there_is_a_network_there_is_no_answer():
    assert Predictor().predict(Snapshot(1, RunState.PREPARING, None, 0, 0, 0), np.zeros((1, 2))) is None
