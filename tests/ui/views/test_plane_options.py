"""Classes instead of probabilities, and marks around what is answered wrongly."""

import numpy as np
import pytest

from annstudio.data.sources import sources
from annstudio.project.build import chain
from annstudio.project.compile import compile_data
from annstudio.ui.views.boundary_view import BoundaryView
from annstudio.ui.views.plane_options import decided
from tests.ui.views.runs import exam, snapshot, steep

BINARY, CLASSES, NUMBERS = (sources[key].schema for key in ("exam", "iris", "linear"))


def test_a_decided_surface_has_the_answer_of_the_class_that_is_named():
    surface = np.array([[[0.2], [0.7]], [[np.nan], [0.5]]])
    np.testing.assert_array_equal(decided(BINARY, surface, (0.0, 1.0)), [[[0], [1]], [[np.nan], [0]]])
    np.testing.assert_array_equal(decided(BINARY, surface - 0.6, (-1.0, 1.0))[0], [[-1], [1]])
    several = np.array([[[0.2, 0.5, 0.3], [0.4, 0.3, 0.3], [np.nan, 0, 1]]])
    np.testing.assert_array_equal(decided(CLASSES, several, (0.0, 1.0)), [[[0, 1, 0], [1, 0, 0], [np.nan] * 3]])
    assert decided(NUMBERS, surface, (0.0, 1.0)) is surface


@pytest.fixture
def view(shown):
    made = shown(BoundaryView(), 480, 360)
    made.set_predictor(steep)
    made.show_project(exam())
    made.show_snapshot(snapshot(exam(), steep))
    return made


def test_what_is_answered_wrongly_is_marked_where_it_stands(view):
    assert not len(view.picture._plane.wrong)
    view.options.wrong.trigger()
    part = view.prepared.train
    wrong = (steep(part.raw) > 0.5) != (part.targets > 0.5)
    assert wrong.any()
    np.testing.assert_array_equal(view.picture._plane.wrong, part.raw[wrong[:, 0]])


def test_held_out_samples_are_marked_where_they_are_shown(view):
    view.options.wrong.trigger()
    before = len(view.picture._plane.wrong)
    view.options.held_out.click()
    parts = (view.prepared.train, view.prepared.validation, view.prepared.test)
    expected = sum(int(((steep(part.raw) > 0.5) != (part.targets > 0.5)).sum()) for part in parts)
    assert len(view.picture._plane.wrong) == expected > before


def test_the_marks_are_painted(view):
    view.options.wrong.trigger()
    place = view.picture.frame.point(*view.picture._plane.wrong[0])
    image = view.picture.grab().toImage()
    near = [image.pixelColor(round(place.x()) + x, round(place.y())) for x in (-8, -7, 7, 8)]
    error = view.theme.color("error")
    assert any(abs(color.red() - error.red()) + abs(color.green() - error.green()) < 90 for color in near)


def test_classes_are_painted_in_full_color(view):
    frame = view.picture.frame
    middle = (frame.y.low + frame.y.high) / 2
    place = frame.point(5.9, frame.y.low + 0.1 * (middle - frame.y.low))  # Hardly colored by its probability of 40 %.

    def color():
        return view.picture.grab().toImage().pixelColor(place.toPoint())

    soft = color()
    view.options.hard.trigger()
    assert color().saturationF() > soft.saturationF() + 0.1


def test_numbers_have_no_classes(shown):
    project = chain("Test", "linear", [(4, "tanh")])
    view = shown(BoundaryView(), 480, 360)
    view.options.suit(compile_data(project))
    assert view.options._button.isHidden()
    assert view.options.held_out.isEnabled()
