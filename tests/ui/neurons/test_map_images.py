"""Neurons have the colors that their units have on the cards."""

import numpy as np

from annstudio.project.build import chain
from annstudio.training.answers import Answers, Scope
from annstudio.training.unit_maps import unit_maps
from annstudio.ui.canvas.maps import Maps
from annstudio.ui.neurons.map_images import map_images
from annstudio.ui.theme import LIGHT
from tests.ui.neurons.conftest import snapshot_of


def test_a_unit_has_the_same_colors_on_its_card_and_as_a_neuron():
    snapshot = snapshot_of(chain("x", "exam", [(4, "tanh")]))
    values = unit_maps(snapshot, 9)["dense-1"] * np.reshape([1.0, 0.5, 0.1, 0.0], (4, 1, 1))
    neurons = map_images(LIGHT, snapshot, {"dense-1": values}, "dense-1", range(4))
    assert neurons == Maps(Answers(Scope.PLANE, values, 4), LIGHT).images


def test_a_neuron_shows_its_shape_beside_one_that_answers_more():
    snapshot = snapshot_of(chain("x", "exam", [(2, "tanh")]))
    values = np.stack([np.full((3, 3), 1.0), np.full((3, 3), -0.5)])
    large, half = map_images(LIGHT, snapshot, {"dense-1": values}, "dense-1", range(2))
    assert large.pixelColor(1, 1) == LIGHT.color("positive")
    assert half.pixelColor(1, 1) == LIGHT.color("negative")
