"""Blocks on the canvas: put together, carried, repeated and taken apart, by real keys and mouse."""

import pytest
from PySide6.QtCore import QPointF, Qt, QTimer
from PySide6.QtWidgets import QApplication, QInputDialog, QSpinBox

from annstudio.project import edits, groups
from annstudio.project.unroll import unrolled

CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
Key = Qt.Key


@pytest.fixture
def view(view, qtbot):
    """The view with the focus, so that the keys of its actions work."""
    view.activateWindow()
    view.setFocus()
    qtbot.waitUntil(view.hasFocus)
    return view


@pytest.fixture
def block(document):
    """Dense 1 and Dense 2 are Block 1."""
    document.replace(groups.group(document.project, ["dense-1", "dense-2"])[0])
    return document.project.design.groups[0]


def select(view, *ids):
    view.canvas.select_only([view.canvas.cards[node_id] for node_id in ids])


def answer(number, qtbot):
    """Type a number into the dialog that comes up, and press Enter."""

    def type_it():
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, QInputDialog)
        field = dialog.findChild(QSpinBox)
        field.selectAll()
        qtbot.keyClicks(field, str(number))
        qtbot.keyClick(field, Key.Key_Return)

    QTimer.singleShot(0, type_it)


def test_selected_layers_become_a_block_with_a_frame(view, document, hand):
    select(view, "dense-1", "dense-2")
    hand.key(Key.Key_G, CONTROL)
    (frame,) = view.canvas.frames.values()
    assert frame.title == "Block 1"
    for node_id in ("dense-1", "dense-2"):
        assert frame.extent().contains(view.canvas.cards[node_id].sceneBoundingRect().center())
    assert not frame.extent().contains(view.canvas.cards["output"].sceneBoundingRect().center())
    assert document.undo_stack.undoText() == "Group layers"
    document.undo_stack.undo()
    assert not view.canvas.frames


def test_a_block_is_repeated(view, document, hand, block, qtbot):
    select(view, "dense-2")
    answer(3, qtbot)
    hand.key(Key.Key_R, CONTROL)
    assert document.project.design.groups[0].times == 3
    assert view.canvas.frames[block.id].title == "Block 1  ×3"
    assert document.undo_stack.undoText() == "Repeat Block 1 ×3"
    assert "8 layers" in view._overlay._summaries[0]


def test_a_repeated_block_is_taken_apart_into_layers(view, document, hand, block):
    document.replace(groups.repeat(document.project, block.id, 2))
    spelled = unrolled(document.project.design)
    select(view, "dense-1")
    hand.key(Key.Key_G, CONTROL | SHIFT)
    assert document.project.design == spelled
    assert set(view.canvas.cards) == {node.id for node in spelled.nodes}


def test_a_block_is_carried_by_its_tab(view, document, hand, block):
    frame, before = view.canvas.frames[block.id], document.project.positions
    tab = frame.tab().center()
    hand.drag(tab, tab + QPointF(40, 60))
    moved = {node_id for node_id, at in document.project.positions.items() if at != before[node_id]}
    assert moved == {"dense-1", "dense-2"}
    assert document.undo_stack.undoText() == "Move 2 layers"


def test_a_click_on_the_tab_selects_the_block(view, hand, block):
    hand.click(view.canvas.frames[block.id].tab().center())
    assert view.canvas.selected_nodes() == ["dense-1", "dense-2"]


def test_between_the_cards_of_a_block_the_pointer_means_the_canvas(view, block):
    cards = view.canvas.cards
    between = (cards["dense-1"].scenePos() + cards["dense-2"].scenePos()) / 2 + QPointF(70, 2)
    assert view.canvas.thing_at(between, 5) is None


def test_only_what_can_be_done_is_offered(view, block):
    commands = view.commands
    offered = {}
    for ids in (["dense-1"], ["output"], []):
        select(view, *ids)
        offered[tuple(ids)] = [each.isEnabled() for each in (commands.group, commands.repeat, commands.ungroup)]
    assert offered == {
        ("dense-1",): [False, True, True],
        ("output",): [False, False, False],
        (): [False, False, False],
    }


def test_the_menu_of_a_tab_is_that_of_its_layers(view, block):
    pixel = view.mapFromScene(view.canvas.frames[block.id].tab().center())
    texts = [action.text().replace("&", "") for action in view.context_menu(pixel).actions()]
    assert "Take block apart" in texts
    assert "Group into a block" not in texts
    assert view.canvas.selected_nodes() == ["dense-1", "dense-2"]


def test_a_copy_is_selected_at_its_original(view, document, block):
    document.replace(groups.repeat(document.project, block.id, 2))
    view.select("dense-2_2")
    assert view.selected() == "dense-2"


def test_the_frame_goes_with_its_last_layer(view, document, block):
    document.apply("", edits.remove(document.project, ["dense-1"]))
    assert view.canvas.frames[block.id].block.members == ("dense-2",)
    document.apply("", edits.remove(document.project, ["dense-2"]))
    assert not view.canvas.frames


def test_a_block_of_all_that_is_selected_leaves_the_ends_of_the_network_out(view, document):
    select(view, *(node.id for node in document.project.design.nodes))
    assert view.commands.group.isEnabled()
    view.group_selection()
    (made,) = document.project.design.groups
    ends = {node.id for node in document.project.design.nodes if node.kind in ("input", "output")}
    assert set(made.members) == {node.id for node in document.project.design.nodes} - ends
