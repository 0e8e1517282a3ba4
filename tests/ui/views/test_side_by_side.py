from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from annstudio.engine.plan import Evaluator
from annstudio.project import edits
from annstudio.training.run import Run
from annstudio.training.snapshot import RunState, Snapshot
from annstudio.training.trained import LayerWeights
from annstudio.ui.views.side_by_side import SideBySide
from tests.ui.views.runs import exam


def moment(run):
    flat = run.trainer.weights.copy()
    return Snapshot(
        1,
        RunState.PAUSED,
        None,
        run.progress.epoch,
        run.progress.step,
        run.trainer.batches.count,
        flat=flat,
        weights={node_id: LayerWeights(parts) for node_id, parts in run.compiled.parts(flat).items()},
        project=run.project,
        history=run.history.until(1e9),
        prepared=run.prepared,
        compiled=run.compiled,
        surface=run.surface(),
        extent=run.extent,
        batch=run.trainer.batch,
    )


def captions(half):
    return [key.text for key in half.header._caption._keys]


@pytest.fixture(scope="module")
def moments():
    run = Run(exam())
    run.measure()
    first = moment(run)
    while run.trainer.epoch < 30:
        run.trainer.advance(run.trainer.batches.count)
    run.measure()
    return first, moment(run)


@pytest.fixture
def view(shown, moments):
    made = shown(SideBySide(), 900, 260)
    made.set_predictor(lambda raw: np.full((len(raw), 1), 0.25))
    made.show_project(exam())
    made.show_snapshot(moments[1])
    return made


def test_without_a_pinned_moment_it_offers_to_pin_one(view, qtbot):
    assert not view.before.isVisible()
    with qtbot.waitSignal(view.pin_wanted):
        qtbot.mouseClick(view.findChild(QPushButton), Qt.MouseButton.LeftButton)


def test_before_there_is_a_network_there_is_nothing_to_pin(shown):
    view = shown(SideBySide())
    view.show_project(exam())
    assert not view.findChild(QPushButton).isEnabled()


def test_both_moments_say_which_they_are_and_how_good(view, moments):
    view.show_pinned(moments[0])
    assert captions(view.before)[0] == "epoch 0"
    assert captions(view.now)[0] == "epoch 30"
    for half, shot in zip((view.before, view.now), moments, strict=True):
        assert captions(half)[1] == f"train cost {shot.history.column('train_cost')[-1]:#.3g}"


def test_the_pinned_moment_stays_while_the_shown_one_goes_on(view, moments):
    view.show_pinned(moments[1])
    view.show_snapshot(moments[0])
    assert captions(view.before)[0] == "epoch 30"
    assert captions(view.now)[0] == "epoch 0"


def test_the_same_weight_has_the_same_color_in_both(view, moments):
    view.show_pinned(moments[0])
    scales = {half.weights.picture._made()[0].scale for half in (view.before, view.now)}
    assert len(scales) == 1
    assert view.before.weights.picture._make()[0].scale >= max(
        np.abs(part).max() for shot in moments for each in shot.weights.values() for part in each.parts.values()
    )


def test_the_pinned_moment_answers_with_its_own_weights(view, moments):
    view.show_pinned(moments[0])
    raw = np.array([[6.0, 20.0]])
    network, flat = moments[0].compiled.network, moments[0].flat
    outputs = Evaluator(network, flat).outputs(moments[0].prepared.scaler.transform(raw).astype(flat.dtype))[1]
    answer = view.before.prediction.view.picture._predict(raw)
    assert answer == pytest.approx(network.objective.readable(outputs))
    assert view.now.prediction.view.picture._predict(raw) == 0.25


def test_an_edit_leaves_the_pinned_moment_with_its_own_network(view, moments):
    view.show_pinned(moments[0])
    wider = edits.set_value(exam(), "dense-1", "units", 9)
    view.show_project(wider)
    other = Run(wider)
    other.measure()
    view.show_snapshot(moment(other))
    kernels = [half.weights.picture._made()[0].layer.weights.kernel.shape for half in (view.before, view.now)]
    assert kernels == [(2, 4), (2, 9)]


def test_unpinned_it_offers_to_pin_again(view, moments, qtbot):
    view.show_pinned(moments[0])
    assert view.before.isVisible()
    view.show_pinned(None)
    assert not view.before.isVisible()


def test_where_there_is_little_room_the_weights_are_left_out(view, moments):
    view.show_pinned(replace(moments[0], batch=3))
    assert view.before.weights.isVisible()
    view.resize(600, 260)
    assert not view.before.weights.isVisible()
    assert view.before.prediction.isVisible()
    assert captions(view.before)[0] == "epoch 0, batch 3"
