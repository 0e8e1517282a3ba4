import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest

from annstudio.project.build import chain
from annstudio.project.compile import compile_network
from annstudio.project.edits import set_value
from annstudio.ui.theme import LIGHT
from annstudio.ui.views.boundary_view import BoundaryView
from annstudio.ui.views.header import Switch
from tests.ui.views.runs import exam, snapshot, steep

ASKED = []


def predict(raw):
    """An answer that no grid could guess: 60 % only exactly at 7 lectures and 15 h."""
    ASKED.append(raw.copy())
    return np.where((raw == [7.0, 15.0]).all(axis=1), 0.6, 0.1)[:, None]


@pytest.fixture
def view(shown):
    ASKED.clear()
    made = shown(BoundaryView(), 460, 340)
    made.show_project(exam())
    made.set_predictor(predict)
    made.show_snapshot(snapshot(exam(), steep))
    return made


def pixel(view, x, y):
    """The color of the ground at values x and y."""
    place = view.picture.frame.point(x, y).toPoint()
    return view.picture.grab().toImage().pixelColor(place)


def bluish(color):
    return color.blue() > color.red() + 40


def reddish(color):
    return color.red() > color.blue() + 40


def texts(lines):
    return [line.text for line in lines]


def test_x_grows_to_the_right(view):
    assert reddish(pixel(view, -0.8, -2.5))
    assert bluish(pixel(view, 12.8, -2.5))


def test_y_grows_upwards(shown):
    view = shown(BoundaryView(), 460, 340)
    view.show_project(exam())
    view.show_snapshot(snapshot(exam(), lambda raw: (raw[:, 1:] > 20).astype(float)))
    assert reddish(pixel(view, -0.6, 5))
    assert bluish(pixel(view, -0.6, 35))


def test_the_border_lies_where_both_classes_are_equally_likely(view):
    image = view.picture.grab().toImage()
    frame = view.picture.frame
    row = frame.point(0, -2.5).toPoint().y()
    columns = range(frame.point(5, 0).toPoint().x(), frame.point(7, 0).toPoint().x())
    darkest = min(columns, key=lambda x: image.pixelColor(x, row).lightness())
    assert abs(darkest - frame.point(6, 0).x()) <= 2


def test_the_border_of_scores_lies_at_zero(shown):
    scored = set_value(exam(), "training", "loss", "hinge")
    scored = set_value(scored, "output", "activation", "identity")
    view = shown(BoundaryView(), 460, 340)
    view.show_project(scored)
    view.set_predictor(predict)
    view.show_snapshot(snapshot(scored, lambda raw: raw[:, :1] - 6, compiled=compile_network(scored)))
    image, frame = view.picture.grab().toImage(), view.picture.frame
    row = frame.point(0, -2.5).toPoint().y()
    columns = range(frame.point(5, 0).toPoint().x(), frame.point(7, 0).toPoint().x())
    darkest = min(columns, key=lambda x: image.pixelColor(x, row).lightness())
    assert abs(darkest - frame.point(6, 0).x()) <= 2
    assert reddish(pixel(view, 4, -2.5))
    assert bluish(pixel(view, 8, -2.5))
    view.picture.move_dot(7.0, 15.0)
    assert "Pass: 0.600" in " ".join(texts(view.picture.dot_lines()))


def test_the_colors_change_right_at_the_border_also_far_from_the_middle(shown):
    """The grid's outer points lie on the axes' ends; a picture of the whole grid would be half a cell off there."""
    view = shown(BoundaryView(), 1200, 340)
    shot = snapshot(exam(), steep)
    surface = np.zeros_like(shot.surface)
    surface[:, 2:] = 1.0
    view.show_project(exam())
    view.show_snapshot(snapshot(exam(), steep, surface=surface))
    (low, high), _ = shot.extent
    border = low + (high - low) * 1.5 / (surface.shape[1] - 1)
    place, image = view.picture.frame.point(border, -2.5).toPoint(), view.picture.grab().toImage()
    assert image.pixelColor(place.x() - 4, place.y()).red() > image.pixelColor(place.x() - 4, place.y()).blue() + 15
    assert image.pixelColor(place.x() + 4, place.y()).blue() > image.pixelColor(place.x() + 4, place.y()).red() + 15


def test_the_dot_starts_on_whole_values_and_says_the_exact_answer(view):
    assert (view.dot.x, view.dot.y % 0.5) == (6, 0)
    assert texts(view.picture.dot_lines()) == [f"You: 6, {view.dot.y:g} h", "→ Pass: 10 %"]


def test_dragging_the_dot_reads_the_exact_answer_there(view, qtbot):
    picture = view.picture
    start = picture.frame.point(view.dot.x, view.dot.y).toPoint()
    target = picture.frame.point(7.2, 15.1).toPoint()
    QTest.mousePress(picture, Qt.MouseButton.LeftButton, pos=start)
    with qtbot.waitSignal(view.dot_moved) as moved:
        QTest.mouseMove(picture, target)
    QTest.mouseRelease(picture, Qt.MouseButton.LeftButton, pos=target)
    assert moved.args == [7.0, 15.0]
    assert (view.dot.x, view.dot.y) == (7, 15)
    assert texts(picture.dot_lines()) == ["You: 7, 15 h", "→ Pass: 60 %"]
    assert texts(picture.dot_lines(named=True))[0] == "You: Lectures attended 7, Hours studied 15 h"
    assert ASKED[-1].tolist() == [[7.0, 15.0]]
    assert "Pass: 60 %" in picture.accessibleDescription()
    QTest.mouseMove(picture, start)
    assert (view.dot.x, view.dot.y) == (7, 15)


def test_a_drag_that_begins_elsewhere_leaves_the_dot(view):
    before = view.dot
    far = view.picture.frame.area.topLeft().toPoint() + QPoint(5, 5)
    QTest.mousePress(view.picture, Qt.MouseButton.LeftButton, pos=far)
    QTest.mouseMove(view.picture, far + QPoint(40, 40))
    QTest.mouseRelease(view.picture, Qt.MouseButton.LeftButton, pos=far + QPoint(40, 40))
    assert view.dot == before


def test_the_dot_stays_within_the_data(view):
    picture = view.picture
    QTest.mousePress(picture, Qt.MouseButton.LeftButton, pos=picture.frame.point(view.dot.x, view.dot.y).toPoint())
    QTest.mouseMove(picture, QPoint(picture.width() + 500, -500))
    QTest.mouseRelease(picture, Qt.MouseButton.LeftButton, pos=QPoint(0, 0))
    raw = view.prepared.data.inputs
    assert (view.dot.x, view.dot.y) == (raw[:, 0].max(), raw[:, 1].max())


def test_the_arrow_keys_move_the_dot(view, qtbot):
    x, y = view.dot.x, view.dot.y
    picture = view.picture
    picture.setFocus()
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Left, Qt.Key.Key_Up):
        qtbot.keyClick(picture, key)
    assert (view.dot.x, view.dot.y) == (x + 1, y + 0.5)
    qtbot.keyClick(picture, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert view.dot.y == y - 2


def test_a_double_click_brings_the_dot(view):
    QTest.mouseDClick(view.picture, Qt.MouseButton.LeftButton, pos=view.picture.frame.point(3, 10).toPoint())
    assert (view.dot.x, abs(view.dot.y - 10) <= 0.5) == (3, True)


def test_hovering_reads_the_place(view, hover):
    place = view.picture.frame.point(2, 30).toPoint()
    hover(view.picture, place)
    x, y = view.picture.frame.values(QPointF(place))
    lines = texts(view.picture.hover_lines())
    assert lines == [f"Lectures attended {x:.3g}", f"Hours studied {y:.3g} h", "Pass: 10 %"]
    assert ASKED[-1].tolist() == [[x, y]]
    hover(view.picture, QPoint(1, 1))
    assert view.picture.hover_lines() == []
    hover(view.picture, view.picture.frame.point(view.dot.x, view.dot.y))
    assert view.picture.hover_lines() == []


def test_the_dot_stays_while_the_network_learns_and_when_the_data_change_a_little(view):
    view.picture.move_dot(3, 10)
    view.show_snapshot(snapshot(exam(), steep))
    other = chain("Exam", "exam", [(4, "tanh")], data={"seed": 5})
    view.show_project(other)
    view.show_snapshot(snapshot(other, steep))
    assert (view.dot.x, view.dot.y) == (3, 10)


def test_the_dot_starts_anew_with_other_features(view):
    view.picture.move_dot(3, 10)
    circle = chain("Circle", "circle", [(4, "tanh")])
    view.show_project(circle)
    view.show_snapshot(snapshot(circle, lambda raw: np.full((len(raw), 1), 0.5)))
    assert (view.dot.x, view.dot.y) == (0, 0)


def test_a_predictor_of_another_network_is_not_believed(view):
    view.set_predictor(lambda raw: np.ones((len(raw), 3)))
    assert len(view.picture.dot_lines()) == 1
    view.set_predictor(lambda raw: None)
    assert len(view.picture.dot_lines()) == 1
    view.set_predictor(None)
    assert len(view.picture.dot_lines()) == 1


def marks(view, part):
    """How many samples of a part have a mark in the color of their class right at their place."""
    image, frame = view.picture.grab().toImage(), view.picture.frame
    colors = (LIGHT.color("negative"), LIGHT.color("positive"))
    places = [frame.point(*raw).toPoint() for raw in part.raw]
    return sum(
        image.pixelColor(place) == colors[int(target[0])] for place, target in zip(places, part.targets, strict=True)
    )


def test_training_samples_lie_at_their_places_in_their_color(view):
    train = view.prepared.train
    # Some lie below others, the dot or its label.
    assert marks(view, train) > 0.6 * len(train.raw)


def test_test_data_show_when_asked_for(view, qtbot):
    before = view.picture.grab().toImage()
    switch = next(each for each in view.findChildren(Switch) if each.text() == "Test")
    qtbot.mouseClick(switch, Qt.MouseButton.LeftButton)
    after = view.picture.grab().toImage()
    frame = view.picture.frame
    hollow = [frame.point(*raw).toPoint() for raw in view.prepared.test.raw]
    changed = [after.pixelColor(place) == LIGHT.color("card") for place in hollow]
    assert sum(changed) > 0.3 * len(changed)
    qtbot.mouseClick(switch, Qt.MouseButton.LeftButton)
    assert view.picture.grab().toImage() == before


def test_samples_and_axes_are_painted_once_while_the_network_learns(view, monkeypatch):
    view.picture.grab()
    painted = []
    monkeypatch.setattr("annstudio.ui.views.backdrop.paint_axes", lambda *_: painted.append(1))
    for _ in range(3):
        shot = snapshot(exam(), steep, prepared=view.prepared)
        view.show_snapshot(shot)
        view.picture.grab()
    assert painted == []


def test_before_the_first_answers_the_data_are_shown(shown):
    view = shown(BoundaryView())
    project = exam()
    view.show_project(project, snapshot(project).prepared)
    assert view.dot is not None
    assert pixel(view, -0.8, -2.5) == LIGHT.color("neutral")


def test_a_truth_table_is_a_plane_as_well(shown):
    gate = chain("XOR", "gate_xor", [(2, "tanh")])
    view = shown(BoundaryView())
    view.show_project(gate)
    view.show_snapshot(snapshot(gate, lambda raw: np.abs(raw[:, :1] - raw[:, 1:])))
    assert bluish(pixel(view, -0.05, 0.85))
    assert reddish(pixel(view, 0.15, -0.05))


def test_data_of_more_features_have_no_plane(shown):
    iris = chain("Iris", "iris", [(4, "tanh")])
    view = shown(BoundaryView())
    view.show_project(iris)
    view.show_snapshot(snapshot(iris))
    assert view.dot is None
    assert view.picture.frame is None


@pytest.mark.parametrize(("project", "some"), [(chain("xor", "gate_xor", [(2, "tanh")]), False), (exam(), True)])
def test_without_held_out_samples_there_is_nothing_to_switch_on(shown, project, some):
    view = BoundaryView()
    made = snapshot(project, steep)
    view.show_project(project, made.prepared)
    view.show_snapshot(made)
    assert shown(view).findChild(Switch).isEnabled() is some
