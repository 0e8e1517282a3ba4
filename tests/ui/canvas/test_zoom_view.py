import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication


def turn_wheel(view, pixel, notches, keys=Qt.KeyboardModifier.NoModifier):
    event = QWheelEvent(
        QPointF(pixel),
        QPointF(view.viewport().mapToGlobal(pixel)),
        QPoint(),
        QPoint(0, 120 * notches),
        Qt.MouseButton.NoButton,
        keys,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(view.viewport(), event)


def shown(view):
    return view.mapToScene(view.viewport().rect()).boundingRect()


def test_at_first_all_cards_are_shown_at_full_size(view):
    assert view.zoom == 1.0
    assert shown(view).contains(view.canvas.content())


def test_fit_makes_a_large_network_smaller_but_never_a_small_one_larger(view):
    view.editor.move({"output": (3000.0, 500.0)})
    view.fit()
    assert view.zoom < 0.5
    assert shown(view).contains(view.canvas.content())
    view.tidy()
    assert view.zoom == 1.0


def test_it_stays_fitted_when_resized_until_zoomed_by_hand(view, qtbot):
    view.resize(500, 300)
    assert shown(view).contains(view.canvas.content())
    fitted = view.zoom
    assert fitted < 1.0
    view.zoom_in()
    zoomed = view.zoom
    view.resize(900, 400)
    assert view.zoom == zoomed


def test_zooming_keeps_the_middle_of_the_view_in_place(view):
    before = shown(view).center()
    for _ in range(4):
        view.zoom_in()
    assert view.zoom > 1.4
    assert (shown(view).center() - before).manhattanLength() < 3


def test_the_zoom_has_ends(view, qtbot):
    for _ in range(40):
        view.zoom_in()
    largest = view.zoom
    view.zoom_in()
    assert view.zoom == largest <= 4
    for _ in range(60):
        view.zoom_out()
    assert view.zoom == pytest.approx(0.2)


@pytest.mark.parametrize("notches", [1, -1, 3])
def test_control_and_the_wheel_zoom_at_the_pointer(view, notches):
    pixel = QPoint(700, 120)
    before = view.mapToScene(pixel)
    turn_wheel(view, pixel, notches, Qt.KeyboardModifier.ControlModifier)
    assert view.zoom == pytest.approx(1.0015 ** (120 * notches))
    assert (view.mapToScene(pixel) - before).manhattanLength() < 3 / view.zoom


def test_the_wheel_alone_scrolls(view):
    before = shown(view).center()
    turn_wheel(view, QPoint(300, 100), -1)
    assert view.zoom == 1.0
    assert shown(view).center().y() > before.y()


def test_the_graph_runs_from_left_to_right_in_every_language(qapp, view):
    qapp.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    try:
        left, right = view.canvas.cards["input"], view.canvas.cards["output"]
        assert view.layoutDirection() is Qt.LayoutDirection.LeftToRight
        assert view.mapFromScene(left.scenePos()).x() < view.mapFromScene(right.scenePos()).x()
    finally:
        qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
