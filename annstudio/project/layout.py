"""Where the cards of a design stand on the canvas."""

import math
from collections.abc import Collection, Iterable
from itertools import product

from msgspec.structs import replace

from annstudio.core.errors import UserError
from annstudio.core.texts import QT_TRANSLATE_NOOP, text
from annstudio.project.graph import Graph
from annstudio.project.limits import MAXIMUM_COORDINATE
from annstudio.project.model import Design, Positions

CARD_WIDTH = 140.0
CARD_HEIGHT = 112.0
GAP = 30.0
"""Between neighboring cards, both ways; all in scene units."""

STEP = CARD_WIDTH + GAP
"""From one column of cards to the next."""

_ROW = CARD_HEIGHT + GAP

Point = tuple[float, float]


def row(ids: Iterable[str]) -> dict[str, Point]:
    """Return positions side by side, in this order."""
    return {node_id: (index * STEP, 0.0) for index, node_id in enumerate(ids)}


def free_spot(positions: Positions, point: Point) -> Point:
    """Return this point, or the nearest one below it where a card covers no other."""
    x, y = point
    while any(_overlap(other, (x, y)) for other in positions.values()):
        y += _ROW
    return x, y


def nearest_free(positions: Positions, point: Point, size: Point = (CARD_WIDTH, CARD_HEIGHT)) -> Point:
    """Return this point, or the nearest one straight below, above, right or left of it that is free.

    Args:
        positions: of the cards that must not be covered.
        point: where the top left corner is wanted.
        size: width and height of what goes there: one card, or a block of them.
    """
    ways = ((0, 1), (0, -1), (1, 0), (-1, 0))
    return min((_pushed(positions, point, size, way) for way in ways), key=lambda place: math.dist(place, point))


def block(places: Iterable[Point]) -> tuple[Point, Point]:
    """Return the top left corner of the block that cards at these places fill, and its width and height."""
    across, down = zip(*places, strict=True)
    corner = min(across), min(down)
    return corner, (max(across) - corner[0] + CARD_WIDTH, max(down) - corner[1] + CARD_HEIGHT)


def make_room(design: Design, positions: Positions, node_id: str) -> dict[str, Point]:
    """Return positions where the cards behind this one have moved right, as far as the nearest must.

    A wire that leads back to the left begins a new row, which stays where it is.
    """
    behind = within_rows(design, positions).downstream(node_id) - {node_id}
    if not behind:
        return dict(positions)
    free_from = positions[node_id][0] + STEP
    shift = free_from - min(positions[target][0] for target in behind)
    return _shifted(positions, behind, max(0.0, shift))


def within_rows(design: Design, positions: Positions) -> Graph:
    """Return the wiring without the wires that lead from the end of a row to the start of another."""
    kept = [wire for wire in design.wires if goes_on(positions[wire.source], positions[wire.target])]
    return Graph(replace(design, wires=tuple(kept)))


def goes_on(point: Point, following: Point) -> bool:
    """Return whether a card that follows another one is in the same row: not lower or higher and further left."""
    return point[0] <= following[0] or abs(point[1] - following[1]) < CARD_HEIGHT


def covered(positions: Positions, corner: Point, size: Point) -> set[str]:
    """Return the ids of the cards that a block of this size would cover here."""
    return {node_id for node_id, card in positions.items() if _covers(corner, size, card)}


def any_overlap(places: Iterable[Point]) -> bool:
    """Return whether of cards at these places any covers another."""
    # Two cards within one cell of this grid overlap, so each cell needs to hold one card only.
    cells: dict[tuple[int, int], Point] = {}
    for place in places:
        column, row = int(place[0] // CARD_WIDTH), int(place[1] // CARD_HEIGHT)
        around = product(range(column - 1, column + 2), range(row - 1, row + 2))
        if any(_overlap(cells[cell], place) for cell in around if cell in cells):
            return True
        cells[column, row] = place
    return False


def check_point(point: Point) -> Point:
    """Return the point as two floats.

    Raises:
        UserError: it is not finite or too far out to ever be found again.
    """
    if all(math.isfinite(value) and abs(value) <= MAXIMUM_COORDINATE for value in point):
        return float(point[0]), float(point[1])
    raise UserError(
        text(QT_TRANSLATE_NOOP("annstudio", "This place is too far out: put the layer closer to the others."))
    )


def _shifted(positions: Positions, moved: Collection[str], shift: float) -> dict[str, Point]:
    return {
        node_id: (min(x + shift, MAXIMUM_COORDINATE), y) if node_id in moved else (x, y)
        for node_id, (x, y) in positions.items()
    }


def _pushed(positions: Positions, point: Point, size: Point, way: tuple[int, int]) -> Point:
    """Return the corner of a block, moved this way past one card after the other until it covers none."""
    (x, y), (width, height) = point, size
    while met := [other for other in positions.values() if _covers((x, y), size, other)]:
        if way[0]:
            x = max(other[0] for other in met) + STEP if way[0] > 0 else min(other[0] for other in met) - GAP - width
        else:
            y = max(other[1] for other in met) + _ROW if way[1] > 0 else min(other[1] for other in met) - GAP - height
    return x, y


def _covers(corner: Point, size: Point, card: Point) -> bool:
    return -CARD_WIDTH < card[0] - corner[0] < size[0] and -CARD_HEIGHT < card[1] - corner[1] < size[1]


def _overlap(one: Point, other: Point) -> bool:
    return abs(one[0] - other[0]) < CARD_WIDTH and abs(one[1] - other[1]) < CARD_HEIGHT
