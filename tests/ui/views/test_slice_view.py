"""The network's answers over a plane through more than two features."""

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from annstudio.project.build import chain
from annstudio.training.run import Run
from annstudio.ui.views.prediction_view import PredictionView
from annstudio.ui.views.score_view import ScoreView
from annstudio.ui.views.slice_view import SliceView
from tests.ui.views.runs import digits, snapshot

IRIS = chain("Iris", "iris", [(4, "tanh")])


def petal_length(raw):
    """Probabilities that depend on the petal's length alone."""
    third = np.clip((raw[:, 2:3] - 1) / 6, 0, 1)
    return np.hstack([1 - third, third / 2, third / 2])


@pytest.fixture
def view(shown):
    made = shown(SliceView(), 600, 400)
    made.set_predictor(petal_length)
    made.show_project(IRIS)
    run = Run(IRIS)
    made.show_snapshot(snapshot(IRIS, compiled=run.compiled, flat=run.trainer.weights.copy()))
    return made


def table(view):
    numbers = view.numbers()
    return numbers.names, np.array([list(row) for row in numbers.rows])


def test_it_begins_with_the_features_that_tell_most_and_asks_the_network_there(view):
    names, rows = table(view)
    assert names[:2] == ["Petal length", "Petal width"]
    np.testing.assert_allclose(rows[:, 0], rows[:, 4])
    np.testing.assert_allclose(rows[:, -3:], petal_length(rows[:, 2:6]))


def test_another_feature_is_chosen_by_key(view):
    view.axes.across.setFocus()
    QTest.keyClick(view.axes.across, Qt.Key.Key_Home)
    names, rows = table(view)
    assert names[:2] == ["Sepal length", "Petal width"]
    assert np.ptp(rows[:, -1]) == 0  # the petal's length, which alone counts, is held


def test_a_feature_cannot_be_on_both_axes(view):
    view.axes.across.setFocus()
    QTest.keyClick(view.axes.across, Qt.Key.Key_End)
    assert [view.axes.across.currentText(), view.axes.up.currentText()] == ["Petal width", "Petal length"]


def test_the_components_take_the_place_of_the_axes(view):
    QTest.mouseClick(view.components, Qt.MouseButton.LeftButton)
    names, rows = table(view)
    assert names[:2] == ["component 1", "component 2"]
    assert view.axes.isHidden()
    np.testing.assert_allclose(rows[:, -3:], petal_length(rows[:, 2:6]))


def test_pictures_begin_with_their_components(shown):
    view = shown(SliceView(), 600, 400)
    view.show_project(digits())
    view.show_snapshot(snapshot(digits()))
    assert view.components.isChecked()
    assert view.numbers() is None
    assert not view.grab().isNull()


def test_a_network_of_other_data_is_not_asked(view):
    view.set_predictor(lambda raw: np.zeros((len(raw), 1)))
    view.show_snapshot(view.snapshot)
    assert view.numbers() is None


def test_figures_and_slice_take_turns(shown):
    view = shown(PredictionView(), 600, 400)
    view.set_predictor(petal_length)
    view.show_project(IRIS)
    figures, plane = view.findChild(ScoreView), view.findChild(SliceView)
    for now, then, to in ((figures, plane, "Slice"), (plane, figures, "Figures")):
        assert view.view is now
        switch = next(each for each in now.header.findChildren(type(plane.components)) if each.text() == to)
        QTest.mouseClick(switch, Qt.MouseButton.LeftButton)
        assert view.view is then
        assert then.isVisible()
        assert then.header.isAncestorOf(view.focusWidget())
