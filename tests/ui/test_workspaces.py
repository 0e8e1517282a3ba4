from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenuBar

from annstudio.project.templates import templates
from annstudio.training.snapshot import RunState
from annstudio.ui.document import Document
from annstudio.ui.labs import labs
from annstudio.ui.main_window import MainWindow
from annstudio.ui.run_controller import RunController
from annstudio.ui.tabs import tabs
from annstudio.ui.workspaces import DESIGN, GLASS_BOX, LABS


def test_rooms_are_one_click_apart(window, qtbot):
    assert window.workspaces.room == DESIGN
    qtbot.mouseClick(window.switch.buttons[GLASS_BOX], Qt.MouseButton.LeftButton)
    assert window.workspaces.room == GLASS_BOX
    assert window.commands.workspaces[GLASS_BOX].isChecked()
    QTest.keyClick(window, Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier)
    assert window.workspaces.room == DESIGN
    assert window.switch.buttons[DESIGN].isChecked()


def test_keys_of_a_lab_work_as_soon_as_it_is_entered(window, qtbot):
    window.workspaces.enter_lab("perceptron")
    QTest.keyClick(window.focusWidget(), Qt.Key.Key_N)
    assert window.workspaces.labs.lab("perceptron").learning.now.steps == 1


def test_labs_are_named_in_the_menu_and_above_them(window, qtbot):
    window.commands.labs["losses"].trigger()
    assert window.workspaces.room == LABS
    assert window.workspaces.labs.key == "losses"
    assert window.workspaces.labs.lab("losses").isVisible()
    names = window.workspaces.labs.names
    names.setCurrentIndex(list(labs).index("linear"))
    assert window.commands.labs["linear"].isChecked()
    assert window.workspaces.labs.lab("linear").isVisible()


def test_only_labs_that_were_entered_are_made(window):
    window.workspaces.enter_lab("losses")
    assert list(window.workspaces.labs._rooms) == ["losses"]


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


def test_coming_back_to_a_room_whose_pictures_have_gone(dressed, appearance, qtbot):
    """It crashed: the wall of samples was given an empty place before it was hidden."""
    document = Document(templates["digits"]().build())
    controller = RunController(document)
    window = MainWindow(document, controller, appearance)
    qtbot.addWidget(window, before_close_func=lambda window: document.undo_stack.setClean())
    window.resize(1366, 740)
    window.painted.connect(window.start)
    window.show()
    qtbot.waitUntil(lambda: shows(controller, document), timeout=20_000)
    window.views.setCurrentIndex(list(tabs).index("mistakes"))
    qtbot.wait(200)
    window.views.setCurrentIndex(0)
    qtbot.wait(200)
    window.workspaces.enter(LABS)
    controller.open(templates["iris"]().build())
    qtbot.waitUntil(lambda: shows(controller, document), timeout=20_000)
    qtbot.wait(200)
    window.workspaces.enter(DESIGN)
    qtbot.wait(100)
    assert window.views.isVisible()
    controller.close()


def shows(controller, document):
    snapshot = controller.snapshot
    return snapshot is not None and snapshot.project == document.project


def test_the_switch_stays_in_the_window_where_the_menus_are_the_desktops(
    monkeypatch, document, controller, appearance, qtbot
):
    monkeypatch.setattr(QMenuBar, "isNativeMenuBar", lambda self: True)
    window = MainWindow(document, controller, appearance)
    qtbot.addWidget(window, before_close_func=lambda window: document.undo_stack.setClean())
    window.show()
    for room in (LABS, DESIGN):
        window.workspaces.enter(room)
        assert window.switch.isVisible()
        assert not window.switch.geometry().intersects(window.workspaces.geometry())


def test_no_room_needs_more_room_than_the_first(window, qtbot):
    rooms = window.workspaces
    first = rooms.widget(DESIGN).minimumSizeHint()
    for room in (rooms.glass_box, rooms.labs, *(rooms.labs.lab(key) for key in labs)):
        needed = room.minimumSizeHint()
        assert needed.width() <= first.width()
        assert needed.height() <= first.height()
