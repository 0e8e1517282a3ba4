"""Clipboard, arranging, and the menus of everything on the canvas, by real keys and menu entries."""

import json

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QContextMenuEvent, QGuiApplication
from PySide6.QtWidgets import QApplication

from annstudio.engine.layers import layers
from annstudio.project import edits
from annstudio.project.build import chain
from annstudio.project.model import Wire
from annstudio.ui.canvas.menu import ContextMenu
from annstudio.ui.canvas.view import CanvasView
from annstudio.ui.document import Document

CONTROL = Qt.KeyboardModifier.ControlModifier
GROUND = QPointF(303, 218)
FAR = QPointF(250, 260)
Key = Qt.Key


@pytest.fixture
def view(view, qtbot):
    """The view with the focus, so that the keys of its actions work."""
    view.activateWindow()
    view.setFocus()
    qtbot.waitUntil(view.hasFocus)
    QGuiApplication.clipboard().clear()
    return view


def clipboard():
    return QGuiApplication.clipboard()


def select(view, *ids):
    view.canvas.select_only([view.canvas.cards[node_id] for node_id in ids])


def entries(menu):
    """Return what a menu offers, by text, with what the menus within it offer."""
    found = {}
    for action in menu.actions():
        if action.menu():
            found |= {f"{action.text()} > {text}": inner for text, inner in entries(action.menu()).items()}
        elif not action.isSeparator():
            found[action.text().replace("&", "")] = action
    return found


def choose(menu, text):
    entries(menu)[text].trigger()


def test_copies_are_pasted_beneath_the_mouse_wired_among_themselves_and_selected(view, document, hand):
    select(view, "input", "dense-1", "dense-2")
    hand.key(Key.Key_C, CONTROL)
    assert [layer["id"] for layer in json.loads(clipboard().text())["layers"]] == ["dense-1", "dense-2"]
    hand.move(GROUND)
    hand.move(FAR)
    hand.key(Key.Key_V, CONTROL)
    assert view.canvas.selected_nodes() == ["dense-3", "dense-4"]
    assert Wire("dense-3", "dense-4") in document.project.design.wires
    assert document.project.design.node("dense-3").settings == document.project.design.node("dense-1").settings
    block = view.canvas.cards["dense-3"].sceneBoundingRect() | view.canvas.cards["dense-4"].sceneBoundingRect()
    assert (block.center() - FAR).manhattanLength() <= 20
    assert document.undo_stack.undoText() == "Paste 2 layers"
    document.undo_stack.undo()
    assert "dense-3" not in view.canvas.cards


def test_a_paste_finds_the_mouse_also_after_the_view_has_moved_beneath_it(view, hand):
    select(view, "dense-1")
    hand.key(Key.Key_C, CONTROL)
    # A mouse that is there already does not move.
    hand.move(GROUND)
    hand.move(FAR)
    pixel = hand.pixel(FAR)
    view.leave_fit()
    view.verticalScrollBar().setValue(view.verticalScrollBar().value() + 90)
    beneath = view.mapToScene(pixel)
    hand.key(Key.Key_V, CONTROL)
    assert (view.canvas.cards["dense-3"].sceneBoundingRect().center() - beneath).manhattanLength() <= 20


def test_copies_are_pasted_beside_the_originals_while_the_mouse_is_elsewhere(view, document, hand):
    select(view, "dense-1")
    hand.key(Key.Key_C, CONTROL)
    hand.key(Key.Key_V, CONTROL)
    hand.key(Key.Key_V, CONTROL)
    places = list(document.project.positions.values())
    assert len(set(places)) == len(places) == 6
    assert document.undo_stack.undoText() == "Paste Dense 4"


def test_what_is_copied_is_pasted_in_another_window_and_from_an_editor(view, hand, qtbot):
    select(view, "dense-1")
    hand.key(Key.Key_C, CONTROL)
    other = Document(chain("other", "xor", []))
    window = CanvasView(other)
    qtbot.addWidget(window)
    window.paste()
    assert other.project.design.node("dense-1")["units"] == 8
    clipboard().setText(clipboard().text().replace('"units": 8', '"units": 3'))
    window.paste()
    assert other.project.design.node("dense-2")["units"] == 3


def test_cut_takes_the_layers_along_and_joins_what_is_left(view, document, hand):
    select(view, "dense-1", "output")
    hand.key(Key.Key_X, CONTROL)
    assert [node.id for node in document.project.design.nodes] == ["input", "dense-2", "output"]
    assert Wire("input", "dense-2") in document.project.design.wires
    assert document.undo_stack.undoText() == "Cut Dense 1"
    hand.key(Key.Key_V, CONTROL)
    assert document.project.design.node("dense-3")["units"] == 8


def test_a_duplicate_stands_beside_the_original_and_leaves_the_clipboard_alone(view, document, hand):
    clipboard().setText("mine")
    select(view, "dense-2")
    hand.key(Key.Key_D, CONTROL)
    assert view.selected() == "dense-3"
    assert document.project.positions["dense-3"] == (340.0, 142.0)
    assert document.undo_stack.undoText() == "Duplicate Dense 2"
    assert clipboard().text() == "mine"


@pytest.mark.parametrize("key", [Key.Key_C, Key.Key_X, Key.Key_D])
def test_input_and_output_alone_are_not_copied_and_it_is_said_why(view, document, hand, qtbot, key):
    select(view, "input", "output")
    with qtbot.waitSignal(view.notice) as heard:
        hand.key(key, CONTROL)
    assert heard.args == ["A network has one Input and one Output: choose the layers between them."]
    assert clipboard().text() == ""
    assert document.undo_stack.count() == 0


def test_foreign_text_is_refused(view, document, hand, qtbot):
    clipboard().setText("some words")
    with qtbot.waitSignal(view.notice) as heard:
        hand.key(Key.Key_V, CONTROL)
    assert heard.args == ["There are no layers on the clipboard: copy some first."]
    assert document.undo_stack.count() == 0


def test_the_commands_are_offered_where_there_is_something_for_them(view):
    commands = view.commands
    menu = commands.arrange_menu(view)
    assert not any(action.isEnabled() for action in (commands.cut, commands.copy, commands.delete))
    view.canvas.select_only([view.canvas.wires[Wire("input", "dense-1")]])
    assert commands.delete.isEnabled()
    assert not commands.copy.isEnabled()
    for ids, count in ((["dense-1"], 0), (["dense-1", "dense-2"], 6), (["input", "dense-1", "dense-2"], 8)):
        select(view, *ids)
        assert commands.copy.isEnabled()
        assert sum(action.isEnabled() for action in entries(menu).values()) == count


@pytest.mark.parametrize(
    ("text", "axis", "places"),
    [
        ("Align left", 0, {170.0}),
        ("Align center", 0, {255.0}),
        ("Align right", 0, {340.0}),
        ("Align top", 1, {0.0}),
        ("Align middle", 1, {100.0}),
        ("Align bottom", 1, {200.0}),
    ],
)
def test_cards_are_aligned_as_one_edit(view, document, text, axis, places):
    view.editor.move({"dense-2": (340.0, 200.0)})
    select(view, "dense-1", "dense-2")
    choose(view.commands.arrange_menu(view), text)
    assert {document.project.positions[node_id][axis] for node_id in ("dense-1", "dense-2")} == places
    assert document.undo_stack.undoText() == text
    assert document.undo_stack.count() == 2


def test_aligned_cards_stay_in_view(view):
    view.select_all()
    choose(view.commands.arrange_menu(view), "Align left")
    shown = view.mapToScene(view.viewport().rect()).boundingRect()
    assert shown.contains(view.canvas.content())


@pytest.mark.parametrize(("text", "axis"), [("Distribute horizontally", 0), ("Distribute vertically", 1)])
def test_cards_are_spread_as_one_edit(view, document, text, axis):
    view.editor.move({"dense-1": (250.0, 50.0), "dense-2": (600.0, 310.0)})
    select(view, "input", "dense-1", "dense-2")
    choose(view.commands.arrange_menu(view), text)
    at = [document.project.positions[node_id][axis] for node_id in ("input", "dense-1", "dense-2")]
    assert at[1] - at[0] == at[2] - at[1]
    assert document.undo_stack.undoText() == text


def test_the_menu_of_a_card_edits_it(view, document, hand):
    menu = view.context_menu(hand.pixel("dense-2"))
    assert view.selected() == "dense-2"
    choose(menu, "Delete")
    assert "dense-2" not in view.canvas.cards


def test_the_menu_of_a_card_leads_to_its_settings_and_changes_its_activation(view, document, hand, qtbot):
    menu = view.context_menu(hand.pixel("dense-1"))
    with qtbot.waitSignal(view.activated) as heard:
        choose(menu, "Settings")
    assert heard.args == ["dense-1"]
    assert entries(menu)["Activation > Tanh"].isChecked()
    choose(menu, "Activation > ReLU")
    assert document.project.design.node("dense-1")["activation"] == "relu"
    assert document.undo_stack.undoText() == "Change Activation of Dense 1"


def test_the_menu_of_a_card_puts_a_layer_behind_it(view, document, hand):
    choose(view.context_menu(hand.pixel("dense-1")), "Add layer behind > Dropout")
    assert document.project.design.sources("dense-2") == (view.selected(),)


def test_the_menu_of_several_cards_keeps_them_selected_and_arranges_them(view, document, hand):
    select(view, "dense-1", "dense-2")
    menu = view.context_menu(hand.pixel("dense-2"))
    assert view.canvas.selected_nodes() == ["dense-1", "dense-2"]
    assert all(action.isEnabled() for text, action in entries(menu).items() if "Distribute" not in text)
    choose(menu, "Duplicate")
    assert view.canvas.selected_nodes() == ["dense-3", "dense-4"]


def test_the_menu_of_the_ground_adds_a_layer_there(view, document):
    select(view, "dense-1")
    menu = view.context_menu(view.mapFromScene(GROUND))
    assert view.canvas.selected_nodes() == []
    offered = {text.removeprefix("Add layer here > ") for text in entries(menu) if text.startswith("Add layer here")}
    assert offered == {layer.info.label for layer in layers.values()}
    choose(menu, "Add layer here > Dense")
    assert document.project.positions["dense-3"] == (230.0, 160.0)
    assert view.selected() == "dense-3"


def test_the_menu_of_the_ground_pastes_there_what_can_be_pasted(view, document, hand):
    clipboard().setText("some words")
    assert "Paste here" not in entries(view.context_menu(view.mapFromScene(FAR)))
    select(view, "dense-1")
    hand.key(Key.Key_C, CONTROL)
    choose(view.context_menu(view.mapFromScene(FAR)), "Paste here")
    assert (view.canvas.cards["dense-3"].sceneBoundingRect().center() - FAR).manhattanLength() <= 20


def test_the_menu_of_an_empty_canvas_offers_only_what_does_something(view, document):
    document.replace(edits.remove(document.project, [node.id for node in document.project.design.nodes]))
    assert {text.partition(" > ")[0] for text in entries(view.context_menu(QPoint(200, 200)))} == {"Add layer here"}


def test_the_menu_of_a_wire_adds_a_layer_into_it_or_deletes_it(view, document):
    middle = QPointF(325, 60)
    select(view, "output")
    choose(view.context_menu(view.mapFromScene(middle)), "Insert layer > Dense")
    assert {Wire("dense-1", "dense-3"), Wire("dense-3", "dense-2")} <= set(document.project.design.wires)
    document.undo_stack.undo()
    choose(view.context_menu(view.mapFromScene(middle)), "Delete")
    assert document.project.design.wires == (Wire("input", "dense-1"), Wire("dense-2", "output"))


def test_the_menu_of_an_input_port_wires_and_cuts(view, document, hand):
    menu = view.context_menu(hand.pixel(hand.input("dense-2")))
    assert set(entries(menu)) == {"Wire from > Input", "Delete wire from Dense 1"}
    choose(menu, "Wire from > Input")
    assert document.project.design.sources("dense-2") == ("input",)
    choose(view.context_menu(hand.pixel(hand.input("dense-2"))), "Delete wire from Input")
    assert document.project.design.sources("dense-2") == ()


def test_the_menu_of_an_output_port_wires_and_cuts(view, document, hand):
    menu = view.context_menu(hand.pixel(hand.output("dense-1")))
    assert {text for text in entries(menu) if not text.startswith("Add layer behind")} == {
        "Wire to > Output",
        "Delete wire to Dense 2",
    }
    choose(menu, "Delete wire to Dense 2")
    assert document.project.design.targets("dense-1") == ()


@pytest.mark.qt_log_ignore("This plugin does not support")
@pytest.mark.parametrize("ids", [["output"], ["dense-1", "dense-2"]])
def test_the_menu_opens_by_key_at_what_is_selected(view, ids):
    select(view, *ids)
    event = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(0, 0), QPoint(0, 0))
    QApplication.sendEvent(view.viewport(), event)
    menu = next(child for child in view.children() if isinstance(child, ContextMenu))
    assert menu.isVisible()
    assert view.canvas.selected_nodes() == ids
    assert "Duplicate" in entries(menu)
    menu.close()


@pytest.mark.parametrize("place", ["input", "dense-1", "output", GROUND, QPointF(325, 60), QPointF(170, 56)])
def test_nothing_in_a_menu_is_dead(view, hand, place):
    for action in entries(view.context_menu(hand.pixel(place))).values():
        assert action.isEnabled(), action.text()
        assert action.receivers("2triggered(bool)") > 0, action.text()
