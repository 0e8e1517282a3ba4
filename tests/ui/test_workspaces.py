from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from annstudio.training.snapshot import RunState
from annstudio.ui.workspaces import DESIGN, GLASS_BOX


def test_rooms_are_one_click_apart(window, qtbot):
    assert window.workspaces.room == DESIGN
    qtbot.mouseClick(window.switch.buttons[GLASS_BOX], Qt.MouseButton.LeftButton)
    assert window.workspaces.room == GLASS_BOX
    assert window.commands.workspaces[GLASS_BOX].isChecked()
    QTest.keyClick(window, Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier)
    assert window.workspaces.room == DESIGN
    assert window.switch.buttons[DESIGN].isChecked()


def test_the_glass_box_is_made_when_it_is_entered(window):
    assert window.workspaces.count() == 1
    window.commands.workspaces[GLASS_BOX].trigger()
    assert window.workspaces.count() == 2
    assert window.workspaces.glass_box.isVisible()


def test_what_trains_is_to_be_seen(window, sessions, controller, qtbot):
    window.commands.workspaces[GLASS_BOX].trigger()
    sessions[-1].show(state=RunState.RUNNING)
    qtbot.waitUntil(lambda: window.workspaces.room == DESIGN)


def test_what_is_done_to_cards_is_to_be_seen(window):
    window.commands.workspaces[GLASS_BOX].trigger()
    window.commands.fit.trigger()
    assert window.workspaces.room == DESIGN


def test_problems_lead_back_to_the_network(window):
    window.commands.workspaces[GLASS_BOX].trigger()
    window.commands.problems.trigger()
    assert window.workspaces.room == DESIGN


def test_looking_inside_a_layer_leads_to_what_it_computes(window, qtbot, monkeypatch):
    asked = []
    monkeypatch.setattr(window.workspaces.glass_box, "look_at_layer", asked.append)
    center = window.canvas.canvas.cards["dense-1"].sceneBoundingRect().center()
    menu = window.canvas.context_menu(window.canvas.mapFromScene(center))
    next(action for action in menu.actions() if action.text() == "Look inside").trigger()
    assert asked == ["dense-1"]
    assert window.workspaces.room == GLASS_BOX
