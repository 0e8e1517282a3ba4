"""The colors of figures: what they are for, and which they are in each theme."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from annstudio.core.errors import UserError
from annstudio.core.texts import QT_TRANSLATE_NOOP, shown, text


class Hue(StrEnum):
    """What a color stands for."""

    TEXT = "text"
    INPUT = "input"
    WEIGHTS = "weights"
    PLAIN = "plain"
    OUTPUT = "output"


class Ink(NamedTuple):
    """A color by its purpose: a hue, mixed into the paper.

    Attributes:
        hue: what it stands for.
        strength: from 0, the paper itself, to 1, the full color.
    """

    hue: Hue
    strength: float = 1.0


PAPER = Ink(Hue.TEXT, 0.0)
TEXT = Ink(Hue.TEXT)
MUTED = Ink(Hue.TEXT, 0.72)
WIRE = Ink(Hue.TEXT, 0.55)
HAIRLINE = Ink(Hue.TEXT, 0.3)


@dataclass(frozen=True)
class Theme:
    """The colors of one appearance, as #rrggbb.

    Args:
        label: its marked name.
        paper: what lies behind everything.
        hues: the full colors.
        fills: whether areas are filled; else they stay as the paper is.
        dashed: edges of these hues are dashed, where colors do not tell them apart.
        heavy: edges of these are twice as wide, for the same reason.
    """

    label: str
    paper: str
    hues: Mapping[Hue, str]
    fills: bool = True
    dashed: frozenset[Hue] = frozenset()
    heavy: frozenset[Hue] = frozenset()

    def line(self, ink: Ink) -> str:
        """Return the color of a line or of letters."""
        return _mixed(self.paper, self.hues[ink.hue], ink.strength)

    def fill(self, ink: Ink) -> str:
        """Return the color of an area; solid signs such as arrowheads are filled in every theme."""
        return self.line(ink) if self.fills or ink.hue is Hue.TEXT else self.paper

    def width(self, ink: Ink, width: float) -> float:
        """Return how wide a line is drawn that should be of this width."""
        return 2 * width if ink.hue in self.heavy else width


LIGHT = Theme(
    QT_TRANSLATE_NOOP("annstudio", "Light"),
    "#ffffff",
    {
        Hue.TEXT: "#1d2430",
        Hue.INPUT: "#2f8f83",
        Hue.WEIGHTS: "#2878b5",
        Hue.PLAIN: "#5b6675",
        Hue.OUTPUT: "#d9661f",
    },
)
DARK = Theme(
    QT_TRANSLATE_NOOP("annstudio", "Dark"),
    "#15181d",
    {
        Hue.TEXT: "#e8ebf0",
        Hue.INPUT: "#5cc4b5",
        Hue.WEIGHTS: "#5aa9e4",
        Hue.PLAIN: "#98a3b3",
        Hue.OUTPUT: "#f0914d",
    },
)
PRINT = Theme(
    QT_TRANSLATE_NOOP("annstudio", "Print"),
    "#ffffff",
    {**dict.fromkeys(Hue, "#000000"), Hue.INPUT: "#808080"},
    fills=False,
    dashed=frozenset({Hue.PLAIN}),
    heavy=frozenset({Hue.OUTPUT}),
)

THEMES: Mapping[str, Theme] = {"light": LIGHT, "dark": DARK, "print": PRINT}
"""By the name that the command line takes."""


def theme_named(key: str) -> Theme:
    """Return a theme by its name.

    Raises:
        UserError: there is none of this name.
    """
    if key in THEMES:
        return THEMES[key]
    raise UserError(
        text(
            QT_TRANSLATE_NOOP("annstudio", "There is no theme “{key}”. Choose one of: {known}."),
            key=shown(key),
            known=", ".join(THEMES),
        )
    )


def _mixed(paper: str, color: str, share: float) -> str:
    pairs = zip(_channels(paper), _channels(color), strict=True)
    return "#" + "".join(f"{round(low + (high - low) * share):02x}" for low, high in pairs)


def _channels(color: str) -> tuple[int, ...]:
    return tuple(bytes.fromhex(color[1:]))
