import numpy as np
import pytest
from PySide6.QtCore import QPointF, Qt

from annstudio.project.build import chain
from annstudio.ui.theme import LIGHT
from annstudio.ui.views.fit_view import FitView
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
    assert view.findChild(Caption).accessibleName() == "network · R² = 0.968"


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


def test_the_axes_keep_still_while_the_network_learns(view):
    before = view.picture.frame
    view.show_snapshot(snapshot(view.project, lambda raw: 1000 * raw))
    assert view.picture.frame == before
