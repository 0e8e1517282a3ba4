"""Texts: translated first, then filled in; foreign values stay short and harmless."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from annstudio.core.texts import QT_TRANSLATE_NOOP, Text, printable, shown, text

GERMAN = {"{count} layers": "{count} Schichten", "Layer {name}: {problem}": "{problem} in Schicht {name}", "cut": "ab"}


def translate(template: str) -> str:
    return GERMAN.get(template, template)


def test_marking_changes_nothing() -> None:
    assert QT_TRANSLATE_NOOP("annstudio", "{count} layers") == "{count} layers"


def test_the_template_is_translated_and_the_values_put_in_afterwards() -> None:
    layers = text("{count} layers", count=3)
    assert str(layers) == "3 layers"
    assert layers.render(translate) == "3 Schichten"


def test_texts_within_texts_and_lists_are_translated_too() -> None:
    inner = text("Layer {name}: {problem}", name=("a", 2, Text("cut")), problem=Text("cut"))
    assert str(inner) == "Layer a, 2, cut: cut"
    assert inner.render(translate) == "ab in Schicht a, 2, ab"


def test_braces_stay_braces_where_nothing_is_to_be_put_in() -> None:
    assert str(Text("f(x) = {x}")) == "f(x) = {x}"


@given(st.text())
def test_a_value_with_braces_is_no_template(value: str) -> None:
    assert str(text("It is {value}.", value=value)) == f"It is {value}."
    assert str(text("It is {value}.", value="{value}")) == "It is {value}."


@given(st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.binary() | st.lists(st.integers()))
@example(10**5000)
@example([10**5000])
@example("\u202egpj.exe\x1b[31m\n")
@example("x" * 100_000)
def test_whatever_is_shown_is_short_and_harmless(value: object) -> None:
    plain = str(shown(value))
    assert plain.isprintable()
    assert 0 < len(plain) <= 40


@pytest.mark.parametrize(
    ("value", "plain"),
    [
        (0.1, "0.1"),
        (True, "True"),
        (-3, "-3"),
        ("tanh", "tanh"),
        (" ", "nothing"),
        (10**15, "a huge number"),
        (-(10**15), "a hugely negative number"),
        (10**15 - 1, "999999999999999"),
        (None, "something else"),
        ("x" * 40, "x" * 40),
        ("x" * 41, "x" * 39 + "…"),
    ],
)
def test_what_is_shown(value: object, plain: str) -> None:
    assert str(shown(value)) == plain


def test_names_of_every_script_are_printable() -> None:
    assert printable("Übung 3: 神经网络 \U0001f600") == "Übung 3: 神经网络 \U0001f600"
    assert printable("a\nb\u202ec\ud800") == "a�b�c�"
