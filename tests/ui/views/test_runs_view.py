from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QUndoStack

from annstudio.project import edits
from annstudio.ui.kept_runs import KeptRuns
from annstudio.ui.views.header import Switch
from annstudio.ui.views.runs_view import RunsView
from tests.ui.views.runs import exam, history, snapshot, steep


def shot(project, rows=None):
    made = history(rows) if rows is not None else history()
    return replace(snapshot(project, steep), project=project, at=4.0, history=made)


@pytest.fixture
def view(shown):
    stack = QUndoStack()
    kept = KeptRuns(stack)
    fast = edits.set_value(exam(), "training", "optimizer.learning_rate", 0.5)
    kept.keep(shot(exam()))
    kept.keep(shot(fast, rows=[(0, 1, 1, 0.5, 0.5), (4, 0.1, 0.2, 0.9, 0.8)]))
    made = shown(RunsView(), 900, 240)
    made.set_kept(kept)
    made.stack, made.kept = stack, kept
    made.show_project(exam())
    made.show_snapshot(shot(exam()))
    return made


def cells(view, row):
    return [view.table.item(row, column).text() for column in range(view.table.columnCount())]


def headings(view):
    return [view.table.horizontalHeaderItem(column).text() for column in range(view.table.columnCount())]


def test_the_table_names_what_differs_and_the_results(view):
    assert headings(view) == ["Run", "Learning rate η", "Epochs", "Train cost", "Val. cost", "Accuracy", "Note"]
    assert cells(view, 0) == ["Run 1", "0.001", "4", "0.114", "0.168", "0.900", ""]
    assert cells(view, 1) == ["Run 2", "0.5", "4", "0.100", "0.200", "0.800", ""]
    assert cells(view, 2)[0] == "this run"
    assert view.table.item(0, 1).font().bold()
    assert not view.table.item(0, 2).font().bold()


def test_all_curves_are_drawn_the_present_one_on_top(view, qtbot):
    curves = view.picture._curves
    assert [present for *_, present in curves] == [False, False, True]
    assert curves[1][2].tolist() == [1, pytest.approx(0.1)]
    switch = next(s for s in view.findChildren(Switch) if s.text() == "Val. cost")
    qtbot.mouseClick(switch, Qt.MouseButton.LeftButton)
    assert view.picture._curves[1][2].tolist() == [1, pytest.approx(0.2)]


def test_one_run_that_has_exploded_does_not_flatten_the_others(view):
    view.kept.keep(shot(exam(), rows=[(0, 1, 1, 0.5, 0.5), (4, 1e30, 1e30, 0.5, 0.5)]))
    assert view.picture._frame().y.high < 20
    assert not view.grab().isNull()


def test_a_name_and_a_note_are_written_in_the_table(view):
    view.table.item(0, 0).setText("slow")
    view.table.item(1, 6).setText("shaky")
    assert [(run.name, run.note) for run in view.kept.runs] == [("slow", ""), ("Run 2", "shaky")]
    view.stack.undo()
    assert cells(view, 1)[6] == ""
    assert not view.table.item(2, 0).flags() & Qt.ItemFlag.ItemIsEditable
    assert not view.table.item(0, 3).flags() & Qt.ItemFlag.ItemIsEditable


def test_the_selected_run_is_restored_or_removed(view, qtbot):
    assert not view.restore.isEnabled()
    view.table.selectRow(1)
    with qtbot.waitSignal(view.restore_wanted) as wanted:
        qtbot.mouseClick(view.restore, Qt.MouseButton.LeftButton)
    assert wanted.args[0].training["optimizer.learning_rate"] == 0.5
    qtbot.mouseClick(view.remove, Qt.MouseButton.LeftButton)
    assert [run.name for run in view.kept.runs] == ["Run 1"]
    assert view.table.rowCount() == 2


def test_the_present_run_can_be_kept_but_not_removed(view, qtbot):
    view.table.selectRow(2)
    assert not view.remove.isEnabled()
    with qtbot.waitSignal(view.keep_wanted):
        qtbot.mouseClick(view.keep, Qt.MouseButton.LeftButton)


def test_numbers_are_those_of_the_kept_runs(view):
    table = view.numbers()
    rows = list(table.rows)
    assert len(rows) == 5 + 2
    assert np.allclose(rows[-1][1:], [4, 0.1, 0.2, 0.9, 0.8])


def test_without_runs_it_says_what_to_do(shown):
    view = shown(RunsView())
    view.show_project(exam())
    assert "Keep a run" in view.picture.accessibleDescription()
