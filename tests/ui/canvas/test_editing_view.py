"""Clipboard and arranging, by real keys and menu entries."""

import json

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QGuiApplication

from annstudio.project.build import chain
from annstudio.project.model import Wire
from annstudio.ui.canvas.view import CanvasView
from annstudio.ui.document import Document
from tests.ui.canvas.menus import choose, entries, select

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
