"""Parts of the window are hidden for projecting, and come back."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from annstudio.ui.main_window import MainWindow


@pytest.fixture
def open_window(document, controller, appearance, qtbot):
    def make():
        window = MainWindow(document, controller, appearance)
        qtbot.addWidget(window, before_close_func=lambda window: document.undo_stack.setClean())
        window.resize(1366, 740)
        window.painted.connect(window.start)
        with qtbot.waitSignal(window.painted):
            window.show()
        window.activateWindow()
        window.canvas.setFocus()
        # The inspector has just been made; Qt shows it when it comes to it.
        QApplication.processEvents()
        return window

    return make


def parts_of(window):
    actions = window.commands
    return ((actions.left, window.left), (actions.views, window.views), (actions.right, window.inspector))


def test_each_part_is_hidden_alone_and_so_again_next_time(open_window):
    window = open_window()
    for action, part in parts_of(window):
        assert action.isChecked()
        action.trigger()
        assert not part.isVisible()
    other = open_window()
    for action, part in parts_of(other):
        assert not action.isChecked()
        assert not part.isVisible()


def test_reset_layout_brings_them_back(open_window):
    window = open_window()
    for action, _ in parts_of(window):
        action.trigger()
    window.commands.reset_layout.trigger()
    assert [action.isChecked() for action, _ in parts_of(window)] == [True] * 3
    assert [part.isVisible() for _, part in parts_of(window)] == [True] * 3


def test_what_is_asked_for_comes_back_by_itself(open_window):
    window = open_window()
    window.commands.right.trigger()
    window.canvas.select("dense-1")
    QTest.keyClick(window.canvas, Qt.Key.Key_Return)
    assert window.inspector.isVisible()


def test_full_screen_is_left_by_its_key_not_by_escape(open_window, qtbot):
    window = open_window()
    window.commands.full_screen.trigger()
    qtbot.waitUntil(window.isFullScreen)
    QTest.keyClick(window.canvas, Qt.Key.Key_Escape)
    assert window.isFullScreen()
    assert window.commands.full_screen.isChecked()
    window.commands.full_screen.trigger()
    qtbot.waitUntil(lambda: not window.isFullScreen())
    assert not window.commands.full_screen.isChecked()


def test_an_edit_of_cards_brings_the_cards_up(open_window, document):
    window = open_window()
    window.canvas.select("dense-1")
    window.commands.neurons.setChecked(True)
    window.commands.editing.duplicate.trigger()
    assert window.pages.currentWidget() is window.canvas
    assert len(document.project.design.nodes) == 4
