import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLineEdit, QWidget

from annstudio.engine.layers import layers
from annstudio.project.model import Wire
from annstudio.project.shapes import flow
from annstudio.ui.canvas.view import CanvasView

CONTROL = Qt.KeyboardModifier.ControlModifier


def test_the_arrows_walk_along_the_wires(view, hand):
    hand.key(Qt.Key.Key_Right)
    assert view.selected() == "input"
    for expected in ("dense-1", "dense-2", "output", "output"):
        hand.key(Qt.Key.Key_Right)
        assert view.selected() == expected
    hand.key(Qt.Key.Key_Left)
    assert view.selected() == "dense-2"


def test_up_and_down_go_to_the_nearest_card(view, hand):
    view.editor.move({"dense-2": (170.0, 200.0)})
    view.select("dense-1")
    hand.key(Qt.Key.Key_Down)
    assert view.selected() == "dense-2"
    hand.key(Qt.Key.Key_Up)
    assert view.selected() == "dense-1"


def test_control_and_arrows_move_the_card_as_one_undo(view, document, hand):
    view.select("dense-1")
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Left):
        hand.key(key, CONTROL)
    assert document.project.positions["dense-1"] == (180.0, 10.0)
    assert document.undo_stack.count() == 1
    view.select("dense-2")
    hand.key(Qt.Key.Key_Up, CONTROL)
    assert document.undo_stack.count() == 2


def test_tab_walks_through_the_cards_and_then_leaves(qtbot, document):
    window = QWidget()
    qtbot.addWidget(window)
    row = QHBoxLayout(window)
    before, canvas, after = QLineEdit(), CanvasView(document), QLineEdit()
    for widget in (before, canvas, after):
        row.addWidget(widget)
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    before.setFocus()
    seen = []
    for _ in range(len(document.project.design.nodes)):
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        assert canvas.hasFocus()
        seen.append(canvas.selected())
    assert seen == ["input", "dense-1", "dense-2", "output"]
    QTest.keyClick(canvas, Qt.Key.Key_Backtab)
    assert canvas.selected() == "dense-2"
    QTest.keyClick(canvas, Qt.Key.Key_Tab)
    QTest.keyClick(canvas, Qt.Key.Key_Tab)
    assert not canvas.hasFocus()


@pytest.mark.parametrize("key", [Qt.Key.Key_Delete, Qt.Key.Key_Backspace])
def test_delete_removes_the_layer_and_joins_its_neighbors(view, document, hand, key, qtbot):
    view.select("dense-1")
    with qtbot.waitSignal(view.selection_changed) as heard:
        hand.key(key)
    assert heard.args == [None]
    assert [node.id for node in document.project.design.nodes] == ["input", "dense-2", "output"]
    assert Wire("input", "dense-2") in document.project.design.wires
    assert document.undo_stack.undoText() == "Delete Dense 1"
    document.undo_stack.undo()
    assert "dense-1" in view.canvas.cards


def test_delete_without_a_selection_does_nothing(document, hand):
    hand.key(Qt.Key.Key_Delete)
    assert document.undo_stack.count() == 0


def test_everything_can_be_selected_and_deleted(view, document, hand):
    heard = []
    view.selection_changed.connect(heard.append)
    view.select_all()
    assert len(view.canvas.selected_nodes()) == 4
    assert view.selected() is None
    hand.key(Qt.Key.Key_Delete)
    assert document.project.design.nodes == ()
    assert not view.canvas.cards
    assert not view.canvas.wires
    assert heard == []
    hand.key(Qt.Key.Key_Right)
    assert view.selected() is None


def test_enter_asks_for_the_settings(view, hand, qtbot):
    view.select("dense-2")
    with qtbot.waitSignal(view.activated) as heard:
        hand.key(Qt.Key.Key_Return)
    assert heard.args == ["dense-2"]


def test_escape_clears_the_selection(view, hand):
    view.select("dense-2")
    hand.key(Qt.Key.Key_Escape)
    assert view.selected() is None


def test_keys_zoom(view, hand):
    hand.key(Qt.Key.Key_Plus)
    assert view.zoom == pytest.approx(1.1)
    hand.key(Qt.Key.Key_Minus)
    hand.key(Qt.Key.Key_Minus)
    assert view.zoom == pytest.approx(0.9)
    hand.key(Qt.Key.Key_0)
    assert view.zoom == 1.0


def test_selecting_announces_once(view, qtbot):
    heard = []
    view.selection_changed.connect(heard.append)
    view.select("dense-1")
    view.select("dense-1")
    view.select("dense-2")
    view.select("no such layer")
    assert heard == ["dense-1", "dense-2", None]


def test_a_selected_card_is_scrolled_into_view(view):
    view.editor.move({"output": (5000.0, 3000.0)})
    view.select("output")
    shown = view.mapToScene(view.viewport().rect()).boundingRect()
    assert shown.contains(view.canvas.cards["output"].extent())


@pytest.mark.parametrize("kind", [key for key, layer in layers.items() if layer.takes_input and layer.gives_output])
def test_an_added_layer_is_wired_in_behind_the_selected_one(view, document, kind):
    view.select("dense-1")
    view.add_layer(kind)
    new = view.selected()
    assert {Wire("dense-1", new), Wire(new, "dense-2")} <= set(document.project.design.wires)
    assert flow(document.project)[new].inputs == ((8,),)
    assert view.canvas.cards.keys() == {node.id for node in document.project.design.nodes}


def test_a_layer_added_without_a_selection_stands_before_the_output(view, document):
    view.add_layer("dense")
    assert Wire(view.selected(), "output") in document.project.design.wires


def test_a_layer_that_is_added_stays_in_view_and_can_be_read(view):
    for number in range(12):
        view.add_layer("dense")
        shown = view.mapToScene(view.viewport().rect()).boundingRect()
        assert shown.contains(view.canvas.cards[view.selected()].extent())
        assert number > 4 or shown.contains(view.canvas.content())
        assert view.zoom >= 0.6


def test_tidy_lines_the_cards_up(view, document):
    view.editor.move({"dense-1": (170.0, 310.0)})
    view.tidy()
    assert document.project.positions["dense-1"] == (170.0, 0.0)
    assert document.undo_stack.undoText() == "Tidy"


def test_an_edit_that_is_refused_is_explained(view, document, qtbot):
    with qtbot.waitSignal(view.notice) as heard:
        view.editor.connect_nodes("dense-1", "dense-1")
    assert "itself" in heard.args[0]
    assert document.undo_stack.count() == 0
