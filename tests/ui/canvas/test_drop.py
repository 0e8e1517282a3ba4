import pytest
from PySide6.QtCore import QMimeData, QPointF

from annstudio.engine.layers import layers
from annstudio.project.model import Wire
from annstudio.ui.canvas.drop import DropGesture
from annstudio.ui.canvas.geometry import CARD
from annstudio.ui.canvas.ghost import Ghost
from annstudio.ui.palette import Palette
from annstudio.ui.palette_list import Role

ON_WIRE = QPointF(325, 60)
GROUND = QPointF(303, 218)


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
    assert not gesture.is_in_wire
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
