import math

import numpy as np
import pytest

from annstudio.project.build import chain
from annstudio.training.snapshot import RunState
from annstudio.ui.views.score_view import ScoreView
from tests.ui.views.runs import digits, snapshot


@pytest.fixture
def view(shown):
    made = shown(ScoreView())
    made.show_project(digits())
    return made


def always(number):
    return lambda raw: np.tile(np.eye(10)[number], (len(raw), 1))


def test_scores_are_the_latest_and_test_is_measured_at_rest(view):
    view.set_predictor(always(3))
    view.show_snapshot(snapshot(digits()))
    told = view.picture.accessibleDescription()
    part = view.prepared.test
    share = 100 * part.targets[:, 3].mean()
    assert f"Training ({len(view.prepared.train.raw):,} samples) 96.8 %" in told
    assert "Validation" in told
    assert "90.0 %" in told
    assert f"Test ({len(part.raw)} samples) {share:.1f} %" in told


def test_the_test_part_waits_while_the_run_is_on(view):
    shot = snapshot(digits(), state=RunState.RUNNING)
    asked = []
    view.set_predictor(lambda raw: asked.append(raw) or always(0)(raw))
    view.show_snapshot(shot)
    assert shot.prepared.test.raw.shape not in [raw.shape for raw in asked]
    assert "Pause to measure" in view.picture.accessibleDescription()


def test_the_test_part_is_measured_once_per_snapshot(view):
    asked = []
    view.set_predictor(lambda raw: asked.append(raw) or always(0)(raw))
    shot = snapshot(digits())
    view.show_snapshot(shot)
    view.show_snapshot(shot)
    assert [raw.shape for raw in asked].count(shot.prepared.test.raw.shape) == 1


def test_a_bar_is_as_long_as_its_share(view):
    view.show_snapshot(snapshot(digits()))
    view.picture.show_rows([("half", 0.5, "accent")])
    image = view.picture.grab().toImage()
    width = min(view.picture.width(), 520)
    row = next(y for y in range(image.height()) if image.pixelColor(20, y).name() == view.theme.accent) + 4
    filled = [x for x in range(width) if image.pixelColor(x, row).name() == view.theme.accent]
    assert max(filled) == pytest.approx(width / 2, abs=3)


def test_numbers_are_told_as_r2(view):
    view.picture.show_rows([("all", -0.25, "accent")], percent=False)
    assert view.picture.written(-0.25) == "−0.250"
    assert view.picture.written(math.nan) == "Pause to measure"
    assert not view.picture.grab().isNull()


def test_pictures_stand_below_the_figures_or_beside_them(view):
    view.set_predictor(always(0))
    view.show_snapshot(snapshot(digits()))
    assert view.wall.isVisible()
    assert view.wall.y() >= view.picture.geometry().bottom()
    view.resize(900, 300)
    assert view.wall.x() >= view.picture.geometry().right()
    view.resize(300, 150)
    assert not view.wall.isVisible()


def test_data_without_pictures_have_the_figures_alone(view):
    view.show_snapshot(snapshot(digits()))
    iris = chain("Iris", "iris", [(4, "tanh")])
    view.show_project(iris)
    view.show_snapshot(snapshot(iris))
    assert not view.wall.isVisible()
    assert not view._others.isVisible()
    assert view.picture.width() == view.width()


def test_the_button_shows_other_samples(view):
    view.set_predictor(always(0))
    view.show_snapshot(snapshot(digits()))
    before = view.wall.labels()
    view._others.click()
    assert view.wall.labels() != before
