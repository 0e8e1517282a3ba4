"""Writing: read back it is the same, and for people it looks as in books."""

import pytest
from hypothesis import assume, given

from annstudio.core.errors import UserError
from annstudio.core.formula.notation import canonical
from annstudio.core.formula.parser import MAXIMUM_LENGTH, parse
from tests.core.formula.trees import NAMES, TREES, parsed


@given(TREES)
def test_what_is_written_reads_as_the_same_tree(tree):
    written = canonical(tree)
    assume(len(written) <= MAXIMUM_LENGTH)
    assert parse(written, NAMES) == tree


@given(TREES)
def test_what_books_print_has_no_signs_of_programs(tree):
    try:
        formula = parsed(canonical(tree))
    except UserError:
        return
    assert "*" not in formula.pretty
    assert formula.pretty.isprintable()


@pytest.mark.parametrize(
    ("typed", "pretty"),
    [
        ("x**2 * exp(-x**2)", "x² · exp(−x²)"),
        ("(x + 1)**-3", "(x + 1)⁻³"),
        ("x**0.5 - x**(1/3)", "x^0.5 − x^(1 / 3)"),
        ("-(x * y)", "−x · y"),
        ("-(x + y)", "−(x + y)"),
        ("2 * -y", "2 · −y"),
        ("abs(x) * sqrt(x) * log(pi)", "|x| · √(x) · ln(π)"),
        ("max(x, -2)", "max(x, −2)"),
    ],
)
def test_the_notation_of_books(typed, pretty):
    assert parsed(typed).pretty == pretty


def test_numbers_of_a_name_are_put_low():
    names = {"x1": "x1", "x12": "x12"}
    assert parsed("x").pretty == "x"
    assert type(parsed("x")).parse("x1 * x12", names).pretty == "x₁ · x₁₂"
