"""The dialog of figures, as it is used: choose, look, save, copy."""

import xml.etree.ElementTree as ET

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QFileDialog, QMessageBox

from annstudio.project.build import chain
from annstudio.ui.figure.choices import Choices, remember, remembered
from annstudio.ui.figure.dialog import FigureDialog
from annstudio.ui.main_window import MainWindow


@pytest.fixture
def make(appearance, qtbot, tmp_path):
    """Open the dialog; settings are as on a first start."""

    def make():
        dialog = FigureDialog(chain("Exam", "exam", [(4, "tanh")]), tmp_path / "exam", None)
        qtbot.addWidget(dialog)
        dialog.show()
        qtbot.waitUntil(lambda: dialog.form.measures.text() != "")
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
    seen = [dialog.sketch]

    def wait_for_another():
        qtbot.waitUntil(lambda: dialog.sketch is not seen[-1])
        assert dialog.sketch.image != seen[-1].image
        seen.append(dialog.sketch)

    pick(dialog.form.style_field, "neurons")
    wait_for_another()
    pick(dialog.form.theme_field, "print")
    wait_for_another()
    qtbot.keyClick(dialog.form.legend_field, Qt.Key.Key_Space)
    wait_for_another()
    qtbot.keyClick(dialog.form.transparent_field, Qt.Key.Key_Space)
    wait_for_another()
    assert seen[-1].image.size().width() <= dialog.preview.room[0]


def test_the_size_is_told_in_what_counts_for_the_format(make, qtbot):
    dialog = make()
    assert dialog.form.measures.text().endswith(" cm")
    pick(dialog.form.kind_field, "png")
    qtbot.waitUntil(lambda: dialog.form.measures.text().endswith(" pixels"))
    width = dialog.sketch.drawing.page.width
    dialog.form.scale_field.setValue(3.0)
    qtbot.waitUntil(lambda: dialog.form.measures.text().startswith(f"{3 * width:,.0f} × "))


@pytest.mark.parametrize(("kind", "start"), [("svg", b"<?xml"), ("pdf", b"%PDF"), ("png", b"\x89PNG")])
def test_saving_writes_the_chosen_format_and_closes(make, choose, qtbot, tmp_path, kind, start):
    dialog = make()
    choose(tmp_path / f"out.{kind}")
    pick(dialog.form.kind_field, kind)
    press(qtbot, dialog.save_button)
    qtbot.waitUntil(lambda: not dialog.isVisible())
    assert dialog.path == tmp_path / f"out.{kind}"
    assert dialog.path.read_bytes().startswith(start)


def test_a_failure_is_told_in_a_sentence_and_the_dialog_stays(make, choose, qtbot, tmp_path, monkeypatch):
    told = []
    monkeypatch.setattr(QMessageBox, "warning", lambda window, title, sentence: told.append(sentence))
    dialog = make()
    choose(tmp_path / "nowhere" / "out.svg")
    press(qtbot, dialog.save_button)
    qtbot.waitUntil(lambda: bool(told))
    assert told[0].startswith("“out.svg” cannot be saved: there is no folder")
    assert dialog.isVisible()
    assert dialog.save_button.isEnabled()


def test_copying_puts_svg_and_an_image_on_the_clipboard(make, qtbot):
    dialog = make()
    press(qtbot, dialog.copy_button)
    qtbot.waitUntil(lambda: dialog.copy_button.text() == "Copied")
    data = QGuiApplication.clipboard().mimeData()
    assert ET.fromstring(bytes(data.data("image/svg+xml").data())).tag.endswith("svg")
    page = dialog.sketch.drawing.page
    assert QImage(data.imageData()).size().toTuple() == (round(page.width), round(page.height))
    # What is chosen now is not what was copied.
    pick(dialog.form.theme_field, "dark")
    assert dialog.copy_button.text() == "&Copy"


def test_choices_are_remembered(make):
    dialog = make()
    pick(dialog.form.style_field, "blocks")
    pick(dialog.form.kind_field, "pdf")
    dialog.form.legend_field.setChecked(False)
    dialog.reject()
    assert remembered() == Choices(style="blocks", kind="pdf", legend=False)
    assert make().form.choices == Choices(style="blocks", kind="pdf", legend=False)


def test_a_choice_that_is_no_longer_there_is_forgotten(appearance):
    remember(Choices(style="cubes"))
    assert remembered() == Choices()


def test_the_window_opens_it_beside_the_project_and_says_where_the_figure_is(
    document, controller, appearance, qtbot, tmp_path, monkeypatch
):
    window = MainWindow(document, controller, appearance)
    qtbot.addWidget(window)
    suggested = []

    def save_at_once(dialog):
        suggested.append(dialog._suggested)
        dialog.path = tmp_path / "out.svg"

    monkeypatch.setattr(FigureDialog, "exec", save_at_once)
    window.files.path = tmp_path / "network.ann"
    window.commands.export.trigger()
    assert suggested == [tmp_path / "network"]
    assert window.status.currentMessage() == f"The figure is in “{tmp_path / 'out.svg'}”."
