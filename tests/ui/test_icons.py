import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor

from annstudio.core.resources import resources
from annstudio.ui.icons import app_icon, icon

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


def test_an_icon_that_is_not_there_is_an_error(qapp):
    with pytest.raises(FileNotFoundError):
        icon("no-such-icon", "#000000")


def test_the_program_has_an_icon(qapp):
    assert not app_icon().isNull()
