"""The design tokens: every color, radius and font size of the app, in light and in dark."""

from dataclasses import dataclass

from PySide6.QtGui import QColor, QPalette


@dataclass(frozen=True)
class Theme:
    """The tokens of one appearance, as #rrggbb.

    Text in `ink` and `muted` keeps a contrast of at least 4.5:1 on `card` and on `background`.
    """

    dark: bool
    background: str
    card: str
    ink: str
    muted: str
    line: str
    accent: str
    on_accent: str
    accent_soft: str
    positive: str
    negative: str
    neutral: str
    warning: str
    error: str
    ok: str

    def color(self, token: str, alpha: float = 1.0) -> QColor:
        """Return a token as a QColor with an opacity from 0 to 1."""
        color = QColor(getattr(self, token))
        color.setAlphaF(alpha)
        return color


LIGHT = Theme(
    dark=False,
    background="#f5f6f8",
    card="#ffffff",
    ink="#1d2430",
    muted="#5b6675",
    line="#e3e7ec",
    accent="#3b5bdb",
    on_accent="#ffffff",
    accent_soft="#e8ecfb",
    positive="#2878b5",
    negative="#e8772e",
    neutral="#f7f7f7",
    warning="#d9a400",
    error="#c92a2a",
    ok="#237a4b",
)
DARK = Theme(
    dark=True,
    background="#15181d",
    card="#1e2229",
    ink="#e8ebf0",
    muted="#98a3b3",
    line="#2e343e",
    accent="#7c93ff",
    on_accent="#15181d",
    accent_soft="#2a3050",
    positive="#4f9fdb",
    negative="#f0914d",
    neutral="#262b33",
    warning="#e5b93a",
    error="#ff8787",
    ok="#58b98a",
)

CLASS_COLORS = (
    "#e8772e",
    "#2878b5",
    "#2f9e63",
    "#9c5fc4",
    "#c2a000",
    "#d6457f",
    "#1aa3a3",
    "#8a5a35",
    "#6b7785",
    "#3b5bdb",
)
"""Colors of classes 0, 1, 2 …; with two classes orange is 0 and blue is 1, as negative and positive."""

RADIUS = 8
CARD_RADIUS = 12
FONT_PIXELS = 13


def theme_of(palette: QPalette) -> Theme:
    """Return the theme that a widget's palette belongs to; ask again at every PaletteChange."""
    return DARK if palette.color(QPalette.ColorRole.Window).lightness() < 128 else LIGHT
