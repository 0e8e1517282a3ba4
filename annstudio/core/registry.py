"""One entry, one file: registries find their entries by looking into a package.

An entry is a class with an `info`. Its module's name is the entry's key, so the files on disk and the keys of the
registry are the same list, and no list is kept by hand.
"""

import importlib
import inspect
import pkgutil
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from typing import ClassVar, Generic, Protocol, TypeVar

from annstudio.core.errors import UserError
from annstudio.core.params import Param, Value, check_params
from annstudio.core.texts import QT_TRANSLATE_NOOP, Text, shown, text


@dataclass(frozen=True)
class Info:
    """What an entry says of itself. All texts are marked for translation.

    Args:
        key: the name in files and on the command line; never changes. Equals the module's name.
        label: the name on the screen.
        summary: one sentence for a first-year student.
        order: place in lists; the lecture's entries come first.
        category: heading under which lists show it.
        formula: in plain Unicode mathematics.
        derivative: likewise, where the entry is a function that training differentiates.
        range: which values it can give, likewise.
        reference: where it comes from (author, year, title).
        params: its settings with their ranges.
        when_to_use, pros, cons: short advice.
        aliases: earlier keys that files may still hold.
        more: lists show it behind "more": it goes beyond the lecture.
    """

    key: str
    label: str
    summary: str = ""
    order: int = 100
    category: str = ""
    formula: str = ""
    reference: str = ""
    params: tuple[Param, ...] = ()
    when_to_use: str = ""
    pros: str = ""
    cons: str = ""
    aliases: tuple[str, ...] = ()
    more: bool = False
    derivative: str = ""
    range: str = ""

    def check(self, values: Mapping[str, object]) -> dict[str, Value]:
        """Return a checked value for every parameter; see params.check_params."""
        return check_params(self.params, values)

    def param(self, key: str) -> Param:
        """Return the parameter of this key."""
        return next(param for param in self.params if param.key == key)


class HasInfo(Protocol):
    """An entry class: it says what it is."""

    info: ClassVar[Info]


E = TypeVar("E", bound=HasInfo)


class Registry(Mapping[str, type[E]], Generic[E]):
    """The entries of a package by key, in the order that lists show them.

    Args:
        package: dotted name of the package whose modules hold one entry each.
        base: the class that every entry derives from.
        noun: marked noun for messages ("activation").
    """

    def __init__(self, package: str, base: type[E], noun: str) -> None:
        self._package = package
        self._base = base
        self._noun = noun
        self._found: dict[str, type[E]] = {}

    @cached_property
    def _entries(self) -> dict[str, type[E]]:
        package = importlib.import_module(self._package)
        found = [
            self._entry_of(importlib.import_module(f"{self._package}.{module.name}"))
            for module in pkgutil.iter_modules(package.__path__)
            if not module.name.startswith("_") and module.name != "base"
        ]
        found.sort(key=lambda entry: (entry.info.order, entry.info.key))
        return {entry.info.key: entry for entry in found}

    def _entry_of(self, module: object) -> type[E]:
        name = getattr(module, "__name__", "")
        entries: list[type[E]] = [
            member
            for _, member in inspect.getmembers(module, inspect.isclass)
            if issubclass(member, self._base) and member.__module__ == name and "info" in vars(member)
        ]
        if len(entries) != 1 or entries[0].info.key != name.rpartition(".")[2]:
            raise TypeError(f"{name} must hold exactly one entry whose key is the module's name")
        return entries[0]

    @cached_property
    def _aliases(self) -> dict[str, str]:
        return {alias: key for key, entry in self._entries.items() for alias in entry.info.aliases}

    def __getitem__(self, key: str) -> type[E]:
        if key not in self._found:
            self._found[key] = self._find(key)
        return self._found[key]

    def _find(self, key: str) -> type[E]:
        """Return an entry without loading the others, as long as the key is the name of a file."""
        if key.isidentifier() and not key.startswith("_") and key != "base":
            name = f"{self._package}.{key}"
            try:
                return self._entry_of(importlib.import_module(name))
            except ModuleNotFoundError as error:
                if error.name != name:
                    raise
        return self._entries[self._aliases[key]]

    def __iter__(self) -> Iterator[str]:
        return iter(self._entries)

    def __len__(self) -> int:
        return len(self._entries)

    def made(self, given: E | str) -> E:
        """Return an entry: the given one, or, where only its key is given, one with its defaults.

        Raises:
            UserError: there is no entry of this key, or what is given is neither.
        """
        if isinstance(given, str):
            return self.resolve(given)()
        if not isinstance(given, self._base):
            raise UserError(
                text(
                    QT_TRANSLATE_NOOP(
                        "annstudio",
                        "This is no {noun} but something of the type “{type}”: give one of these names, or what they "
                        "make: {known}.",
                    ),
                    noun=Text(self._noun),
                    type=type(given).__name__,
                    known=", ".join(self),
                )
            )
        return given

    def resolve(self, key: object) -> type[E]:
        """Return the entry of a key that came from outside.

        Raises:
            UserError: there is no such entry; the message lists those there are.
        """
        if isinstance(key, str):
            with suppress(KeyError):
                return self[key]
        raise UserError(
            text(
                QT_TRANSLATE_NOOP("annstudio", "There is no {noun} “{key}”. Choose one of: {known}."),
                noun=Text(self._noun),
                key=shown(key),
                known=", ".join(self),
            )
        )
