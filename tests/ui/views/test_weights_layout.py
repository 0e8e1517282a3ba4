import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QRectF, QSizeF

from annstudio.ui.views.weights_layout import Shape, around, places

BOUNDS = QRectF(0, 0, 300, 200)
SIZES = st.integers(1, 200)
SHAPES = st.lists(st.builds(Shape, SIZES, SIZES, bias=st.booleans()), min_size=1, max_size=6)


@given(SHAPES, st.data())
def test_layers_stay_apart_and_within(shapes, data):
    selected = data.draw(st.none() | st.integers(0, len(shapes) - 1))
    found = places(shapes, BOUNDS, selected)
    grown = BOUNDS.adjusted(-0.01, -0.01, 0.01, 0.01)
    assert len(found) == len(shapes)
    for number, place in enumerate(found):
        assert grown.contains(place.cells)
        assert place.bias.isEmpty() is not shapes[number].bias
        assert place.bias.isEmpty() or place.kernel.bottom() < place.bias.top()
        assert place.title.bottom() <= place.kernel.top()
        assert not any(place.cells.intersects(other.cells) for other in found[number + 1 :])


def test_cells_are_nearly_square():
    (place,) = places([Shape(2, 8)], BOUNDS)
    assert 0.6 < (place.kernel.width() / 8) / (place.kernel.height() / 2) < 1.7


def test_pixels_of_pictures_are_square():
    (place,) = places([Shape(8, 60, square=True)], BOUNDS)
    assert abs(place.kernel.width() / 60 - place.kernel.height() / 8) < 1e-9


def test_the_selected_layer_is_the_largest():
    shapes = [Shape(16, 16)] * 4
    even, chosen = places(shapes, BOUNDS), places(shapes, BOUNDS, 2)
    assert chosen[2].kernel.height() > 1.4 * even[2].kernel.height()
    assert all(chosen[2].kernel.height() > chosen[k].kernel.height() for k in (0, 1, 3))


@given(st.integers(2, 5), st.data())
def test_layers_keep_their_order_when_one_is_selected(count, data):
    selected = data.draw(st.integers(0, count - 1))
    found = places([Shape(8, 8)] * count, QRectF(0, 0, 700, 200), selected)
    main = found[selected].kernel
    assert all(place.kernel.right() < main.left() for place in found[:selected])
    assert all(place.kernel.left() > main.right() for place in found[selected + 1 :])


@given(st.integers(0, 30), st.integers(0, 30), st.sampled_from([QSizeF(215, 150), QSizeF(300, 200), QSizeF(900, 260)]))
def test_the_layers_around_the_selected_one_are_seen_as_cells(before, after, room):
    first, last = around(room, before, after)
    assert (first > 0, last > 0) == (before > 0, after > 0)
    for place in places([Shape(8, 8)] * (first + 1 + last), QRectF(QRectF().topLeft(), room), first):
        assert place.kernel.height() >= 18


@pytest.mark.parametrize("selected", [None, 0, 1, 2])
def test_in_a_narrow_panel_names_can_be_read(selected):
    found = places([Shape(64, 64), Shape(64, 32), Shape(32, 10)], QRectF(0, 0, 224, 180), selected)
    assert min(place.title.width() for place in found) >= 52


@pytest.mark.parametrize("shape", [Shape(2, 4096), Shape(4096, 1), Shape(4096, 4096)])
def test_a_layer_of_very_many_units_is_seen(shape):
    (place,) = places([shape], BOUNDS)
    assert min(place.kernel.width(), place.kernel.height()) >= min(34, BOUNDS.height() / 4)
    assert place.bias.height() >= 6


def test_the_bias_row_is_named_where_there_is_room():
    (wide,) = places([Shape(4, 80)], QRectF(0, 0, 300, 200))
    assert wide.bias.right() <= wide.label.left()
    assert wide.label.right() <= 300
    (narrow,) = places([Shape(4, 80)], QRectF(0, 0, 60, 200))
    assert narrow.label.isEmpty()
