import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest

from annstudio.project import edits
from annstudio.project.critic import can_run, criticize
from annstudio.project.model import Wire
from annstudio.ui.canvas.bubble import Bubble
from annstudio.ui.canvas.geometry import CARD
from annstudio.ui.canvas.port import PortState

SHIFT = Qt.KeyboardModifier.ShiftModifier
GROUND = QPointF(300, 190)


def test_a_click_selects_and_the_ground_clears(view, hand, qtbot):
    with qtbot.waitSignal(view.selection_changed) as heard:
        hand.click("dense-1")
    assert heard.args == ["dense-1"]
    assert view.selected() == "dense-1"
    with qtbot.waitSignal(view.selection_changed) as heard:
        hand.click(GROUND)
    assert heard.args == [None]


def test_a_click_changes_nothing_in_the_project(document, hand):
    before = document.project
    hand.click("dense-1")
    hand.drag("dense-1", "dense-1")
    assert document.project is before
    assert document.undo_stack.count() == 0


def test_a_card_is_carried_on_the_grid_as_one_undo(view, document, hand):
    before = document.project
    hand.drag("dense-1", hand.view.canvas.cards["dense-1"].scenePos() + QPointF(70 + 43, 20 + 118))
    assert document.project.positions["dense-1"] == (210.0, 120.0)
    assert document.undo_stack.count() == 1
    document.undo_stack.undo()
    assert document.project == before
    assert view.canvas.cards["dense-1"].pos() == QPointF(170, 0)


def test_while_a_card_is_carried_the_project_waits_and_the_wires_follow(view, document, hand):
    item = view.canvas.wires[Wire("input", "dense-1")]
    hand.press("dense-1")
    hand.move(QPointF(240, 220))
    assert document.undo_stack.count() == 0
    assert item.path().currentPosition() == hand.input("dense-1")
    assert view.canvas.cards["dense-1"].pos().y() == 200


def test_escape_puts_a_carried_card_back(view, document, hand):
    hand.press("dense-1")
    hand.move(QPointF(240, 220))
    hand.key(Qt.Key.Key_Escape)
    hand.release(QPointF(240, 220))
    assert view.canvas.cards["dense-1"].pos() == QPointF(170, 0)
    assert document.undo_stack.count() == 0


def test_selected_cards_are_carried_together(view, document, hand):
    hand.click("dense-1")
    hand.click("dense-2", keys=SHIFT)
    assert view.selected() is None
    assert sorted(view.canvas.selected_nodes()) == ["dense-1", "dense-2"]
    hand.drag("dense-2", view.canvas.cards["dense-2"].scenePos() + QPointF(70, 20 + 100))
    assert document.project.positions["dense-1"] == (170.0, 100.0)
    assert document.project.positions["dense-2"] == (340.0, 100.0)
    assert document.project.positions["input"] == (0.0, 0.0)


@pytest.mark.parametrize("adding", [SHIFT, Qt.KeyboardModifier.ControlModifier])
def test_a_second_click_with_a_key_takes_a_card_out_again(view, hand, adding):
    hand.click("dense-1")
    hand.click("dense-2", keys=adding)
    hand.click("dense-2", keys=adding)
    assert view.selected() == "dense-1"


def test_a_rubber_band_selects_what_it_touches(view, hand):
    before = len(view.canvas.items())
    hand.drag(QPointF(160, -30), QPointF(350, 130))
    assert sorted(view.canvas.selected_nodes()) == ["dense-1", "dense-2"]
    assert len(view.canvas.items()) == before


def test_escape_lets_the_band_go_and_restores_the_selection(view, hand):
    hand.press(QPointF(160, -30))
    hand.move(QPointF(350, 130))
    hand.key(Qt.Key.Key_Escape)
    assert view.canvas.selected_nodes() == []


def test_a_wire_is_drawn_from_output_to_input(document, hand):
    document.apply("cut", edits.remove(document.project, (), [Wire("dense-1", "dense-2")]))
    hand.drag(hand.output("dense-1"), hand.input("dense-2"))
    assert Wire("dense-1", "dense-2") in document.project.design.wires


def test_a_wire_is_drawn_from_input_to_output_as_well(document, hand):
    document.apply("cut", edits.remove(document.project, (), [Wire("dense-1", "dense-2")]))
    hand.drag(hand.input("dense-2"), hand.output("dense-1"))
    assert Wire("dense-1", "dense-2") in document.project.design.wires


def test_a_wire_let_go_on_a_card_finds_its_port(document, hand):
    hand.drag(hand.output("input"), QPointF(340 + 70, 20))
    assert Wire("input", "dense-2") in document.project.design.wires
    assert Wire("dense-1", "dense-2") not in document.project.design.wires


def test_a_wire_let_go_on_the_ground_is_forgotten(view, document, hand):
    items = len(view.canvas.items())
    hand.drag(hand.output("dense-1"), GROUND)
    assert document.undo_stack.count() == 0
    assert len(view.canvas.items()) == items


@pytest.mark.parametrize(
    ("start", "end", "reason"),
    [
        (("output", "dense-2"), ("input", "dense-1"), "circle"),
        (("output", "dense-1"), ("output", "input"), "Nothing goes into Input"),
        (("input", "dense-1"), ("input", "output"), "Nothing comes after Output"),
    ],
)
def test_a_refused_wire_says_why(view, document, hand, qtbot, start, end, reason):
    document.replace(edits.remove(document.project, (), [Wire("input", "dense-1")]))
    first, last = (getattr(hand, side)(node_id) for side, node_id in (start, end))
    with qtbot.waitSignal(view.notice) as heard:
        hand.drag(first, last)
    assert reason in heard.args[0]
    assert document.undo_stack.count() == 0
    bubble = view.findChild(Bubble)
    assert bubble.isVisible()
    assert bubble.text() == heard.args[0]
    near = bubble.geometry().adjusted(-20, -20, 20, 20)
    assert near.contains(hand.pixel(last))
    hand.click(GROUND)
    assert not bubble.isVisible()


def test_a_replaced_wire_is_told(document, hand, view, qtbot):
    with qtbot.waitSignal(view.notice) as heard:
        hand.drag(hand.output("input"), hand.input("dense-2"))
    assert heard.args == ["The wire from Dense 1 was replaced."]
    with qtbot.assertNotEmitted(view.notice):
        hand.drag(hand.output("input"), hand.input("dense-2"))
    document.apply("cut", edits.remove(document.project, (), [Wire("dense-2", "output")]))
    with qtbot.assertNotEmitted(view.notice):
        hand.drag(hand.output("dense-2"), hand.input("output"))
    assert Wire("dense-2", "output") in document.project.design.wires


def test_a_layer_that_joins_takes_one_wire_after_the_other(view, joined, hand, qtbot):
    with qtbot.assertNotEmitted(view.notice):
        hand.drag(hand.output("dense-1"), hand.input("add-1"))
    assert joined.project.design.sources("add-1") == ("dense-2", "dense-1")
    assert can_run(criticize(joined.project))
    paths = [item.path() for wire, item in view.canvas.wires.items() if wire.target == "add-1"]
    assert [path.currentPosition() for path in paths] == [hand.input("add-1")] * 2
    over, along = sorted(paths, key=lambda path: path.boundingRect().top())
    assert over.boundingRect().top() < view.canvas.cards["dense-2"].pos().y()
    assert not along.intersects(CARD.translated(view.canvas.cards["dense-2"].pos()).adjusted(3, 3, -3, -3))


def test_the_same_wire_twice_is_refused(view, joined, hand, qtbot):
    with qtbot.waitSignal(view.notice) as heard:
        hand.drag(hand.output("dense-2"), hand.input("add-1"))
    assert "Dense 2 feeds Add 1 already" in heard.args[0]
    assert joined.undo_stack.count() == 0


def test_a_wire_is_led_backwards_out_of_a_layer_that_joins(joined, hand):
    hand.drag(hand.input("add-1"), hand.output("dense-1"))
    assert joined.project.design.sources("add-1") == ("dense-2", "dense-1")


def test_a_click_on_what_is_selected_is_told(view, hand, qtbot):
    with qtbot.assertNotEmitted(view.clicked):
        hand.click("dense-1")
    with qtbot.waitSignal(view.clicked) as heard:
        hand.click("dense-1")
    assert heard.args == ["dense-1"]
    with qtbot.assertNotEmitted(view.clicked):
        hand.drag("dense-1", QPointF(240, 220))
        hand.click("dense-1", keys=SHIFT)


def test_only_fitting_ports_light_up_while_a_wire_is_drawn(view, hand):
    hand.press(hand.output("dense-1"))
    states = {node_id: card.input._state for node_id, card in view.canvas.cards.items() if card.input}
    assert states["dense-2"] is PortState.OPEN
    assert states["dense-1"] is PortState.IDLE
    hand.move(hand.input("output"))
    assert view.canvas.cards["output"].input._state is PortState.CHOSEN
    hand.key(Qt.Key.Key_Escape)
    assert {port._state for card in view.canvas.cards.values() for port in card.ports} == {PortState.IDLE}


def test_escape_gives_a_wire_up(view, document, hand):
    items = len(view.canvas.items())
    hand.press(hand.output("input"))
    hand.move(hand.input("dense-2"))
    assert len(view.canvas.items()) == items + 1
    hand.key(Qt.Key.Key_Escape)
    hand.release(hand.input("dense-2"))
    assert document.undo_stack.count() == 0
    assert len(view.canvas.items()) == items


@pytest.mark.parametrize("zoom", [0.5, 1.0, 2.0])
def test_a_port_is_met_within_eleven_pixels_at_every_zoom(view, hand, zoom):
    view._zoom_by_hand(zoom)
    port = hand.output("dense-1")
    for off in (QPointF(0, 11), QPointF(0, -11), QPointF(-11, 0)):
        assert view.canvas.port_at(port + off / zoom, view._reach()) is view.canvas.cards["dense-1"].output
    assert view.canvas.port_at(port + QPointF(0, 16) / zoom, view._reach()) is None


def test_a_wire_is_selected_by_a_click_and_deleted(view, document, hand):
    hand.click(QPointF(155, 60))
    assert view.canvas.selected_wires() == [Wire("input", "dense-1")]
    hand.key(Qt.Key.Key_Delete)
    assert document.project.design.wires == (Wire("dense-1", "dense-2"), Wire("dense-2", "output"))
    assert list(view.canvas.wires) == list(document.project.design.wires)


def test_the_middle_button_pans(view, hand):
    before = view.mapToScene(0, 0)
    first = view.mapFromScene(GROUND)
    hand.press(GROUND, Qt.MouseButton.MiddleButton)
    hand.move(view.mapToScene(first.x() + 50, first.y() - 20))
    hand.release(GROUND, Qt.MouseButton.MiddleButton)
    assert view.mapToScene(0, 0) - before == QPointF(-50, 20) / view.zoom


def test_the_space_bar_pans_instead_of_carrying(view, document, hand):
    QTest.keyPress(view, Qt.Key.Key_Space)
    before = view.mapToScene(0, 0)
    hand.drag("dense-1", QPointF(300, 100))
    assert view.mapToScene(0, 0) != before
    QTest.keyRelease(view, Qt.Key.Key_Space)
    assert document.undo_stack.count() == 0
    hand.drag("dense-1", view.canvas.cards["dense-1"].scenePos() + QPointF(70, 120))
    assert document.undo_stack.count() == 1


def test_a_double_click_asks_for_the_settings(view, hand, qtbot):
    with qtbot.waitSignal(view.activated) as heard:
        QTest.mouseDClick(view.viewport(), Qt.MouseButton.LeftButton, pos=hand.pixel("dense-2"))
    assert heard.args == ["dense-2"]


def test_an_edit_from_elsewhere_ends_a_gesture(view, document, hand):
    hand.press("dense-1")
    hand.move(QPointF(240, 220))
    document.apply("remove", edits.remove(document.project, ["dense-1"]))
    hand.release(QPointF(240, 220))
    assert "dense-1" not in view.canvas.cards
    assert document.undo_stack.count() == 1


def test_a_selected_card_comes_to_the_front(view, hand):
    view.editor.move({"dense-2": (200.0, 30.0)})
    inside_both = QPointF(250, 100)
    assert view.canvas.card_at(inside_both).node_id == "dense-2"
    hand.click("dense-1")
    assert view.canvas.card_at(inside_both).node_id == "dense-1"


def test_hovering_shows_what_a_press_would_meet(view, hand):
    hand.move(hand.input("dense-1"))
    assert view.canvas.cards["dense-1"].input._state is PortState.HOVERED
    assert view.viewport().cursor().shape() is Qt.CursorShape.CrossCursor
    hand.move(GROUND)
    assert view.canvas.cards["dense-1"].input._state is PortState.IDLE
    assert view.viewport().cursor().shape() is Qt.CursorShape.ArrowCursor
