"""Pulling an end of a wire off its port."""

import pytest
from PySide6.QtCore import QPointF, Qt

from annstudio.project import edits
from annstudio.project.model import Wire
from annstudio.ui.canvas.port import PortState
from annstudio.ui.canvas.wire import WireItem

GROUND = QPointF(300, 190)


def test_a_wire_pulled_off_its_port_and_let_go_on_the_ground_is_gone(view, document, hand):
    before = document.project
    hand.drag(hand.input("dense-2"), GROUND)
    assert document.project.design.wires == (Wire("input", "dense-1"), Wire("dense-2", "output"))
    assert document.undo_stack.undoText() == "Delete wire"
    assert document.undo_stack.count() == 1
    assert {item.wire for item in view.canvas.items() if isinstance(item, WireItem)} == set(view.canvas.wires)
    assert list(view.canvas.wires) == list(document.project.design.wires)
    document.undo_stack.undo()
    assert document.project == before
    assert view.canvas.wires[Wire("dense-1", "dense-2")].isVisible()


def test_a_wire_pulled_to_another_port_leads_there_as_one_edit(document, hand, view, qtbot):
    with qtbot.waitSignal(view.notice) as heard:
        hand.drag(hand.input("dense-2"), hand.input("output"))
    assert heard.args == ["The wire from Dense 2 was replaced."]
    assert document.project.design.wires == (Wire("input", "dense-1"), Wire("dense-1", "output"))
    assert document.undo_stack.undoText() == "Lead wire from Dense 1 to Output"
    assert document.undo_stack.count() == 1


def test_while_a_wire_is_pulled_it_hangs_from_the_pointer_and_escape_puts_it_back(view, document, hand):
    item = view.canvas.wires[Wire("dense-1", "dense-2")]
    hand.press(hand.input("dense-2"))
    assert item.isVisible()
    hand.move(GROUND)
    assert not item.isVisible()
    assert view.canvas.cards["dense-2"].input._state is PortState.OPEN
    hand.key(Qt.Key.Key_Escape)
    hand.release(GROUND)
    assert item.isVisible()
    assert document.undo_stack.count() == 0


@pytest.mark.parametrize("way", [QPointF(0, 0), QPointF(90, 150)])
def test_a_wire_that_comes_back_to_its_port_is_as_before(document, hand, view, way):
    port = hand.input("dense-2")
    hand.press(port)
    hand.move(port + way)
    hand.move(port)
    hand.release(port)
    assert document.undo_stack.count() == 0
    assert view.canvas.wires[Wire("dense-1", "dense-2")].isVisible()


def grabbed(hand, source, target, share):
    """Return the place so far along the wire between two cards, once it runs straight and in the open."""
    x, y = hand.view.editor.project.positions[source]
    hand.view.editor.move({target: (x + 300, y)})
    return hand.output(source) * (1 - share) + hand.input(target) * share


def test_a_wire_grabbed_by_itself_comes_off_at_its_nearer_end(document, hand):
    hand.drag(grabbed(hand, "dense-2", "output", 0.3), hand.output("input"))
    assert document.undo_stack.undoText() == "Lead wire from Input to Output"
    assert document.project.design.sources("output") == ("input",)


def test_a_wire_is_led_only_where_it_makes_no_circle(document, hand, view, qtbot):
    place = grabbed(hand, "input", "dense-1", 0.3)
    edits_before = document.undo_stack.count()
    with qtbot.waitSignal(view.notice) as heard:
        hand.drag(place, hand.output("dense-1"))
    assert "cannot feed itself" in heard.args[0]
    assert document.undo_stack.count() == edits_before


def test_of_several_wires_into_a_layer_the_grabbed_one_is_taken_away(joined, hand):
    joined.replace(edits.connect(joined.project, "dense-1", "add-1"))
    hand.drag(grabbed(hand, "dense-2", "add-1", 0.7), QPointF(600, 190))
    assert joined.project.design.sources("add-1") == ("dense-1",)


def test_a_wire_that_is_clicked_is_only_selected(view, document, hand):
    hand.click(grabbed(hand, "dense-2", "output", 0.5))
    assert view.canvas.selected_wires() == [Wire("dense-2", "output")]
    assert Wire("dense-2", "output") in document.project.design.wires
