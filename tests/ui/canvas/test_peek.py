import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QHelpEvent

from annstudio.project import edits
from annstudio.project.build import chain
from annstudio.ui.canvas.look import maps_area
from tests.ui.canvas.snapshots import snapshot_of

SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def shown(view, document):
    """The view with the answers of an untrained network."""
    view.show_snapshot(snapshot_of(document.project))
    return view


@pytest.fixture
def peek(shown):
    return shown._peek


def middle(view, node_id, unit):
    """Return the middle of a unit's map, in scene units."""
    card = view.canvas.cards[node_id]
    return card.mapToScene(card.maps.cells(maps_area(card.face, card.maps))[unit].center())


def rest_on(qtbot, hand, place):
    hand.move(QPointF(0, -60))
    hand.move(place)
    qtbot.waitUntil(lambda: hand.view._peek.place is not None, timeout=1000)


def test_the_pointer_that_rests_on_a_map_shows_it_large(qtbot, shown, peek, hand):
    rest_on(qtbot, hand, middle(shown, "dense-1", 2))
    assert peek.place == ("dense-1", 2)
    assert peek.picture.accessibleName().startswith("Dense 1, unit 3 of 8: ")


def test_the_next_map_is_shown_at_once_and_none_beside_them(qtbot, shown, peek, hand):
    rest_on(qtbot, hand, middle(shown, "dense-1", 0))
    hand.move(middle(shown, "dense-1", 1))
    assert peek.place == ("dense-1", 1)
    hand.move("dense-1")
    assert peek.place is None


def test_a_pointer_that_only_passes_shows_nothing(qtbot, shown, peek, hand):
    hand.move(middle(shown, "dense-1", 0))
    hand.move(QPointF(0, -60))
    qtbot.wait(200)
    assert peek.place is None


def test_a_press_ends_it(qtbot, shown, peek, hand):
    rest_on(qtbot, hand, middle(shown, "dense-1", 0))
    hand.click(middle(shown, "dense-1", 0))
    assert peek.place is None


def test_a_cards_tool_tip_does_not_lie_over_it(qtbot, shown, peek, hand):
    def asks_for_tip(place):
        pixel = hand.pixel(place)
        event = QHelpEvent(QEvent.Type.ToolTip, pixel, shown.viewport().mapToGlobal(pixel))
        return peek.eventFilter(shown.viewport(), event)

    rest_on(qtbot, hand, middle(shown, "dense-1", 0))
    assert asks_for_tip(middle(shown, "dense-1", 0))
    hand.move("dense-1")
    assert not asks_for_tip("dense-1")


def test_the_keyboard_goes_through_the_units_of_the_selected_card(shown, peek, hand, qtbot):
    shown.select("dense-2")
    with qtbot.waitSignal(shown.notice) as told:
        hand.key(Qt.Key.Key_M)
    assert told.args[0].startswith("Dense 2, unit 1 of 4: ")
    places = []
    for keys in (Qt.KeyboardModifier.NoModifier, SHIFT, SHIFT):
        hand.key(Qt.Key.Key_M, keys)
        places.append(peek.place)
    assert places == [("dense-2", 1), ("dense-2", 0), ("dense-2", 3)]
    hand.key(Qt.Key.Key_M)
    assert peek.place == ("dense-2", 0)


def test_escape_ends_it_before_it_ends_the_selection(shown, peek, hand):
    shown.select("dense-2")
    hand.key(Qt.Key.Key_M)
    hand.key(Qt.Key.Key_Escape)
    assert peek.place is None
    assert shown.selected() == "dense-2"


def test_another_card_ends_it(shown, peek, hand):
    shown.select("dense-2")
    hand.key(Qt.Key.Key_M)
    shown.select("dense-1")
    assert peek.place is None


def test_without_answers_the_keyboard_says_so(view, hand, qtbot):
    view.select("dense-1")
    with qtbot.waitSignal(view.notice) as told:
        hand.key(Qt.Key.Key_M)
    assert "nothing to look at" in told.args[0]
    assert view._peek.place is None


def test_it_follows_the_training(shown, peek, hand, document):
    shown.select("dense-1")
    hand.key(Qt.Key.Key_M)
    before = peek.picture.grab().toImage()
    shown.show_snapshot(snapshot_of(document.project, steps=200))
    assert peek.picture.grab().toImage() != before


def test_it_goes_with_its_unit(shown, peek, hand, document):
    shown.select("dense-2")
    hand.key(Qt.Key.Key_M, SHIFT)
    assert peek.place == ("dense-2", 3)
    fewer = edits.set_value(document.project, "dense-2", "units", 2)
    document.apply("units", fewer)
    shown.show_snapshot(snapshot_of(fewer))
    assert peek.place is None


def test_inputs_are_told_by_name_and_the_output_by_its_decision(shown, peek, hand):
    shown.select("input")
    hand.key(Qt.Key.Key_M)
    assert "Lectures attended" in peek.picture.accessibleName()
    shown.select("output")
    hand.key(Qt.Key.Key_M)
    assert peek.picture.accessibleName() == "Output: the decision"


@pytest.mark.parametrize("source", ["linear", "iris", "digits"])
def test_other_data_have_pictures_too(view, document, hand, source):
    document.replace(chain("test", source, [(6, "tanh")]))
    view.show_snapshot(snapshot_of(document.project))
    for node_id in view.canvas.cards:
        view.select(node_id)
        hand.key(Qt.Key.Key_M)
        image = view._peek.picture.grab().toImage()
        colors = {image.pixel(x, y) for x in range(0, image.width(), 3) for y in range(0, image.height(), 3)}
        assert len(colors) > 4


def test_it_stays_within_the_window(shown, peek, hand):
    for node_id in shown.canvas.cards:
        shown.select(node_id)
        hand.key(Qt.Key.Key_M)
        assert shown.window().rect().contains(peek.picture.geometry())


def test_the_mouse_goes_through_it(shown, peek, hand):
    shown.select("dense-1")
    hand.key(Qt.Key.Key_M)
    assert shown.childAt(peek.picture.geometry().center()) is not peek.picture
