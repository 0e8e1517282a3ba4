"""What a screen reader is told of the canvas."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible

from annstudio.project import edits


@pytest.fixture
def said(view):
    """Return what a screen reader says of the canvas now."""
    return lambda: QAccessible.queryAccessibleInterface(view).text(QAccessible.Text.Description)


def test_the_canvas_has_a_name(view):
    assert QAccessible.queryAccessibleInterface(view).text(QAccessible.Text.Name) == "Network"


def test_with_nothing_selected_it_says_whether_the_network_can_run(said):
    assert said() == "No problems found"


def test_it_tells_where_the_selected_layer_leads(view, document, said):
    document.apply("wire", edits.connect(document.project, "input", "output"))
    view.select("input")
    assert said().startswith("Input, ")
    assert said().endswith("1 of 4. To Dense 1, Output")
    view.select("output")
    assert "From Input" in said()
    assert "To" not in said().partition("From")[2]


def test_it_tells_what_is_wrong_with_it(view, document, said):
    view.select("dense-2")
    document.apply("cut", edits.remove(document.project, [], document.project.design.wires[1:2]))
    assert view.canvas.cards["dense-2"].problems.errors[0] in said()


def test_it_names_several_selected_layers(view, hand, said):
    view.select("input")
    hand.key(Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert said() == "2 layers selected: Input, Dense 1"


def test_it_tells_the_ends_of_a_selected_wire(view, hand, said):
    view.select("dense-1")
    hand.key(Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    assert said() == "Wire from Dense 1 to Dense 2"


def test_a_reader_that_waits_for_changes_hears_of_a_selection(view, qtbot):
    """Qt tells of a description that has changed while a reader is there."""
    before = view.accessibleDescription()
    view.select("dense-1")
    assert view.accessibleDescription() != before
