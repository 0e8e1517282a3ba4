from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPointF

from annstudio.project import edits
from annstudio.project.layout import STEP
from annstudio.project.model import Wire
from annstudio.ui.canvas.geometry import CARD, INPUT_PORT, OUTPUT_PORT, wire_path
from annstudio.ui.canvas.routing import Ends, Router

CORNERS = [QPointF(number * STEP, 0) for number in range(5)]


def cards(corners):
    return [CARD.translated(corner) for corner in corners]


def led(corners, source, target):
    (way,) = Router().ways(cards(corners), [ends(corners, source, target)])
    return way.path()


def ends(corners, source, target):
    return Ends(str(source), corners[source] + OUTPUT_PORT, corners[target] + INPUT_PORT)


def hidden_share(path, corners):
    """Return how much of a path runs behind cards, from 0 to 1; their outermost pixels do not count."""
    inner = [card.adjusted(4, 4, -4, -4) for card in cards(corners)]
    points = [path.pointAtPercent(step / 200) for step in range(201)]
    return sum(any(card.contains(point) for card in inner) for point in points) / len(points)


def test_neighbors_are_joined_by_the_plain_curve():
    assert led(CORNERS, 1, 2) == wire_path(CORNERS[1] + OUTPUT_PORT, CORNERS[2] + INPUT_PORT)


@given(st.permutations(range(5)))
def test_in_a_row_no_wire_runs_behind_a_card(order):
    source, target = order[:2]
    path = led(CORNERS, source, target)
    assert hidden_share(path, CORNERS) == 0
    assert path.elementAt(0).x == CORNERS[source].x() + OUTPUT_PORT.x()
    assert path.currentPosition() == CORNERS[target] + INPUT_PORT


def test_the_shorter_way_around_is_taken():
    corners = [QPointF(0, 0), QPointF(170, 50), QPointF(340, 0)]
    assert led(corners, 0, 2).boundingRect().top() < 50
    corners[1] = QPointF(170, -50)
    assert led(corners, 0, 2).boundingRect().bottom() > 62


def test_wires_of_two_layers_do_not_share_a_lane_those_of_one_may():
    wires = [ends(CORNERS, source, target) for source, target in ((0, 3), (0, 4), (1, 4))]
    first, from_the_same, from_another = (way.lane for way in Router().ways(cards(CORNERS), wires))
    assert first == from_the_same
    assert abs(from_another - first) >= 8


def test_a_wire_makes_way_while_a_card_is_carried_into_it(view, document, hand):
    document.apply("", edits.connect(document.project, "input", "dense-2"))
    item = view.canvas.wires[Wire("input", "dense-2")]
    assert item.boundingRect().top() < 0
    view.canvas.place({"dense-1": QPointF(170, 300)})
    assert item.path() == wire_path(hand.output("input"), hand.input("dense-2"))


def test_the_whole_network_includes_its_wires(view, document):
    document.apply("", edits.connect(document.project, "input", "output"))
    assert view.canvas.content().contains(view.canvas.wires[Wire("input", "output")].path().boundingRect())


@given(st.lists(st.tuples(st.integers(0, 4), st.integers(-30, 30), st.integers(-30, 30)), max_size=6))
def test_ways_from_memory_are_those_found_anew(moves):
    corners, router = list(CORNERS), Router()
    for card, x, y in [(0, 0, 0), *moves]:
        corners[card] = QPointF(10 * x, 10 * y)
        wires = [ends(corners, source, target) for source, target in ((0, 3), (1, 4), (2, 1), (3, 4))]
        assert router.ways(cards(corners), wires) == Router().ways(cards(corners), wires)


def test_where_nothing_has_moved_no_wire_is_led_again():
    router, asked = Router(), [ends(CORNERS, 0, 3)]
    ways = router.ways(cards(CORNERS), asked)
    assert router.ways(cards(CORNERS), [ends(CORNERS, 0, 3)]) is ways
    assert router.ways(cards(CORNERS), [*asked, ends(CORNERS, 1, 2)]) is not ways
    assert router.ways(cards(CORNERS), asked) == ways
