"""The dialog of figures, as it is used: choose, look, save, copy."""

import xml.etree.ElementTree as ET

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QFileDialog, QMessageBox

from annstudio.project.build import chain
from annstudio.ui.figure.choices import Choices, remember, remembered
from annstudio.ui.figure.dialog import FigureDialog


@pytest.fixture
def make(appearance, qtbot, tmp_path):
    """Open the dialog; settings are as on a first start."""

    def make():
        dialog = FigureDialog(chain("Exam", "exam", [(4, "tanh")]), tmp_path / "exam", None)
        qtbot.addWidget(dialog)
        dialog.show()
        qtbot.waitUntil(lambda: dialog._measures.text() != "")
        return dialog

    return make


@pytest.fixture
def choose(monkeypatch):
    """Let the file dialog answer with this path."""

    def choose(path):
        monkeypatch.setattr(QFileDialog, "exec", lambda dialog: path is not None)
        monkeypatch.setattr(QFileDialog, "selectedFiles", lambda dialog: [str(path)])

    return choose


def pick(combo, key):
    combo.setCurrentIndex(combo.findData(key))


def press(qtbot, button):
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def test_the_preview_follows_every_choice(make, qtbot):
    dialog = make()
    seen = [dialog._sketch]

    def wait_for_another():
        qtbot.waitUntil(lambda: dialog._sketch is not seen[-1])
        assert dialog._sketch.image != seen[-1].image
        seen.append(dialog._sketch)

    pick(dialog._style, "neurons")
    wait_for_another()
    pick(dialog._theme, "print")
    wait_for_another()
    qtbot.keyClick(dialog._legend, Qt.Key.Key_Space)
    wait_for_another()
    qtbot.keyClick(dialog._transparent, Qt.Key.Key_Space)
    wait_for_another()
    assert seen[-1].image.size().width() <= dialog._preview.room[0]


def test_the_size_is_told_in_what_counts_for_the_format(make, qtbot):
    dialog = make()
    assert dialog._measures.text().endswith(" cm")
    pick(dialog._kind, "png")
    qtbot.waitUntil(lambda: dialog._measures.text().endswith(" pixels"))
    width = dialog._sketch.drawing.page.width
    dialog._scale.setValue(3.0)
    qtbot.waitUntil(lambda: dialog._measures.text().startswith(f"{3 * width:,.0f} × "))


@pytest.mark.parametrize(("kind", "start"), [("svg", b"<?xml"), ("pdf", b"%PDF"), ("png", b"\x89PNG")])
def test_saving_writes_the_chosen_format_and_closes(make, choose, qtbot, tmp_path, kind, start):
    dialog = make()
    choose(tmp_path / f"out.{kind}")
    pick(dialog._kind, kind)
    press(qtbot, dialog._save)
    qtbot.waitUntil(lambda: not dialog.isVisible())
    assert (tmp_path / f"out.{kind}").read_bytes().startswith(start)


def test_a_failure_is_told_in_a_sentence_and_the_dialog_stays(make, choose, qtbot, tmp_path, monkeypatch):
    told = []
    monkeypatch.setattr(QMessageBox, "warning", lambda window, title, sentence: told.append(sentence))
    dialog = make()
    choose(tmp_path / "nowhere" / "out.svg")
    press(qtbot, dialog._save)
    qtbot.waitUntil(lambda: bool(told))
    assert told[0].startswith("“out.svg” cannot be saved: there is no folder")
    assert dialog.isVisible()
    assert dialog._save.isEnabled()


def test_copying_puts_svg_and_an_image_on_the_clipboard(make, qtbot):
    dialog = make()
    press(qtbot, dialog._copy)
    qtbot.waitUntil(lambda: dialog._copy.text() == "Copied")
    data = QGuiApplication.clipboard().mimeData()
    assert ET.fromstring(bytes(data.data("image/svg+xml").data())).tag.endswith("svg")
    page = dialog._sketch.drawing.page
    assert QImage(data.imageData()).size().toTuple() == (round(page.width), round(page.height))


def test_choices_are_remembered(make):
    dialog = make()
    pick(dialog._style, "blocks")
    pick(dialog._kind, "pdf")
    dialog._legend.setChecked(False)
    dialog.reject()
    assert remembered() == Choices(style="blocks", kind="pdf", legend=False)
    again = make()
    assert (again._style.currentData(), again._kind.currentData(), again._legend.isChecked()) == (
        "blocks",
        "pdf",
        False,
    )


def test_a_choice_that_is_no_longer_there_is_forgotten(appearance):
    remember(Choices(style="cubes"))
    assert remembered() == Choices()
