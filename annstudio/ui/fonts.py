"""The typefaces of the window: Inter, and DejaVu Sans for the signs that Inter lacks."""

from PySide6.QtGui import QFont, QFontDatabase

from annstudio.core.resources import resources
from annstudio.ui.theme import FONT_PIXELS

FAMILIES = ["Inter", "DejaVu Sans"]
FORMULA_FAMILIES = ["Cambria Math", "STIX Two Math", "STIX Two Text", "Georgia", "DejaVu Serif", *FAMILIES]
"""Whatever serif face the system has; the bundled ones fill in the signs it lacks."""


def load_fonts() -> None:
    """Make the bundled typefaces known to Qt; needs an application, once."""
    for file in sorted((resources() / "fonts").glob("*.ttf")):
        QFontDatabase.addApplicationFont(str(file))


def text_font(pixels: int = FONT_PIXELS, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
    """Return the font of running text."""
    font = QFont(FAMILIES)
    font.setPixelSize(pixels)
    font.setWeight(weight)
    return font


def figures_font(pixels: int = FONT_PIXELS, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
    """Return the font of numbers that change while one looks: every digit is equally wide."""
    font = text_font(pixels, weight)
    font.setFeature(QFont.Tag("tnum"), 1)
    return font


def formula_font(pixels: int = FONT_PIXELS + 1) -> QFont:
    """Return the font of formulas, a serif face."""
    font = QFont(FORMULA_FAMILIES)
    font.setPixelSize(pixels)
    return font
