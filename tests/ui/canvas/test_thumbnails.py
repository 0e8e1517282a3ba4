import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QImage, QPainter

from annstudio.engine.activations import activations
from annstudio.ui.canvas.thumbnails import paint_activation, paint_units
from annstudio.ui.theme import LIGHT

AREA = QRectF(10, 10, 60, 40)


def painted(paint):
    image = QImage(80, 60, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    paint(painter)
    painter.end()
    return image


def accents(image, left, right):
    """Return the heights of the accent-colored pixels in some columns."""
    accent = LIGHT.color("accent")
    return [
        y
        for x in range(left, right)
        for y in range(image.height())
        if (color := image.pixelColor(x, y)).alpha() > 120
        and abs(color.blue() - accent.blue()) + abs(color.red() - accent.red()) < 60
    ]


@pytest.mark.parametrize("key", list(activations))
def test_every_activation_has_a_picture_within_its_frame(key):
    info = activations[key].info
    params = tuple((param.key, param.default) for param in info.params)
    image = painted(lambda painter: paint_activation(painter, AREA, key, params, LIGHT))
    heights = accents(image, 0, image.width())
    assert len(heights) > 20
    assert min(heights) >= 8
    assert max(heights) <= 52


def test_a_rising_curve_rises():
    image = painted(lambda painter: paint_activation(painter, AREA, "tanh", (), LIGHT))
    left, right = accents(image, 10, 20), accents(image, 60, 70)
    assert min(left) > max(right)


def test_bars_of_probabilities_stand_and_those_of_logarithms_hang():
    standing = painted(lambda painter: paint_activation(painter, AREA, "softmax", (), LIGHT))
    hanging = painted(lambda painter: paint_activation(painter, AREA, "log_softmax", (), LIGHT))
    for left in (10, 25, 40, 55):
        assert max(accents(standing, left, left + 15)) >= AREA.bottom() - 3
        assert min(accents(hanging, left, left + 15)) <= AREA.top() + 3


def test_the_ceiling_of_relu6_is_in_view():
    image = painted(lambda painter: paint_activation(painter, AREA, "relu6", (), LIGHT))
    assert max(accents(image, 66, 69)) < 16
    assert max(accents(image, 45, 50)) > 16


def test_the_parameters_shape_the_curve():
    flat = painted(lambda painter: paint_activation(painter, AREA, "leaky_relu", (("slope", 0.01),), LIGHT))
    steep = painted(lambda painter: paint_activation(painter, AREA, "leaky_relu", (("slope", 0.5),), LIGHT))
    assert flat != steep


@pytest.mark.parametrize(("units", "dots"), [(1, 1), (2, 2), (7, 7), (8, 8), (30, 30), (64, 64)])
def test_a_dot_for_every_unit(units, dots):
    class Counter:
        count = 0

        def __getattr__(self, name):
            return lambda *arguments: None

        def drawEllipse(self, *arguments):
            self.count += 1

    counter = Counter()
    paint_units(counter, QRectF(0, 0, 62, 40), units, LIGHT)
    assert counter.count == dots


def test_very_many_units_stay_within_the_frame():
    image = painted(lambda painter: paint_units(painter, AREA, 4096, LIGHT))
    inked = [(x, y) for x in range(80) for y in range(60) if image.pixelColor(x, y).alpha() and not AREA.contains(x, y)]
    assert not inked
