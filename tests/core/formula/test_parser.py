"""Reading: what is a formula, and one sentence about what is none."""

import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from annstudio.core.errors import UserError
from annstudio.core.formula.functions import ALIASES, CONSTANTS, FUNCTIONS
from annstudio.core.formula.parser import MAXIMUM_DEPTH, MAXIMUM_LENGTH, MAXIMUM_NODES
from tests.core.formula.trees import parsed

PIECES = [
    *"0123456789.,+-*/^()[]{}'\"=<>!:;@#~|&% \n\t²³⁻·×−eExyzπ_",
    "**",
    "//",
    "e9",
    *FUNCTIONS,
    *CONSTANTS,
    *ALIASES,
]
PIECES += ["lambda ", " if ", " else ", " for ", " in ", "True", "None", "f'", "1j", ":=", "__class__", ".real", "*("]
FORMULA_LIKE = st.lists(st.sampled_from(PIECES), max_size=40).map("".join)


def refusal(typed):
    """Return how a text is refused, checked to be one short, printable sentence."""
    with pytest.raises(UserError) as caught:
        parsed(typed)
    said = str(caught.value)
    assert said.endswith(".")
    assert said.isprintable()
    assert len(said) < 300
    return said


@pytest.mark.parametrize(
    ("typed", "canonical"),
    [
        ("x*tanh(log(1+exp(x)))", "x * tanh(log(1 + exp(x)))"),
        ("x^2", "x**2"),
        ("x²", "x**2"),
        ("x⁻¹ + x¹²", "x**-1 + x**12"),
        ("2·x × x − 1", "2 * x * x - 1"),
        ("-x²", "-x**2"),
        ("(-x)²", "(-x)**2"),
        ("2^3^x", "2**3**x"),
        ("(2^x)^3", "(2**x)**3"),
        ("a", None),
        ("z + y", "x + y"),
        ("+x", "x"),
        ("((x))", "x"),
        ("007", "7"),
        (".5 + 1. + 1e3 + 2E-3", "0.5 + 1 + 1000 + 0.002"),
        ("--2", "2"),
        ("-0", "0"),
        ("0e9 + 0.0e-99", "0 + 0"),
        ("2 - -2", "2 - -2"),
        ("x - (y - 1)", "x - (y - 1)"),
        ("x / (y * 2) / 2", "x / (y * 2) / 2"),
        ("-(x*y)", "-(x * y)"),
        ("sigmoid(x) + ln(π)", "logistic(x) + log(pi)"),
        ("max ( x , 0 )", "max(x, 0)"),
        ("x\n+\u2003y", "x + y"),
        ("min(e, pi)", "min(e, pi)"),
    ],
)
def test_what_is_typed_and_how_it_is_written(typed, canonical):
    if canonical is None:
        refusal(typed)
    else:
        assert str(parsed(typed)) == canonical
        assert str(parsed(canonical)) == canonical


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("", "There is no formula yet: type one such as x * tanh(x)."),
        (" \n", "There is no formula yet"),
        ("foo(x)", "There is no “foo” in formulas: use x, y, numbers, pi, e, exp, log, log1p, "),
        ("2x", "Between “2” and “x” (position 2) a sign is missing: write 2 * x if you mean their product."),
        ("x(x + 1)", "Between “x” and “(” (position 2) a sign is missing"),
        ("3 (x)", "Between “3” and “(” (position 3)"),
        ("(x)(x)", "Between “)” and “(” (position 4)"),
        ("x²x", "Between “²” and “x” (position 3)"),
        ("2e", "Between “2” and “e”"),
        (
            "1,5 * x",
            "A comma only stands between the two numbers of min and max: write decimals with a point, as in 1.5.",
        ),
        ("sin(1,5)", "sin takes one number, not 2: write decimals with a point, as in sin(1.5)."),
        ("sin()", "sin takes one number, not 0"),
        ("max(x)", "max takes two numbers, not 1"),
        ("max(x, 1,5)", "max takes two numbers, not 3"),
        ("sin x", "“sin” at position 1 is a function"),
        ("x + tanh", "“tanh” at position 5 is a function"),
        ("x²^3", "Two powers follow each other at position 3"),
        ("1e999", "The number 1e999 is too large or too small: stay between 1e-30 and 1e30."),
        ("9" * 400, "is too large or too small"),
        ("x^²", "The formula cannot be read at “²” (position 3)"),
        ("x" + "⁹" * 99, "is too large or too small"),
        ("1e-31", "The number 1e-31 is too large or too small"),
        ("9**9**9", "“9**9**9” is too large a number, or none at all: change this part."),
        ("x + 1/0", "“1 / 0” is too large a number, or none at all"),
        ("x * sqrt(1 - 2)", "“sqrt(1 - 2)” is too large a number, or none at all"),
        ("exp(exp(9)) * 0", "“exp(exp(9))” is too large"),
        ("(x", "The “(” at position 1 is never closed: add a “)”."),
        ("x)", "The formula cannot be read at “)” (position 2)"),
        ("x *", "The formula breaks off after “*”: add what is to follow, or remove it."),
        ("x + * x", "The formula cannot be read at “*” (position 5)"),
        ("x // 2", "The formula cannot be read at “/” (position 4)"),
        ("x = 1", "“=” at position 3 has no meaning in a formula"),
        ("x < 1", "“<” at position 3 has no meaning"),
        ("x.real", "“.” at position 2 has no meaning"),
        ("[x]", "“[” at position 1 has no meaning"),
        ("'x'", "“'” at position 1 has no meaning"),
        ("(x := 1)", "“:” at position 4 has no meaning"),
        ("f'{x}'", "There is no “f” in formulas"),
        ("lambda x: x", "There is no “lambda” in formulas"),
        ("x if x else x", "There is no “if” in formulas"),
        ("not x", "There is no “not” in formulas"),
        ("True", "There is no “True” in formulas"),
        ("3j", "There is no “j” in formulas"),
        ("__import__(x)", "There is no “__import__” in formulas"),
        ("max(x, key=x)", "There is no “key” in formulas"),
        ("max(x, y=x)", "“=” at position 9 has no meaning"),
        ("sin(*x)", "The formula cannot be read at “*” (position 5)"),
        ("sin(**x)", "The formula cannot be read at"),
        ("()", "The formula cannot be read at “(” (position 1)"),
        ("x, ", "breaks off after “,”"),
        ("x\u202e", "has no meaning"),
        ("\ud800", "has no meaning"),
    ],
)
def test_the_sentences(typed, said):
    assert said in refusal(typed)


def test_texts_trees_and_depth_are_limited():
    assert "600 signs: shorten it to at most 500" in refusal("x" * 600)
    assert parsed("-" * (MAXIMUM_DEPTH - 1) + "x")
    assert "nested more than 30 levels deep" in refusal("-" * MAXIMUM_DEPTH + "x")
    wide = "+".join(["(x+x+x+x+x+x+x+x+x+x)"] * 11)
    assert len(wide) <= MAXIMUM_LENGTH
    assert 2 * wide.count("x") - 1 > MAXIMUM_NODES
    assert "more than 200 numbers" in refusal(wide)
    for nested in ("(" * 240 + "x" + ")" * 240, "-" * 499 + "x", "sin(" * 100 + "x" + ")" * 100):
        refusal(nested)


def test_what_is_saved_can_be_opened_again_although_it_is_longer_than_what_was_typed():
    typed = "+".join(["x*x*x"] * 25)
    assert len(typed) < len(str(parsed(typed))) <= MAXIMUM_LENGTH
    powers = "(" + "+".join(["x³"] * 25) + ")*(" + "+".join(["x³"] * 25) + ")"
    powers += f"+{powers}"
    assert "signs: shorten it" in refusal(powers)


@given(st.one_of(st.text(max_size=600), FORMULA_LIKE))
@example("x" + "**x" * 166)
@example("(" * 500)
@example("(x)" * 166)
@example("9**" * 165 + "9")
@example("max(" * 100)
def test_any_text_is_a_formula_or_refused_at_once(typed):
    start = time.perf_counter()
    try:
        formula = parsed(typed)
    except UserError:
        refusal(typed)
    else:
        assert parsed(str(formula)) == formula
        assert formula.pretty.isprintable()
    assert time.perf_counter() - start < 0.5
