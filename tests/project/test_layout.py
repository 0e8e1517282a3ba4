"""Places for cards."""

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from annstudio.project.layout import CARD_HEIGHT, CARD_WIDTH, any_overlap, block, nearest_free

POINTS = st.tuples(st.integers(-40, 40), st.integers(-40, 40)).map(lambda point: (10.0 * point[0], 10.0 * point[1]))


@given(st.lists(POINTS, max_size=12), POINTS)
def test_the_nearest_free_place_covers_no_card(places: list[tuple[float, float]], point: tuple[float, float]) -> None:
    x, y = nearest_free({str(number): place for number, place in enumerate(places)}, point)
    assert not any(abs(x - a) < CARD_WIDTH and abs(y - b) < CARD_HEIGHT for a, b in places)
    assert (x, y) == point or x == point[0] or y == point[1]


def test_a_free_place_stays() -> None:
    assert nearest_free({"a": (0.0, 0.0)}, (150.0, 0.0)) == (150, 0)


def test_the_shortest_way_out_is_taken() -> None:
    assert nearest_free({"a": (0.0, 0.0)}, (100.0, 0.0)) == (170, 0)
    assert nearest_free({"a": (0.0, 0.0)}, (0.0, -50.0)) == (0, -142)


@given(st.lists(POINTS, max_size=8))
def test_cards_overlap_where_two_of_them_share_a_spot(places: list[tuple[float, float]]) -> None:
    sharing = [abs(a - x) < CARD_WIDTH and abs(b - y) < CARD_HEIGHT for (a, b), (x, y) in combinations(places, 2)]
    assert any_overlap(places) is any(sharing)


@given(st.lists(POINTS, max_size=12), st.lists(POINTS, min_size=1, max_size=4))
def test_a_block_of_cards_finds_room_for_all(
    places: list[tuple[float, float]], cards: list[tuple[float, float]]
) -> None:
    corner, size = block(cards)
    x, y = nearest_free({str(number): place for number, place in enumerate(places)}, corner, size)
    moved = [(a + x - corner[0], b + y - corner[1]) for a, b in cards]
    assert not any(any_overlap([card, place]) for card in moved for place in places)
