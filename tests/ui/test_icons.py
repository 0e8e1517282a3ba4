import pytest
from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QColor, QImage, QPainter

from annstudio.core.resources import resources
from annstudio.ui.icons import app_icon, icon, paint_icon

NAMES = sorted(file.stem for file in (resources() / "icons").glob("*.svg") if file.stem != "annstudio")


@pytest.mark.parametrize("name", NAMES)
def test_icons_have_the_color_asked_for(qapp, name):
    image = icon(name, "#c92a2a").pixmap(QSize(24, 24)).toImage()
    colors = {
        image.pixelColor(x, y).name()
        for x in range(image.width())
        for y in range(image.height())
        if image.pixelColor(x, y).alpha() == 255
    }
    assert colors
    assert all(abs(QColor(color).red() - 0xC9) <= 2 for color in colors)


@pytest.mark.parametrize("points", [16, 18, 20, 24])
def test_icons_are_drawn_in_full_at_200_percent(qapp, points):
    pixmap = icon("play", "#000000").pixmap(QSize(points, points), 2.0)
    assert pixmap.width() == 2 * points


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_a_painted_icon_is_as_crisp_as_the_screen(qapp, scale):
    """The bar of the plus sign begins and ends at whole pixels, so that none is a mere shade."""
    picture = QImage(int(48 * scale), int(48 * scale), QImage.Format.Format_ARGB32)
    picture.setDevicePixelRatio(scale)
    picture.fill(0)
    painter = QPainter(picture)
    paint_icon(painter, QRect(0, 0, 48, 48), "circle-plus", "#c92a2a")
    painter.end()
    middle = [picture.pixelColor(int(24 * scale), y).alpha() for y in range(picture.height())]
    assert max(middle) == 255
    assert sum(0 < alpha < 255 for alpha in middle) <= 8


def test_an_icon_that_is_not_there_is_an_error(qapp):
    with pytest.raises(FileNotFoundError):
        icon("no-such-icon", "#000000")


def test_the_program_has_an_icon(qapp):
    assert not app_icon().isNull()
