import pytest
from PySide6.QtCore import QPoint, QPointF
from PySide6.QtGui import QImage, QPainter

from annstudio.project import edits
from annstudio.ui.canvas import card as card_module
from annstudio.ui.canvas.look import paint_face
from annstudio.ui.style import palette_of
from annstudio.ui.theme import DARK
from tests.ui.canvas.snapshots import snapshot_of


@pytest.fixture
def reported(monkeypatch):
    """The errors that were told."""
    errors = []
    monkeypatch.setattr("sys.excepthook", lambda kind, error, trace: errors.append(error))
    return errors


@pytest.fixture
def broken(monkeypatch):
    """Titles of the cards whose painting fails, in the midst of it."""
    titles = set()

    def paint(painter, face, look, maps=None):
        paint_face(painter, face, look, maps)
        if face.title in titles:
            raise ZeroDivisionError(face.title)

    monkeypatch.setattr(card_module, "paint_face", paint)
    return titles


def painted(card):
    image = QImage(180, 150, QImage.Format.Format_RGB32)
    image.fill(0)
    with QPainter(image) as painter:
        card.paint(painter, None)
    return image


def repaint(view):
    """Paint every card anew, as when the pointer passes over them."""
    for card in view.canvas.cards.values():
        card.update()
    view.grab()


def test_an_error_in_painting_is_told_once_and_leaves_the_others_alone(view, reported, broken):
    cards = view.canvas.cards
    fine = {node_id: painted(card) for node_id, card in cards.items()}
    broken.add("Dense 1")
    for _ in range(3):
        repaint(view)
    assert [str(error) for error in reported] == ["Dense 1"]
    assert painted(cards["dense-1"]) != fine["dense-1"]
    assert painted(cards["dense-2"]) == fine["dense-2"]


def test_painting_is_tried_again_when_there_is_something_new(view, document, reported, broken):
    card = view.canvas.cards["dense-1"]
    broken.add("Dense 1")
    repaint(view)
    document.apply("units", edits.set_value(document.project, "dense-1", "units", 3))
    repaint(view)
    assert len(reported) == 2
    broken.clear()
    view.show_snapshot(snapshot_of(document.project))
    failed = painted(card)
    card.show_answers(None)
    assert painted(card) != failed
    assert len(reported) == 2


def test_a_failing_activation_leaves_the_painter_as_it_was(view, reported, monkeypatch):
    def fail(*arguments):
        raise ZeroDivisionError

    monkeypatch.setattr("annstudio.ui.canvas.thumbnails._unit_curve", fail)
    image = QImage(180, 150, QImage.Format.Format_RGB32)
    with QPainter(image) as painter:
        painter.translate(5, 5)
        view.canvas.cards["dense-1"].paint(painter, None)
        assert painter.transform().dx() == 5
    assert len(reported) == 1


def test_new_answers_do_not_paint_the_whole_card_anew(view, document, broken, reported):
    view.show_snapshot(snapshot_of(document.project))
    view.grab()
    broken.add("Dense 1")
    before = view.grab().toImage()
    view.show_snapshot(snapshot_of(document.project, steps=200))
    assert view.grab().toImage() != before
    assert reported == []


def test_maps_whose_painting_fails_take_the_card_along(view, document, reported, monkeypatch):
    def fail(*arguments):
        raise ZeroDivisionError

    view.show_snapshot(snapshot_of(document.project))
    monkeypatch.setattr(card_module, "paint_maps", fail)
    for _ in range(3):
        view.grab()
    assert len(reported) == len(view.canvas.cards)


def test_cards_follow_the_theme(view):
    before = view.grab().toImage()
    view.setPalette(palette_of(DARK))
    after = view.grab().toImage()
    for place in (view.mapFromScene(view.canvas.cards["dense-1"].pos() + QPointF(70, 105)), QPoint(3, 300)):
        assert before.pixelColor(place).lightness() > 200
        assert after.pixelColor(place).lightness() < 60


def test_seen_from_far_cards_show_dots_instead_of_maps(view, document):
    view.show_snapshot(snapshot_of(document.project))
    near = view.zoom
    for _ in range(10):
        view.zoom_out()
    view.show_snapshot(snapshot_of(document.project))
    assert all(card.maps is None for card in view.canvas.cards.values())
    view.reset_zoom()
    assert near <= view.zoom
    assert all(card.maps is not None for card in view.canvas.cards.values())
