"""Texts that a person will read, kept apart from the language they are read in.

The packages below ui know no Qt, so they cannot translate. They *mark* a template where it is written, so that
the translator's tools find it, and hand it on together with its values. ui translates the template first and puts
the values in afterwards.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

CONTEXT = "annstudio"
"""The translation context of every text below ui."""

_LONGEST_SHOWN = 40
"""Characters of a foreign value in a sentence."""


def QT_TRANSLATE_NOOP(context: str, text: str) -> str:
    """Return the text unchanged; lupdate finds it by this function's name."""
    return text


@dataclass(frozen=True)
class Text:
    """A marked template and the values that belong into its braces.

    Args:
        template: English text with {named} fields, written inside QT_TRANSLATE_NOOP.
        values: what goes into the fields: a number, a name, again a Text, or a tuple of these, shown as a list.
    """

    template: str
    values: Mapping[str, object] = field(default_factory=lambda: MappingProxyType({}))

    def render(self, translate: Callable[[str], str] = str) -> str:
        """Return the whole sentence, each template passed through `translate` first."""
        values = {key: _rendered(value, translate) for key, value in self.values.items()}
        template = translate(self.template)
        return template.format(**values) if values else template

    def __str__(self) -> str:
        return self.render()


def _rendered(value: object, translate: Callable[[str], str]) -> object:
    if isinstance(value, Text):
        return value.render(translate)
    if isinstance(value, tuple):
        return ", ".join(str(_rendered(part, translate)) for part in value)
    return value


def text(template: str, **values: object) -> Text:
    """Return a Text; `text(QT_TRANSLATE_NOOP(context, "…"), name=value)` reads well where it is written."""
    return Text(template, MappingProxyType(values))


def shown(value: object) -> Text | str:
    """Return a foreign value as one short, printable piece of text, whatever a stranger's file put there."""
    if isinstance(value, int) and abs(value) >= 10**15:
        huge = QT_TRANSLATE_NOOP("annstudio", "a huge number")
        return Text(huge if value > 0 else QT_TRANSLATE_NOOP("annstudio", "a hugely negative number"))
    if value is None or not isinstance(value, bool | int | float | str):
        return Text(QT_TRANSLATE_NOOP("annstudio", "something else"))
    plain = str(value)
    if not plain.strip():
        return Text(QT_TRANSLATE_NOOP("annstudio", "nothing"))
    return printable(plain if len(plain) <= _LONGEST_SHOWN else plain[: _LONGEST_SHOWN - 1] + "…")


def printable(name: str) -> str:
    """Return a foreign name without line ends and what steers a terminal or turns the writing around."""
    return "".join(sign if sign.isprintable() else "�" for sign in name)
