"""The setting that is a formula."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annstudio.core.errors import UserError
from annstudio.core.formula import Formula
from annstudio.core.params import Expression
from annstudio.core.texts import text


def _no_numbers(formula: Formula) -> None:
    if not formula.root.variables:
        raise UserError(text("Something must vary."))


SURFACE = Expression("surface", "Surface", "x * y", variables=("x", "y"), synonyms=(("z", "x"),), judge=_no_numbers)


@given(st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(), st.binary(), st.lists(st.text())))
def test_whatever_goes_in_a_canonical_formula_or_one_sentence_comes_out(value: object) -> None:
    try:
        held = SURFACE.check(value)
    except UserError as error:
        said = str(error)
        assert said.startswith("Surface")
        assert said.endswith(".")
        assert said.isprintable()
        assert len(said) < 300
    else:
        assert SURFACE.check(held) == held


@pytest.mark.parametrize(("typed", "held"), [("x^2+y", "x**2 + y"), ("z·y", "x * y"), ("x * y", "x * y")])
def test_a_formula_is_held_as_it_is_written_here(typed: str, held: str) -> None:
    assert SURFACE.check(typed) == held
    assert str(SURFACE.formula(typed)) == held


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (3, "Surface must be a formula, not 3."),
        (
            "x + 2y",
            "Surface: Between “2” and “y” (position 6) a sign is missing: write 2 * y if you mean their product.",
        ),
        ("2", "Surface: Something must vary."),
        ("q", "Surface: There is no “q” in formulas: use x, y, numbers, pi, e, exp,"),
    ],
)
def test_the_sentences(value: object, said: str) -> None:
    with pytest.raises(UserError) as caught:
        SURFACE.check(value)
    assert str(caught.value).startswith(said)
