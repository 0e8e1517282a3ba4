import pytest

from annstudio.core.errors import UserError
from annstudio.core.texts import Text
from annstudio.labs.glass_box.guess import Question, question_of
from annstudio.labs.glass_box.page import Page
from annstudio.labs.notation import Equation, Figure, Matrix, Sign

RIGHT, WRONG = (Sign("a"),), (Sign("b"),)


@pytest.mark.parametrize(
    ("typed", "right"),
    [("0.25", True), ("0,25", True), ("0.254", True), ("0.26", False), ("−0.25", False), (" .25 ", True)],
)
def test_a_number_is_marked_with_some_leeway(typed, right):
    assert Question(0.25).marks_number(typed) is right


@pytest.mark.parametrize("typed", ["", "a quarter", "1e", "0.2.5"])
def test_what_is_no_number_is_refused(typed):
    with pytest.raises(UserError, match="no number"):
        Question(0.25).marks_number(typed)


@pytest.mark.parametrize(("answer", "sign"), [(0.5, 1), (-0.5, -1), (0.0, 0)])
def test_a_sign_is_marked(answer, sign):
    assert Question(answer).marks_sign(sign)
    assert not Question(answer).marks_sign(sign + 1)


def page(equations, rivals=()):
    return Page(Text("t"), Text("a"), equations, frozenset(), rivals)


@pytest.mark.parametrize("seed", range(4))
def test_the_right_formula_stands_among_wrong_ones(seed):
    question = question_of(page((Equation(RIGHT, RIGHT, (), Figure(1.0)),), (WRONG, WRONG)), seed)
    assert len(question.formulas) == 3
    assert question.formulas[question.right] == RIGHT
    assert question.marks_formula(question.right)
    assert not question.marks_formula((question.right + 1) % 3)


def test_nothing_is_asked_where_no_single_number_comes_out():
    assert question_of(page(())) is None
    assert (
        question_of(
            page(
                (
                    Equation(
                        RIGHT,
                        RIGHT,
                        (),
                        Matrix(()),
                    ),
                )
            )
        )
        is None
    )


def test_no_formula_is_asked_where_there_is_nothing_to_confuse_it_with():
    assert question_of(page((Equation(RIGHT, RIGHT, (), Figure(2.0)),))).formulas == ()
