import numpy as np
import pytest
from PySide6.QtGui import QColor

from annstudio.ui.theme import DARK, LIGHT
from annstudio.ui.views.colors import (
    RAMP_LEVELS,
    class_color,
    class_ramps,
    color_image,
    diverging,
    levels,
)


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_ramp_runs_from_negative_over_neutral_to_positive(theme):
    ramp = [QColor.fromRgb(int(color)).name() for color in diverging(theme)]
    assert (ramp[0], ramp[RAMP_LEVELS // 2], ramp[-1]) == (theme.negative, theme.neutral, theme.positive)


def test_levels_are_symmetric_and_clipped():
    found = levels(np.array([-9, -2, -1, 0, 1, 2, 9, np.nan]), 2.0).astype(int).tolist()
    middle = RAMP_LEVELS // 2
    assert found[0] == found[1] == 0
    assert found[3] == found[7] == middle
    assert found[5] == found[6] == RAMP_LEVELS - 1
    assert found[2] + found[4] == 2 * middle


def test_classes_begin_neutral_and_end_in_their_own_color():
    ramps = class_ramps(LIGHT, 3, strength=1.0)
    assert {QColor.fromRgb(int(color)).name() for color in ramps[:, 0]} == {LIGHT.neutral}
    ends = [QColor.fromRgb(int(color)) for color in ramps[:, -1]]
    assert ends == [class_color(LIGHT, number, 3) for number in range(3)]


def test_two_classes_are_negative_and_positive():
    assert class_color(DARK, 0).name() == DARK.negative
    assert class_color(DARK, 1).name() == DARK.positive


def test_image_keeps_rows_and_columns():
    image = color_image(
        np.array([[0xFF010203, 0xFF040506, 0xFF070809], [0xFF0A0B0C, 0xFF0D0E0F, 0xFF101112]], np.uint32)
    )
    assert (image.width(), image.height()) == (3, 2)
    assert image.pixelColor(2, 0).getRgb()[:3] == (7, 8, 9)
    assert image.pixelColor(0, 1).getRgb()[:3] == (10, 11, 12)
