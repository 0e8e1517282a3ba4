import sys
import time

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialogButtonBox, QLabel, QMessageBox, QScrollArea, QWidget

from annstudio import __version__
from annstudio.engine.layers import layers
from annstudio.project import edits
from annstudio.ui.actions import Actions
from annstudio.ui.dialogs import AboutBox, ErrorReporter, ShortcutsDialog


@pytest.fixture
def listed(document, qtbot):
    """The texts of the list of keys while there is something to undo, and the actions."""
    window = QWidget()
    qtbot.addWidget(window)
    actions = Actions(document, window)
    document.apply("Change Optimizer", edits.set_value(document.project, "training", "optimizer", "sgd"))
    dialog = ShortcutsDialog(actions.with_keys(), window)
    return [label.text() for label in dialog.findChildren(QLabel)], actions


def test_every_key_of_the_menus_is_listed(listed):
    texts, actions = listed
    for action in actions.findChildren(QAction):
        if not action.shortcut().isEmpty():
            assert action.iconText() in texts
            assert action.shortcut().toString() in texts
    assert {"F5", "F10", "F11", "Ctrl+Z"} <= set(texts)


def test_keys_are_listed_once_and_by_what_they_do_in_general(listed):
    texts, actions = listed
    assert actions.undo.text() == "&Undo Change Optimizer"
    assert {"Undo", "Redo"} <= set(texts)
    for action in actions.with_keys():
        assert texts.count(action.iconText()) == texts.count(action.shortcut().toString()) == 1
    assert not {"Del", "Delete"} - set(texts)
    assert "Remove" not in texts


def test_every_letter_that_adds_a_layer_is_listed(listed):
    texts, _ = listed
    for layer in layers.values():
        assert layer.info.label in texts
        assert layer.letter in texts


@pytest.fixture
def keys_on_a_small_screen(document, qtbot, dressed, monkeypatch):
    """The list of keys on a classroom projector at 200 %."""
    monkeypatch.setattr(ShortcutsDialog, "screen", lambda dialog: SmallScreen(), raising=False)
    window = QWidget()
    qtbot.addWidget(window)
    dialog = ShortcutsDialog(Actions(document, window).with_keys(), window)
    with qtbot.waitActive(dialog):
        dialog.show()
        dialog.activateWindow()
    return dialog


class SmallScreen:
    def availableSize(self):
        return QSize(683, 384)


def test_the_list_of_keys_stays_on_a_small_screen(keys_on_a_small_screen):
    dialog = keys_on_a_small_screen
    assert dialog.size().boundedTo(QSize(683, 384)) == dialog.size()
    area = dialog.findChild(QScrollArea)
    assert area.widget().sizeHint().width() <= area.viewport().width()
    assert area.rect().bottom() < dialog.findChild(QDialogButtonBox).geometry().top()


def test_the_list_of_keys_scrolls_by_keys(keys_on_a_small_screen):
    dialog = keys_on_a_small_screen
    bar = dialog.findChild(QScrollArea).verticalScrollBar()
    QTest.keyClick(dialog.focusWidget(), Qt.Key.Key_PageDown)
    assert bar.value() > 0
    QTest.keyClick(dialog.focusWidget(), Qt.Key.Key_PageUp)
    assert bar.value() == 0


def test_about_says_which_version_this_is(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    assert __version__ in AboutBox(window).text()


@pytest.fixture
def reporter(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    return ErrorReporter(window)


def boxes(reporter):
    """The dialogs that are open, after everything that was due has been done."""
    QTest.qWait(1)
    return [box for box in reporter.parent().findChildren(QMessageBox) if box.isVisible()]


def test_an_error_of_the_program_is_said_once_and_in_full_on_demand(reporter, capsys):
    for _ in range(5):
        report_an_error(reporter)
    (box,) = boxes(reporter)
    assert "Traceback" not in box.text()
    assert "ZeroDivisionError" in box.detailedText()
    assert capsys.readouterr().err.count("ZeroDivisionError") == 1
    box.close()
    report_an_error(reporter)
    assert not boxes(reporter)


def test_the_window_stays_within_reach_beside_the_dialog(reporter):
    report_an_error(reporter)
    (box,) = boxes(reporter)
    assert not box.isModal()


def test_after_a_while_the_same_error_is_said_again(reporter, monkeypatch):
    report_an_error(reporter)
    boxes(reporter)[0].close()
    now = time.monotonic()
    monkeypatch.setattr(time, "monotonic", lambda: now + 61)
    report_an_error(reporter)
    assert len(boxes(reporter)) == 1


def test_another_error_joins_the_open_dialog(reporter):
    report_an_error(reporter)
    try:
        int("x")
    except ValueError:
        reporter.report(*sys.exc_info())
    (box,) = boxes(reporter)
    assert "ZeroDivisionError" in box.detailedText()
    assert "ValueError" in box.detailedText()


def report_an_error(reporter):
    try:
        _ = 1 / 0
    except ZeroDivisionError:
        reporter.report(*sys.exc_info())
