import numpy as np
import pytest
from PySide6.QtCore import Qt

from annstudio.training.vitals import Vitals
from annstudio.ui.views.header import Switch
from annstudio.ui.views.pace_view import PaceView
from tests.ui.views.runs import exam, snapshot, steep


def seen(at, norm, rate):
    return Vitals(at, int(at), norm, {}, 10, rate)


@pytest.fixture
def view(shown):
    made = shown(PaceView(), 360, 220)
    made.show_project(exam())
    vitals = (seen(0, 2.0, 0.1), seen(2, 0.2, 0.1), seen(4, 0.02, 0.05))
    made.show_snapshot(snapshot(exam(), steep, vitals=vitals, at=4.5))
    return made


def heights(view):
    return view.plot.getAxis("left")._tickLevels[0]


def test_the_gradient_norm_is_drawn_until_now_on_a_logarithmic_axis(view):
    assert view.plot._train.xData.tolist() == [0, 2, 4, 4.5]
    assert view.plot._train.yData.tolist() == pytest.approx(np.log10([2.0, 0.2, 0.02, 0.02]))
    assert view.header._caption._keys[0].text == "now 0.0200"


def test_a_learning_rate_that_varies_little_is_drawn_from_zero(view, qtbot):
    switch = next(s for s in view.findChildren(Switch) if s.text() == "Learning rate")
    qtbot.mouseClick(switch, Qt.MouseButton.LeftButton)
    assert view.plot._train.yData.tolist() == pytest.approx([0.1, 0.1, 0.05, 0.05])
    assert heights(view)[0][0] == 0


def test_in_the_past_it_ends_there(view):
    vitals = (seen(0, 2.0, 0.1), seen(2, 0.2, 0.1), seen(4, 0.02, 0.05))
    view.show_snapshot(snapshot(exam(), steep, vitals=vitals, at=2.5))
    assert view.plot._train.xData.tolist() == [0, 2, 2.5]


def test_before_anything_was_seen_there_is_no_plot(shown):
    view = shown(PaceView())
    view.show_project(exam())
    view.show_snapshot(snapshot(exam(), steep, step=0))
    assert view.plot is None
