"""Tab goes through the whole window, part by part, and is caught nowhere."""

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QHBoxLayout, QPushButton, QWidget

from annstudio.ui.tab_order import next_stop

MOST = 150
"""Presses of Tab that must lead once round the window."""


def walk(window, key):
    """Return where the focus goes from the search field until it is there again."""
    start = window.layer_palette.search
    start.setFocus()
    seen = [start]
    for _ in range(MOST):
        QTest.keyClick(QApplication.focusWidget(), key)
        focused = QApplication.focusWidget()
        if focused is start:
            return seen
        if focused is not seen[-1]:
            seen.append(focused)
    raise AssertionError(f"caught at {seen[-1]}")


def part_of(window, widget):
    parts = (window.run_bar, window.left, window.views, window._right)
    return next((number for number, part in enumerate(parts) if part.isAncestorOf(widget)), 1.5)


@pytest.mark.parametrize("outline", [False, True])
def test_tab_goes_through_every_part_in_reading_order(window, outline):
    window.left.show_outline(outline)
    seen = walk(window, Qt.Key.Key_Tab)
    assert len(seen) == len(set(seen))
    numbers = [part_of(window, widget) for widget in seen]
    first_of_all = numbers.index(0)
    assert numbers[first_of_all:] + numbers[:first_of_all] == sorted(numbers)
    assert {0, 1, 1.5, 2, 3} == set(numbers)
    assert window.canvas in seen
    assert (window.outline.list in seen) is outline


def test_run_comes_first_in_its_bar(window):
    seen = walk(window, Qt.Key.Key_Tab)
    bar = [widget for widget in seen if window.run_bar.isAncestorOf(widget)]
    buttons = window.run_bar
    assert bar == [buttons.run, buttons.back, buttons.step, buttons.reset, buttons.pace]


def test_shift_tab_goes_the_same_way_back(window):
    there, back = walk(window, Qt.Key.Key_Tab), walk(window, Qt.Key.Key_Backtab)
    assert there[1:] == back[:0:-1]


def test_a_view_that_is_made_later_has_its_place(window):
    window.views.setCurrentIndex(3)
    numbers = [part_of(window, widget) for widget in walk(window, Qt.Key.Key_Tab)]
    assert numbers[numbers.index(0) :] + numbers[: numbers.index(0)] == sorted(numbers)


def test_what_is_hidden_or_disabled_is_passed_by(qtbot):
    box = QWidget()
    qtbot.addWidget(box)
    row = QHBoxLayout(box)
    buttons = [QPushButton(str(number)) for number in range(4)]
    for button in buttons:
        row.addWidget(button)
    with qtbot.waitExposed(box):
        box.show()
    buttons[1].hide()
    buttons[2].setEnabled(False)
    assert next_stop([box], buttons[0], True) is buttons[3]
    assert next_stop([box], buttons[3], True) is buttons[0]
    assert next_stop([box], None, False) is buttons[3]
    box.setEnabled(False)
    assert next_stop([box], buttons[0], True) is None


@pytest.mark.parametrize(
    ("direction", "expected"),
    [(Qt.LayoutDirection.LeftToRight, "abcd"), (Qt.LayoutDirection.RightToLeft, "bacd")],
)
def test_lines_are_read_as_the_language_is(qtbot, direction, expected):
    """b stands right of a, a little lower; c and d below were made first."""
    box = QWidget()
    qtbot.addWidget(box)
    box.setLayoutDirection(direction)
    places = {"d": (0, 90), "c": (50, 60), "b": (100, 5), "a": (0, 0)}
    buttons = {}
    for name, (x, y) in places.items():
        buttons[name] = QPushButton(name, box)
        buttons[name].setGeometry(x, y, 40, 20)
    with qtbot.waitExposed(box):
        box.show()
    order, current = "", None
    for _ in places:
        current = next_stop([box], current, True)
        order += current.text()
    assert order == expected


def test_python_can_still_use_what_lay_beside_a_widget_that_is_gone(window):
    bar = window.menuBar()
    button = QPushButton("passing", window.run_bar)
    button.show()
    walk(window, Qt.Key.Key_Tab)
    button.setParent(None)
    button.deleteLater()
    QApplication.sendPostedEvents(button, QEvent.Type.DeferredDelete)
    assert bar.isVisible()
