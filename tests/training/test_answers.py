"""What every layer answers, against the network's own outputs."""

import time

import numpy as np
import pytest

from annstudio.engine.network import Network
from annstudio.engine.plan import Evaluator
from annstudio.project import edits
from annstudio.project.build import chain
from annstudio.project.model import Wire
from annstudio.training.answers import MOST_MAPS, MOST_ROWS, Scope
from annstudio.training.run import Run
from annstudio.training.surface import lattice


def cut(run: Run, place: int) -> Network:
    """Return the run's network up to a layer, its weights the first of the same flat vector."""
    network = run.compiled.network
    return Network(network.input_shape, network.layers[: place + 1], "mse", network.wires[: place + 1])


def test_maps_of_the_plane_are_the_layers_outputs() -> None:
    run = Run(chain("test", "exam", [(4, "tanh")]))
    run.trainer.advance(50)
    found = run.probe.look()
    assert found.keys() == {"input", "dense-1", "output"}
    _, points = lattice(run.prepared, 20)
    points = points.astype(run.trainer.weights.dtype)
    hidden = cut(run, 0)
    _, expected = Evaluator(hidden, run.trainer.weights[: hidden.size]).outputs(points)
    maps = found["dense-1"]
    assert (maps.scope, maps.units) == (Scope.PLANE, 4)
    np.testing.assert_allclose(maps.values, expected.T.reshape(4, 20, 20), rtol=1e-5, atol=1e-6)
    np.testing.assert_allclose(found["input"].values, points.T.reshape(2, 20, 20))
    # Along a row only the first feature grows, from row to row only the second.
    assert np.all(np.diff(found["input"].values[0], axis=1) > 0)
    assert np.all(np.diff(found["input"].values[1], axis=0) > 0)


def test_of_many_units_the_first_answer() -> None:
    run = Run(chain("test", "exam", [(30, "tanh")]))
    found = run.probe.look()["dense-1"]
    assert (len(found.values), found.units) == (MOST_MAPS, 30)


def test_one_feature_is_asked_along_a_line() -> None:
    found = Run(chain("test", "linear", [(3, "tanh")])).probe.look()["dense-1"]
    assert (found.scope, found.units) == (Scope.LINE, 3)
    assert found.values.shape[:2] == (3, 1)


def test_samples_are_asked_in_the_order_of_their_classes() -> None:
    run = Run(chain("test", "iris", [(30, "tanh")]))
    found = run.probe.look()
    assert found["dense-1"].scope is Scope.SAMPLES
    assert (len(found["dense-1"].values), found["dense-1"].units) == (MOST_ROWS, 30)
    asked = found["input"].values[:, 0].T
    train = run.prepared.train
    classes = [train.targets[np.argmin(np.abs(train.inputs - row).sum(axis=1))].argmax() for row in asked]
    assert classes == sorted(classes)
    assert set(classes) == {0, 1, 2}


def test_layers_of_pictures_answer_by_a_picture_each() -> None:
    project = chain("test", "digits", [(16, "tanh")])
    project, _ = edits.insert_node(project, "reshape", Wire("input", "dense-1"))
    project, _ = edits.insert_node(project, "conv2d", Wire("reshape-1", "dense-1"))
    project, _ = edits.insert_node(project, "flatten", Wire("conv2d-1", "dense-1"))
    found = Run(project).probe.look()
    assert found["input"].scope is Scope.PICTURE
    assert found["input"].values.shape == (1, 8, 8)
    np.testing.assert_array_equal(found["input"].values, found["reshape-1"].values)
    assert found["conv2d-1"].values.shape == (8, 8, 8)
    assert found["dense-1"].scope is Scope.SAMPLES


def test_answers_are_the_readers_to_keep() -> None:
    run = Run(chain("test", "exam", [(4, "tanh")]))
    before = run.probe.look()
    kept = before["dense-1"].values.copy()
    run.trainer.advance(50)
    after = run.probe.look()
    np.testing.assert_array_equal(before["dense-1"].values, kept)
    assert not np.array_equal(after["dense-1"].values, kept)


def test_a_run_that_hurries_is_looked_at_within_a_share_of_the_time(monkeypatch: pytest.MonkeyPatch) -> None:
    run = Run(chain("test", "exam", [(4, "tanh")]))
    now = [0.0]

    def clock() -> float:
        now[0] += 0.001
        return now[0]

    monkeypatch.setattr(time, "perf_counter", clock)
    first = run.probe.look(hurried=True)
    assert run.probe.look(hurried=True) is first
    assert run.probe.look() is not first
    second = run.probe.look()
    now[0] += 0.045
    assert run.probe.look(hurried=True) is second
    now[0] += 0.01
    assert run.probe.look(hurried=True) is not second


def test_large_networks_are_asked_at_fewer_points_and_very_large_ones_not_at_all() -> None:
    for units, side in ((8, 20), (300, 14)):
        found = Run(chain("test", "exam", [(units, "tanh"), (units, "tanh")])).probe.look()
        assert found["output"].values.shape == (1, side, side)
    assert Run(chain("test", "exam", [(600, "tanh"), (600, "tanh")])).probe.look() == {}
