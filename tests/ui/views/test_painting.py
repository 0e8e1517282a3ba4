import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QImage, QPainter

from annstudio.ui.views.painting import Line, box_at, fitted, paint_mark

BOUNDS = QRectF(40, 10, 300, 200)
LINES = [Line("epoch 128", bold=True), Line("train 0.114")]


@given(x=st.floats(40, 340), y=st.floats(10, 210))
def test_the_box_is_within_the_bounds_and_beside_the_point(x, y):
    anchor = QPointF(x, y)
    box = box_at(anchor, LINES, BOUNDS)
    assert BOUNDS.adjusted(-1, -1, 1, 1).contains(box)
    assert not box.adjusted(1, 1, -1, -1).contains(anchor)


def test_a_box_too_large_for_both_sides_goes_above_or_below():
    small = QRectF(0, 0, 110, 120)
    box = box_at(QPointF(55, 90), LINES, small)
    assert box.bottom() < 90
    box = box_at(QPointF(55, 30), LINES, small)
    assert box.top() > 30


def filled(number):
    image = QImage(60, 60, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    with QPainter(image) as painter:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(Qt.GlobalColor.black)
        paint_mark(painter, number, QPointF(30, 30), 16)
    return image


def test_marks_of_classes_differ_in_shape():
    images = [filled(number) for number in range(7)]
    assert all(one != other for k, one in enumerate(images) for other in images[k + 1 :])


@pytest.mark.parametrize("number", range(10))
def test_marks_are_about_equally_large(number):
    image = filled(number)
    black = sum(image.pixelColor(x, y).value() < 128 for x in range(60) for y in range(60))
    assert 400 < black < 1100


@pytest.mark.parametrize(
    ("size", "expected"), [((8, 8), (90, 10, 200, 200)), ((16, 4), (40, 72.5, 300, 75)), ((2, 8), (165, 10, 50, 200))]
)
def test_an_image_keeps_its_shape_in_the_middle_of_its_area(size, expected):
    assert fitted(QImage(*size, QImage.Format.Format_RGB32), BOUNDS) == QRectF(*expected)
