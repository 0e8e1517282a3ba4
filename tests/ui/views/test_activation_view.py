import math

import pytest
from PySide6.QtCore import QPointF

from annstudio.engine.activations import activations
from annstudio.project.build import chain
from annstudio.ui.theme import LIGHT
from annstudio.ui.views.activation_view import ActivationView


@pytest.fixture
def view_of(shown):
    def make(activation, width=300, height=220):
        view = shown(ActivationView(), width, height)
        view.show_project(chain("x", "exam", [(4, activation)]))
        view.select_node("dense-1")
        return view

    return make


def colors_at(view, z, value):
    """The colors within a pixel of a place."""
    place, image = view.picture.frame.point(z, value).toPoint(), view.picture.grab().toImage()
    around = (-1, 0, 1)
    return {image.pixelColor(place.x() + i, place.y() + j).name() for i in around for j in around}


@pytest.mark.parametrize("key", list(activations))
def test_every_activation_has_a_picture(view_of, key):
    assert not view_of(key, 250, 150).grab().isNull()


def test_hovering_reads_z_a_and_slope(view_of, hover):
    view = view_of("tanh")
    place = view.picture.frame.point(1, 0.5).toPoint()
    hover(view.picture, place)
    z = view.picture.frame.values(QPointF(place))[0]
    a = math.tanh(z)
    assert [line.text for line in view.picture.hover_lines()] == [
        f"z = {z:#.3g}",
        f"a = {a:#.3g}",
        f"da/dz = {1 - a * a:#.3g}",
    ]


def test_curves_are_where_they_should_be(view_of):
    view = view_of("tanh", 500, 400)
    assert LIGHT.accent in colors_at(view, 3, math.tanh(3))
    assert LIGHT.accent in colors_at(view, -3, math.tanh(-3))
    assert LIGHT.accent not in colors_at(view, 3, -0.5)


def test_a_step_has_no_upright_line(view_of):
    view = view_of("binary_step", 500, 400)
    assert LIGHT.accent in colors_at(view, 2, 1)
    assert LIGHT.accent in colors_at(view, -2, 0)
    frame = view.picture.frame
    image = view.picture.grab().toImage()
    middle = frame.point(0, 0.5).toPoint()
    near = {image.pixelColor(middle.x() + dx, middle.y()).name() for dx in (-2, -1, 0, 1, 2)}
    assert LIGHT.accent not in near
    assert LIGHT.negative not in near


def test_own_parameters_bend_the_curve(shown, hover):
    project = chain("x", "exam", [(4, "leaky_relu")])
    view = shown(ActivationView(), 400, 300)
    view.show_project(project)
    view.select_node("dense-1")
    hover(view.picture, view.picture.frame.point(-4, 2))
    assert view.picture.hover_lines()[2].text == "da/dz = 0.0100"


@pytest.mark.parametrize("node_id", ["input", None, "gone"])
def test_without_an_activation_there_is_a_sentence(shown, node_id):
    view = shown(ActivationView())
    view.show_project(chain("x", "exam", [(4, "tanh")]))
    view.select_node(node_id)
    assert view.picture.frame is None
    assert not view.grab().isNull()


def test_an_edit_changes_the_curve(view_of):
    view = view_of("tanh")
    before = view.picture.grab().toImage()
    view.show_project(chain("x", "exam", [(4, "relu")]))
    assert view.picture.grab().toImage() != before
