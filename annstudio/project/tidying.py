"""Lining cards up: in columns from Input to Output, and a long network in rows, as a text is read.

Layered drawing after Sugiyama, Tagawa & Toda 1981, Methods for visual understanding of hierarchical system structures:
columns, an order within them with few crossings, then heights that keep wires level. Wires that skip columns are led
around the cards in between by the canvas.
"""

import math
from bisect import bisect_right, insort
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import count, pairwise
from statistics import fmean

from annstudio.project.graph import Graph
from annstudio.project.layout import CARD_HEIGHT, CARD_WIDTH, GAP, STEP, Point
from annstudio.project.model import Design, Positions

ROW_GAP = 64.0
"""Between rows: room for the wire that leads from the end of one to the start of the next, and for a sentence."""

_PITCH = CARD_HEIGHT + GAP
_VIEW_WIDTH, _VIEW_HEIGHT = 836.0, 248.0
"""Room for cards in the canvas of a small screen."""
_ENOUGH = 0.8
"""Fewer rows are easier to follow, so the fewest are taken that show cards at least so large as the best number."""
_EVEN = 8
"""To tear fewer wires, a row may begin this part of its length earlier or later."""
_TORN_GROUP = 100
"""A row that ends within a group counts as so many torn wires."""

Columns = list[list[str]]


def tidy(design: Design, positions: Positions) -> dict[str, Point]:
    """Return positions that show a design at its clearest; as far as no wires cross, the vertical order stays."""
    if not design.nodes:
        return {}
    columns, heights = _layers(design, positions)
    choices = list(_choices(columns, heights, _torn(columns, design)))
    sizes = [min(_scales(choice)) for choice in choices]
    return next(choice for choice, size in zip(choices, sizes, strict=True) if size >= _ENOUGH * max(sizes))


def in_one_row(design: Design, positions: Positions) -> dict[str, Point]:
    """Return such positions for a design that is to stay in one row, however long it is."""
    if not design.nodes:
        return {}
    columns, heights = _layers(design, positions)
    return _in_rows(columns, heights, [0])


def _layers(design: Design, positions: Positions) -> tuple[Columns, dict[str, float]]:
    """Return the columns of a design and the height of every card."""
    graph = Graph(design)
    columns = _untangled(_columns(graph, positions), graph)
    return columns, _heights(columns, graph)


def _choices(columns: Columns, heights: Mapping[str, float], torn: Sequence[int]) -> Iterator[dict[str, Point]]:
    """Yield the design in one row, two rows and so on, until it is so high that more rows only make it smaller."""
    for rows in count(1):
        choice = _in_rows(columns, heights, _cuts(torn, rows))
        yield choice
        by_width, by_height = _scales(choice)
        if by_height <= by_width or by_width == 1:
            return


def _columns(graph: Graph, positions: Positions) -> Columns:
    found: dict[int, list[str]] = {}
    column_of = graph.columns()
    for node_id in sorted(column_of, key=lambda node_id: positions[node_id][1]):
        found.setdefault(column_of[node_id], []).append(node_id)
    return [found[column] for column in sorted(found)]


def _untangled(columns: Columns, graph: Graph) -> Columns:
    """Return the columns in an order, within each, in which few wires cross: sorted until no fewer do."""
    while True:
        forth = _sorted_by_neighbors(columns, graph.sources)
        back = _sorted_by_neighbors(forth[::-1], graph.targets)[::-1]
        best = min((columns, forth, back), key=lambda choice: _crossings(choice, graph))
        if best is columns:
            return columns
        columns = best


def _sorted_by_neighbors(columns: Columns, neighbors: Mapping[str, list[str]]) -> Columns:
    """Return the columns, each sorted by where the neighbors in the column before it stand."""
    place: dict[str, float] = {}
    done = []
    for column in columns:
        own = {node_id: float(index) for index, node_id in enumerate(column)}
        wanted = {key: _mean((place[other] for other in neighbors[key] if other in place), own[key]) for key in column}
        done.append(sorted(column, key=wanted.__getitem__))
        place.update({node_id: float(index) for index, node_id in enumerate(done[-1])})
    return done


def _crossings(columns: Columns, graph: Graph) -> int:
    """Return how many pairs of wires between neighboring columns cross."""
    crossings = 0
    for left, right in pairwise(columns):
        place = {node_id: index for index, node_id in enumerate(right)}
        wires = [(start, place[key]) for start, each in enumerate(left) for key in graph.targets[each] if key in place]
        ends: list[int] = []
        for _, end in sorted(wires):
            crossings += len(ends) - bisect_right(ends, end)
            insort(ends, end)
    return crossings


def _heights(columns: Columns, graph: Graph) -> dict[str, float]:
    """Return the height of every card: as level with its neighbors as the cards of its column leave room for."""
    heights: dict[str, float] = {}
    for column in columns:
        _level(column, heights, graph.sources)
    for column in reversed(columns):
        _level(column, heights, graph.targets)
    for column in columns:
        _level(column, heights, graph.sources)
    return heights


def _level(column: Sequence[str], heights: dict[str, float], neighbors: Mapping[str, list[str]]) -> None:
    """Give the cards of a column the heights that are nearest to the means of their neighbors'."""
    middle = (len(column) - 1) / 2
    stacked = {node_id: heights.get(node_id, (index - middle) * _PITCH) for index, node_id in enumerate(column)}
    wanted = [
        _mean((heights[key] for key in neighbors[node_id] if key in heights), stacked[node_id]) for node_id in column
    ]
    # With the room of the cards above taken off, "no overlap" is "never decreasing".
    free = _never_decreasing([height - index * _PITCH for index, height in enumerate(wanted)])
    heights.update({key: height + index * _PITCH for index, (key, height) in enumerate(zip(column, free, strict=True))})


def _never_decreasing(values: Sequence[float]) -> list[float]:
    """Return the nearest values, by the sum of squares, that never decrease.

    Source: Ayer et al. 1955, An empirical distribution function for sampling with incomplete information.
    """
    pools: list[list[float]] = []
    for value in values:
        pools.append([value])
        while len(pools) > 1 and fmean(pools[-2]) > fmean(pools[-1]):
            pools[-2:] = [pools[-2] + pools[-1]]
    return [fmean(pool) for pool in pools for _ in pool]


def _torn(columns: Columns, design: Design) -> list[int]:
    """Return for each column how many wires a row would tear that begins with it, and how many groups."""
    column_of = {node_id: number for number, column in enumerate(columns) for node_id in column}
    torn = [0] * len(columns)
    spans = [(1, [column_of[wire.source], column_of[wire.target]]) for wire in design.wires]
    spans += [(_TORN_GROUP, [column_of[member] for member in group.members]) for group in design.groups]
    for weight, span in spans:
        for column in range(min(span) + 1, max(span) + 1):
            torn[column] += weight
    return torn


def _cuts(torn: Sequence[int], rows: int) -> list[int]:
    """Return the columns that begin the rows, where these are about equally long and tear the least."""
    slack = max(1, len(torn) // (_EVEN * rows))

    def begin(even: int) -> int:
        near = range(even - slack, even + slack + 1)
        return min(near, key=lambda column: (torn[column], abs(column - even)))

    return [0, *(begin(math.ceil(row * len(torn) / rows)) for row in range(1, rows))]


def _in_rows(columns: Columns, heights: Mapping[str, float], cuts: Sequence[int]) -> dict[str, Point]:
    places: dict[str, Point] = {}
    top = 0.0
    for first, end in pairwise((*cuts, len(columns))):
        row = columns[first:end]
        shown = [heights[node_id] for column in row for node_id in column]
        for number, column in enumerate(row):
            places |= {key: (number * STEP, top + heights[key] - min(shown)) for key in column}
        top += max(shown) - min(shown) + CARD_HEIGHT + ROW_GAP
    return places


def _scales(places: Mapping[str, Point]) -> tuple[float, float]:
    """Return at which scale cards at these places fit into the width and the height of a small screen's canvas."""
    across = max(x for x, _ in places.values()) + CARD_WIDTH
    down = max(y for _, y in places.values()) + CARD_HEIGHT
    return min(_VIEW_WIDTH / across, 1.0), min(_VIEW_HEIGHT / down, 1.0)


def _mean(values: Iterable[float], otherwise: float) -> float:
    known = list(values)
    return fmean(known) if known else otherwise
