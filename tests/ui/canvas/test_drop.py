import pytest
from PySide6.QtCore import QMimeData, QPointF

from annstudio.engine.layers import layers
from annstudio.project import edits
from annstudio.project.model import Wire
from annstudio.ui.canvas.bubble import Bubble
from annstudio.ui.canvas.drop import DropGesture
from annstudio.ui.canvas.geometry import CARD
from annstudio.ui.canvas.ghost import Ghost
from annstudio.ui.canvas.mime import activation_mime
from annstudio.ui.palette import Palette
from annstudio.ui.palette_list import Role

ON_WIRE = QPointF(325, 60)
GROUND = QPointF(303, 218)
ON_CARD = QPointF(240, 60)


@pytest.fixture
def dense(qtbot):
    """What the palette's own drag of a Dense layer carries."""
    palette = Palette()
    qtbot.addWidget(palette)
    headings = palette.entries.headings()
    rows = (row for heading in headings for row in palette.entries.entries_of(heading))
    (row,) = (row for row in rows if row.data(0, Role.KEY) == "dense")
    return palette.entries.mimeData([row])


def ghosts(view):
    return [item for item in view.canvas.items() if isinstance(item, Ghost)]


def test_a_layer_dropped_on_the_ground_stands_there_by_its_middle(view, document, hand, dense):
    assert hand.drop(dense, GROUND)
    x, y = document.project.positions["dense-3"]
    middle = QPointF(x, y) + CARD.center()
    assert (middle - GROUND).manhattanLength() <= 10
    assert (x % 10, y % 10) == (0, 0)
    assert view.selected() == "dense-3"
    assert document.undo_stack.count() == 1
    assert not ghosts(view)


def test_nothing_moves_beneath_the_hand(view, hand, dense):
    before = view.mapToScene(0, 0)
    hand.drop(dense, GROUND)
    assert view.mapToScene(0, 0) == before


def test_a_layer_dropped_onto_a_wire_is_wired_in(view, document, hand, dense):
    assert hand.drop(dense, ON_WIRE)
    wires = set(document.project.design.wires)
    assert {Wire("dense-1", "dense-3"), Wire("dense-3", "dense-2")} <= wires
    assert Wire("dense-1", "dense-2") not in wires
    assert document.undo_stack.count() == 1
    document.undo_stack.undo()
    assert Wire("dense-1", "dense-2") in document.project.design.wires


def test_a_layer_dropped_into_a_long_wire_stays_where_it_was_dropped(document, hand, view, dense):
    hand.drag("dense-2", QPointF(70 + 600, 20 + 200))
    hand.drag("output", QPointF(70 + 800, 20 + 200))
    start, end = hand.output("dense-1"), hand.input("dense-2")
    middle = (start + end) / 2
    assert hand.drop(dense, middle)
    assert Wire("dense-1", "dense-3") in document.project.design.wires
    x, y = document.project.positions["dense-3"]
    assert (QPointF(x, y) + CARD.center() - middle).manhattanLength() <= 10
    assert document.project.positions["dense-2"] == (600.0, 200.0)


def test_while_dragging_the_landing_place_is_shown(view, hand, dense):
    hand.drag_in(dense, GROUND)
    (ghost,) = ghosts(view)
    assert ghost.isVisible()
    assert ghost.pos().x() % 10 == 0
    wire = view.canvas.wires[Wire("dense-1", "dense-2")]
    assert not wire._lit
    hand.drag_in(dense, ON_WIRE)
    assert wire._lit
    hand.drag_out()
    assert not wire._lit
    assert not ghosts(view)


@pytest.mark.parametrize("kind", [kind for kind in layers if not layers[kind].gives_output])
def test_a_layer_without_two_ports_is_not_caught_by_a_wire(view, kind):
    gesture = DropGesture(view.canvas, view.editor, kind)
    gesture.move(ON_WIRE)
    assert gesture.is_on_ground
    gesture.cancel()


@pytest.mark.parametrize("off", [QPointF(0, 0), QPointF(60, 10), QPointF(-5, -40), QPointF(100, 60)])
def test_a_layer_dropped_onto_a_card_stands_beside_it(view, document, hand, dense, off):
    output = view.canvas.cards["output"].scenePos() + CARD.center() + off
    hand.drag_in(dense, output)
    (ghost,) = ghosts(view)
    shown = ghost.pos()
    assert hand.drop(dense, output)
    places = dict(document.project.positions)
    x, y = places.pop("dense-3")
    assert (x, y) == (shown.x(), shown.y())
    assert not any(abs(x - a) < CARD.width() and abs(y - b) < CARD.height() for a, b in places.values())
    assert (QPointF(x, y) + CARD.center() - output).manhattanLength() < 2 * CARD.width()


def test_foreign_drags_are_turned_away(document, hand):
    text = QMimeData()
    text.setText("dense")
    assert not hand.drag_in(text, GROUND)
    assert not hand.drop(text, GROUND)
    assert document.undo_stack.count() == 0


def test_a_second_drag_leaves_no_ghost_of_the_first(view, hand, dense):
    hand.drag_in(dense, GROUND)
    hand.drag_in(dense, GROUND)
    assert len(ghosts(view)) == 1
    hand.drag_out()


def test_an_activation_dropped_onto_a_layer_becomes_its_own(view, document, hand):
    hand.drag_in(activation_mime("relu"), ON_CARD)
    assert view.canvas.cards["dense-1"]._lit
    assert not any(ghost.isVisible() for ghost in ghosts(view))
    assert hand.drop(activation_mime("relu"), ON_CARD)
    assert document.project.design.node("dense-1")["activation"] == "relu"
    assert view.canvas.cards["dense-1"].face.activation == "relu"
    assert document.undo_stack.undoText() == "Change Activation of Dense 1"
    assert document.undo_stack.count() == 1
    assert view.selected() == "dense-1"
    assert not view.canvas.cards["dense-1"]._lit
    assert not ghosts(view)


def test_a_layer_without_an_activation_says_why_it_takes_none(view, document, hand, qtbot):
    document.replace(edits.insert_node(document.project, "dropout", Wire("dense-1", "dense-2"))[0])
    card = view.canvas.cards["dropout-1"]
    hand.drag_in(activation_mime("relu"), card.sceneBoundingRect().center())
    assert not card._lit
    with qtbot.waitSignal(view.notice) as heard:
        hand.drop(activation_mime("relu"), card.sceneBoundingRect().center())
    assert "Dropout 1 has no activation of its own" in heard.args[0]
    assert view.findChild(Bubble).isVisible()
    assert document.undo_stack.count() == 0


def test_an_activation_dropped_elsewhere_becomes_a_layer(view, document, hand):
    hand.drag_in(activation_mime("mish"), GROUND)
    (ghost,) = ghosts(view)
    assert ghost.isVisible()
    assert hand.drop(activation_mime("mish"), GROUND)
    assert document.project.design.node("activation-1")["activation"] == "mish"
    assert hand.drop(activation_mime("elu"), ON_WIRE)
    assert document.project.design.node("activation-2")["activation"] == "elu"
    assert document.project.design.sources("activation-2") == ("dense-1",)
    assert document.undo_stack.count() == 2


def test_an_activation_taken_by_key_goes_to_the_selected_layer_or_behind_it(view, document):
    view.select("dense-1")
    view.add_activation("softplus")
    assert document.project.design.node("dense-1")["activation"] == "softplus"
    view.select("input")
    view.add_activation("elu")
    assert document.project.design.node("activation-1")["activation"] == "elu"
    assert document.project.design.sources("activation-1") == ("input",)


def test_an_unknown_activation_is_turned_away(hand):
    assert not hand.drag_in(activation_mime("nonsense"), GROUND)


def test_the_card_shows_what_it_would_be_until_the_drag_leaves(view, hand):
    card = view.canvas.cards["dense-1"]
    before = card.face
    hand.drag_in(activation_mime("relu"), ON_CARD)
    assert (card.face.activation, card.face.subtitles[0]) == ("relu", "8 · ReLU")
    hand.drag_out()
    assert not card._lit
    assert card.face == before
    assert not ghosts(view)
