"""F6 goes from area to area, and comes back to where the focus was in each."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

SHIFT = Qt.KeyboardModifier.ShiftModifier
NONE = Qt.KeyboardModifier.NoModifier


@pytest.fixture
def window(window):
    """The window with the keyboard on the canvas."""
    window.canvas.setFocus()
    return window


def area_of(window, widget):
    areas = {
        "run bar": window.run_bar,
        "palette": window.layer_palette,
        "outline": window.outline,
        "network": window.pages,
        "problems": window.problems.panel,
        "views": window.views,
        "inspector": window._right,
    }
    return next(name for name, area in areas.items() if area is not None and area.isAncestorOf(widget))


def walk(window, modifier, count):
    """Return the areas that so many presses of F6 lead through."""
    seen = []
    for _ in range(count):
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_F6, modifier)
        seen.append(area_of(window, QApplication.focusWidget()))
    return seen


def test_f6_goes_round_in_reading_order_and_back_the_same_way(window):
    round_ = ["views", "inspector", "run bar", "palette", "network"]
    assert walk(window, NONE, 5) == round_
    assert walk(window, SHIFT, 5) == [*round_[-2::-1], "network"]


def test_what_is_open_takes_part(window):
    window.left.show_outline(True)
    window.problems.show_panel()
    seen = walk(window, NONE, 7)
    assert {"outline", "problems"} <= set(seen)
    assert len(set(seen)) == 7


def test_each_area_remembers_where_the_focus_was(window, qtbot):
    window.inspector.setCurrentWidget(window.inspector.training)
    window.inspector.take_focus("batch_size")
    field = QApplication.focusWidget()
    qtbot.waitUntil(field.isVisible)
    walk(window, NONE, 2)
    assert QApplication.focusWidget() is not field
    walk(window, SHIFT, 2)
    assert QApplication.focusWidget() is field


def test_it_leads_to_the_neurons_while_they_are_shown(window):
    window.commands.neurons.trigger()
    window.run_bar.run.setFocus()
    walk(window, NONE, 2)
    assert window.pages.neurons.hasFocus()


def test_f6_is_listed_with_the_keys(window):
    keys = {action.shortcut().toString() for action in window.commands.with_keys()}
    assert {"F6", "Shift+F6"} <= keys


def test_the_canvas_shows_the_keyboard_while_no_card_does(window):
    ring = window.canvas._focus_ring
    assert not ring.isVisible()
    walk(window, NONE, 5)
    assert ring.isVisible()
    assert ring.geometry() == window.canvas.rect()
    QTest.keyClick(window.canvas, Qt.Key.Key_Right)
    assert window.canvas.selected() is not None
    assert not ring.isVisible()
    QTest.keyClick(window.canvas, Qt.Key.Key_Escape)
    assert ring.isVisible()
    QTest.mouseClick(window.canvas.viewport(), Qt.MouseButton.LeftButton, pos=window.canvas.rect().center())
    assert not ring.isVisible()
    QTest.keyClick(window.canvas, Qt.Key.Key_Escape)
    walk(window, NONE, 1)
    assert not ring.isVisible()
