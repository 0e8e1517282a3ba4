"""What is chosen in the dialog of figures, and remembered from one time to the next."""

from dataclasses import asdict, dataclass
from typing import Any

from PySide6.QtCore import QSettings

from annstudio.project.figures import FORMATS, SCALE, styles
from annstudio.project.figures.inks import THEMES

_GROUP = "figure"


@dataclass(frozen=True)
class Choices:
    """How a figure is to be.

    Args:
        style: key of a figure style.
        theme: key of a theme.
        kind: one of FORMATS.
        scale: see figures.SCALE.
        legend: whether a legend stands below.
        transparent: leave out the paper.
    """

    style: str = "cards"
    theme: str = "light"
    kind: str = "svg"
    scale: float = SCALE.default
    legend: bool = True
    transparent: bool = False


def remember(choices: Choices) -> None:
    """Keep the choices for the next time."""
    settings = QSettings()
    for key, value in asdict(choices).items():
        settings.setValue(f"{_GROUP}/{key}", value)


def remembered() -> Choices:
    """Return the latest choices, as far as they still make sense."""
    settings, plain = QSettings(), Choices()
    # In a new process everything is a text, unless one asks for a type.
    found: dict[str, Any] = {
        key: settings.value(f"{_GROUP}/{key}", value, type(value)) for key, value in asdict(plain).items()
    }
    kept = Choices(**found)
    sensible = (
        kept.style in styles
        and kept.theme in THEMES
        and kept.kind in FORMATS
        and SCALE.minimum <= kept.scale <= SCALE.maximum
    )
    return kept if sensible else plain
