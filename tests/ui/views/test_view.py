"""What holds for every live view."""

import importlib
import pkgutil
import subprocess
import sys

import pytest
from PySide6.QtCore import Qt

from annstudio.ui import views
from annstudio.ui.appearance import Choice
from annstudio.ui.style import palette_of
from annstudio.ui.theme import DARK
from annstudio.ui.views.activation_view import ActivationPicture, ActivationView
from annstudio.ui.views.painting import picture_painter
from annstudio.ui.views.view import Picture, TitledView, View
from annstudio.ui.views.vitals_view import VitalsView
from tests.ui.views.runs import digits, exam, snapshot, steep


def found(base):
    modules = [importlib.import_module(f"{views.__name__}.{m.name}") for m in pkgutil.iter_modules(views.__path__)]
    classes = {member for module in modules for member in vars(module).values() if isinstance(member, type)}
    return sorted((c for c in classes if issubclass(c, base)), key=lambda c: c.__name__)


VIEWS = [view for view in found(View) if view not in {View, TitledView, VitalsView}]


@pytest.fixture(params=VIEWS, ids=lambda view: view.__name__)
def view(request):
    return request.param()


def test_they_were_found():
    assert {view.__name__ for view in VIEWS} >= {"LossView", "BoundaryView", "FitView", "PredictionView", "WeightsView"}


def test_a_hidden_view_does_no_work_until_it_is_shown(view, shown, monkeypatch):
    refreshed, painted = [], []
    monkeypatch.setattr(view, "_refresh", lambda: refreshed.append(1))
    for picture in view.findChildren(Picture):
        monkeypatch.setattr(type(picture), "paintEvent", lambda *_: painted.append(1))
    project = exam()
    view.show_project(project)
    view.show_snapshot(snapshot(project, steep))
    view.show_snapshot(snapshot(project, steep))
    view.select_node("dense-1")
    assert (refreshed, painted) == ([], [])
    shown(view)
    assert len(refreshed) == 1


def test_it_has_a_name_and_needs_no_run(view, shown):
    shown(view)
    assert view.accessibleName()
    view.show_project(exam())
    view.show_snapshot(None)
    view.select_node(None)
    assert not view.grab().isNull()


@pytest.mark.parametrize("size", [(200, 150), (1366, 700)])
@pytest.mark.parametrize("project", [exam(), digits()], ids=["exam", "digits"])
def test_it_fits_any_size(view, shown, size, project):
    shown(view, *size)
    view.show_project(project)
    view.show_snapshot(snapshot(project, steep))
    view.select_node("output")
    assert view.minimumSizeHint().width() <= 200
    assert (view.width(), view.height()) == size
    assert not view.grab().isNull()


def test_it_follows_the_theme(view, shown):
    project = exam()
    shown(view)
    view.show_project(project)
    view.show_snapshot(snapshot(project, steep))
    view.select_node("dense-1")
    light = view.grab().toImage()
    view.setPalette(palette_of(DARK))
    assert view.grab().toImage() != light


@pytest.mark.parametrize("hidden", [False, True], ids=["shown", "hidden"])
def test_every_color_follows_the_appearance_at_once(view, shown, appearance, hidden):
    project, fresh = exam(), type(view)()
    shot = snapshot(project, steep)
    for each in (view, fresh):
        each.show_project(project)
        each.show_snapshot(shot)
        each.select_node("dense-1")
    shown(view).setVisible(not hidden)
    appearance.choose(Choice.DARK)
    view.show()
    assert view.grab().toImage() == shown(fresh).grab().toImage()


def test_pictures_look_the_same_in_windows_from_right_to_left(view, shown, dressed):
    project = exam()
    shown(view)
    view.show_project(project)
    view.show_snapshot(snapshot(project, steep))
    view.select_node("dense-1")
    pictures = [picture for picture in view.findChildren(Picture) if picture.isVisible()]
    before = [picture.grab().toImage() for picture in pictures]
    dressed.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    try:
        assert [picture.grab().toImage() for picture in pictures] == before
    finally:
        dressed.setLayoutDirection(Qt.LayoutDirection.LeftToRight)


def test_a_snapshot_of_other_data_is_left_out(view):
    view.show_project(exam())
    view.show_snapshot(snapshot(digits()))
    assert view.snapshot is None
    view.show_snapshot(snapshot(exam(), steep))
    assert view.snapshot is not None
    view.show_project(digits())
    assert view.snapshot is None
    assert view.prepared is None


def test_importing_them_loads_no_pyqtgraph():
    modules = [f"{views.__name__}.{m.name}" for m in pkgutil.iter_modules(views.__path__) if m.name != "loss_plot"]
    program = (
        f"import sys, importlib\nfor m in {modules}: importlib.import_module(m)\nassert 'pyqtgraph' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", program], check=True)


def test_a_picture_that_cannot_be_painted_says_so_once_until_there_is_something_new(shown, monkeypatch):
    reported, tried = [], []
    monkeypatch.setattr(sys, "excepthook", lambda *error: reported.append(error))

    def fail(picture):
        tried.append(picture)
        with picture_painter(picture):
            _ = 1 / 0

    monkeypatch.setattr(ActivationPicture, "paint_picture", fail)
    view = shown(ActivationView())
    for _ in range(3):
        view.picture.grab()
    assert (len(reported), len(tried)) == (1, 1)
    assert reported[0][0] is ZeroDivisionError
    assert not view.picture.grab().isNull()
    view.show_project(exam())
    view.picture.grab()
    assert len(tried) == 2
