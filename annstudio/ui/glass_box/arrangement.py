"""Where the units of a network stand in the glass box: columns from left to right, the loss at the end."""

from collections.abc import Mapping
from dataclasses import dataclass
from math import prod

from PySide6.QtCore import QPointF, QRectF, QSizeF

from annstudio.engine.network import INPUT, Network

_ROWS = 4, 9
"""Units of a layer that are drawn, at least and at most; the others are elided."""
_ROW = 58.0
"""Pixels that a unit with its numbers takes."""
_MOST_COLUMNS = 8
_LARGEST, _SMALLEST = 30.0, 17.0
_TITLE = 34.0
_MARGIN = 14.0
_LOSS = QSizeF(84, 60)
_NOTHING = -1
"""A row left empty, between two layers."""


@dataclass(frozen=True)
class Column:
    """The layers that stand below each other.

    Args:
        x: of their middle.
        places: of the layers, from the top.
    """

    x: float
    places: tuple[int, ...]


@dataclass(frozen=True)
class Arrangement:
    """The whole drawing.

    Args:
        spots: where each unit that is drawn stands, by its layer's place and its number.
        gaps: where it is said how many units of a layer are left out, and how many.
        columns: that are drawn.
        before, after: layers left out on either side.
        radius: of a unit.
        size: of the room.
        loss: the box of the loss; empty where the output is left out.
    """

    spots: Mapping[tuple[int, int], QPointF]
    gaps: Mapping[int, tuple[QPointF, int]]
    columns: tuple[Column, ...]
    before: int
    after: int
    radius: float
    size: QSizeF
    loss: QRectF


def columns_of(network: Network) -> list[tuple[int, ...]]:
    """Return the places of the layers in each column, the data first: each stands behind all that it reads."""
    depth = {INPUT: 0}
    for place, sources in enumerate(network.wires):
        depth[place] = 1 + max(depth[source] for source in sources)
    depth[len(network.layers) - 1] = max(depth.values())
    found: dict[int, list[int]] = {}
    for place, column in depth.items():
        found.setdefault(column, []).append(place)
    return [tuple(found[column]) for column in sorted(found)]


def shown_units(count: int, most: int, wanted: int | None) -> list[int]:
    """Return the numbers of the units of a layer that are drawn; the wanted one is among them."""
    if count <= most:
        return list(range(count))
    # One row says how many are left out.
    shown = [*range(most - 2), count - 1]
    if wanted is not None and wanted not in shown:
        shown[-2] = wanted
    return shown


def arranged(network: Network, size: QSizeF, at: int, wanted: Mapping[int, int]) -> Arrangement:
    """Return where everything stands.

    Args:
        network: what is drawn.
        size: of the room.
        at: place of the layer that must be seen.
        wanted: by place, the unit that must be seen.
    """
    columns = columns_of(network)
    first, end = _window(columns, at)
    drawn = columns[first:end]
    has_loss = end == len(columns)
    step = (size.width() - 2 * _MARGIN - (_LOSS.width() + 50 if has_loss else 0)) / max(1, len(drawn))
    counts = {place: prod(network.shape_of(place)) for column in drawn for place in column}
    most = int(min(max((size.height() - _TITLE) / _ROW, _ROWS[0]), _ROWS[1]))
    shown = {place: shown_units(count, most, wanted.get(place)) for place, count in counts.items()}
    rows = max(sum(min(counts[place], most) for place in column) + len(column) - 1 for column in drawn)
    pitch = (size.height() - _TITLE - 2 * _MARGIN) / max(1, rows)
    radius = max(_SMALLEST, min(_LARGEST, pitch * 0.36, step * 0.24))
    pitch = min(pitch, radius * 4.4)
    spots: dict[tuple[int, int], QPointF] = {}
    gaps: dict[int, tuple[QPointF, int]] = {}
    middle = (size.height() + _TITLE) / 2
    placed = []
    for number, column in enumerate(drawn):
        x = _MARGIN + step * (number + 0.5)
        placed.append(Column(x, column))
        _place_column(spots, gaps, {place: shown[place] for place in column}, counts, QPointF(x, middle), pitch)
    box = QRectF(QPointF(size.width() - _MARGIN - _LOSS.width(), middle - _LOSS.height() / 2), _LOSS)
    return Arrangement(
        spots, gaps, tuple(placed), first, len(columns) - end, radius, size, box if has_loss else QRectF()
    )


def _window(columns: list[tuple[int, ...]], at: int) -> tuple[int, int]:
    """Return which columns are drawn: all of a few, of many those around the one at hand."""
    if len(columns) <= _MOST_COLUMNS:
        return 0, len(columns)
    here = next(number for number, column in enumerate(columns) if at in column)
    first = min(max(0, here - _MOST_COLUMNS // 2), len(columns) - _MOST_COLUMNS)
    return first, first + _MOST_COLUMNS


def _place_column(
    spots: dict[tuple[int, int], QPointF],
    gaps: dict[int, tuple[QPointF, int]],
    shown: Mapping[int, list[int]],
    counts: Mapping[int, int],
    middle: QPointF,
    pitch: float,
) -> None:
    """Place the units of a column's layers below each other."""
    rows: list[tuple[int, int | None]] = []
    for place, units in shown.items():
        if rows:
            rows.append((place, _NOTHING))
        rows += [(place, unit) for unit in units]
        if len(units) < counts[place]:
            rows.insert(len(rows) - 1, (place, None))
    y = middle.y() - (len(rows) - 1) / 2 * pitch
    for place, unit in rows:
        if unit is None:
            gaps[place] = QPointF(middle.x(), y), counts[place] - len(shown[place])
        elif unit != _NOTHING:
            spots[place, unit] = QPointF(middle.x(), y)
        y += pitch
