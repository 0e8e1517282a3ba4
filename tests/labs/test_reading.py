import unicodedata

import pytest

from annstudio.engine.activations import activations
from annstudio.engine.losses import losses
from annstudio.labs.notation import number
from annstudio.labs.reading import plain, read

STATED = [entry.info.formula for registry in (activations, losses) for entry in registry.values()]
STATED += [entry.info.derivative for registry in (activations, losses) for entry in registry.values()]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("a = 1 / (1 + e⁻ᶻ)", "a = (1)/(1 + e^(−z))"),
        ("aₖ = exp(zₖ) / Σⱼ exp(zⱼ)", "aₖ = (exp(zₖ))/(Σⱼ exp(zⱼ))".replace("ₖ", "k").replace("ⱼ", "j")),
        ("2(ŷ − y)/(N·K)", "2(ŷ − y)/(N·K)"),
        ("z/√2", "(z)/(√(2))"),
        ("1 − a²", "1 − a²"),
        ("w − η·m / n", "w − η · (m)/(n)"),
        ("∂J/∂ŷ = −y/ŷ", "(∂J)/(∂ŷ) = −(y)/(ŷ)"),
    ],
)
def test_lines_are_read_as_books_print_them(line, expected):
    assert plain(read(line)) == expected


def test_numbers_take_the_place_of_letters():
    assert plain(read("1 / (1 + e⁻ᶻ)", {"z": number(-0.5)})) == "(1)/(1 + e^(−(−0.5)))"
    assert plain(read("2 z exp(z)", {"z": number(0.5)})) == "2 · 0.5 exp(0.5)"
    assert plain(read("max(0, z)", {"z": number(-1.5)})) == "max(0, (−1.5))"


@pytest.mark.parametrize("line", STATED)
def test_whatever_an_entry_states_can_be_read(line):
    """All its letters and digits are still there, in their order; small ones are written as large ones."""
    assert letters(plain(read(line))) == letters(line)


def letters(line):
    return [sign for sign in unicodedata.normalize("NFKC", line) if sign.isalnum()]
