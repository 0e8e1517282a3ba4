"""The outline in the window, in step with the canvas."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible, QContextMenuEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from annstudio.project import edits, groups
from annstudio.ui.appearance import Choice
from annstudio.ui.main_window import MainWindow
from annstudio.ui.outline.model import OutlineModel
from annstudio.ui.outline.outline import Outline
from annstudio.ui.theme import DARK, LIGHT

SHIFT = Qt.KeyboardModifier.ShiftModifier
DOWN, UP, ENTER = Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_Return


@pytest.fixture
def rows(window):
    """The list, shown by its key."""
    toggle(window)
    return window.outline.list


def toggle(window):
    QTest.keyClick(window, Qt.Key.Key_O, Qt.KeyboardModifier.ControlModifier | SHIFT)


def names(rows):
    return [rows.model().index(row).data() for row in range(rows.model().rowCount())]


def selected(rows):
    return sorted(index.data() for index in rows.selectionModel().selectedIndexes())


def test_its_key_shows_it_below_the_palette_and_hides_it_again(window):
    corner = window.layer_palette.mapTo(window, QPoint(0, 0))
    assert not window.outline.isVisible()
    toggle(window)
    assert window.outline.isVisible()
    assert window.commands.outline.isChecked()
    assert window.outline.list.hasFocus()
    assert window.layer_palette.mapTo(window, QPoint(0, 0)) == corner
    toggle(window)
    assert not window.outline.isVisible()
    assert window.canvas.hasFocus()


def test_its_button_hides_it(window, rows):
    QTest.mouseClick(window.outline._close, Qt.MouseButton.LeftButton)
    assert not window.outline.isVisible()
    assert not window.commands.outline.isChecked()


def test_it_is_there_again_next_time(window, rows, document, controller, appearance, qtbot):
    other = MainWindow(document, controller, appearance)
    qtbot.addWidget(other)
    other.show()
    assert other.outline.isVisible()
    assert other.commands.outline.isChecked()


def test_it_follows_every_edit(window, rows, document):
    assert names(rows) == ["Input", "Dense 1", "Output"]
    document.apply("add", edits.append_node(document.project, "dropout", "dense-1")[0])
    assert names(rows) == ["Input", "Dense 1", "Dropout 1", "Output"]
    document.undo_stack.undo()
    assert names(rows) == ["Input", "Dense 1", "Output"]


def test_a_hidden_outline_looks_at_nothing_and_catches_up(window, document, monkeypatch):
    toggle(window)
    toggle(window)
    document.apply("add", edits.append_node(document.project, "dropout", "dense-1")[0])
    assert len(names(window.outline.list)) == 3
    toggle(window)
    assert len(names(window.outline.list)) == 4


def test_selecting_in_the_outline_selects_the_card(window, rows):
    for key, node_id in ((DOWN, "dense-1"), (DOWN, "output"), (UP, "dense-1")):
        QTest.keyClick(rows, key)
        assert window.canvas.selected() == node_id
        assert rows.hasFocus()


def test_several_are_selected_by_shift(window, rows):
    QTest.keyClick(rows, DOWN)
    QTest.keyClick(rows, DOWN, SHIFT)
    assert set(window.canvas.canvas.selected_nodes()) == {"dense-1", "output"}


def test_selecting_on_the_canvas_selects_the_line(window, rows):
    window.canvas.select("output")
    assert selected(rows) == ["Output"]
    assert rows.currentIndex().data() == "Output"
    window.canvas.select_all()
    assert selected(rows) == ["Dense 1", "Input", "Output"]
    window.canvas.select(None)
    assert selected(rows) == []


def test_the_lines_of_a_folded_block_are_selected_together(window, rows, document):
    project, added = edits.append_node(document.project, "dense", "dense-1")
    project, block = groups.group(project, ["dense-1", added])
    document.replace(groups.fold(project, block, True))
    for node_id in ("dense-1", added):
        QTest.keyClick(rows, DOWN)
        assert window.canvas.selected() == node_id
        assert selected(rows) == ["Dense 1", "Dense 2"]


def test_a_letter_adds_behind_the_line_and_goes_there(window, rows, document):
    QTest.keyClick(rows, DOWN)
    QTest.keyClick(rows, Qt.Key.Key_P)
    assert names(rows) == ["Input", "Dense 1", "Dropout 1", "Output"]
    assert selected(rows) == ["Dropout 1"]
    assert rows.currentIndex().data() == "Dropout 1"
    assert rows.hasFocus()


def test_delete_removes_and_the_keyboard_stays_there(window, rows, document):
    QTest.keyClick(rows, DOWN)
    QTest.keyClick(rows, Qt.Key.Key_Delete)
    assert names(rows) == ["Input", "Output"]
    assert rows.currentIndex().row() == 1
    assert document.undo_stack.undoText().startswith("Delete")


def test_enter_goes_to_the_settings(window, rows):
    QTest.keyClick(rows, DOWN)
    QTest.keyClick(rows, ENTER)
    assert QApplication.focusWidget().objectName() == "units"


def test_a_double_click_goes_to_the_settings(window, rows):
    spot = rows.visualRect(rows.model().index(1)).center()
    QTest.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    QTest.mouseDClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    assert QApplication.focusWidget().objectName() == "units"


def test_w_leads_a_wire_on_the_canvas(window, rows, document):
    QTest.keyClick(rows, UP)
    window.canvas.select("input")
    QTest.keyClick(rows, Qt.Key.Key_W)
    assert window.canvas.hasFocus()
    QTest.keyClick(window.canvas, ENTER)
    assert document.project.design.targets("input") == ("dense-1", "output")


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_the_menu_key_opens_the_menu_of_the_layer(window, rows):
    QTest.keyClick(rows, DOWN)
    event = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(0, 0), QPoint(0, 0))
    QApplication.sendEvent(rows.viewport(), event)
    menu = next(menu for menu in window.canvas.findChildren(QMenu) if menu.isVisible())
    assert any(action.text().replace("&", "") == "Delete" for action in menu.actions())
    menu.close()


def test_a_screen_reader_hears_the_whole_of_a_line(window, rows, document):
    document.apply("cut", edits.remove(document.project, [], document.project.design.wires[:1]))
    spoken = QAccessible.queryAccessibleInterface(rows)
    assert spoken.text(QAccessible.Text.Name) == "Outline of the network"
    lines = [spoken.child(number) for number in range(spoken.childCount())]
    said = {line.text(QAccessible.Text.Name): line.text(QAccessible.Text.Description) for line in lines}
    assert set(said) == {"Input", "Dense 1", "Output"}
    assert said["Dense 1"].startswith("Dense 1, 4 units, Tanh, 1 of 3. To Output. ")
    assert window.canvas.canvas.cards["dense-1"].problems.errors[0] in said["Dense 1"]


@pytest.mark.parametrize("choice", [Choice.LIGHT, Choice.DARK])
def test_an_error_is_painted_in_the_color_of_errors(window, rows, document, appearance, choice):
    appearance.choose(choice)
    document.apply("cut", edits.remove(document.project, [], document.project.design.wires[:1]))
    theme = DARK if choice is Choice.DARK else LIGHT
    image = rows.viewport().grab().toImage()
    colors = {image.pixelColor(x, y).name() for x in range(image.width()) for y in range(image.height())}
    assert theme.error in colors


def test_it_reads_from_right_to_left(document, dressed, appearance, qtbot):
    outline = Outline(document)
    qtbot.addWidget(outline)
    outline.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    outline.resize(200, 200)
    with qtbot.waitExposed(outline):
        outline.show()
    image = outline.list.viewport().grab().toImage()
    assert image.pixelColor(image.width() - 18, 14).name() == LIGHT.accent_soft


def test_lines_that_did_not_change_are_left_alone(window, rows, document, qtbot):
    changed = []
    rows.model().dataChanged.connect(lambda first, last: changed.append(first.row()))
    document.apply("loss", edits.set_value(document.project, "dense-1", "activation", "relu"))
    assert changed == [1]


def test_the_model_keeps_qts_rules(qtmodeltester, document, qtbot):
    outline = Outline(document)
    qtbot.addWidget(outline)
    outline._show()
    assert isinstance(outline.list.model(), OutlineModel)
    qtmodeltester.check(outline.list.model())
