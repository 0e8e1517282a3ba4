import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from PySide6.QtCore import QPointF, Qt

from annstudio.project import edits
from annstudio.project.build import chain
from annstudio.project.compile import compile_network
from annstudio.ui.theme import LIGHT
from annstudio.ui.views.fit_view import FitView, straight_line
from annstudio.ui.views.header import Caption, Switch
from tests.ui.views.runs import snapshot


def line(raw):
    return 1.5 * raw + 2


@pytest.fixture
def view(shown):
    project = chain("Line", "linear", [])
    made = shown(FitView(), 460, 320)
    made.show_project(project)
    made.set_predictor(line)
    made.show_snapshot(snapshot(project, line))
    return made


def colors_around(view, x, y, reach=3):
    place = view.picture.frame.point(x, y).toPoint()
    image = view.picture.grab().toImage()
    around = range(-reach, reach + 1)
    return {image.pixelColor(place.x() + i, place.y() + j).name() for i in around for j in around}


@pytest.mark.parametrize("x", [0.5, 4.0, 8.0])
def test_the_curve_goes_through_the_answers(view, x):
    assert LIGHT.accent in colors_around(view, x, float(line(np.array(x))))
    assert LIGHT.accent not in colors_around(view, x, float(line(np.array(x))) + 3)


def test_hovering_reads_feature_and_exact_answer(view, hover):
    place = view.picture.frame.point(4, 10).toPoint()
    hover(view.picture, place)
    x = view.picture.frame.values(QPointF(place))[0]
    assert [row.text for row in view.picture.hover_lines()] == [
        f"Light per day {x:.3g} h",
        f"Growth: {line(x):#.3g} cm".rstrip("."),
    ]


def test_the_caption_tells_r2(view):
    assert view.findChild(Caption).accessibleName() == "ŷ = 1.50·x + 2.00 · R² = 0.968 (training)"


def test_only_a_straight_line_has_an_equation(view):
    view.show_snapshot(snapshot(view.project, lambda raw: raw + 0.01 * np.tanh(raw)))
    assert view.findChild(Caption).accessibleName().startswith("network")


@given(st.floats(-100, 100), st.floats(-100, 100), st.floats(-50, 50), st.floats(0.1, 100))
@example(1.401298464324817e-45, 0.0, 0.0, 1.0)
def test_slope_and_intercept_are_in_real_units(slope, intercept, low, width):
    x = np.linspace(low, low + width, 200)
    outputs = (slope * x + intercept).astype(np.float32)
    found = straight_line(outputs, (low, low + width))
    scale = float(np.abs(outputs).max()) + 1e-6
    assert found is not None
    assert found[0] == pytest.approx(slope, abs=1e-5 * scale / width)
    assert found[0] * x[7] + found[1] == pytest.approx(outputs[7], abs=1e-5 * scale)


@given(st.floats(0.2, 5), st.floats(-100, 100))
def test_a_bent_curve_is_no_line(steepness, shift):
    outputs = np.tanh(steepness * np.linspace(-1, 1, 200)) + shift
    assert straight_line(outputs.astype(np.float32), (-1.0, 1.0)) is None


def test_what_is_not_finite_is_no_line():
    for value in (np.nan, np.inf):
        assert straight_line(np.full(200, value), (0.0, 1.0)) is None


def test_residuals_reach_from_the_samples_to_the_curve(view, qtbot):
    train = view.prepared.train
    away = np.abs(train.targets[:, 0] - line(train.raw[:, 0])).argmax()
    x, y = train.raw[away, 0], train.targets[away, 0]
    between = (x, (y + line(x)) / 2)
    assert LIGHT.negative not in colors_around(view, *between, reach=1)
    (switch,) = view.findChildren(Switch)
    before = view.picture.grab().toImage()
    qtbot.mouseClick(switch, Qt.MouseButton.LeftButton)
    assert view.picture.grab().toImage() != before
    reds = [name for name in colors_around(view, *between, reach=1) if int(name[1:3], 16) > int(name[5:7], 16) + 60]
    assert reds


def test_a_gate_of_one_input_shows_probabilities(shown):
    gate = chain("NOT", "gate_not", [])
    view = shown(FitView(), 460, 320)
    view.show_project(gate)
    view.show_snapshot(snapshot(gate, lambda raw: 1 - raw))
    assert LIGHT.accent in colors_around(view, 0.5, 0.5)
    assert LIGHT.negative in colors_around(view, 1, 0, reach=9)
    assert LIGHT.positive in colors_around(view, 0, 1, reach=9)
    assert not view.findChild(Switch).isVisible()


def test_scores_lie_between_minus_one_and_one(shown):
    gate = edits.set_value(chain("NOT", "gate_not", [], training={"loss": "hinge"}), "output", "activation", "identity")
    view = shown(FitView(), 460, 320)
    view.show_project(gate)
    view.show_snapshot(snapshot(gate, lambda raw: 1 - 2 * raw, compiled=compile_network(gate)))
    assert LIGHT.accent in colors_around(view, 0.5, 0)
    assert LIGHT.negative in colors_around(view, 1, -1, reach=9)
    assert LIGHT.positive in colors_around(view, 0, 1, reach=9)


def test_the_axes_keep_still_while_the_network_learns(view):
    before = view.picture.frame
    view.show_snapshot(snapshot(view.project, lambda raw: 1000 * raw))
    assert view.picture.frame == before


def test_where_there_is_no_answer_there_is_no_curve(view):
    def half(raw):
        return np.where(raw > 4, line(raw), np.nan)

    view.show_snapshot(snapshot(view.project, half))
    view.picture.show_residuals(True)
    assert LIGHT.accent in colors_around(view, 8, line(8))
    low = view.picture.frame.y.low
    assert not any(LIGHT.accent in colors_around(view, 2, height) for height in (line(2), 0, low))


def test_data_without_a_run_show_as_far_as_they_reach(shown):
    project = chain("Line", "linear", [])
    made = shown(FitView(), 460, 320)
    prepared = snapshot(project, line).prepared
    made.show_project(project, prepared)
    places = made.picture.frame.points(prepared.train.raw[:, 0], prepared.train.targets[:, 0])
    assert places
    assert all(made.picture.frame.area.contains(place) for place in places)
