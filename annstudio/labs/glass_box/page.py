"""What is shown at one stop of the walk through a step."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from functools import cached_property

from annstudio.core.texts import Text
from annstudio.labs.notation import Equation, Mark, Row


class Level(IntEnum):
    """How finely one walks."""

    EPOCH = -1
    UPDATE = 0
    PASS = 1
    LAYER = 2
    NEURON = 3
    TERM = 4


@dataclass(frozen=True)
class Page:
    """One stop, ready to be shown.

    Args:
        headline: in a few words.
        about: why, in a sentence or two.
        equations: the last of them is what the stop is for.
        lit: what of the network it is about.
        rivals: right sides that one might take for that of the last equation, and which are wrong.
    """

    headline: Text
    about: Text
    equations: tuple[Equation, ...] = ()
    lit: frozenset[Mark] = frozenset()
    rivals: tuple[Row, ...] = ()


@dataclass(frozen=True, eq=False)
class Stop:
    """A place of the walk, which may have parts.

    Args:
        level: how fine it is.
        title: its name in a list.
        write: makes its page.
        divide: makes its parts, in the order in which one walks through them.
    """

    level: Level
    title: Text | Row
    write: Callable[[], Page]
    divide: Callable[[], Sequence["Stop"]] = field(default=tuple)

    @cached_property
    def page(self) -> Page:
        """What is shown here."""
        return self.write()

    @cached_property
    def parts(self) -> Sequence["Stop"]:
        """What it is made up of, one level finer."""
        return tuple(self.divide())
