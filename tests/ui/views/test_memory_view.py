"""What the optimizer remembers, as it was seen."""

import math

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from annstudio.project.build import chain
from annstudio.training.run import Run
from annstudio.training.snapshot import RunState, Snapshot
from annstudio.ui.views.memory_view import MemoryView


def seen(shown, optimizer, epochs=3):
    project = chain("Test", "exam", [(4, "tanh")], training={"optimizer": optimizer})
    run = Run(project)
    run.look()
    for _ in range(epochs):
        run.trainer.advance(run.trainer.batches.count)
        run.look()
    view = shown(MemoryView(), 700, 260)
    view.show_project(project, run.prepared)
    snapshot = Snapshot(
        1, RunState.PAUSED, None, epochs, run.trainer.steps, 1, project=project, prepared=run.prepared,
        compiled=run.compiled, vitals=run.judging.vitals.kept, at=float(epochs),
    )  # fmt: skip
    view.show_snapshot(snapshot)
    return run, view


def choices(view):
    return [view.box.itemText(number) for number in range(view.box.count())]


def choose(view, word):
    number = next(number for number, text in enumerate(choices(view)) if word in text)
    view.box.setFocus()
    QTest.keyClick(view.box, Qt.Key.Key_Home)
    for _ in range(number):
        QTest.keyClick(view.box, Qt.Key.Key_Down)


@pytest.mark.parametrize(
    ("optimizer", "slots"),
    [("adam", ["Average gradient m", "Average squared gradient v"]), ("momentum", ["Velocity v"])],
)
def test_there_is_a_choice_for_each_slot_of_the_optimizer(shown, optimizer, slots):
    _, view = seen(shown, optimizer)
    assert choices(view)[2:] == slots


def test_the_bars_are_the_root_mean_squares_of_the_slot(shown):
    run, view = seen(shown, "adam")
    choose(view, "squared")
    blocks = run.compiled.network.views(run.trainer.state["squared_average"])
    expected = [math.sqrt((block[0][:-1] ** 2).mean()) for block in blocks]
    assert [bar.value for bar in view.bars.bars] == pytest.approx(expected, rel=1e-5)


def test_plain_descent_steps_at_the_learning_rate(shown):
    run, view = seen(shown, "sgd")
    choose(view, "counts")
    rate = float(run.trainer.live["learning_rate"])
    assert [bar.value for bar in view.bars.bars] == pytest.approx([rate, rate], rel=1e-4)


def test_what_the_optimizer_does_not_remember_is_not_shown(shown):
    _, view = seen(shown, "sgd")
    choose(view, "Velocity")
    rows = [dict(zip(view.numbers().names, row, strict=True)) for row in view.numbers().rows]
    assert len(rows) == 4 * 2
    assert all(row["velocity_rms"] == 0 for row in rows)
    assert all(row["step_rms"] > 0 for row in rows)


def test_before_a_run_a_sentence_says_what_to_do(shown):
    view = shown(MemoryView(), 700, 260)
    view.show_project(chain("Test", "exam", [(4, "tanh")]))
    assert "Press Run" in view.bars.accessibleDescription()
    assert view.numbers() is None


def test_a_click_selects_the_layer_whose_past_is_shown(shown, qtbot):
    _, view = seen(shown, "adam")
    with qtbot.waitSignal(view.node_clicked) as clicked:
        QTest.mouseClick(view.bars, Qt.MouseButton.LeftButton, pos=QPoint(30, 8))
    view.select_node(clicked.args[0])
    assert view.spreads._epochs.tolist() == [0, 1, 2, 3]
    assert not np.isnan(view.spreads._quantiles).any()
