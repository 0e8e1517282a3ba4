"""The tabs below the canvas share what the student does in one of them."""

import numpy as np
import pytest

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
        tabs._views[0][2].node_clicked.emit("dense-1")
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
