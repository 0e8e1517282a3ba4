import numpy as np
import pytest

from annstudio.data.dataset import Column, Schema, Task
from annstudio.engine.losses import losses
from annstudio.ui.theme import DARK, LIGHT
from annstudio.ui.views.colors import class_color
from annstudio.ui.views.ground import ground_image, sample_colors

FEATURES = (Column("a"), Column("b"))
BINARY = Schema(Task.BINARY, FEATURES, Column("y"), ("no", "yes"))
THREE = Schema(Task.MULTI_CLASS, FEATURES, Column("y"), ("r", "s", "t"))
NUMBER = Schema(Task.REGRESSION, FEATURES, Column("y"))


def nearer(color, one, other):
    def distance(a, b):
        return sum((x - y) ** 2 for x, y in zip(a.getRgb()[:3], b.getRgb()[:3], strict=True))

    return distance(color, one) < distance(color, other)


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_the_first_row_of_a_surface_is_at_the_bottom(theme):
    surface = np.array([[[0.0], [0.0], [1.0]], [[0.5], [0.5], [0.5]]])
    image = ground_image(theme, BINARY, surface, np.array([[0.0], [1.0]]))
    negative, positive = theme.color("negative"), theme.color("positive")
    assert (image.width(), image.height()) == (3, 2)
    assert nearer(image.pixelColor(0, 1), negative, positive)
    assert nearer(image.pixelColor(2, 1), positive, negative)
    assert image.pixelColor(1, 0) == theme.color("neutral")


def test_scores_are_neutral_at_zero():
    surface = np.array([[[-1.0], [0.0], [0.5], [1.0]]])
    image = ground_image(LIGHT, BINARY, surface, np.array([[0.0], [1.0]]), losses["hinge"].answers)
    negative, positive = LIGHT.color("negative"), LIGHT.color("positive")
    assert nearer(image.pixelColor(0, 0), negative, positive)
    assert image.pixelColor(1, 0) == LIGHT.color("neutral")
    assert nearer(image.pixelColor(2, 0), positive, negative)
    assert image.pixelColor(2, 0) != image.pixelColor(3, 0)


def test_several_classes_fade_to_neutral_where_unsure():
    surface = np.array([[[1.0, 0, 0], [0.0, 1, 0], [1 / 3, 1 / 3, 1 / 3]]])
    image = ground_image(LIGHT, THREE, surface, np.eye(3))
    neutral = LIGHT.color("neutral")
    assert nearer(image.pixelColor(0, 0), class_color(LIGHT, 0, 3), class_color(LIGHT, 1, 3))
    assert nearer(image.pixelColor(1, 0), class_color(LIGHT, 1, 3), class_color(LIGHT, 0, 3))
    assert image.pixelColor(2, 0) == neutral


def test_regression_runs_from_the_smallest_to_the_largest_target():
    targets = np.array([[10.0], [30.0]])
    image = ground_image(LIGHT, NUMBER, np.array([[[10.0], [20.0], [30.0], [90.0]]]), targets)
    assert nearer(image.pixelColor(0, 0), LIGHT.color("negative"), LIGHT.color("positive"))
    assert image.pixelColor(1, 0) == LIGHT.color("neutral")
    assert image.pixelColor(2, 0) == image.pixelColor(3, 0)


def test_samples_have_the_color_of_their_class_or_value():
    numbers, colors = sample_colors(LIGHT, BINARY, np.array([[0.0], [1.0]]))
    assert [colors[k].name() for k in numbers] == [LIGHT.negative, LIGHT.positive]
    numbers, colors = sample_colors(LIGHT, NUMBER, np.array([[0.0], [5.0], [10.0]]))
    assert [colors[k].name() for k in numbers] == [LIGHT.negative, LIGHT.neutral, LIGHT.positive]


@pytest.mark.parametrize(("schema", "outputs", "targets"), [(BINARY, 1, [[0.0], [1.0]]), (THREE, 3, np.eye(3))])
@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_where_there_is_no_answer_the_ground_is_gray(theme, schema, outputs, targets):
    surface = np.full((1, 2, outputs), np.nan)
    surface[0, 1] = 0
    color = ground_image(theme, schema, surface, np.array(targets)).pixelColor(0, 0)
    assert color.hslSaturation() < 40
    assert 40 < abs(color.lightness() - theme.color("neutral").lightness()) < 120
