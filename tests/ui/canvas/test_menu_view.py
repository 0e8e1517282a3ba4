"""The menus of everything on the canvas."""

import pytest
from PySide6.QtCore import QPoint, QPointF
from PySide6.QtGui import QContextMenuEvent, QGuiApplication
from PySide6.QtWidgets import QApplication

from annstudio.engine.layers import layers
from annstudio.project import edits
from annstudio.project.model import Wire
from annstudio.ui.canvas.menu import ContextMenu
from tests.ui.canvas.menus import choose, entries, select

GROUND = QPointF(303, 218)
FAR = QPointF(250, 260)


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
    QGuiApplication.clipboard().setText("some words")
    assert "Paste here" not in entries(view.context_menu(view.mapFromScene(FAR)))
    select(view, "dense-1")
    view.copy()
    choose(view.context_menu(view.mapFromScene(FAR)), "Paste here")
    assert (view.canvas.cards["dense-3"].sceneBoundingRect().center() - FAR).manhattanLength() <= 20


def test_the_menu_of_an_empty_canvas_offers_only_what_does_something(view, document):
    QGuiApplication.clipboard().clear()
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
