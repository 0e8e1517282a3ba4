import pytest
from PySide6.QtGui import QColor

from annstudio.ui.theme import DARK, LIGHT
from annstudio.ui.views.colors import class_ramps
from annstudio.ui.views.samples import outline


def luminance(color):
    """Return the relative luminance of a color, as WCAG 2 defines it."""
    shares = [
        channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4 for channel in color.getRgbF()[:3]
    ]
    return sum(weight * share for weight, share in zip((0.2126, 0.7152, 0.0722), shares, strict=True))


@pytest.mark.parametrize("theme", [LIGHT, DARK])
@pytest.mark.parametrize("number", [0, 1])
def test_a_mark_is_set_off_from_the_ground_of_its_own_class(theme, number):
    ground = QColor.fromRgb(int(class_ramps(theme, 2)[number][-1]))
    light, dark = sorted((luminance(outline(theme)), luminance(ground)), reverse=True)
    assert (light + 0.05) / (dark + 0.05) > 2
