import sys

import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLabel, QMessageBox, QWidget

from annstudio import __version__
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


def test_about_says_which_version_this_is(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    assert __version__ in AboutBox(window).text()


def test_an_error_of_the_program_is_said_once_and_in_full_on_demand(qtbot, monkeypatch, capsys):
    window = QWidget()
    qtbot.addWidget(window)
    reporter = ErrorReporter(window)
    shown = []

    def show(box):
        shown.append((box.text(), box.detailedText()))
        # A repaint behind the dialog fails as well.
        report_an_error(reporter)

    monkeypatch.setattr(QMessageBox, "exec", show)
    report_an_error(reporter)
    assert len(shown) == 1
    sentence, details = shown[0]
    assert "Traceback" not in sentence
    assert "ZeroDivisionError" in details
    assert "ZeroDivisionError" in capsys.readouterr().err
    report_an_error(reporter)
    assert len(shown) == 2


def report_an_error(reporter):
    try:
        _ = 1 / 0
    except ZeroDivisionError:
        reporter.report(*sys.exc_info())
