"""The samples as the last hidden layer sees them."""

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from annstudio.project.build import chain
from annstudio.training.run import Run
from annstudio.training.snapshot import RunState, Snapshot
from annstudio.ui.views.hidden_view import HiddenView

TWO = chain("Two", "circle", [(5, "tanh"), (2, "tanh")])
MANY = chain("Many", "iris", [(6, "tanh")])


def taken(run):
    """A snapshot of a run as it is now."""
    return Snapshot(
        1,
        RunState.PAUSED,
        None,
        run.trainer.epoch,
        run.trainer.steps,
        run.trainer.batches.count,
        project=run.project,
        prepared=run.prepared,
        compiled=run.compiled,
        flat=run.trainer.weights.copy(),
    )


def view_of(shown, run):
    view = shown(HiddenView(), 600, 400)
    view.show_project(run.project, run.prepared)
    view.show_snapshot(taken(run))
    return view


def test_two_units_are_the_axes(shown):
    run = Run(TWO)
    view = view_of(shown, run)
    rows = np.array([list(row) for row in view.numbers().rows])
    hidden = np.tanh(run.trainer.samples[0] @ run.compiled.network.views(run.trainer.weights)[0][0][:-1])
    # The first layer's biases start at 0, and so do those of the second.
    expected = np.tanh(hidden @ run.compiled.network.views(run.trainer.weights)[1][0][:-1])
    np.testing.assert_allclose(rows[:, :2], expected, atol=1e-6)
    assert [axis.name for axis in view.picture._plane.axes()] == ["unit 1", "unit 2"]


def test_the_ground_of_many_units_changes_straight_across_the_plane(shown):
    """Logarithms of a softmax's answers differ by a linear function of what comes in."""
    view = view_of(shown, Run(MANY))
    surface = np.log(view.picture._plane.surface.astype(float))
    difference = surface[..., 0] - surface[..., 1]
    for axis in (0, 1):
        np.testing.assert_allclose(np.diff(difference, 2, axis), 0, atol=1e-4)


def test_the_plane_turns_as_little_as_can_be_while_a_network_learns(shown):
    run = Run(MANY)
    view = view_of(shown, run)
    before = view.picture._plane.prepared.train.raw
    for _ in range(20):
        run.trainer.advance(1)
        view.show_snapshot(taken(run))
        after = view.picture._plane.prepared.train.raw
        # The best turn leaves nothing to turn: the cross product of before and after is symmetric.
        cross = after.T @ (before - before.mean(axis=0))
        assert abs(cross[0, 1] - cross[1, 0]) < 1e-6 * np.abs(cross).max()
        assert np.abs(after - before).max() < 1
        before = after


def test_the_dot_stands_for_a_sample_and_cannot_be_moved(shown):
    run = Run(MANY)
    view = view_of(shown, run)
    sample = run.prepared.train.raw[3:4]
    view.follow(lambda: sample)
    view.follow_on()
    flat = view.picture._plane.prepared.train.raw[3]
    assert [view.picture.dot.x, view.picture.dot.y] == pytest.approx(flat, abs=0.02)
    outputs = run.trainer.predict(run.prepared.train.inputs[3:4])[0]
    assert f"{100 * outputs.max():.0f} %" in view.picture.accessibleDescription()
    place = view.picture.dot
    QTest.keyClick(view.picture, Qt.Key.Key_Right)
    assert view.picture.dot == place


@pytest.mark.parametrize(
    ("layers", "word"), [([], "Dense layer"), ([(1, "tanh")], "single unit"), ([(3, "tanh")], "Press Run")]
)
def test_where_there_is_no_plane_a_sentence_says_why(shown, layers, word):
    run = Run(chain("None", "iris", layers))
    view = shown(HiddenView(), 600, 400)
    view.show_project(run.project, run.prepared)
    view.show_snapshot(taken(run) if word != "Press Run" else None)
    assert word in view.picture.accessibleDescription() + view.picture._sentence
    assert view.numbers() is None or word == "single unit"


def test_numbers_that_are_no_longer_finite_are_told(shown):
    run = Run(MANY)
    run.trainer.weights[:] = np.nan
    view = view_of(shown, run)
    assert "finite" in view.picture._sentence
    assert view.numbers() is None
