"""What the command palette offers."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Command:
    """Something that can be done now.

    Args:
        key: what it is remembered by among those used lately; the same in every language.
        label: its name, translated.
        run: does it.
        place: where else it is found: a menu, a layer, a page; translated.
        shortcut: its key on the keyboard, as people write it.
        icon: name of its picture in resources/icons.
        words: other words that find it.
        chosen: it is a value, and the one that holds.
        with_number: where a number can be typed behind the name: returns the command that sets it.
    """

    key: str
    label: str
    run: Callable[[], object]
    place: str = ""
    shortcut: str = ""
    icon: str = ""
    words: str = ""
    chosen: bool = False
    with_number: "Callable[[str], Command] | None" = None


Provider = Callable[[], Iterable[Command]]
"""A source of commands; asked each time the palette opens."""
