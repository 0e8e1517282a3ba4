import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QNativeGestureEvent, QPointingDevice, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from annstudio.project import edits
from annstudio.project.build import chain
from annstudio.project.model import Wire
from annstudio.ui.canvas.chip import Chip
from annstudio.ui.canvas.hint import Hint
from annstudio.ui.canvas.note import Note


def turn_wheel(view, pixel, notches, keys=Qt.KeyboardModifier.NoModifier):
    event = QWheelEvent(
        QPointF(pixel),
        QPointF(view.viewport().mapToGlobal(pixel)),
        QPoint(),
        QPoint(0, 120 * notches),
        Qt.MouseButton.NoButton,
        keys,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(view.viewport(), event)


def hint(view):
    return view.findChild(Hint)


def shown(view):
    return view.mapToScene(view.viewport().rect()).boundingRect()


def test_at_first_all_cards_are_shown_at_full_size(view):
    assert view.zoom == 1.0
    assert shown(view).contains(view.canvas.content())


def test_fit_makes_a_large_network_smaller_but_never_a_small_one_larger(view):
    view.editor.move({"output": (3000.0, 500.0)})
    view.fit()
    assert view.zoom < 0.5
    assert shown(view).contains(view.canvas.content())
    view.tidy()
    assert view.zoom == 1.0


def test_it_stays_fitted_when_resized_until_zoomed_by_hand(view, qtbot):
    view.resize(500, 300)
    assert shown(view).contains(view.canvas.content())
    fitted = view.zoom
    assert fitted < 1.0
    view.zoom_in()
    zoomed = view.zoom
    view.resize(900, 400)
    assert view.zoom == zoomed


def test_zooming_keeps_the_middle_of_the_view_in_place(view):
    before = shown(view).center()
    for _ in range(4):
        view.zoom_in()
    assert view.zoom > 1.4
    assert (shown(view).center() - before).manhattanLength() < 3


def test_the_zoom_has_ends(view, qtbot):
    for _ in range(40):
        view.zoom_in()
    largest = view.zoom
    view.zoom_in()
    assert view.zoom == largest <= 4
    for _ in range(60):
        view.zoom_out()
    assert view.zoom == pytest.approx(0.1)


@pytest.mark.parametrize("notches", [1, -1, 3])
def test_control_and_the_wheel_zoom_at_the_pointer(view, notches):
    pixel = QPoint(700, 120)
    before = view.mapToScene(pixel)
    turn_wheel(view, pixel, notches, Qt.KeyboardModifier.ControlModifier)
    assert view.zoom == pytest.approx(1.0015 ** (120 * notches))
    assert (view.mapToScene(pixel) - before).manhattanLength() < 3 / view.zoom


def test_the_wheel_alone_scrolls(view):
    before = shown(view).center()
    turn_wheel(view, QPoint(300, 100), -1)
    assert view.zoom == 1.0
    assert shown(view).center().y() > before.y()


def test_shift_and_the_wheel_scroll_sideways(view):
    before = shown(view).center()
    turn_wheel(view, QPoint(300, 100), -1, Qt.KeyboardModifier.ShiftModifier)
    assert shown(view).center().x() > before.x()
    assert shown(view).center().y() == before.y()


def test_two_fingers_scroll_both_ways(view):
    before = shown(view).center()
    event = QWheelEvent(
        QPointF(300, 100),
        QPointF(view.viewport().mapToGlobal(QPoint(300, 100))),
        QPoint(),
        QPoint(-40, 24),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.ScrollUpdate,
        False,
    )
    QApplication.sendEvent(view.viewport(), event)
    assert shown(view).center() - before == QPointF(20, -12)


def test_pinching_zooms_at_the_fingers(view):
    place = QPointF(700, 120)
    before = view.mapToScene(place.toPoint())
    pinch = QNativeGestureEvent(
        Qt.NativeGestureType.ZoomNativeGesture,
        QPointingDevice.primaryPointingDevice(),
        2,
        place,
        place,
        place,
        0.25,
        place,
    )
    QApplication.sendEvent(view.viewport(), pinch)
    assert view.zoom == pytest.approx(1.25)
    assert (view.mapToScene(place.toPoint()) - before).manhattanLength() < 3


def test_what_would_be_too_small_begins_with_the_first_layers(view, document):
    long = chain("long", "exam", [(2, "tanh")] * 60)
    document.replace(long)
    assert view.zoom == 0.6
    first = view.canvas.cards["input"]
    assert shown(view).contains(first.extent())
    assert view.mapFromScene(first.pos()).x() < 60
    view.resize(900, 420)
    assert view.zoom == 0.6
    view.fit()
    assert shown(view).contains(view.canvas.content())
    view.resize(800, 400)
    assert shown(view).contains(view.canvas.content())


def test_in_a_low_view_the_cards_take_the_room(view):
    view.resize(700, 130)
    assert view.zoom > 0.6


def test_the_graph_runs_from_left_to_right_in_every_language(qapp, view):
    qapp.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    try:
        left, right = view.canvas.cards["input"], view.canvas.cards["output"]
        assert view.layoutDirection() is Qt.LayoutDirection.LeftToRight
        assert view.mapFromScene(left.scenePos()).x() < view.mapFromScene(right.scenePos()).x()
    finally:
        qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)


def test_a_network_out_of_sight_can_be_brought_back(view):
    assert not hint(view).isVisible()
    for _ in range(40):
        turn_wheel(view, QPoint(500, 200), -1)
    assert hint(view).isVisible()
    assert "out of sight" in hint(view).findChild(QLabel).text()
    QTest.mouseClick(hint(view).findChild(Chip), Qt.MouseButton.LeftButton)
    assert not hint(view).isVisible()
    assert shown(view).contains(view.canvas.content())


def test_an_empty_canvas_says_how_to_begin(view, document):
    view.select_all()
    view.delete_selection()
    assert hint(view).isVisible()
    assert "Drag a layer here" in hint(view).findChild(QLabel).text()
    assert not hint(view).findChild(Chip).isVisible()
    # The mouse, and what it carries, goes through to the canvas.
    assert view.childAt(hint(view).geometry().center()) is view.viewport()
    document.undo_stack.undo()
    assert not hint(view).isVisible()


def test_a_note_stands_above_its_card_where_it_would_be_cut_off_below(view, document):
    document.apply("", edits.remove(document.project, (), [Wire("input", "dense-1")]))
    card = view.canvas.cards["dense-1"]
    note = next(item for item in card.childItems() if isinstance(item, Note))
    assert note.y() > 0
    down = view.mapFromScene(card.scenePos()).y()
    view.verticalScrollBar().setValue(view.verticalScrollBar().value() - (view.height() - 170 - down))
    assert note.y() < 0
    whole = card.mapRectToScene(note.mapRectToParent(note.boundingRect()))
    assert shown(view).contains(whole)
    view.fit()
    assert note.y() > 0
    assert shown(view).contains(view.canvas.content())


def test_tab_walks_the_buttons_from_left_to_right(view):
    chips = [chip for chip in view.findChildren(Chip) if chip.isVisible()]
    first = min(chips, key=lambda chip: chip.x())
    order, chip = [], first
    while chip not in order:
        order.append(chip)
        chip = chip.nextInFocusChain()
        while chip not in chips:
            chip = chip.nextInFocusChain()
    assert order == sorted(chips, key=lambda chip: chip.x())
