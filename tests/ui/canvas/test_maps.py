import numpy as np
import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QFont, QImage, QPainter

from annstudio.core.texts import Text
from annstudio.project import edits
from annstudio.training.answers import Answers, Scope
from annstudio.ui.canvas.maps import Maps, decision_of
from annstudio.ui.style import palette_of
from annstudio.ui.theme import DARK, LIGHT
from annstudio.ui.views.colors import no_answer
from tests.ui.canvas.snapshots import snapshot_of

AREA = QRectF(10, 20, 64, 40)


def plane(*units, of=None):
    """Return the maps of units that give the same all over the plane."""
    values = np.ones((len(units), 4, 4)) * np.reshape(units, (-1, 1, 1))
    return Maps(Answers(Scope.PLANE, values, of or len(units)), LIGHT)


def rows(units, samples=5):
    return Maps(Answers(Scope.SAMPLES, np.ones((units, 1, samples)), units), LIGHT)


def color(image, x=0, y=0):
    return image.pixelColor(x, y)


@pytest.mark.parametrize(
    "maps", [*(plane(*range(1, n + 1)) for n in range(1, 9)), plane(*range(8), of=30), rows(1), rows(20)]
)
def test_images_lie_within_their_area_and_apart(maps):
    cells = maps.cells(AREA)
    assert len(cells) == len(maps.images)
    assert all(AREA.contains(cell) for cell in cells)
    # Rows touch.
    inner = [cell.adjusted(0.01, 0.01, -0.01, -0.01) for cell in cells]
    assert not any(one.intersects(other) for i, one in enumerate(inner) for other in inner[:i])


def test_maps_are_as_large_as_they_fit():
    (alone,) = plane(1).cells(AREA)
    assert alone.height() == alone.width() == 38
    assert {cell.top() for cell in plane(1, 2).cells(AREA)} == {plane(1, 2).cells(AREA)[0].top()}
    assert all(cell.width() >= 14 for cell in plane(*range(8), of=16).cells(AREA))


def test_a_unit_is_found_where_its_image_is_and_nowhere_else():
    maps = plane(1, 2, 3, 4)
    for unit, cell in enumerate(maps.cells(AREA)):
        assert maps.unit_at(AREA, cell.center()) == unit
    assert maps.unit_at(AREA, AREA.topLeft()) is None


def test_positive_is_blue_and_negative_orange():
    up, down = plane(0.5, -0.5).images
    assert color(up) == LIGHT.color("positive")
    assert color(down) == LIGHT.color("negative")


def test_a_plane_stands_upright():
    values = np.zeros((1, 3, 3))
    values[0, 0] = 1
    (image,) = Maps(Answers(Scope.PLANE, values, 1), LIGHT).images
    assert color(image, 1, 2) == LIGHT.color("positive")
    assert color(image, 1, 0) == LIGHT.color("neutral")


def test_a_picture_is_read_from_the_top():
    values = np.zeros((1, 3, 3))
    values[0, 0] = 1
    (image,) = Maps(Answers(Scope.PICTURE, values, 1), LIGHT).images
    assert color(image, 1, 0) == LIGHT.color("positive")


def test_where_there_is_no_answer_it_is_gray_and_the_others_keep_their_colors():
    values = np.array([[[np.nan, 2.0, np.inf]]])
    (image,) = Maps(Answers(Scope.SAMPLES, values, 1), LIGHT).images
    assert color(image, 0) == QColor.fromRgb(int(no_answer(LIGHT)))
    assert color(image, 1) == color(image, 2) == LIGHT.color("positive")


def test_small_answers_are_seen_and_much_smaller_ones_are_pale():
    large, half, tiny, none = plane(1.0, 0.5, 0.01, 0.0).images
    assert color(large) == color(half) == LIGHT.color("positive")
    assert color(tiny).blueF() - color(tiny).redF() < 0.1
    assert color(none) == LIGHT.color("neutral")


def test_units_that_are_left_out_are_counted(qapp):
    maps = plane(*range(8), of=30)
    assert maps.left_out == 22
    image = QImage(100, 80, QImage.Format.Format_RGB32)
    image.fill(LIGHT.color("card"))
    with QPainter(image) as painter:
        maps.paint(painter, AREA, QFont())
    below = [image.pixelColor(x, y) for x in range(10, 74) for y in range(52, 60)]
    assert any(pixel != LIGHT.color("card") for pixel in below)


def test_the_output_shows_what_the_network_decides(document):
    snapshot = snapshot_of(document.project)
    maps = Maps(snapshot.answers["output"], LIGHT, decision_of(snapshot))
    assert len(maps.images) == 1
    passed = snapshot.surface[..., 0] > 0.5
    assert passed.any()
    assert not passed.all()
    image = maps.images[0]
    high, low = (
        np.unravel_index(snapshot.surface.argmax(), passed.shape),
        np.unravel_index(snapshot.surface.argmin(), passed.shape),
    )
    scale = image.width() / passed.shape[1]

    def blueness(place):
        pixel = color(image, int(place[1] * scale), image.height() - 1 - int(place[0] * scale))
        return pixel.blueF() - pixel.redF()

    assert blueness(high) > blueness(low)


def test_cards_show_the_answers_of_their_layers(view, document):
    assert view.canvas.cards["dense-1"].maps is None
    view.show_snapshot(snapshot_of(document.project))
    shown = {node_id: len(card.maps.images) for node_id, card in view.canvas.cards.items()}
    assert shown == {"input": 2, "dense-1": 8, "dense-2": 4, "output": 1}


def test_only_cards_with_new_answers_are_painted_anew(view, document, monkeypatch):
    snapshot = snapshot_of(document.project)
    view.show_snapshot(snapshot)
    updated = []
    monkeypatch.setattr(type(view.canvas.cards["input"]), "update", lambda card: updated.append(card.node_id))
    view.show_snapshot(snapshot)
    assert updated == []


def test_a_network_that_cannot_run_shows_no_answers(view, document):
    view.show_snapshot(snapshot_of(document.project))
    document.apply("cut", edits.remove(document.project, [], document.project.design.wires[:1]))
    assert all(card.maps is None for card in view.canvas.cards.values())
    document.undo_stack.undo()
    assert view.canvas.cards["dense-1"].maps is not None


def test_answers_to_other_data_are_forgotten(view, document):
    snapshot = snapshot_of(document.project)
    view.show_snapshot(snapshot)
    document.apply("data", edits.set_value(document.project, "data", "source", "circle"))
    assert view.canvas.cards["dense-1"].maps is None
    view.show_snapshot(snapshot)
    assert view.canvas.cards["dense-1"].maps is None


def test_a_failed_run_is_no_reason_to_show_answers(view, document):
    view.show_snapshot(snapshot_of(document.project))
    view.set_run_error("dense-1", Text("The numbers grew beyond all bounds."))
    view.show_snapshot(snapshot_of(document.project))
    assert view.canvas.cards["dense-1"].maps is not None


def test_maps_follow_the_theme(view, document):
    view.show_snapshot(snapshot_of(document.project))
    before = view.canvas.cards["dense-1"].maps
    view.setPalette(palette_of(DARK))
    after = view.canvas.cards["dense-1"].maps
    assert after is not before
    assert after.theme is DARK


def test_without_a_run_there_are_no_answers(view, document):
    view.show_snapshot(snapshot_of(document.project))
    view.show_snapshot(None)
    assert all(card.maps is None for card in view.canvas.cards.values())
