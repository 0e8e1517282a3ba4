"""The bundled faces hold what the app writes."""

import pytest
from PySide6.QtGui import QFont, QFontDatabase, QFontMetricsF, QRawFont
from PySide6.QtWidgets import QApplication

from annstudio.core.resources import resources

FILES = sorted((resources() / "fonts").glob("*.ttf"))
MATHEMATICS = "∂∇Σ∈ℝ⊙ŷᵢⱼᵀσ∑√≤≥×·−→ληβ₁₂ŵ²±∞≈≠"
ARABIC = "الشبكات العصبية"


@pytest.fixture(scope="module")
def faces(qapp: QApplication) -> dict[str, list[str]]:
    """The families of each bundled file."""
    families = QFontDatabase.applicationFontFamilies
    return {file.stem: families(QFontDatabase.addApplicationFont(str(file))) for file in FILES}


def test_every_file_loads(faces: dict[str, list[str]]) -> None:
    assert len(faces) == len(FILES) > 0
    assert {names[0] for names in faces.values()} == {"Inter", "DejaVu Sans"}


@pytest.mark.usefixtures("faces")
def test_weights_are_faces_of_their_own() -> None:
    weights = (QFont.Weight.Normal, QFont.Weight.Medium, QFont.Weight.DemiBold, QFont.Weight.Bold)
    widths = [QFontMetricsF(QFont("Inter", 40, weight)).horizontalAdvance("Hamburg") for weight in weights]
    assert widths == sorted(set(widths))


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("character", sorted(set(MATHEMATICS + ARABIC)))
def test_one_of_the_faces_has_the_character(character: str) -> None:
    fonts = [QRawFont(str(file), 16) for file in FILES if file.stem in {"Inter-Regular", "DejaVuSans"}]
    assert len(fonts) == 2
    assert any(font.supportsCharacter(ord(character)) for font in fonts)


@pytest.mark.usefixtures("faces")
def test_tabular_figures_have_one_width() -> None:
    font = QFont("Inter", 40)
    plain = {QFontMetricsF(font).horizontalAdvance(digit * 4) for digit in "0123456789"}
    font.setFeature(QFont.Tag("tnum"), 1)
    tabular = {QFontMetricsF(font).horizontalAdvance(digit * 4) for digit in "0123456789"}
    assert len(plain) > 1
    assert len(tabular) == 1
