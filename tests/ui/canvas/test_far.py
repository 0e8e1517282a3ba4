import pytest
from PySide6.QtGui import QImage, QPainter

from annstudio.ui.canvas.face import Face
from annstudio.ui.canvas.far import FAR, paint_far
from annstudio.ui.canvas.geometry import CARD
from annstudio.ui.canvas.look import Look
from annstudio.ui.fonts import text_font
from annstudio.ui.theme import LIGHT


def painted(face, problem=None):
    image = QImage(140, 112, QImage.Format.Format_RGB32)
    image.fill(LIGHT.color("background"))
    with QPainter(image) as painter:
        paint_far(painter, face, Look(LIGHT, text_font()), LIGHT.color("line"), problem)
    return image


def inked_rows(image):
    dark = [y for y in range(4, 108) if any(image.pixelColor(x, y).lightness() < 90 for x in range(6, 134))]
    return max(dark) - min(dark)


@pytest.mark.parametrize("title", ["Dense 1", "Batch normalization 1"])
def test_letters_can_be_read_from_far(fonts, title):
    assert inked_rows(painted(Face(title=title))) * FAR > 7


def test_a_problem_shows_from_far(fonts):
    corner = painted(Face(title="Dense 1"), LIGHT.color("error")).pixelColor(int(CARD.right()) - 16, 4)
    assert corner == LIGHT.color("error")


def test_cards_leave_their_small_print_out_from_far(view, monkeypatch):
    far, near = [], []
    monkeypatch.setattr("annstudio.ui.canvas.card.paint_far", lambda *arguments: far.append(1))
    monkeypatch.setattr("annstudio.ui.canvas.card.paint_face", lambda *arguments: near.append(1))
    view._zoom_by_hand(0.5)
    view.grab()
    assert (far, len(near)) == ([], 4)
    near.clear()
    view._zoom_by_hand(0.4)
    view.grab()
    assert (len(far), near) == (4, [])
