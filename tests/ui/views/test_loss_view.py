import math
from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor

from annstudio.core.texts import Text
from annstudio.project.build import chain
from annstudio.training.marks import Mark
from annstudio.training.run import Run
from annstudio.training.snapshot import Past
from annstudio.ui.views.crosshair import Crosshair
from annstudio.ui.views.header import Switch
from annstudio.ui.views.loss_view import LossView
from tests.ui.views.runs import ROWS, exam, history, snapshot, steep


def switches(view):
    return {switch.text(): switch for switch in view.findChildren(Switch)}


def texts(reading):
    return [line.text for line in reading.lines]


@pytest.fixture
def view(shown):
    made = shown(LossView(), 480, 300)
    made.show_project(exam())
    made.show_snapshot(snapshot(exam(), steep))
    return made


def test_without_a_run_there_is_a_sentence_and_no_plot(shown):
    view = shown(LossView())
    view.show_project(exam())
    view.show_snapshot(snapshot(exam(), steep, history=history(())))
    assert view.plot is None
    assert view.reading is None


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"epoch {row[0]}")
def test_the_crosshair_reads_true_values(view, hover, row):
    plot, crosshair = view.plot, view.findChild(Crosshair)
    place = plot.place(row[0], 0.5)
    inside = QPointF(min(max(place.x(), plot.area.left() + 1), plot.area.right() - 1), plot.area.center().y())
    hover(crosshair, inside)
    assert texts(view.reading) == [f"epoch {row[0]}", f"train {row[1]:#.3g}", f"validation {row[2]:#.3g}"]
    assert [token for _, token in view.reading.marks] == ["accent", "negative"]


def test_the_marks_lie_on_the_curves(view, hover):
    plot = view.plot
    hover(view.findChild(Crosshair), plot.place(2, 0.5))
    (train, _), (validation, _) = view.reading.marks
    scale = plot.area.height() / 1.02
    assert plot.area.bottom() - train.y() == pytest.approx(0.25 / 1.0 * scale, abs=2)
    assert plot.area.bottom() - validation.y() == pytest.approx(0.4 / 1.0 * scale, abs=2)
    assert view.reading.x == pytest.approx(train.x())


def test_outside_the_axes_nothing_is_read(view, hover):
    hover(view.findChild(Crosshair), QPoint(3, 3))
    assert view.reading is None


def test_the_arrow_keys_read_as_well(view, qtbot):
    crosshair = view.findChild(Crosshair)
    crosshair.setFocus()
    qtbot.keyClick(crosshair, Qt.Key.Key_Left)
    assert texts(view.reading)[0] == "epoch 3"
    qtbot.keyClick(crosshair, Qt.Key.Key_Home)
    assert texts(view.reading) == ["epoch 0", "train 0.800", "validation 0.900"]
    assert "0.800" in crosshair.accessibleDescription()
    qtbot.keyClick(crosshair, Qt.Key.Key_End)
    qtbot.keyClick(crosshair, Qt.Key.Key_Right)
    assert texts(view.reading)[0] == "epoch 4"


def test_accuracy_is_the_other_measure(view, hover, qtbot):
    qtbot.mouseClick(switches(view)["Accuracy"], Qt.MouseButton.LeftButton)
    hover(view.findChild(Crosshair), view.plot.place(4, 0.5))
    assert texts(view.reading) == ["epoch 4", "train 96.8 %", "validation 90.0 %"]
    assert not switches(view)["log"].isEnabled()


def test_numbers_have_r2(shown):
    project = chain("Line", "linear", [])
    view = shown(LossView())
    view.show_project(project)
    view.show_snapshot(snapshot(project))
    assert "R²" in switches(view)
    assert "Accuracy" not in switches(view)


def test_the_logarithmic_axis_places_decades_evenly(view, qtbot):
    qtbot.mouseClick(switches(view)["log"], Qt.MouseButton.LeftButton)
    view.findChild(Crosshair).setFocus()
    qtbot.keyClick(view.findChild(Crosshair), Qt.Key.Key_Home)
    first = view.reading.marks[0][0].y()
    qtbot.keyClick(view.findChild(Crosshair), Qt.Key.Key_End)
    last = view.reading.marks[0][0].y()
    height = view.plot.area.height() / 1.02
    assert last - first == pytest.approx(math.log10(0.8 / 0.114) * height, abs=2)


def test_without_validation_only_training_is_drawn_and_read(shown, hover):
    rows = [(epoch, cost, math.nan, metric, math.nan) for epoch, cost, _, metric, _ in ROWS]
    view = shown(LossView())
    view.show_project(exam())
    view.show_snapshot(snapshot(exam(), steep, history=history(rows)))
    hover(view.findChild(Crosshair), view.plot.place(2, 0.5))
    assert texts(view.reading) == ["epoch 2", "train 0.250"]


def test_nothing_is_drawn_anew_without_news(view, monkeypatch):
    drawn = []
    monkeypatch.setattr(view.plot, "set_curves", lambda *_: drawn.append(1))
    shot = view.snapshot
    view.show_snapshot(shot)
    assert drawn == []
    shot.history.append((5, 0.1, 0.2, 0.9, 0.9))
    view.show_snapshot(shot)
    assert drawn == [1]


def test_a_reset_takes_the_curves_away(view):
    view.show_snapshot(snapshot(exam(), steep, history=history(())))
    assert not view.plot.isVisible()
    view.show_snapshot(snapshot(exam(), steep))
    assert view.plot.isVisible()


def test_a_diverged_cost_is_drawn_as_far_as_it_is_finite(view):
    rows = [*ROWS, (5, 1e30, math.inf, 0.5, 0.5), (6, math.nan, math.nan, math.nan, math.nan)]
    view.show_snapshot(snapshot(exam(), steep, history=history(rows)))
    assert not view.grab().isNull()


def test_partial_epochs_are_told(view, qtbot):
    view.show_snapshot(snapshot(exam(), steep, history=history([(0, 1, 1, 0, 0), (0.25, 0.5, 0.5, 0, 0)])))
    view.findChild(Crosshair).setFocus()
    qtbot.keyClick(view.findChild(Crosshair), Qt.Key.Key_End)
    assert texts(view.reading)[0] == "epoch 0.25"


def test_the_axes_stay_together_in_windows_from_right_to_left(shown, dressed):
    dressed.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    try:
        view = shown(LossView(), 480, 300)
        view.show_project(exam())
        view.show_snapshot(snapshot(exam(), steep))
        area = view.plot.plotItem.vb.sceneBoundingRect()
        assert view.plot.getAxis("left").sceneBoundingRect().right() <= area.left() + 1
        assert view.plot.place(0, 0).x() < view.plot.place(4, 0).x()
    finally:
        dressed.setLayoutDirection(Qt.LayoutDirection.LeftToRight)


def test_the_axis_says_that_it_counts_epochs(view):
    axis = view.plot.getAxis("bottom")
    assert axis.labelText == "epoch"
    assert axis.label.isVisible()


def test_both_curves_are_seen_where_they_run_together(view):
    view.show_snapshot(snapshot(exam(), steep, history=history([(0, 1, 1, 0, 0), (4, 0.5, 0.5, 0, 0)])))
    image, place = view.plot.grab().toImage(), view.plot.place(2, 0.75 / 1.0).toPoint()
    column = {image.pixelColor(place.x(), place.y() + down).name() for down in range(-6, 7)}
    blueness = [QColor(name).blue() - QColor(name).red() for name in column]
    assert max(blueness) > 40
    assert min(blueness) < -60


def test_in_the_past_the_rest_of_the_curves_is_pale_and_the_axes_stay(view):
    whole, axes = history(), view.plot._axes
    view.show_snapshot(snapshot(exam(), steep, history=whole.until(2), past=Past((0, 40), (0, 4), 20, whole)))
    assert view.plot._axes == axes
    assert list(view.plot._train.xData) == [0, 1, 2]
    assert [list(curve.xData) for curve in view.plot._later] == [[2, 3, 4], [2, 3, 4]]
    view.show_snapshot(snapshot(exam(), steep, history=whole))
    assert list(view.plot._train.xData) == [0, 1, 2, 3, 4]
    assert all(curve.xData is None or len(curve.xData) == 0 for curve in view.plot._later)


def test_in_the_past_the_crosshair_reads_what_came_later_as_well(view, hover):
    view.show_snapshot(snapshot(exam(), steep, history=history().until(2), past=Past((0, 40), (0, 4), 20, history())))
    hover(view.findChild(Crosshair), view.plot.place(3, 0.5))
    assert texts(view.reading)[0] == "epoch 3"


def marked(**changes):
    marks = (Mark(1.0, {"a": Text("Learning rate η: 0.5")}), Mark(3.0, {"b": Text("Batch size: 20")}))
    return snapshot(exam(), steep, marks=marks, **changes)


def test_changes_in_midst_of_the_run_are_marked_and_read(view, hover):
    view.show_snapshot(marked())
    assert list(view.plot._marks.xData) == [1, 1, 3, 3]
    crosshair = view.findChild(Crosshair)
    hover(crosshair, view.plot.place(1, 0.5))
    assert texts(view.reading)[:2] == ["epoch 1", "Learning rate η: 0.5"]
    hover(crosshair, view.plot.place(2, 0.5))
    assert not any("η" in line or "Batch" in line for line in texts(view.reading))


def test_the_pinned_moment_is_marked_while_it_is_one_of_this_run(view, hover):
    view.show_pinned(snapshot(exam(), steep, at=2.0))
    assert list(view.plot._pin.xData) == [2, 2]
    hover(view.findChild(Crosshair), view.plot.place(2, 0.5))
    assert "pinned" in texts(view.reading)
    view.show_pinned(replace(snapshot(exam(), steep, at=2.0), run=7))
    assert len(view.plot._pin.xData) == 0
    view.show_pinned(None)
    assert len(view.plot._pin.xData) == 0


def drawn(curve):
    """The points of a line of the plot."""
    x, y = curve.getData()
    return [] if x is None else list(zip(x.tolist(), y.tolist(), strict=True))


def long_history(penalty=math.nan):
    made = history(())
    for epoch in range(100):
        made.append((epoch, 1 + (-1) ** epoch / 2, 2, 0.5, 0.5, penalty))
        made.batches.append((epoch + 0.5, 3.0))
    return made


def captions(view):
    return [key.text for key in view.header._caption._keys]


def test_smoothing_draws_means_and_leaves_what_was_measured_behind(view, qtbot):
    view.show_snapshot(snapshot(exam(), steep, history=long_history()))
    assert {round(y, 3) for _, y in drawn(view.plot._train)} == {0.5, 1.5}
    assert drawn(view.plot._raw[0]) == []
    view.extras.smooth.trigger()
    assert all(0.8 < y < 1.2 for _, y in drawn(view.plot._train)[5:-5])
    assert {round(y, 3) for _, y in drawn(view.plot._raw[0])} == {0.5, 1.5}


def test_single_batches_are_drawn_where_they_are_wanted(view):
    view.show_snapshot(snapshot(exam(), steep, history=long_history()))
    assert drawn(view.plot._batches) == []
    view.extras.batches.trigger()
    assert drawn(view.plot._batches)[0] == (0.5, 3.0)
    assert "single batches" in captions(view)
    assert view._scale.high >= 3


def test_batches_of_a_loss_that_adds_up_are_not_compared_with_the_whole(view):
    project = chain("Sum", "linear", [(4, "tanh")], training={"loss": "rss"})
    view.show_project(project)
    compiled = Run(project).compiled
    view.extras.batches.trigger()
    view.show_snapshot(snapshot(project, lambda raw: raw[:, :1], history=long_history(), compiled=compiled))
    assert drawn(view.plot._batches) == []


def test_the_cost_with_its_penalty_is_drawn_where_there_is_one(view):
    assert drawn(view.plot._penalized) == []
    view.show_snapshot(snapshot(exam(), steep, history=long_history(penalty=4.0)))
    assert {round(y, 3) for _, y in drawn(view.plot._penalized)} == {4.5, 5.5}
    assert "train with penalty" in captions(view)
    view.extras.penalty.trigger()
    assert drawn(view.plot._penalized) == []
