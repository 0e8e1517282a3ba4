import numpy as np
import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtTest import QTest

from annstudio.project.compile import compile_data
from annstudio.ui.views import picture_wall as module
from annstudio.ui.views.picture_wall import PictureWall, Samples
from tests.ui.views.runs import digits


@pytest.fixture(scope="module")
def samples():
    prepared = compile_data(digits())
    return Samples("Validation samples", prepared.validation, prepared)


@pytest.fixture
def asked():
    """The inputs of every question to the network."""
    return []


@pytest.fixture
def wall(shown, samples, asked):
    made = shown(PictureWall("Samples"), 400, 200)
    made.set_predictor(lambda raw: asked.append(raw) or np.tile(np.eye(10)[3], (len(raw), 1)))
    made.show_samples(samples, False)
    return made


def test_each_sample_says_what_it_is_taken_for(wall, samples):
    true = samples.part.targets.argmax(axis=1)
    labels = wall.labels()
    assert len(labels) == 12
    for (label, right), number in zip(labels, true, strict=False):
        assert label == ("3 ✓" if number == 3 else f"3, not {number}")
        assert right == (number == 3)
    assert labels[0][0] in wall.accessibleDescription()


def test_the_picture_is_the_sample(wall, samples):
    darkest = np.unravel_index(samples.part.raw[0].argmax(), (8, 8))
    lightest = np.unravel_index(samples.part.raw[0].argmin(), (8, 8))
    image = wall._images[0]
    assert image.pixelColor(int(darkest[1]), int(darkest[0])).name() == wall.theme.ink
    assert image.pixelColor(int(lightest[1]), int(lightest[0])).name() == wall.theme.neutral


def test_the_arrow_keys_turn_the_page_around(wall, asked, samples):
    first = asked[-1]
    QTest.keyClick(wall, Qt.Key.Key_Right)
    assert (asked[-1] == samples.part.raw[12:24]).all()
    QTest.keyClick(wall, Qt.Key.Key_Left)
    assert (asked[-1] == first).all()
    QTest.keyClick(wall, Qt.Key.Key_Left)
    assert (asked[-1][-1] == samples.part.raw[-1]).all()
    assert not wall.grab().isNull()


def test_while_the_network_learns_it_is_asked_now_and_then(wall, asked, samples, monkeypatch):
    asked.clear()
    for _ in range(5):
        wall.show_samples(samples, True)
    assert asked == []
    monkeypatch.setattr(module, "_PAUSE", 0.0)
    wall.show_samples(samples, True)
    assert len(asked) == 1


def test_the_mouse_reads_a_sample(wall, hover, samples):
    hover(wall, QPointF(20, 40))
    true = samples.part.targets[0].argmax()
    assert [line.text for line in wall.hover_lines()] == [f"{true}, as it was labeled", "→ 3: 100 %"]
    hover(wall, QPointF(20, 5))
    assert wall.hover_lines() == []


def test_without_answers_the_pictures_stay(wall):
    wall.set_predictor(None)
    assert wall.labels() == []
    assert not wall.grab().isNull()


def test_outputs_that_are_no_numbers_are_no_answer(wall, samples):
    wall.set_predictor(lambda raw: np.full((len(raw), 10), np.nan))
    wall.show_samples(samples, False)
    assert all(label.startswith("no answer, not ") and not right for label, right in wall.labels())
