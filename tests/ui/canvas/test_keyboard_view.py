import pytest
from PySide6.QtCore import Qt

from annstudio.engine.layers import layers
from annstudio.project import edits
from annstudio.project.model import Wire

SHIFT, ALT = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.AltModifier
LEFT, RIGHT, UP, DOWN = (getattr(Qt.Key, f"Key_{name}") for name in ("Left", "Right", "Up", "Down"))


@pytest.fixture
def forked(document):
    """The document with a second way from Dense 1 to the Output, below the first."""
    project, node_id = edits.add_node(document.project, "dense", (340.0, 200.0))
    project = edits.connect(project, "dense-1", node_id)
    document.replace(edits.insert_node(project, "add", Wire("dense-2", "output"))[0])
    document.replace(edits.connect(document.project, node_id, "add-1"))
    return node_id


def test_every_letter_means_one_thing():
    letters = [layer.letter for layer in layers.values() if layer.letter]
    assert len({*letters, "W", "M"}) == len(letters) + 2
    assert all(len(letter) == 1 and "A" <= letter <= "Z" for letter in letters)


@pytest.mark.parametrize("kind", [kind for kind, layer in layers.items() if layer.letter])
def test_a_letter_adds_its_layer_and_selects_it(view, document, hand, kind):
    view.select("dense-1")
    hand.key(ord(layers[kind].letter))
    added = document.project.design.nodes[-1]
    assert added.kind == kind
    assert view.selected() == added.id
    if layers[kind].takes_input and layers[kind].gives_output:
        assert Wire("dense-1", added.id) in document.project.design.wires


def test_a_letter_with_control_adds_nothing(view, document, hand):
    hand.key(Qt.Key.Key_D, ALT)
    assert document.undo_stack.count() == 0


def test_shift_and_arrows_select_more_and_give_up_on_the_way_back(view, hand):
    view.select("input")
    for key, selected in (
        (RIGHT, {"input", "dense-1"}),
        (RIGHT, {"input", "dense-1", "dense-2"}),
        (LEFT, {"input", "dense-1"}),
        (LEFT, {"input"}),
        (LEFT, {"input"}),
    ):
        hand.key(key, SHIFT)
        assert set(view.canvas.selected_nodes()) == selected


def test_shift_and_arrows_begin_with_the_first_card(view, hand):
    hand.key(RIGHT, SHIFT)
    assert view.selected() == "input"


def test_an_arrow_goes_on_from_where_the_keyboard_is(view, hand):
    view.select("input")
    hand.key(RIGHT, SHIFT)
    hand.key(RIGHT)
    assert view.selected() == "dense-2"


def test_what_the_mouse_selected_is_extended_from_its_end(view, hand):
    view.canvas.select_only([view.canvas.cards[key] for key in ("dense-1", "input")])
    hand.key(RIGHT, SHIFT)
    assert set(view.canvas.selected_nodes()) == {"input", "dense-1", "dense-2"}


def test_alt_and_arrows_select_a_wire_and_then_the_next_one(view, hand, forked):
    view.select("dense-1")
    for key, wire in (
        (RIGHT, Wire("dense-1", "dense-2")),
        (RIGHT, Wire("dense-1", forked)),
        (DOWN, Wire("dense-1", "dense-2")),
    ):
        hand.key(key, ALT)
        assert view.canvas.selected_wires() == [wire]
    view.select("dense-1")
    hand.key(LEFT, ALT)
    assert view.canvas.selected_wires() == [Wire("input", "dense-1")]


def test_from_a_wire_the_arrows_lead_to_its_ends(view, hand):
    for key, end in ((RIGHT, "dense-2"), (LEFT, "dense-1")):
        view.select("dense-1")
        hand.key(RIGHT, ALT)
        hand.key(key)
        assert view.selected() == end


def test_a_selected_wire_is_deleted_or_takes_a_layer(view, document, hand):
    view.select("dense-1")
    hand.key(RIGHT, ALT)
    hand.key(Qt.Key.Key_P)
    assert {Wire("dense-1", "dropout-1"), Wire("dropout-1", "dense-2")} <= set(document.project.design.wires)
    hand.key(LEFT, ALT)
    hand.key(Qt.Key.Key_Delete)
    assert Wire("dense-1", "dropout-1") not in document.project.design.wires
    assert document.undo_stack.undoText() == "Delete wire"


def test_a_card_without_wires_has_none_to_select(view, hand):
    view.select("output")
    hand.key(RIGHT, ALT)
    assert view.selected() == "output"
    view.select(None)
    hand.key(RIGHT, ALT)
    assert view.canvas.selectedItems() == []
