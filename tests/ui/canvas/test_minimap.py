import pytest
from PySide6.QtCore import QPointF, QSettings, Qt
from PySide6.QtTest import QTest

from annstudio.project import edits
from annstudio.project.build import chain
from annstudio.project.model import Wire
from annstudio.ui.canvas.minimap import Minimap
from annstudio.ui.theme import theme_of

LEFT, NO_KEY = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


@pytest.fixture
def long(dressed, document, view):
    document.replace(chain("long", "exam", [(2, "tanh")] * 60))
    return view


def seen(view):
    return view.mapToScene(view.viewport().rect()).boundingRect()


def color_at(view, node_id):
    minimap = view.minimap
    center = view.canvas.cards[node_id].sceneBoundingRect().center()
    return minimap.grab().toImage().pixelColor(minimap.pixel_at(center).toPoint())


def test_it_is_there_only_while_something_is_out_of_view(view, document):
    assert not view.minimap.isVisible()
    document.replace(chain("long", "exam", [(2, "tanh")] * 60))
    assert view.minimap.isVisible()
    view.fit()
    assert not view.minimap.isVisible()
    view.reset_zoom()
    assert view.minimap.isVisible()


def test_it_stays_in_its_corner_and_out_of_a_small_view(long):
    long.resize(900, 400)
    assert long.rect().contains(long.minimap.geometry())
    assert long.minimap.geometry().right() > 880
    long.resize(400, 180)
    assert not long.minimap.isVisible()


def test_a_click_brings_the_view_there(long):
    far = max((card.pos() for card in long.canvas.cards.values()), key=QPointF.x)
    assert not seen(long).contains(far)
    QTest.mouseClick(long.minimap, LEFT, NO_KEY, long.minimap.pixel_at(far).toPoint())
    assert seen(long).contains(far)
    long.resize(950, 440)
    assert seen(long).contains(far)


def test_the_frame_is_dragged_from_where_it_is_held(long):
    minimap, before = long.minimap, seen(long).center()
    held = minimap.pixel_at(before + QPointF(120, 60)).toPoint()
    QTest.mousePress(minimap, LEFT, NO_KEY, held)
    assert (seen(long).center() - before).manhattanLength() < 40
    QTest.mouseMove(minimap, held + QPointF(40, 10).toPoint())
    QTest.mouseRelease(minimap, LEFT, NO_KEY, held + QPointF(40, 10).toPoint())
    moved = seen(long).center() - before
    assert moved.x() > 4 * moved.y() > 0
    after = seen(long)
    QTest.mouseMove(minimap, held)
    assert seen(long) == after


def test_a_problem_has_its_color(long, document):
    long.reset_zoom()
    calm = color_at(long, "dense-40")
    document.apply("", edits.remove(document.project, (), [Wire("dense-39", "dense-40")]))
    assert color_at(long, "dense-40") == theme_of(long.palette()).color("error")
    document.undo_stack.undo()
    assert color_at(long, "dense-40") == calm


def test_the_status_does_not_cover_it(long):
    assert not long._overlay.pill.geometry().intersects(long.minimap.geometry())


def test_it_can_be_switched_off_for_good(long):
    long.minimap.want(False)
    assert not long.minimap.isVisible()
    assert not Minimap(long, long.canvas).wanted
    long.minimap.want(True)
    assert long.minimap.isVisible()
    QSettings().clear()
