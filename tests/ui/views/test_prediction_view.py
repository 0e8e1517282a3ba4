import numpy as np
import pytest

from annstudio.data.sources import sources
from annstudio.project.build import chain
from annstudio.ui.views.boundary_view import BoundaryView
from annstudio.ui.views.fit_view import FitView
from annstudio.ui.views.prediction_view import PredictionView
from annstudio.ui.views.score_view import ScoreView
from tests.ui.views.runs import exam, snapshot, steep


@pytest.mark.parametrize("key", list(sources))
def test_every_data_set_has_its_picture(shown, key):
    project = chain(key, key, [(3, "tanh")])
    view = shown(PredictionView())
    view.show_project(project)
    outputs = sources[key].schema.outputs
    view.show_snapshot(snapshot(project, lambda raw: np.full((len(raw), outputs), 0.5)))
    suits = {1: FitView, 2: BoundaryView}.get(sources[key].schema.inputs, ScoreView)
    visible = [child for child in view.findChildren(suits) if child.isVisible()]
    assert len(visible) == 1
    assert view.view is visible[0]
    assert not view.grab().isNull()


def test_the_dot_and_the_predictor_reach_the_boundary(shown, qtbot):
    view = shown(PredictionView())
    view.show_project(exam())
    view.set_predictor(lambda raw: np.full((len(raw), 1), 0.25))
    view.show_snapshot(snapshot(exam(), steep))
    with qtbot.waitSignal(view.dot_moved) as moved:
        view.view.picture.move_dot(2, 8)
    assert moved.args == [2.0, 8.0]
    assert "25 %" in view.view.picture.accessibleDescription()


def test_only_the_picture_in_view_works(shown, monkeypatch):
    view = shown(PredictionView())
    refreshed = []
    for kind in (FitView, BoundaryView, ScoreView):
        child = view.findChild(kind)
        monkeypatch.setattr(child, "_refresh", lambda child=child: refreshed.append(child))
    view.show_project(exam())
    view.show_snapshot(snapshot(exam(), steep))
    assert set(refreshed) == {view.findChild(BoundaryView)}
