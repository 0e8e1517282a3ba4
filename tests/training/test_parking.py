"""Where runs wait whose network has been edited."""

import numpy as np

from annstudio.project.build import chain
from annstudio.training.history import History
from annstudio.training.parking import Parking
from annstudio.training.trained import LayerWeights, Trained


def _network(units):
    return chain("Test", "exam", [(units, "tanh")])


def _trained(project):
    parts = {"kernel": np.ones((2, 1), np.float32), "bias": np.zeros(1, np.float32)}
    return Trained(project, {"dense-1": LayerWeights(parts)})


def test_a_run_is_fetched_once():
    parking, project = Parking(), _network(3)
    parking.park(_trained(project), History(), 9)
    assert parking.fetch(_network(4)) is None
    assert parking.fetch(project).trained.weights
    assert parking.fetch(project) is None


def test_the_last_runs_with_weights_are_kept_whatever_comes_without():
    parking = Parking()
    for units in range(1, 31):
        parking.park(_trained(_network(units)), History(), 9)
        parking.park(Trained(_network(100 + units)), History(), 9)
    assert [units for units in range(1, 31) if parking.fetch(_network(units))] == list(range(19, 31))
    assert all(parking.fetch(_network(100 + units)) for units in range(1, 31))


def test_not_everything_is_kept():
    parking = Parking()
    for units in range(1, 260):
        parking.park(Trained(_network(units)), History(), 9)
    assert parking.fetch(_network(1)) is None
    assert parking.fetch(_network(259)) is not None
    parking.park(_trained(_network(300)), History(), 3_000_000)
    assert parking.fetch(_network(300)) is None
