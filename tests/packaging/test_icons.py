"""The bundled drawings draw, and take the theme's color."""

from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

from annstudio.core.resources import resources

FOLDER = resources() / "icons"
ICONS = sorted(file for file in FOLDER.glob("*.svg") if file.stem != "annstudio")


def _drawn(svg: bytes, size: int = 48) -> QImage:
    image = QImage(size, size, QImage.Format.Format_ARGB32)
    image.fill(0)
    renderer = QSvgRenderer(svg)
    assert renderer.isValid()
    painter = QPainter(image)
    renderer.render(painter)
    painter.end()
    return image


def _opaque_colors(image: QImage) -> list[QColor]:
    places = ((x, y) for x in range(image.width()) for y in range(image.height()))
    colors = (QColor.fromRgba(image.pixel(x, y)) for x, y in places)
    return [color for color in colors if color.alpha() == 255]


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("file", ICONS, ids=lambda file: file.stem)
def test_icon_is_drawn_in_the_theme_color_alone(file: Path) -> None:
    colors = _opaque_colors(_drawn(file.read_bytes().replace(b"currentColor", b"#00ff00")))
    assert colors
    assert all(color.green() >= 250 and color.red() == color.blue() == 0 for color in colors)


@pytest.mark.usefixtures("qapp")
def test_picture_of_the_app_icon_is_its_drawing() -> None:
    picture = QImage(str(FOLDER / "annstudio.png"))
    drawing = _drawn((FOLDER / "annstudio.svg").read_bytes(), picture.width())
    assert picture.size().toTuple() == (256, 256)
    for place in [(128, 128), (56, 84), (195, 128), (30, 30), (0, 0)]:
        assert abs(picture.pixelColor(*place).lightness() - drawing.pixelColor(*place).lightness()) <= 2
