from types import SimpleNamespace

import pytest
from PySide6.QtCore import QPointF, QRectF, QSizeF

from annstudio.ui.glass_box.arrangement import arranged, columns_of, shown_units


def network(*sizes, wires=None):
    """Return what the arrangement asks of a network."""
    layers = sizes[1:]
    return SimpleNamespace(
        layers=layers,
        wires=wires or [[place - 1] for place in range(len(layers))],
        shape_of=lambda place: (sizes[place + 1],),
    )


@pytest.mark.parametrize("sizes", [(2, 4, 1), (1, 1), (64, 32, 10), (2, *[8] * 5, 1), (2, *[8] * 40, 1)])
@pytest.mark.parametrize("size", [QSizeF(940, 640), QSizeF(500, 300), QSizeF(1800, 1000)])
def test_units_stand_apart_and_within_the_room(sizes, size):
    placed = arranged(network(*sizes), size, len(sizes) - 2, {})
    room = QRectF(QPointF(0, 0), size).adjusted(0, 0, 0, placed.radius)
    spots = list(placed.spots.values())
    for number, spot in enumerate(spots):
        assert room.contains(spot)
        assert not placed.loss.contains(spot)
        for other in spots[:number]:
            assert (spot - other).manhattanLength() > 1.5 * placed.radius


def test_of_many_units_the_wanted_one_is_drawn():
    placed = arranged(network(64, 32, 10), QSizeF(940, 640), 0, {0: 20})
    assert (0, 20) in placed.spots
    assert (0, 31) in placed.spots
    _, left_out = placed.gaps[0]
    assert left_out == 32 - sum(place == 0 for place, _ in placed.spots)


def test_of_many_layers_those_around_the_one_at_hand_are_drawn():
    deep = network(2, *[3] * 40, 1)
    middle = arranged(deep, QSizeF(940, 640), 20, {})
    assert (20, 0) in middle.spots
    assert middle.before + middle.after + len(middle.columns) == 42
    assert middle.loss.isEmpty()
    assert not arranged(deep, QSizeF(940, 640), 40, {}).loss.isEmpty()


def test_layers_beside_each_other_share_a_column():
    assert columns_of(network(2, 3, 3, 1, wires=[[-1], [-1], [0, 1]])) == [(-1,), (0, 1), (2,)]


def test_shown_units():
    assert shown_units(4, 6, None) == [0, 1, 2, 3]
    assert shown_units(10, 6, None) == [0, 1, 2, 3, 9]
    assert shown_units(10, 6, 7) == [0, 1, 2, 7, 9]
