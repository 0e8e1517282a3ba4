"""The dialog of films, as it is used: choose, save, wait."""

import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QLabel, QMessageBox

from annstudio.training.snapshot import RunState
from annstudio.ui.film.dialog import FilmDialog


@pytest.fixture
def dialog(real_controller, appearance, qtbot, tmp_path):
    real_controller.start()
    qtbot.waitUntil(lambda: real_controller.state is RunState.READY, timeout=20_000)
    for epoch in range(3):
        real_controller.step_epoch()
        qtbot.waitUntil(lambda epoch=epoch: real_controller.snapshot.epoch > epoch, timeout=20_000)
    page = QLabel("a page")
    page.resize(300, 120)
    qtbot.addWidget(page)
    made = FilmDialog(real_controller, page, "Exam", tmp_path / "exam", None)
    qtbot.addWidget(made)
    made.show()
    return made


def answer(monkeypatch, path):
    monkeypatch.setattr(QFileDialog, "exec", lambda dialog: path is not None)
    monkeypatch.setattr(QFileDialog, "selectedFiles", lambda dialog: [str(path)])


def pick(combo, key):
    combo.setCurrentIndex(combo.findData(key))


def save(dialog, qtbot):
    qtbot.mouseClick(dialog.save_button, Qt.MouseButton.LeftButton)


def test_an_animation_is_saved(dialog, qtbot, monkeypatch, tmp_path, real_controller):
    answer(monkeypatch, tmp_path / "exam.gif")
    dialog.frames.setValue(4)
    dialog.pace.setValue(5)
    assert dialog.length.text() == "0.8 seconds"
    save(dialog, qtbot)
    assert not dialog.save_button.isEnabled()
    assert dialog.progress.isVisible()
    qtbot.waitUntil(lambda: dialog.path is not None, timeout=20_000)
    assert not dialog.isVisible()
    with Image.open(tmp_path / "exam.gif") as image:
        assert image.size == (300, 150)
        assert image.info["duration"] == 200
    qtbot.waitUntil(lambda: not real_controller.snapshot.past.behind, timeout=20_000)


def test_pictures_are_saved_and_the_kind_is_remembered(dialog, qtbot, monkeypatch, tmp_path, real_controller):
    answer(monkeypatch, tmp_path / "exam")
    pick(dialog.kind, "png")
    assert not dialog.pace.isEnabled()
    dialog.frames.setValue(2)
    save(dialog, qtbot)
    qtbot.waitUntil(lambda: dialog.path is not None, timeout=20_000)
    assert [path.name for path in sorted((tmp_path / "exam").iterdir())] == ["001.png", "002.png"]
    again = FilmDialog(real_controller, QLabel(), "Exam", tmp_path / "exam", None)
    qtbot.addWidget(again)
    assert again.kind.currentData() == "png"


def test_a_bad_place_is_told_and_another_can_be_chosen(dialog, qtbot, monkeypatch, tmp_path):
    told = []
    monkeypatch.setattr(QMessageBox, "warning", lambda *arguments: told.append(arguments[-1]))
    answer(monkeypatch, tmp_path / "missing" / "exam.gif")
    save(dialog, qtbot)
    qtbot.waitUntil(lambda: bool(told), timeout=20_000)
    assert dialog.isVisible()
    assert dialog.save_button.isEnabled()
    answer(monkeypatch, tmp_path / "exam.gif")
    save(dialog, qtbot)
    qtbot.waitUntil(lambda: dialog.path is not None, timeout=20_000)


def test_cancel_ends_it_and_the_run_is_shown_as_before(dialog, qtbot, monkeypatch, tmp_path, real_controller):
    answer(monkeypatch, tmp_path / "exam.gif")
    save(dialog, qtbot)
    qtbot.mouseClick(dialog.close_button, Qt.MouseButton.LeftButton)
    assert not dialog.isVisible()
    qtbot.waitUntil(lambda: not real_controller.snapshot.past.behind, timeout=20_000)
    assert not (tmp_path / "exam.gif").exists()


def test_without_an_answer_nothing_begins(dialog, qtbot, monkeypatch):
    answer(monkeypatch, None)
    save(dialog, qtbot)
    assert dialog.save_button.isEnabled()
