"""Made-up runs: snapshots whose every number a test knows."""

from dataclasses import replace

import numpy as np

from annstudio.project.build import chain
from annstudio.project.compile import compile_data
from annstudio.project.shapes import flow
from annstudio.training.history import History
from annstudio.training.snapshot import RunState, Snapshot
from annstudio.training.surface import grid
from annstudio.training.trained import LayerWeights

ROWS = (
    (0, 0.8, 0.9, 0.5, 0.4),
    (1, 0.5, 0.6, 0.7, 0.65),
    (2, 0.25, 0.4, 0.9, 0.8),
    (3, 0.125, 0.3, 0.95, 0.85),
    (4, 0.114, 0.168, 0.968, 0.9),
)
"""Epoch, costs and metrics of training and validation."""


def exam():
    return chain("Exam", "exam", [(4, "tanh")])


def digits():
    return chain("Digits", "digits", [(12, "relu")])


def history(rows=ROWS):
    made = History()
    for row in rows:
        made.append(row)
    return made


def weights(project, seed=0):
    """Random weights of every layer, their sizes as the design says."""
    rng = np.random.default_rng(seed)
    return {
        node_id: LayerWeights({name: rng.normal(size=shape) for name, shape in each.tensors.items()})
        for node_id, each in flow(project).items()
        if each.tensors
    }


def snapshot(project, answer=None, **changes):
    """A paused run.

    Args:
        project: whose run it is.
        answer: the network's outputs for raw inputs, (n, features) -> (n, outputs).
        changes: other parts of the snapshot.
    """
    prepared = compile_data(project)
    made = Snapshot(1, RunState.PAUSED, None, 4, 40, 10, weights=weights(project), history=history(), prepared=prepared)
    asked = grid(prepared, 1)
    if asked is not None and answer is not None:
        extent, shape, points = asked
        surface = answer(prepared.scaler.inverse(points)).reshape(*shape, -1)
        made = replace(made, surface=surface, extent=extent)
    return replace(made, **changes)


def steep(raw):
    """A probability that rises from 0 at the left to 1 at the right of the exam's lectures, and does so steeply."""
    return 1 / (1 + np.exp(-4 * (raw[:, :1] - 6)))
