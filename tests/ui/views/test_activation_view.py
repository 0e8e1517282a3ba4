import math

import pytest
from hypothesis import HealthCheck, given, settings
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QImage, QPainter

from annstudio.core.errors import UserError
from annstudio.core.formula.notation import canonical
from annstudio.engine.activations import activations
from annstudio.project import edits
from annstudio.project.build import chain
from annstudio.ui.canvas.thumbnails import paint_activation
from annstudio.ui.theme import LIGHT
from annstudio.ui.views.activation_curves import Curve
from annstudio.ui.views.activation_view import ActivationPicture, ActivationView
from tests.core.formula.trees import TREES


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


def own(shown, typed, width=300, height=220):
    """A view of the activation that somebody typed."""
    view = shown(ActivationView(), width, height)
    project = edits.set_value(chain("x", "exam", [(4, "formula")]), "dense-1", "activation.expression", typed)
    view.show_project(project)
    view.select_node("dense-1")
    return view


HARD = [
    "log(x)",
    "sqrt(x)",
    "x^0.5",
    "arcsin(x)",
    "1/x",
    "1/(x - 1/3)",
    "tan(x)",
    "0*x",
    "3",
    "exp(exp(exp(x)))",
    "x/x",
]


@pytest.mark.parametrize("typed", HARD)
def test_a_formula_with_gaps_or_poles_is_painted_and_read(shown, hover, typed, capfd):
    view = own(shown, typed)
    for z in (-4, 0, 0.02, 3):
        hover(view.picture, view.picture.frame.point(z, 0))
        assert view.picture.hover_lines()
        assert not view.picture.grab().isNull()
    assert capfd.readouterr().err == ""


def test_where_there_is_no_value_the_reading_says_so(shown, hover):
    view = own(shown, "log(x)")
    hover(view.picture, view.picture.frame.point(-2, 0))
    assert [line.text for line in view.picture.hover_lines()][1:] == ["no value here"]


def test_a_function_with_no_value_in_sight_has_a_sentence(shown):
    view = own(shown, "log(x - 6)")
    assert view.picture.frame is None
    assert not view.grab().isNull()
    assert "no value from z = −5 to z = 5" in view.picture._sentence


def test_a_pole_leaves_a_gap_and_most_of_the_curve_in_sight(shown):
    view = own(shown, "1/(x - 1/3)", 500, 400)
    assert LIGHT.accent in colors_at(view, 2, 1 / (2 - 1 / 3))
    assert LIGHT.accent in colors_at(view, -2, 1 / (-2 - 1 / 3))
    assert LIGHT.accent not in colors_at(view, 1 / 3, 0.5)


@given(TREES.filter(lambda tree: tree.variables <= {"x"}))
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_every_formula_that_is_accepted_is_painted(qapp, tree):
    try:
        curve = Curve("formula", {"expression": canonical(tree)})
    except UserError:
        return
    picture = ActivationPicture("x")
    picture.resize(200, 150)
    picture.show_curve(curve, "nothing")
    assert not picture.grab().isNull()
    thumbnail = QImage(60, 40, QImage.Format.Format_ARGB32)
    with QPainter(thumbnail) as painter:
        paint_activation(painter, QRectF(thumbnail.rect()), "formula", (("expression", canonical(tree)),), LIGHT)
