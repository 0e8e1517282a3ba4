"""The drawings on the tiles say what the projects are."""

import numpy as np
import pytest
from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QColor

from annstudio.project.build import chain
from annstudio.project.templates import templates
from annstudio.ui.gallery.data import plane
from annstudio.ui.gallery.network import Kind, place
from annstudio.ui.gallery.picture import draw, preview
from annstudio.ui.theme import DARK, LIGHT

AREA = QRectF(0, 0, 140, 84)
SIZE = QSize(247, 112)
KEYS = list(templates)


def spots(key):
    return place(templates[key]().build(), AREA)


def test_a_layer_is_drawn_with_its_neurons():
    drawn = place(chain("2-4-2-1", "circle", [(4, "tanh"), (2, "tanh")]), AREA)
    assert [len(spot.ys) for spot in drawn.values()] == [2, 4, 2, 1]
    assert [spot.ends for spot in drawn.values()] == [True, False, False, True]
    assert not any(spot.dots for spot in drawn.values())


def test_of_many_neurons_the_first_and_the_last_are_drawn():
    drawn = spots("digits")
    assert all(spot.dots and len(spot.ys) == 4 for spot in drawn.values())


def test_layers_without_neurons_look_different():
    kinds = {node_id: spot.kind for node_id, spot in spots("digits_filters").items()}
    assert kinds["input"] is kinds["output"] is Kind.NEURONS
    assert kinds["conv2d-1"] is kinds["max_pool2d-1"] is Kind.SHEETS
    assert kinds["flatten-1"] is Kind.BAR


@pytest.mark.parametrize("key", KEYS)
def test_a_network_stays_within_its_place_and_runs_from_left_to_right(key):
    project = templates[key]().build()
    drawn = place(project, AREA)
    for spot in drawn.values():
        assert AREA.left() <= spot.center.x() - spot.reach <= spot.center.x() + spot.reach <= AREA.right()
        around = spot.reach if spot.kind is Kind.NEURONS else 0.0
        assert AREA.top() <= min(spot.ys) - around <= max(spot.ys) + around <= AREA.bottom()
    for wire in project.design.wires:
        assert drawn[wire.source].center.x() < drawn[wire.target].center.x()


@pytest.mark.parametrize("key", KEYS)
def test_neurons_do_not_cover_each_other(key):
    for spot in spots(key).values():
        assert all(below - above >= 2 * spot.reach for above, below in zip(spot.ys, spot.ys[1:], strict=False))


def test_two_ways_are_drawn_below_each_other():
    drawn = spots("wide_and_deep")
    assert drawn["feature-1"].center.x() == drawn["dense-1"].center.x()
    assert min(drawn["feature-1"].ys) > max(drawn["dense-1"].ys)


@pytest.mark.parametrize("key", KEYS)
@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_a_picture_has_the_size_that_was_asked_for_and_the_colors_of_the_theme(qapp, key, theme):
    pixmap = draw(preview(key), theme, SIZE, 2.0)
    assert pixmap.size() == SIZE * 2
    image = pixmap.toImage()
    colors = {image.pixel(x, y) for x in range(image.width()) for y in range(image.height())}
    assert theme.color("accent").rgba() in colors
    assert len(colors) > 10


def test_points_have_the_color_of_their_class(qapp):
    image = draw(preview("circle"), LIGHT, SIZE, 2.0).toImage()
    data = {QColor(image.pixel(x, y)).name() for x in range(0, 200) for y in range(image.height())}
    assert {LIGHT.positive, LIGHT.negative} <= data


def test_room_above_the_network_is_left_free(qapp):
    image = draw(preview("deep_logistic"), LIGHT, SIZE, 1.0, free=40).toImage()
    above = {QColor(image.pixelColor(x, y)).alpha() for x in range(130, SIZE.width()) for y in range(36)}
    assert above == {0}


def test_two_features_are_the_plane_and_one_stands_under_its_target():
    spiral, line = preview("spiral").prepared.data, preview("line").prepared.data
    assert plane(spiral) is spiral.inputs
    np.testing.assert_array_equal(plane(line), np.column_stack([line.inputs, line.targets]))


def test_of_four_features_the_plane_shows_the_most_that_a_plane_can():
    data = preview("iris").prepared.data
    scaled = (data.inputs - data.inputs.mean(axis=0)) / data.inputs.std(axis=0)
    places = plane(data)
    variances = np.sort(np.linalg.eigvalsh(np.cov(scaled.T)))[::-1]
    np.testing.assert_allclose(places.var(axis=0, ddof=1), variances[:2])
