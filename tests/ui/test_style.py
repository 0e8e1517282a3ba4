import re

import pytest
from PySide6.QtGui import QAction, QColor
from PySide6.QtWidgets import QMenuBar, QWidget

from annstudio.ui.actions import Actions
from annstudio.ui.appearance import Appearance, Choice
from annstudio.ui.style import GLYPHS, palette_of, style_sheet
from annstudio.ui.theme import DARK, LIGHT, theme_of

TEXT_ON_GROUND = [
    ("ink", "background"),
    ("ink", "card"),
    ("ink", "accent_soft"),
    ("muted", "background"),
    ("muted", "card"),
    ("error", "card"),
    ("error", "background"),
    ("accent", "card"),
    ("on_accent", "accent"),
]


def luminance(color):
    """Relative luminance, WCAG 2.1."""
    parts = [part / 255 for part in QColor(color).getRgb()[:3]]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    brighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (brighter + 0.05) / (darker + 0.05)


def test_contrast_is_measured_rightly():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize(("text", "ground"), TEXT_ON_GROUND)
def test_text_can_be_read(theme, text, ground):
    assert contrast(getattr(theme, text), getattr(theme, ground)) >= 4.5


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_the_palette_tells_its_theme(theme):
    assert theme_of(palette_of(theme)) is theme


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_the_style_sheet_holds_no_colors_but_the_tokens_and_their_mixtures(theme, tmp_path):
    sheet = style_sheet(theme, tmp_path)
    assert "$" not in sheet
    tokens = {value for value in vars(theme).values() if isinstance(value, str)}
    assert len(set(re.findall(r"#[0-9a-f]{6}", sheet)) - tokens) <= 4


def test_a_choice_is_put_on_and_remembered(dressed, appearance):
    appearance.choose(Choice.DARK)
    assert theme_of(dressed.palette()) is DARK
    assert DARK.card in dressed.styleSheet()
    assert Appearance(dressed).choice is Choice.DARK
    appearance.choose(Choice.LIGHT)
    assert theme_of(dressed.palette()) is LIGHT


def test_the_menu_marks_the_appearance_in_use(document, qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    actions = Actions(document, window)
    actions.fill(QMenuBar(window))
    actions.show_appearance(Choice.DARK)
    entries = {action.data(): action for action in actions.findChildren(QAction) if action.isCheckable()}
    assert [choice for choice, action in entries.items() if action.isChecked()] == [Choice.DARK]
    actions.color_icons()
    # Where there is an icon, a menu draws no mark.
    assert all(action.icon().isNull() for action in entries.values())


def test_the_glyphs_of_the_style_sheet_are_there(appearance):
    for theme in (LIGHT, DARK):
        folder = appearance._write_glyphs(theme)
        assert {file.stem for file in folder.iterdir()} == {name for name, _ in GLYPHS}
