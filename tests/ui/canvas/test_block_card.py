"""Folded blocks on the canvas: one card that stands for all its layers, by real keys and mouse."""

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from annstudio.project import edits, groups
from annstudio.project.build import chain
from annstudio.project.model import Wire
from annstudio.ui.canvas.block_card import BlockCard
from annstudio.ui.canvas.mime import activation_mime
from annstudio.ui.document import Document
from tests.ui.canvas.snapshots import snapshot_of

CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
Key = Qt.Key
INNER = ["dense-2", "dense-3"]


@pytest.fixture
def document(qapp):
    """Input, Dense 1, Block 1 ×3 of Dense 2 and Dense 3, Dense 4, Output."""
    project = chain("test", "exam", [(4, "tanh"), (4, "relu"), (4, "tanh"), (5, "relu")])
    project, block = groups.group(project, INNER)
    return Document(groups.repeat(project, block, 3))


@pytest.fixture
def view(view, qtbot):
    """The view with the focus, so that the keys of its actions work."""
    view.activateWindow()
    view.setFocus()
    qtbot.waitUntil(view.hasFocus)
    return view


@pytest.fixture
def fold(view, document):
    """The card of the folded block."""
    document.replace(groups.fold(document.project, "block-1", True))
    return view.canvas.folds["block-1"]


def chip(card):
    return card.mapToScene(QPointF(25, 55))


def body(card):
    return card.mapToScene(QPointF(100, 20))


def double_click(view, point):
    QTest.mouseDClick(
        view.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier, view.mapFromScene(point)
    )


def is_folded(document):
    return document.project.design.groups[0].folded


def test_the_key_folds_the_block_of_the_selected_layer_and_opens_it(view, document, hand):
    before = document.project
    view.select("dense-3")
    hand.key(Key.Key_B, CONTROL | SHIFT)
    assert is_folded(document)
    assert document.undo_stack.undoText() == "Fold Block 1"
    (card,) = view.canvas.selected_cards()
    assert isinstance(card, BlockCard)
    hand.key(Key.Key_B, CONTROL | SHIFT)
    assert document.project == before
    assert document.undo_stack.undoText() == "Unfold Block 1"
    assert view.canvas.selected_nodes() == INNER


def test_the_sign_on_the_tab_folds_and_that_on_the_card_opens(view, document, hand):
    hand.click(view.canvas.frames["block-1"].handle().center())
    assert is_folded(document)
    hand.click(chip(view.canvas.folds["block-1"]))
    assert not is_folded(document)


def test_a_double_click_on_the_tab_folds_and_one_on_the_card_opens(view, document):
    double_click(view, view.canvas.frames["block-1"].tab().center())
    assert is_folded(document)
    double_click(view, body(view.canvas.folds["block-1"]))
    assert not is_folded(document)


def test_the_second_click_on_a_sign_means_nothing(view, document, hand, qtbot):
    sign = view.mapFromScene(view.canvas.frames["block-1"].handle().center())
    with qtbot.assertNotEmitted(view.activated):
        QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=sign)
        QTest.mouseDClick(view.viewport(), Qt.MouseButton.LeftButton, pos=sign)
    assert is_folded(document)


def test_one_card_stands_for_the_layers_and_the_wires_between_them(view, fold):
    canvas = view.canvas
    assert [canvas.cards[node_id].isVisible() for node_id in INNER] == [False, False]
    assert not canvas.frames["block-1"].isVisible()
    assert not canvas.wires[Wire("dense-2", "dense-3")].isVisible()
    assert all(canvas.shown(node_id) is fold for node_id in INNER)
    assert fold.pos() == canvas.cards["dense-2"].pos()
    for wire, end, port in (
        (Wire("dense-1", "dense-2"), 1.0, fold.input),
        (Wire("dense-3", "dense-4"), 0.0, fold.output),
    ):
        assert canvas.wires[wire].path().pointAtPercent(end) == port.scenePos()


def test_opening_shows_all_again(view, document, fold):
    document.replace(groups.fold(document.project, "block-1", False))
    canvas = view.canvas
    assert not canvas.folds
    assert all(card.isVisible() for card in canvas.cards.values())
    assert all(item.isVisible() for item in [*canvas.wires.values(), *canvas.frames.values()])


def test_undo_of_folding_shows_all_again(view, document, hand):
    view.select("dense-2")
    hand.key(Key.Key_B, CONTROL | SHIFT)
    document.undo_stack.undo()
    assert not view.canvas.folds
    assert view.canvas.cards["dense-2"].isVisible()


def test_the_card_tells_of_all_passes(view, fold):
    face = fold.face
    assert (face.title, face.subtitles, face.lines) == ("Block 1  ×3", ("2 layers",), ("Dense 2", "Dense 3"))
    assert face.feet[0].split() == ["→", "4", "120", "params"]


def test_an_edit_in_the_block_is_told_by_its_card(view, document, fold):
    document.replace(groups.repeat(document.project, "block-1", 2))
    assert fold.face.title == "Block 1  ×2"
    assert fold.block.times == 2


def test_a_click_on_the_card_means_the_layer_that_values_leave(view, document, hand, fold):
    hand.click(body(fold))
    assert view.canvas.selected_nodes() == INNER
    assert view.selected() == "dense-3"


def test_a_layer_asked_for_by_name_is_meant_by_the_card(view, fold):
    shown = []
    view.selection_changed.connect(shown.append)
    for name in ("dense-2", "dense-3_2"):
        view.select(name)
        assert view.canvas.selected_cards() == [fold]
    view.select_nodes(["dense-2"])
    view.select("output")
    assert shown == ["dense-2", "dense-3", "dense-2", "output"]
    assert fold.node_id == "dense-3"


def test_the_card_is_moved_with_all_its_layers(view, document, hand, fold):
    before = document.project.positions
    hand.drag(body(fold), body(fold) + QPointF(0, 60))
    moved = {node_id: at[1] - before[node_id][1] for node_id, at in document.project.positions.items()}
    assert {node_id for node_id, by in moved.items() if by} == set(INNER)
    assert len({moved[node_id] for node_id in INNER}) == 1
    assert fold.pos().y() == document.project.positions["dense-2"][1]


def test_it_is_deleted_and_duplicated_as_a_whole(view, document, hand, fold):
    hand.click(body(fold))
    hand.key(Key.Key_D, CONTROL)
    assert [group.folded for group in document.project.design.groups] == [True, True]
    assert len(view.canvas.folds) == 2
    view.canvas.select_only([fold])
    hand.key(Key.Key_Delete)
    assert list(view.canvas.folds) == ["block-2"]
    assert document.project.design.targets("dense-1") == ("dense-4",)


def test_the_keyboard_walks_past_it_as_past_one_card(view, hand, fold):
    view.select("dense-1")
    walked = []
    for key in (Key.Key_Right, Key.Key_Right, Key.Key_Left, Key.Key_Left, Key.Key_Tab, Key.Key_Tab):
        hand.key(key)
        walked.append(view.selected())
    assert walked == ["dense-3", "dense-4", "dense-3", "dense-1", "dense-3", "dense-4"]


def test_it_is_selected_with_others_by_keyboard_and_given_up_again(view, hand, fold):
    view.select("dense-1")
    hand.key(Key.Key_Right, SHIFT)
    assert view.canvas.selected_nodes() == ["dense-1", *INNER]
    hand.key(Key.Key_Left, SHIFT)
    assert view.canvas.selected_nodes() == ["dense-1"]


def test_a_rubber_band_selects_its_layers(view, hand, fold):
    corner = fold.scenePos()
    hand.drag(corner - QPointF(10, 20), corner + QPointF(60, 130))
    assert view.canvas.selected_nodes() == INNER


def test_a_wire_is_drawn_from_its_port(view, document, hand, fold):
    document.replace(edits.remove(document.project, (), (Wire("dense-3", "dense-4"),)))
    hand.drag(fold.output.scenePos(), "dense-4")
    assert document.project.design.sources("dense-4") == ("dense-3",)


def test_a_wire_is_led_to_it_by_keyboard(view, document, hand, fold):
    document.replace(edits.remove(document.project, (), (Wire("dense-1", "dense-2"),)))
    view.select("dense-1")
    hand.key(Key.Key_W)
    hand.key(Key.Key_Return)
    assert document.project.design.sources("dense-2") == ("dense-1",)


def test_a_wire_that_hangs_on_another_layer_keeps_its_end(view, document, hand, fold):
    project = groups.repeat(document.project, "block-1", 1)
    project = edits.connect(edits.insert_node(project, "add", Wire("dense-4", "output"))[0], "dense-2", "add-1")
    document.replace(edits.move(project, {"add-1": (fold.x(), fold.y() + 300)}))
    view.fit()
    path = view.canvas.wires[Wire("dense-2", "add-1")].path()
    hand.drag(path.pointAtPercent(0.9), "output")
    assert document.project.design.sources("output") == ("dense-2",)


def test_a_letter_adds_a_layer_behind_the_block(view, document, hand, fold):
    hand.click(body(fold))
    hand.key(Key.Key_D)
    assert document.project.design.targets("dense-3") == (view.selected(),)
    assert len(document.project.design.groups[0].members) == 2


def test_the_menu_offers_to_open_it(view, document, fold):
    menu = view.context_menu(view.mapFromScene(body(fold)))
    texts = [action.text().replace("&", "") for action in menu.actions()]
    assert "Settings" not in texts
    assert "Take block apart" in texts
    next(action for action in menu.actions() if action.text() == "Unfold block").trigger()
    assert not is_folded(document)


def test_the_menu_offers_to_mend_what_is_wrong_in_it(view, document, fold):
    document.replace(edits.remove(document.project, (), (Wire("dense-1", "dense-2"),)))
    texts = [action.text() for action in view.context_menu(view.mapFromScene(body(fold))).actions()]
    assert "Fix: Wire Dense 1 to Dense 2" in texts


def test_values_are_not_edited_on_it(view, hand, fold):
    hand.click(body(fold))
    hand.key(Key.Key_Plus)
    assert not fold.face.keys
    assert view._values is None


def test_an_activation_dropped_on_it_is_refused(view, document, hand, fold, qtbot):
    before = document.project
    with qtbot.waitSignal(view.notice) as told:
        hand.drop(activation_mime("relu"), body(fold))
    assert told.args[0].startswith("Unfold the block first")
    assert document.project is before


def test_it_bears_what_is_wrong_with_its_layers(view, document, fold):
    project = edits.set_value(document.project, "dense-3", "units", 5)
    document.replace(edits.remove(project, (), (Wire("dense-1", "dense-2"),)))
    assert fold.problems.errors
    assert fold.problems.errors == view.canvas.cards["dense-2"].problems.errors


def test_a_screen_reader_hears_of_it(view, hand, fold):
    hand.click(body(fold))
    said = view.accessibleDescription()
    assert said.startswith("Block 1  ×3, 2 layers, Dense 2, Dense 3")
    assert "folded" in said


def test_alignment_needs_another_card(view, hand, fold):
    hand.click(body(fold))
    assert not view.commands._aligning[0].isEnabled()
    hand.click("dense-1", keys=CONTROL)
    assert view.commands._aligning[0].isEnabled()


def test_it_shows_the_answers_of_the_last_pass(view, document, fold):
    snapshot = snapshot_of(document.project)
    view.show_snapshot(snapshot)
    assert fold.maps.answers is snapshot.answers["dense-3_3"]
    assert view.canvas.cards["dense-1"].maps.answers is snapshot.answers["dense-1"]


def test_the_pointer_shows_where_a_click_opens_it(view, hand, fold):
    shapes = []
    for place in (body(fold), chip(fold)):
        hand.move(place)
        QApplication.processEvents()
        shapes.append(view.viewport().cursor().shape())
    assert shapes[1] is Qt.CursorShape.PointingHandCursor
    assert shapes[0] is not Qt.CursorShape.PointingHandCursor
