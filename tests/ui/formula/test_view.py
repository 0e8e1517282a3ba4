import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from annstudio.core.texts import Text
from annstudio.labs.notation import EQUALS, Equation, Figure, Sign, Words
from annstudio.ui.formula.view import FormulaView

A, B = Sign("a", mark="a"), Sign("b", mark="b")
SHORT = Equation((A,), (B, Words(" + "), Figure(1.0)), (Figure(2.0), Words(" + "), Figure(1.0)), Figure(3.0, "a"))


def write(value):
    return f"{value:g}"


@pytest.fixture
def view(dressed, qtbot):
    made = FormulaView(write)
    qtbot.addWidget(made)
    made.resize(380, 200)
    made.show()
    qtbot.waitExposed(made)
    return made


def test_short_equations_stand_on_one_line(view):
    view.show_equations([SHORT])
    assert len(view._placed) == 1
    assert view.plain == "a = b + 1 = 2 + 1 = 3"


def test_long_ones_take_a_line_for_each_side(view):
    many = tuple(piece for _ in range(6) for piece in (Sign("w", "11", "1"), Words(" + ")))
    view.show_equations([Equation((A,), many[:-1], many[:-1], Figure(3.0))])
    assert len(view._placed) >= 3
    assert all(placed.setting.width <= view.width() for placed in view._placed)
    assert view.sizeHint().height() > 60


def test_the_last_result_can_be_kept_back(view):
    view.show_equations([SHORT, SHORT], hide_last=True)
    assert view.plain == "a = b + 1 = 2 + 1 = 3; a = ?"


def test_words_stand_above(view):
    view.show_equations([Equation((A,), result=Figure(1.0), words=Text("So far"))])
    assert view._headings[0].words == "So far"
    assert view.accessibleName().startswith("So far: ")


def test_pointing_and_clicking_are_said(view, qtbot):
    view.show_equations([SHORT])
    pointed, chosen = [], []
    view.pointed.connect(pointed.append)
    view.chosen.connect(chosen.append)
    spot = view.area_of("b").center().toPoint()
    QTest.mouseMove(view, spot)
    QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=spot)
    assert pointed[-1] == "b"
    assert chosen == ["b"]


def test_what_is_lit_is_painted_everywhere(view, qtbot):
    view.show_equations([SHORT])
    before = view.grab().toImage()
    view.light("a")
    assert view.grab().toImage() != before
    view.light(None)
    assert view.grab().toImage() == before


def test_rows_without_a_left_side(view):
    view.show_equations([Equation((), (A, EQUALS, B))])
    assert view.plain == "a = b"


def test_signs_keep_their_order_where_text_runs_from_right_to_left(view, qapp, qtbot):
    view.show_equations([Equation((A,), (), (Words("("), Figure(-0.5), Words(")")))])
    before = view.grab().toImage()
    qapp.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    try:
        assert view.grab().toImage() == before
    finally:
        qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
