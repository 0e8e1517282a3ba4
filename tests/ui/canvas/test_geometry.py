from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPointF

from annstudio.ui.canvas.geometry import CARD, GRID, corner_for_center, snap, wire_path

coordinates = st.floats(-5000, 5000)


@given(coordinates, coordinates)
def test_a_snapped_point_is_on_the_grid_and_near(x, y):
    snapped = snap(QPointF(x, y))
    assert snapped.x() % GRID == 0
    assert snapped.y() % GRID == 0
    assert abs(snapped.x() - x) <= GRID / 2
    assert abs(snapped.y() - y) <= GRID / 2


@given(coordinates, coordinates)
def test_a_card_is_held_by_its_middle(x, y):
    corner = corner_for_center(QPointF(x, y))
    off = corner + CARD.center() - QPointF(x, y)
    assert max(abs(off.x()), abs(off.y())) <= GRID / 2


@given(coordinates, coordinates, coordinates, coordinates)
def test_a_wire_joins_its_ends_and_leaves_them_horizontally(x1, y1, x2, y2):
    start, end = QPointF(x1, y1), QPointF(x2, y2)
    path = wire_path(start, end)
    assert path.elementAt(0).x == start.x()
    assert path.currentPosition() == end
    assert path.elementAt(1).y == start.y()
    assert path.elementAt(1).x > start.x()
    assert path.elementAt(2).y == end.y()
    assert path.elementAt(2).x < end.x()
