import pytest

from annstudio.engine.rules import parsed
from annstudio.labs.notation import Figure, Matrix, Sign, matrix, number, of_formula, shown_places, sign_of, total
from annstudio.labs.reading import plain


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        ("w − η·g / (sqrt(v) + ε)", "w − (η · g)/(√(v) + ε)"),
        ("β₁·m + (1 − β₁)·g²", "β₁ · m + (1 − β₁) · g²"),
        ("w − (g − m)", "w − (g − m)"),
        ("−(y·log(ŷ))", "−y · ln(ŷ)"),
        ("max(0, 1 − y)²", "max(0, 1 − y)²"),
        ("abs(g) + ε", "|g| + ε"),
        ("(g + m)·v", "(g + m) · v"),
    ],
)
def test_formulas_are_set_with_the_parentheses_that_they_need(formula, expected):
    assert plain(of_formula(parsed(formula).root, {})) == expected


def test_negative_numbers_stand_in_parentheses_behind_a_sign():
    names = {"w": (Figure(-1.0),), "g": (Figure(-2.0),)}
    assert plain(of_formula(parsed("w − g²").root, names)) == "−1 − (−2)²"
    assert plain(of_formula(parsed("w·g").root, names)) == "−1 · (−2)"


@pytest.mark.parametrize(("count", "places"), [(3, [0, 1, 2]), (6, [0, 1, 2, 3, 4, 5]), (9, [0, 1, 2, None, 8])])
def test_of_many_the_first_and_the_last_are_shown(count, places):
    assert shown_places(count, 6) == places


def test_sums_and_matrices_leave_out_the_middle():
    assert plain(total(20, lambda i: (Sign("w", str(i + 1)),))) == "w₁ + w₂ + w₃ + … + w₂₀"
    large = matrix(20, 2, lambda i, j: number(i + j))
    assert isinstance(large, Matrix)
    assert len(large.rows) == 5
    assert large.rows[3] == (None, None)


def test_names_of_formulas_become_signs():
    assert sign_of("β_1") == Sign("β", "1")
    assert sign_of("m_hat") == Sign("m", hat=True)
    assert sign_of("μ_next") == Sign("μ", "t+1")
