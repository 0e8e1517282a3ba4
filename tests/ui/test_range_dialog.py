"""The dialog that looks for a learning rate."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from annstudio.project.build import chain
from annstudio.ui import range_dialog
from annstudio.ui.range_dialog import RangeDialog


@pytest.fixture
def make(qtbot, dressed):
    def make(**training):
        dialog = RangeDialog(chain("Test", "iris", [(8, "tanh")], training=training), None)
        qtbot.addWidget(dialog)
        dialog.show()
        qtbot.waitExposed(dialog)
        return dialog

    return make


def test_it_advises_a_rate_and_hands_it_on(make, qtbot):
    dialog = make()
    qtbot.waitUntil(dialog.use_button.isEnabled, timeout=10_000)
    assert f"{dialog._result.advised:g}" in dialog.use_button.text()
    assert "tenth" in dialog.told.text()
    assert not dialog.grab().isNull()
    QTest.mouseClick(dialog.use_button, Qt.MouseButton.LeftButton)
    assert dialog.chosen == dialog._result.advised


def test_closed_without_a_choice_it_changes_nothing(make, qtbot):
    dialog = make()
    qtbot.waitUntil(dialog.use_button.isEnabled, timeout=10_000)
    QTest.mouseClick(dialog.close_button, Qt.MouseButton.LeftButton)
    assert dialog.chosen is None


def test_an_optimizer_without_use_for_it_says_so_in_place_of_the_picture(make, qtbot):
    dialog = make(optimizer="lbfgs")
    qtbot.waitUntil(lambda: "by itself" in dialog.picture.accessibleDescription(), timeout=10_000)
    assert not dialog.use_button.isEnabled()


def test_cancel_ends_the_training(make, qtbot, monkeypatch):
    asked = []

    def endless(project, given_up, progressed):
        while not given_up():
            progressed(0.5)
        asked.append("given up")

    monkeypatch.setattr(range_dialog, "range_test", endless)
    dialog = make()
    qtbot.waitUntil(lambda: dialog.progress.value() == 50)
    QTest.mouseClick(dialog.close_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: asked == ["given up"])
