import pytest
from PySide6.QtCore import QPointF, Qt

from annstudio.project.model import Wire
from annstudio.ui.canvas.port import PortState
from annstudio.ui.canvas.wire import LiveWire


def lit(view):
    """Return the cards whose input would take the wire now."""
    cards = view.canvas.cards.items()
    return [node_id for node_id, card in cards if card.input and card.input._state is PortState.CHOSEN]


def live_wires(view):
    return [item for item in view.canvas.items() if isinstance(item, LiveWire)]


@pytest.fixture
def wiring(view, hand):
    """A wire led out of Input; Dense 1 has one already."""
    view.setFocus()
    view.select("input")
    hand.key(Qt.Key.Key_W)
    return view


def test_the_candidate_is_lit_and_told(view, hand, qtbot):
    view.select("input")
    with qtbot.waitSignal(view.notice) as heard:
        hand.key(Qt.Key.Key_W)
    assert "Dense 2" in heard.args[0]
    assert lit(view) == ["dense-2"]
    assert view.canvas.cards["output"].input._state is PortState.OPEN
    assert live_wires(view)[0].path().currentPosition() == hand.input("dense-2")


@pytest.mark.parametrize("key", [Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Tab, Qt.Key.Key_Left, Qt.Key.Key_Up])
def test_arrows_and_tab_choose_enter_connects(wiring, document, hand, key):
    hand.key(key)
    assert lit(wiring) == ["output"]
    hand.key(Qt.Key.Key_Return)
    assert Wire("input", "output") in document.project.design.wires
    assert (lit(wiring), live_wires(wiring)) == ([], [])
    assert wiring.selected() == "input"


def test_behind_the_last_target_comes_the_first(wiring, hand):
    hand.key(Qt.Key.Key_Right)
    hand.key(Qt.Key.Key_Right)
    assert lit(wiring) == ["dense-2"]


def test_escape_and_the_mouse_leave_the_wire(wiring, document, hand):
    hand.key(Qt.Key.Key_Escape)
    assert (lit(wiring), live_wires(wiring)) == ([], [])
    assert wiring.selected() == "input"
    hand.key(Qt.Key.Key_W)
    hand.click(QPointF(303, 218))
    assert (lit(wiring), live_wires(wiring)) == ([], [])
    assert document.undo_stack.count() == 0


def test_what_cannot_be_wired_says_so(view, hand, qtbot):
    for selected, reason in ((None, "Select the layer"), ("output", "Output"), ("dense-2", "Dense 2")):
        view.select(selected)
        with qtbot.waitSignal(view.notice) as heard:
            hand.key(Qt.Key.Key_W)
        assert reason in heard.args[0]
        assert live_wires(view) == []


def test_the_menu_of_a_card_wires_it(view, document, hand):
    menu = view.context_menu(hand.pixel("input"))
    (targets,) = (action.menu() for action in menu.actions() if action.text() == "Wire to")
    assert [action.text() for action in targets.actions()] == ["Dense 2", "Output"]
    targets.actions()[1].trigger()
    assert Wire("input", "output") in document.project.design.wires


def test_keys_and_the_menu_lead_more_wires_into_a_layer_that_joins(view, joined, hand):
    view.setFocus()
    view.select("dense-1")
    hand.key(Qt.Key.Key_W)
    assert lit(view) == ["add-1"]
    hand.key(Qt.Key.Key_Return)
    menu = view.context_menu(hand.pixel("input"))
    (targets,) = (action.menu() for action in menu.actions() if action.text() == "Wire to")
    next(action for action in targets.actions() if action.text() == "Add 1").trigger()
    assert joined.project.design.sources("add-1") == ("dense-2", "dense-1", "input")
    joined.undo_stack.undo()
    view.select("dense-1")
    hand.key(Qt.Key.Key_W)
    assert lit(view) == ["output"]


def test_only_the_card_of_the_target_is_lit(wiring, hand):
    cards = wiring.canvas.cards
    assert [node_id for node_id in cards if cards[node_id]._lit] == ["dense-2"]
    hand.key(Qt.Key.Key_Right)
    assert [node_id for node_id in cards if cards[node_id]._lit] == ["output"]
    hand.key(Qt.Key.Key_Escape)
    assert not any(card._lit for card in cards.values())


def test_the_wire_is_led_as_it_will_run(wiring, hand):
    hand.key(Qt.Key.Key_Right)
    led = live_wires(wiring)[0].path()
    hand.key(Qt.Key.Key_Return)
    assert wiring.canvas.wires[Wire("input", "output")].path() == led
