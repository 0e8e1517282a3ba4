"""Figures as Qt paints them: the same texts in the same places as in the SVG, at the size that was asked for."""

import re
import zlib

import pytest
from PySide6.QtGui import QFont, QFontMetricsF, QImage

from annstudio.core.errors import UserError
from annstudio.project.figures import draw, styles
from annstudio.project.figures.drawing import Label
from annstudio.project.figures.inks import THEMES
from annstudio.project.templates import templates
from annstudio.ui.figure.painting import encoded, image_of
from annstudio.ui.fonts import text_font

pytestmark = pytest.mark.usefixtures("fonts")
LIGHT = THEMES["light"]


@pytest.mark.parametrize("key", list(templates))
def test_texts_take_no_more_room_than_was_left_for_them(key):
    for style in styles:
        for label in draw(templates[key]().build(), style, legend=True).shapes:
            if isinstance(label, Label):
                font = text_font(100, QFont.Weight.DemiBold if label.bold else QFont.Weight.Normal)
                needed = QFontMetricsF(font).horizontalAdvance(label.text) * label.size / 100
                assert needed <= label.box.width < 1.6 * needed, label.text


@pytest.mark.parametrize("style", list(styles))
def test_png_has_the_size_that_was_asked_for(style):
    drawing = draw(templates["digits_filters"]().build(), style)
    image = QImage.fromData(encoded(drawing, LIGHT, "png", 2.5, transparent=False))
    assert image.size().toTuple() == (round(2.5 * drawing.page.width), round(2.5 * drawing.page.height))


def test_the_ground_may_be_left_out():
    drawing = draw(templates["exam"]().build(), "cards")
    assert image_of(drawing, LIGHT, 1, transparent=True).pixelColor(1, 1).alpha() == 0
    assert image_of(drawing, LIGHT, 1, transparent=False).pixelColor(1, 1).name() == LIGHT.paper


def test_print_uses_ink_for_lines_and_letters_only():
    image = image_of(draw(templates["digits_filters"]().build(), "blocks"), THEMES["print"], 1, transparent=False)
    colors = [image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height())]
    # Smoothed edges are gray; nothing has a color.
    assert all(max(color.getRgb()[:3]) - min(color.getRgb()[:3]) <= 2 for color in colors)
    assert sum(color.lightness() < 128 for color in colors) < 0.04 * len(colors)


def test_pdf_holds_text_that_can_be_searched_and_its_fonts():
    content = encoded(draw(templates["digits_filters"]().build(), "cards"), LIGHT, "pdf", 1, transparent=False)
    assert content.startswith(b"%PDF")
    assert b"/FontFile2" in content
    meant = signs_in(content)
    assert set("ConvolutionMaxpooling×·→0123") <= meant
    # Fonts may swap signs for others of their own, which mean nothing elsewhere.
    assert not [sign for sign in meant if "\ue000" <= sign <= "\uf8ff"]


def signs_in(content):
    """Return the signs that the letters of a PDF stand for, by the tables that it brings along."""
    streams = re.findall(rb"stream\r?\n(.*?)endstream", content, re.DOTALL)
    tables = [table for stream in streams if b"beginbfrange" in (table := inflated(stream))]
    assert tables
    codes = [code for table in tables for code in re.findall(rb"<([0-9a-fA-F]{4})>", table.split(b"beginbfrange")[1])]
    return {chr(int(code, 16)) for code in codes}


def inflated(stream):
    try:
        return zlib.decompressobj().decompress(stream)
    except zlib.error:
        return stream


def test_a_picture_of_too_many_pixels_is_refused():
    with pytest.raises(UserError, match="choose a smaller scale, or SVG or PDF"):
        encoded(draw(templates["digits_filters"]().build(), "cards"), LIGHT, "png", 20, transparent=False)
