import pytest
from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QWidget

from annstudio.ui.appearance import Choice
from annstudio.ui.canvas.bubble import Bubble

REASON = "Dense 1 already feeds Dense 2: this wire would make values run in a circle."


@pytest.fixture
def bubble(qtbot, appearance):
    over = QWidget()
    qtbot.addWidget(over)
    over.resize(400, 300)
    over.show()
    return Bubble(over)


@pytest.mark.parametrize("pixel", [(5, 5), (395, 5), (5, 295), (395, 295), (200, 150)])
def test_it_stays_in_the_window_and_off_the_pointer(bubble, pixel):
    bubble.say(REASON, QPoint(*pixel))
    assert bubble.parentWidget().rect().contains(bubble.geometry())
    assert not bubble.geometry().contains(QPoint(*pixel))


@pytest.mark.parametrize(("choice", "dark"), [(Choice.LIGHT, False), (Choice.DARK, True)])
def test_its_ground_suits_the_theme(bubble, appearance, choice, dark):
    appearance.choose(choice)
    bubble.say(REASON, QPoint(50, 50))
    assert (bubble.grab().toImage().pixelColor(6, bubble.height() // 2).lightness() < 128) is dark
