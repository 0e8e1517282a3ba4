"""The answers of all units over the plane."""

import numpy as np

from annstudio.project.build import chain
from annstudio.training.predictor import Predictor
from annstudio.training.run import Run
from annstudio.training.snapshot import RunState, Snapshot
from annstudio.training.surface import lattice
from annstudio.training.unit_maps import unit_maps


def snapshot(project):
    run = Run(project)
    flat = run.trainer.weights.copy()
    return Snapshot(
        1, RunState.READY, None, 0, 0, 1, project=project, prepared=run.prepared, compiled=run.compiled, flat=flat
    )


def test_every_unit_has_a_map_and_the_last_is_what_the_network_predicts():
    moment = snapshot(chain("x", "exam", [(4, "tanh")]))
    maps = unit_maps(moment, 9)
    assert {node_id: values.shape for node_id, values in maps.items()} == {
        "input": (2, 9, 9),
        "dense-1": (4, 9, 9),
        "output": (1, 9, 9),
    }
    points = moment.prepared.scaler.inverse(lattice(moment.prepared, 9)[1])
    assert np.allclose(maps["output"].ravel(), Predictor().predict(moment, points).ravel(), atol=1e-6)


def test_the_data_grow_to_the_right_and_upwards():
    x, y = unit_maps(snapshot(chain("x", "exam", [])), 5)["input"]
    assert (np.diff(x, axis=1) > 0).all()
    assert (np.diff(y, axis=0) > 0).all()


def test_other_data_and_huge_networks_have_none():
    assert unit_maps(snapshot(chain("x", "iris", [])), 5) == {}
    assert unit_maps(snapshot(chain("x", "exam", [(4096, "tanh"), (64, "tanh")])), 20) == {}
    assert unit_maps(Snapshot(1, RunState.PREPARING, None, 0, 0, 0), 5) == {}
