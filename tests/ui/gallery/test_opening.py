"""From the window to the gallery and back with a template."""

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMessageBox

from annstudio.project import edits
from annstudio.project.templates import templates
from annstudio.ui.gallery.dialog import GalleryDialog
from annstudio.ui.main_window import MainWindow


@pytest.fixture
def window(document, controller, appearance, qtbot):
    made = MainWindow(document, controller, appearance)
    qtbot.addWidget(made, before_close_func=lambda window: document.undo_stack.setClean())
    made.painted.connect(made.start)
    with qtbot.waitSignal(made.painted):
        made.show()
    return made


@pytest.fixture
def steer():
    """Let these keys be pressed in the gallery as soon as it is there; what was seen of it is returned."""
    seen = []

    def steer(words, *keys):
        def press():
            gallery = QApplication.activeModalWidget()
            seen.append(gallery)
            QTest.keyClicks(gallery.field, words)
            for key in keys:
                QTest.keyClick(gallery.field, key)

        QTimer.singleShot(0, press)
        return seen

    return steer


@pytest.fixture
def asked(monkeypatch):
    """The questions about unsaved changes, all answered by Cancel."""
    questions = []

    def question(*arguments):
        questions.append(arguments)
        return QMessageBox.StandardButton.Cancel

    monkeypatch.setattr(QMessageBox, "question", question)
    return questions


def test_a_template_is_opened_by_keys_alone(window, document, steer):
    seen = steer("twenty layers", Qt.Key.Key_Return)
    window.commands.new_from_template.trigger()
    assert isinstance(seen[0], GalleryDialog)
    assert document.project == templates["deep_he"]().build()
    assert document.project.name in window.windowTitle()


def test_the_last_row_of_the_palette_leads_there(window, document, steer):
    steer("iris", Qt.Key.Key_Return)
    window.layer_palette.gallery_asked.emit()
    assert document.project == templates["iris"]().build()


def test_escape_leaves_everything_as_it_was(window, document, steer):
    before = document.project
    steer("iris", Qt.Key.Key_Escape)
    window.commands.new_from_template.trigger()
    assert document.project is before


def test_unsaved_changes_are_asked_about_after_the_choice(window, document, steer, asked):
    document.apply("units", edits.set_value(document.project, "dense-1", "units", 6))
    changed = document.project
    steer("iris", Qt.Key.Key_Escape)
    window.commands.new_from_template.trigger()
    assert asked == []
    steer("iris", Qt.Key.Key_Return)
    window.commands.new_from_template.trigger()
    assert len(asked) == 1
    assert document.project is changed
