import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from annstudio.engine.layers import layers
from annstudio.project import edits
from annstudio.project.build import chain
from annstudio.project.model import Wire
from annstudio.ui.canvas.face import face_of
from annstudio.ui.canvas.look import value_areas
from annstudio.ui.inspector.fields import ChoiceField, NumberField

SHIFT, CONTROL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def editor(view, qtbot):
    """The view's field over a card, in a window that has the focus."""
    view.activateWindow()
    view.setFocus()
    qtbot.waitUntil(view.hasFocus)
    return view.values


def value(view, node_id, key, index=0):
    """Return the middle of an area where a card tells this setting, in scene units."""
    card = view.canvas.cards[node_id]
    areas = [area for each, area in value_areas(card.face, view.canvas.look) if each == key]
    return card.mapToScene(areas[index].center())


def edited(view):
    """Return which setting of which layer is being edited."""
    row = view.values.row
    return (view.values.node_id, row.key) if row is not None else None


def press(key, keys=Qt.KeyboardModifier.NoModifier):
    """Press a key where the focus is."""
    QTest.keyClick(QApplication.focusWidget(), key, keys)


def typed(text):
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_A, CONTROL)
    QTest.keyClicks(QApplication.focusWidget(), text)


def setting(document, node_id, key):
    return document.project.design.node(node_id)[key]


# Where the font is wide, the subtitle has no room for the units, and only the foot tells them.
@pytest.mark.parametrize(("key", "index"), [("units", 0), ("units", -1), ("activation", 0), ("activation", -1)])
def test_a_click_on_a_value_edits_it(view, editor, hand, key, index):
    hand.click(value(view, "dense-1", key, index))
    assert edited(view) == ("dense-1", key)
    assert view.selected() == "dense-1"
    assert isinstance(editor.row.field, NumberField if key == "units" else ChoiceField)


def test_a_click_elsewhere_or_a_drag_edits_nothing(view, editor, hand):
    hand.click("dense-1")
    assert edited(view) is None
    start = value(view, "dense-1", "units")
    hand.drag(start, start + QPointF(0, 60))
    assert edited(view) is None
    hand.click(value(view, "dense-1", "units"), keys=CONTROL)
    assert edited(view) is None


def test_the_pointer_tells_what_can_be_clicked(view, hand):
    hand.move(value(view, "dense-1", "units"))
    assert view.viewport().cursor().shape() is Qt.CursorShape.PointingHandCursor
    hand.move("dense-1")
    assert view.viewport().cursor().shape() is not Qt.CursorShape.PointingHandCursor


def test_enter_takes_what_was_typed_as_one_edit_and_gives_the_focus_back(view, editor, document):
    view.select("dense-1")
    press(Qt.Key.Key_F2)
    typed("13")
    press(Qt.Key.Key_Return)
    assert setting(document, "dense-1", "units") == 13
    assert edited(view) is None
    assert view.hasFocus()
    assert document.undo_stack.count() == 1
    assert document.undo_stack.undoText() == "Change Units of Dense 1"


def test_stepping_and_typing_are_one_edit(view, editor, document):
    view.edit_value("dense-1", "units")
    for _ in range(3):
        press(Qt.Key.Key_Up)
    assert setting(document, "dense-1", "units") == 11
    typed("5")
    press(Qt.Key.Key_Return)
    document.undo_stack.undo()
    assert setting(document, "dense-1", "units") == 8


def test_another_visit_is_another_edit(view, editor, document):
    for units in ("9", "10"):
        view.edit_value("dense-1", "units")
        typed(units)
        press(Qt.Key.Key_Return)
    assert document.undo_stack.count() == 2


def test_escape_takes_everything_back(view, editor, document):
    before = document.project
    view.edit_value("dense-1", "units")
    press(Qt.Key.Key_Up)
    typed("5")
    press(Qt.Key.Key_Escape)
    assert document.project == before
    assert document.undo_stack.count() == 0
    assert edited(view) is None
    assert view.hasFocus()
    assert view.selected() == "dense-1"


def test_escape_takes_a_pin_back_as_well(view, editor, document):
    before = document.project
    view.edit_value("output", "units")
    press(Qt.Key.Key_Up)
    press(Qt.Key.Key_Escape)
    assert document.project == before


def test_tab_goes_through_the_values_of_all_cards(view, editor, document):
    view.select("dense-1")
    press(Qt.Key.Key_F2)
    visited = [edited(view)]
    for _ in range(6):
        press(Qt.Key.Key_Tab)
        visited.append(edited(view))
    nodes = ("dense-1", "dense-2", "output", "dense-1")
    assert visited == [(node_id, key) for node_id in nodes for key in ("units", "activation")][:7]
    press(Qt.Key.Key_Backtab, SHIFT)
    assert edited(view) == ("output", "activation")


def test_tab_takes_what_was_typed(view, editor, document):
    view.edit_value("dense-1", "units")
    typed("5")
    press(Qt.Key.Key_Tab)
    assert setting(document, "dense-1", "units") == 5
    assert edited(view) == ("dense-1", "activation")


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Tab])
def test_what_will_not_do_is_said_and_stays(view, editor, document, key):
    before = document.project
    view.edit_value("dense-1", "units")
    typed("0")
    press(key)
    assert edited(view) == ("dense-1", "units")
    assert editor.row.refused
    assert document.project == before
    typed("3")
    press(key)
    assert setting(document, "dense-1", "units") == 3


def test_an_activation_is_picked_from_the_inspectors_list(view, editor, document):
    view.edit_value("dense-1", "activation")
    press(Qt.Key.Key_Down)
    assert setting(document, "dense-1", "activation") != "tanh"
    press(Qt.Key.Key_Return)
    assert document.undo_stack.undoText() == "Change Activation of Dense 1"


def test_a_click_beside_it_takes_what_was_typed(view, editor, document, hand):
    view.edit_value("dense-1", "units")
    typed("5")
    hand.click(QPointF(0, 180))
    assert edited(view) is None
    assert setting(document, "dense-1", "units") == 5


def test_a_click_beside_it_forgets_what_will_not_do(view, editor, document, hand):
    view.edit_value("dense-1", "units")
    typed("0")
    hand.click(QPointF(0, 180))
    assert edited(view) is None
    assert setting(document, "dense-1", "units") == 8


def test_it_goes_with_its_layer(view, editor, document):
    view.edit_value("dense-1", "units")
    document.apply("remove", edits.remove(document.project, ["dense-1"]))
    assert edited(view) is None


def test_it_goes_with_its_project(view, editor, document):
    """What Escape would bring back belongs to the project from before."""
    view.edit_value("dense-1", "units")
    press(Qt.Key.Key_Up)
    other = chain("Other", "exam", [(3, "relu"), (3, "relu")])
    document.replace(other)
    assert edited(view) is None
    press(Qt.Key.Key_Escape)
    editor.cancel()
    assert document.project == other
    assert document.undo_stack.count() == 0


def test_an_undo_takes_it_away_and_stays(view, editor, document):
    before = document.project
    document.apply("units", edits.set_value(before, "dense-1", "units", 20))
    view.edit_value("dense-1", "units")
    document.undo_stack.undo()
    assert edited(view) is None
    press(Qt.Key.Key_Escape)
    assert document.project == before
    assert document.undo_stack.canRedo()
    assert view.hasFocus()


def test_another_edit_takes_it_away_and_stays(view, editor, document):
    view.edit_value("dense-1", "units")
    press(Qt.Key.Key_Up)
    document.apply("activation", edits.set_value(document.project, "dense-1", "activation", "relu"))
    press(Qt.Key.Key_Escape)
    assert (setting(document, "dense-1", "units"), setting(document, "dense-1", "activation")) == (9, "relu")


def test_it_follows_its_card_and_stays_within_the_canvas(view, editor):
    view.edit_value("output", "units")
    before = editor.pos()
    view.centerOn(view.canvas.cards["output"])
    assert editor.pos() != before
    for node_id in ("dense-1", "output"):
        view.edit_value(node_id, "units")
        view.horizontalScrollBar().setValue(view.horizontalScrollBar().value() + 3000)
        assert view.rect().contains(editor.geometry())


def test_plus_and_minus_change_the_units_of_the_selected_card(view, editor, document):
    zoom = view.zoom
    view.select("dense-1")
    for _ in range(3):
        press(Qt.Key.Key_Plus, SHIFT)
    press(Qt.Key.Key_Minus)
    assert setting(document, "dense-1", "units") == 10
    assert document.undo_stack.count() == 1
    assert view.zoom == zoom
    view.select(None)
    press(Qt.Key.Key_Minus)
    assert setting(document, "dense-1", "units") == 10
    assert view.zoom < zoom


def test_there_is_no_layer_without_units(view, editor, document, qtbot):
    document.apply("one", edits.set_value(document.project, "dense-1", "units", 1))
    view.select("dense-1")
    with qtbot.waitSignal(view.notice):
        press(Qt.Key.Key_Minus)
    assert setting(document, "dense-1", "units") == 1


def test_a_card_without_values_leads_to_the_inspector(view, editor, qtbot):
    view.select("input")
    with qtbot.waitSignal(view.activated):
        press(Qt.Key.Key_F2)


@pytest.mark.parametrize("kind", [kind for kind in layers if layers[kind].takes_input])
def test_every_kind_of_layer_is_edited_at_its_card(view, editor, document, kind):
    project, node_id = edits.add_node(document.project, kind, (0.0, 300.0))
    document.apply("add", project)
    card = view.canvas.cards[node_id]
    plain = [param for param in layers[kind].info.params if not param.more]
    assert bool(card.face.keys) is bool(plain)
    for key in card.face.keys:
        view.edit_value(node_id, key)
        assert edited(view) == (node_id, key)


def test_values_lie_where_the_card_tells_them(view, document):
    for project in (document.project, edits.set_value(document.project, "dense-1", "units", 4000)):
        node = project.design.node("dense-1")
        face = face_of(project, node, view._flow["dense-1"])
        areas = [area for _, area in value_areas(face, view.canvas.look)]
        assert not any(one.intersects(other) for i, one in enumerate(areas) for other in areas[:i])
    dropout, node_id = edits.insert_node(document.project, "dropout", Wire("dense-1", "dense-2"))
    document.apply("dropout", dropout)
    assert value_areas(view.canvas.cards[node_id].face, view.canvas.look) == []
