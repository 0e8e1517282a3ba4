from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import Qt

from annstudio.project.build import chain
from annstudio.training.run import Run
from annstudio.training.snapshot import RunState
from annstudio.ui.views.header import Switch
from annstudio.ui.views.mistakes_view import MistakesView
from tests.ui.views.test_side_by_side import moment


@pytest.fixture
def make(shown):
    """Show a trained network's mistakes; its answers are counted."""

    def make(project, epochs=3, width=900):
        run = Run(project)
        while run.trainer.epoch < epochs:
            run.trainer.advance(run.trainer.batches.count)
        run.measure()
        view = shown(MistakesView(), width, 240)
        view.asked = []

        def predict(raw):
            view.asked.append(len(raw))
            inputs = run.prepared.scaler.transform(raw)
            return run.compiled.network.objective.readable(run.trainer.predict(inputs))

        view.set_predictor(predict)
        view.show_project(project)
        view.show_snapshot(moment(run))
        view.run = run
        return view

    return make


def caption(view):
    return [key.text for key in view.header._caption._keys]


def choose(view, text, qtbot):
    qtbot.mouseClick(next(s for s in view.findChildren(Switch) if s.text() == text), Qt.MouseButton.LeftButton)


def test_the_matrix_counts_the_validation_samples(make):
    view = make(chain("T", "iris", [(6, "tanh")]))
    run = view.run
    outputs = run.trainer.predict(run.prepared.validation.inputs)
    expected = np.zeros((3, 3), int)
    np.add.at(expected, (run.prepared.validation.targets.argmax(1), outputs.argmax(1)), 1)
    assert view.confusion._counts.tolist() == expected.tolist()
    wrong = int(expected.sum() - np.trace(expected))
    assert caption(view)[0] == f"{wrong} of {expected.sum()} wrong"
    assert len(view.roc._curves) == 3
    assert "area" in view.roc.accessibleDescription()


def test_a_cell_shows_its_samples_and_once_more_the_worst(make, qtbot):
    view = make(chain("T", "iris", [(6, "tanh")]), epochs=1)
    counts = view.confusion._counts
    true, said = map(int, np.argwhere(counts * (1 - np.eye(3, dtype=int)))[0])
    worst = [row.answer for row in view.samples.rows]
    qtbot.mouseClick(
        view.confusion, Qt.MouseButton.LeftButton, pos=view.confusion.place_of(true, said).center().toPoint()
    )
    assert len(view.samples.rows) == min(12, counts[true, said])
    names = [name.template if hasattr(name, "template") else name for name in view.schema.classes]
    assert all(names[said] in row.answer and names[true] in row.answer for row in view.samples.rows)
    assert not any(row.right for row in view.samples.rows)
    qtbot.mouseClick(
        view.confusion, Qt.MouseButton.LeftButton, pos=view.confusion.place_of(true, said).center().toPoint()
    )
    assert [row.answer for row in view.samples.rows] == worst


def test_cells_are_chosen_by_keys(make, qtbot):
    view = make(chain("T", "iris", [(6, "tanh")]))
    view.confusion.setFocus()
    qtbot.keyClick(view.confusion, Qt.Key.Key_Right)
    assert view.confusion.cell == (0, 0)
    qtbot.keyClick(view.confusion, Qt.Key.Key_Down)
    assert view.confusion.cell == (1, 0)
    assert "taken for" in view.confusion.accessibleDescription()
    qtbot.keyClick(view.confusion, Qt.Key.Key_Escape)
    assert view.confusion.cell is None


def test_another_part_is_asked_about(make, qtbot):
    view = make(chain("T", "exam", [(4, "tanh")]))
    assert view.asked == [80]
    choose(view, "Training", qtbot)
    assert view.asked == [80, 240]
    assert caption(view)[0].endswith("of 240 wrong")
    assert len(view.roc._curves) == 1


def test_a_part_without_samples_says_so(make):
    view = make(chain("T", "gate_xor", [(2, "tanh")]))
    assert "no samples" in view.confusion.accessibleDescription()


def test_pictures_are_shown_as_such(make):
    view = make(chain("T", "digits", [(16, "relu")]), epochs=1)
    assert all(row.image is not None and row.features == "" for row in view.samples.rows)
    assert view.confusion._counts.shape == (10, 10)
    assert not view.grab().isNull()


def test_a_regression_is_shown_by_agreement_and_residuals(make):
    view = make(chain("T", "linear", []))
    run = view.run
    outputs = run.trainer.predict(run.prepared.validation.inputs)[:, 0]
    targets = run.prepared.validation.targets[:, 0]
    assert view._left.currentWidget() is view.agreement
    assert view._middle.currentWidget() is view.residuals
    assert view.residuals._counts.sum() == len(targets)
    rmse = np.sqrt(np.mean((outputs - targets) ** 2))
    assert f"{rmse:#.3g}" in caption(view)[0]
    assert "target" in view.samples.rows[0].answer
    assert not view.grab().isNull()


def test_while_it_learns_a_few_looks_in_a_second_are_enough(make, monkeypatch):
    view = make(chain("T", "exam", [(4, "tanh")]))
    clock = [100.0]
    monkeypatch.setattr("annstudio.ui.views.mistakes_view.time.monotonic", lambda: clock[0])
    view._forget()
    count = len(view.asked)
    for _ in range(10):
        clock[0] += 0.07
        view.show_snapshot(replace(view.snapshot, state=RunState.RUNNING))
    assert 2 <= len(view.asked) - count <= 3


def test_without_a_network_it_says_what_to_do(shown):
    view = shown(MistakesView())
    view.show_project(chain("T", "exam", [(4, "tanh")]))
    assert "Press Run" in view.confusion.accessibleDescription()


def test_in_a_narrow_window_the_matrix_stays(make):
    view = make(chain("T", "iris", [(6, "tanh")]), width=300)
    assert view.confusion.isVisible()
    assert not view.samples.isVisible()


def test_the_test_part_is_for_the_end(make, qtbot):
    view = make(chain("T", "exam", [(4, "tanh")]))
    view.show_snapshot(replace(view.snapshot, state=RunState.RUNNING))
    choose(view, "Test", qtbot)
    assert "for the end" in view.confusion.accessibleDescription()
    view.show_snapshot(replace(view.snapshot, state=RunState.PAUSED))
    assert caption(view)[0].endswith("of 80 wrong")
