"""The tabs below the canvas share what the student does in one of them."""

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import Qt
from shiboken6 import isValid

from annstudio.project import edits
from annstudio.training.run import Run
from annstudio.training.snapshot import RunState, Snapshot
from annstudio.ui.kept_runs import KeptRuns
from annstudio.ui.view_tabs import ViewTabs
from annstudio.ui.views.view import Picture


@pytest.fixture
def tabs(qtbot, dressed, document):
    run = Run(document.project)
    tabs = ViewTabs(document, lambda raw: np.full((len(raw), 1), 0.5), KeptRuns(document.undo_stack))
    qtbot.addWidget(tabs)
    tabs.resize(900, 300)
    tabs.show()
    tabs.start()
    snapshot = Snapshot(
        1,
        RunState.READY,
        None,
        0,
        0,
        1,
        weights=run.layer_weights(),
        project=document.project,
        history=run.history,
        prepared=run.prepared,
        surface=run.surface(),
        extent=run.extent,
    )
    tabs.show_snapshot(snapshot)
    return tabs


def test_the_dot_is_the_same_one_in_every_tab(tabs, qtbot):
    overview = tabs._predictions[0].view
    overview.picture.move_dot(3, 30)
    tabs.setCurrentIndex(2)
    qtbot.waitUntil(lambda: tabs._predictions[1].view.dot is not None)
    qtbot.waitUntil(lambda: (tabs._predictions[1].view.dot.x, tabs._predictions[1].view.dot.y) == (3, 30))
    tabs._predictions[1].view.picture.move_dot(9, 5)
    tabs.setCurrentIndex(0)
    qtbot.waitUntil(lambda: (overview.dot.x, overview.dot.y) == (9, 5))


def test_a_click_on_a_heatmap_names_its_layer(tabs, qtbot):
    with qtbot.waitSignal(tabs.node_clicked) as clicked:
        tabs._pages[0].views[2].node_clicked.emit("dense-1")
    assert clicked.args == ["dense-1"]


def sentences(tabs):
    return [picture.accessibleDescription() for picture in tabs.findChildren(Picture) if picture.isVisible()]


def cannot_run(tabs):
    return sum("cannot run yet" in sentence for sentence in sentences(tabs))


@pytest.mark.parametrize("change", [("source", "digits"), ("source.noise", 0.1), ("source", "linear")])
def test_nothing_of_the_old_data_stays_where_the_new_cannot_run(tabs, document, change):
    project = edits.set_value(document.project, "output", "units", 3)
    document.apply("pin", project)
    assert cannot_run(tabs) == 0
    if change[0] == "source.noise":
        project = edits.set_value(project, "data", "source", "circle")
        document.apply("circle", project)
    document.apply("data", edits.set_value(project, "data", *change))
    assert cannot_run(tabs) == 3
    assert not any(view.snapshot for view in tabs._all_views())
    tabs.show_snapshot(tabs._latest)
    assert cannot_run(tabs) == 3


def test_the_picture_comes_back_with_its_data(tabs, document):
    tabs.show_snapshot(tabs._latest)
    shots = [view.snapshot for view in tabs._all_views()]
    document.apply("pin", edits.set_value(document.project, "output", "units", 3))
    document.apply("data", edits.set_value(document.project, "data", "source", "digits"))
    document.undo_stack.undo()
    assert [view.snapshot for view in tabs._all_views()] == shots


def test_nothing_of_the_last_document_stays(tabs, document):
    assert any(view.snapshot for view in tabs._all_views())
    tabs.show_snapshot(None)
    document.replace(edits.remove(document.project, [], document.project.design.wires[:1]))
    assert not any(view.snapshot for view in tabs._all_views())
    assert cannot_run(tabs) == 3


@pytest.fixture
def window(tabs, qtbot):
    with qtbot.waitSignal(tabs.window_opened) as opened:
        tabs.open_window()
    (window,) = opened.args
    qtbot.waitExposed(window)
    yield window
    if isValid(window):
        window.close()


def test_a_window_of_its_own_follows_the_run_and_the_project(tabs, window, document):
    views = window.page.views
    assert [type(view) for view in views] == [type(view) for view in tabs._pages[0].views]
    assert all(view.snapshot is tabs._latest for view in views)
    tabs.show_snapshot(None)
    assert not any(view.snapshot for view in views)
    document.apply("data", edits.set_value(document.project, "data", "source", "circle"))
    assert all(view.project is document.project for view in views)
    tabs.setCurrentIndex(3)
    assert window.isVisible()


def test_the_dot_is_the_same_one_in_a_window(tabs, window, qtbot):
    inside, outside = window.page.views[1], tabs._pages[0].views[1]
    inside.view.picture.move_dot(3, 30)
    tabs.setCurrentIndex(1)
    tabs.setCurrentIndex(0)
    qtbot.waitUntil(lambda: (outside.view.dot.x, outside.view.dot.y) == (3, 30))


def test_a_closed_window_is_forgotten(tabs, window, qtbot):
    views = window.page.views
    window.close()
    qtbot.waitUntil(lambda: not isValid(window))
    assert not set(map(id, views)) & set(map(id, tabs._all_views()))
    assert len(tabs._predictions) == 1
    tabs.show_snapshot(tabs._latest)
    tabs._share_dot()


def test_windows_close_with_the_main_one(tabs, window, qtbot):
    tabs.closing.emit()
    qtbot.waitUntil(lambda: not isValid(window))


def test_a_window_asks_for_the_menu_of_its_views(tabs, window, qtbot):
    with qtbot.waitSignal(tabs.menu_wanted) as asked:
        qtbot.mouseClick(window.page.more, Qt.MouseButton.LeftButton)
    assert asked.args[0] == window.page.views


@pytest.mark.parametrize("number", range(11))
def test_every_tab_can_have_a_window(tabs, qtbot, number):
    tabs.setCurrentIndex(number)
    with qtbot.waitSignal(tabs.window_opened) as opened:
        tabs.open_window()
    (window,) = opened.args
    qtbot.waitExposed(window)
    assert window.page.seen
    window.close()
    qtbot.waitUntil(lambda: not isValid(window))


def test_the_dot_of_the_hidden_space_is_the_one_beside_it_from_the_start(tabs, qtbot, document):
    run = Run(document.project)
    tabs.show_snapshot(replace(tabs._latest, compiled=run.compiled, flat=run.trainer.weights.copy()))
    tabs.setCurrentIndex([tab.info.key for tab in tabs._tabs].index("hidden"))
    hidden, before = tabs._pages[tabs.currentIndex()].views
    qtbot.waitUntil(lambda: before.sample is not None)
    values = hidden._space.values(tabs._latest.prepared.scaler.transform(before.sample))
    x, y = hidden._projection.project(values)[0]
    dot = hidden.picture.dot
    assert (dot.x, dot.y) == pytest.approx((x, y), abs=0.05)
    assert hidden.picture._held is not None
