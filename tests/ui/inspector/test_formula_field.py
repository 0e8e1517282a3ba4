"""A formula is typed into the form of a layer, by real keys."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest

from annstudio.project import edits
from annstudio.ui.inspector.form import Form

KEY = "activation.expression"
DEFAULT = "x * tanh(log(1 + exp(x)))"


@pytest.fixture
def form(document, qtbot):
    document.replace(edits.set_value(document.project, "dense-1", "activation", "formula"))
    form = Form(document, "dense-1")
    qtbot.addWidget(form)
    form.resize(260, 400)
    form.show()
    # Only in an active window do fields get and lose the focus.
    form.activateWindow()
    qtbot.waitUntil(form.isActiveWindow)
    return form


@pytest.fixture
def field(form):
    field = form.rows[KEY].field
    field.setFocus()
    return field


def typed(field, text, key=Qt.Key.Key_Return):
    """Replace what stands in the field, and press a key."""
    field.selectAll()
    QTest.keyClicks(field, text)
    QTest.keyClick(field, key)


def held(document):
    return document.project.design.node("dense-1")[KEY]


def test_the_default_stands_in_the_field(document, field):
    assert field.text() == held(document) == DEFAULT


def test_a_formula_is_taken_on_enter_and_written_as_it_is_held(document, field):
    typed(field, "z^2/2")
    assert field.text() == held(document) == "x**2 / 2"
    document.undo_stack.undo()
    assert field.text() == held(document) == DEFAULT


def test_a_formula_is_taken_when_the_field_is_left(document, form, field):
    field.selectAll()
    QTest.keyClicks(field, "sin(x)")
    form.rows["units"].field.setFocus()
    assert held(document) == "sin(x)"


def test_what_is_no_formula_is_refused_can_be_mended_and_given_up(document, form, field):
    row, before = form.rows[KEY], document.project
    typed(field, "2x")
    assert row.error.text() == (
        "Formula f(x): Between “2” and “x” (position 2) a sign is missing: write 2 * x if you mean their product."
    )
    assert (row.refused, field.property("invalid"), field.text()) == (True, True, "2x")
    assert document.project is before
    QTest.keyClick(field, Qt.Key.Key_Left)
    QTest.keyClicks(field, "*")
    assert (row.refused, field.property("invalid")) == (False, False)
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert held(document) == "2 * x"
    typed(field, "1/", Qt.Key.Key_Escape)
    assert (field.text(), row.refused) == ("2 * x", False)


def test_a_refused_formula_makes_way_when_the_field_is_left(document, form, field):
    typed(field, "foo(x)")
    form.rows["units"].field.setFocus()
    assert (field.text(), field.property("invalid")) == (DEFAULT, False)
    assert "There is no “foo” in formulas" in form.rows[KEY].error.text()


def test_undo_means_the_last_edit_unless_something_is_being_typed(document, form, field):
    action = QAction(form)
    action.setShortcut("Ctrl+Z")
    action.triggered.connect(document.undo_stack.undo)
    form.addAction(action)
    typed(field, "x^3")
    QTest.keyClick(field, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert field.text() == held(document) == DEFAULT
    typed(field, "x^3")
    QTest.keyClicks(field, "+1")
    QTest.keyClick(field, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert field.text() == held(document) == "x**3"
