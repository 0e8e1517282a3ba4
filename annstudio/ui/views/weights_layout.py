"""Where the heatmaps of the layers go."""

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSizeF

TITLE = 17.0
GAP = 14.0
BIAS_GAP = 3.0
BIAS_ROOM = 9.0
"""What a bias row of specks takes, with the gap above it."""
_LARGEST_CELL = 34.0
_LEAST_SIDE = 40.0
"""A kernel is this wide and high, however many cells it has, if there is room."""
_MAIN_SHARE, _LEAST_MAIN = 0.62, 0.4
"""Share of the longer side that the selected layer gets, and at least gets where the others need the room."""
_NARROW = 52.0
"""Width at which a layer's name can be read above it."""
_LEAST_HEIGHT = 52.0
"""Height at which a layer's cells can be seen below its name."""
_MOST = 24
LABEL, _LABELED_FROM = 28.0, 130.0
"""Room for a word beside the bias row, and width of a slot from which it is set aside."""
_SPECK = 2.5
_STRETCH, _FAR_STRETCH = 1.6, 8.0
"""How far a cell may be from square: while it is seen as a cell, and where it is a mere speck."""


@dataclass(frozen=True)
class Shape:
    """How many cells a kernel has on the screen.

    Args:
        rows, columns: the bias is not among them.
        square: the cells are pixels of pictures and must not be stretched.
        bias: there is a row of biases below.
    """

    rows: int
    columns: int
    square: bool = False
    bias: bool = True


@dataclass(frozen=True)
class Place:
    """Where one layer is drawn.

    Attributes:
        title: line above the cells.
        kernel, bias: the cells; the bias is empty for a layer without.
        label: beside the bias row; empty where there is no room.
    """

    title: QRectF
    kernel: QRectF
    bias: QRectF
    label: QRectF

    @property
    def cells(self) -> QRectF:
        """Kernel and bias together."""
        return self.kernel.united(self.bias)


def places(shapes: Sequence[Shape], bounds: QRectF, selected: int | None = None) -> list[Place]:
    """Return a place for each layer, in their order; the selected one gets most of the room.

    Args:
        shapes: of the kernels as they are drawn.
        bounds: the room for all.
        selected: number of the layer to enlarge.
    """
    if selected is None or len(shapes) == 1:
        return [_place(slot, shape) for slot, shape in zip(_slots(shapes, bounds), shapes, strict=True)]
    before, main, after = _split(bounds, selected, len(shapes) - selected - 1)
    slots = [*_slots(shapes[:selected], before), main, *_slots(shapes[selected + 1 :], after)]
    return [_place(slot, shape) for slot, shape in zip(slots, shapes, strict=True)]


def capacity(bounds: QSizeF) -> int:
    """Return how many layers at most can be told apart in so much room, and painted in time."""
    rows = max(1, int(bounds.height() // _LEAST_HEIGHT))
    columns = max(1, int((bounds.width() + GAP) // (_NARROW + GAP)))
    return min(_MOST, rows * columns)


def around(bounds: QSizeF, before: int, after: int) -> tuple[int, int]:
    """Return how many layers on either side of the enlarged one can be told apart.

    Args:
        bounds: the room for all.
        before, after: how many there are.
    """
    before, after = min(before, _MOST // 2), min(after, _MOST // 2)
    first, _, last = _split(QRectF(QPointF(), bounds), before, after)
    return min(before, capacity(first.size())), min(after, capacity(last.size()))


def room_of(bounds: QRectF, layers: int, selected: bool) -> QSizeF:
    """Return about how much room a layer gets, before its shape is known."""
    if selected and layers > 1:
        return _split(bounds, 0, layers - 1)[1].size()
    return QSizeF(bounds.width() / layers, bounds.height())


def _split(bounds: QRectF, before: int, after: int) -> tuple[QRectF, QRectF, QRectF]:
    """Return the room for the layers before the selected one, for itself, and for those after it."""
    length = max(bounds.width(), bounds.height())
    first, last = _ends(length, before, after)
    return (
        _stretch(bounds, 0.0, first - GAP),
        _stretch(bounds, first, length - last),
        _stretch(bounds, length - last + GAP, length),
    )


def _stretch(bounds: QRectF, low: float, high: float) -> QRectF:
    """Return the part of the bounds from low to high along their longer side."""
    if bounds.width() >= bounds.height():
        return QRectF(bounds.left() + low, bounds.top(), high - low, bounds.height())
    return QRectF(bounds.left(), bounds.top() + low, bounds.width(), high - low)


def _ends(length: float, before: int, after: int) -> tuple[float, float]:
    """Return how much of a length the layers on either side of the selected one take, their gap to it included."""
    rest = min(
        (1 - _LEAST_MAIN) * length, max((1 - _MAIN_SHARE) * length, (_NARROW + GAP) * ((before > 0) + (after > 0)))
    )
    if not before or not after:
        return (rest, 0.0) if before else (0.0, rest)
    least = min(rest / 2, _NARROW + GAP)
    first = max(least, min(rest - least, rest * before / (before + after)))
    return first, rest - first


def _slots(shapes: Sequence[Shape], bounds: QRectF) -> list[QRectF]:
    """Return equal slots in the number of columns that makes the cells largest, but leaves room for the names."""
    if not shapes:
        return []
    sizes = {columns: _slot_size(len(shapes), columns, bounds) for columns in range(1, len(shapes) + 1)}
    roomy = [columns for columns, size in sizes.items() if size.width() >= _NARROW] or [1]
    # Of many layers most are alike.
    alike = Counter(shapes)
    best = max(roomy, key=lambda columns: _cell_sizes(sizes[columns], alike))
    return _grid(len(shapes), best, bounds)


def _slot_size(count: int, columns: int, bounds: QRectF) -> QSizeF:
    rows = math.ceil(count / columns)
    width = (bounds.width() - (columns - 1) * GAP) / columns
    height = (bounds.height() - (rows - 1) * GAP / 2) / rows
    return QSizeF(max(1.0, width), max(1.0, height))


def _grid(count: int, columns: int, bounds: QRectF) -> list[QRectF]:
    size = _slot_size(count, columns, bounds)
    places = (divmod(number, columns) for number in range(count))
    return [
        QRectF(
            bounds.topLeft() + QPointF(column * (size.width() + GAP), row * (size.height() + GAP / 2)),
            size,
        )
        for row, column in places
    ]


def _cell_sizes(size: QSizeF, shapes: Mapping[Shape, int]) -> float:
    """Return the sum of the cells' shorter sides in slots of this size.

    Args:
        size: of a slot.
        shapes: how many kernels there are of each.
    """
    slot = QRectF(QPointF(), size)
    kernels = {shape: _place(slot, shape).kernel for shape in shapes}
    return sum(
        count * min(kernels[shape].width() / shape.columns, kernels[shape].height() / shape.rows)
        for shape, count in shapes.items()
    )


def _place(slot: QRectF, shape: Shape) -> Place:
    rows, columns = shape.rows, shape.columns
    room = max(1.0, slot.height() - TITLE - (BIAS_GAP if shape.bias else 0.0))
    width = slot.width() - (LABEL if slot.width() >= _LABELED_FROM else 0.0)
    across, down = _cell(shape, width, room)
    title = QRectF(slot.left(), slot.top(), slot.width(), TITLE)
    if not shape.bias:
        kernel = QRectF(slot.left(), title.bottom(), columns * across, min(rows * down, room))
        return Place(title, kernel, QRectF(), QRectF())
    # A bias row thinner than this could not be seen nor hit.
    bias = max(min(down, _LARGEST_CELL / 2), min(BIAS_ROOM - BIAS_GAP, room / 4))
    kernel = QRectF(slot.left(), slot.top() + TITLE, columns * across, min(rows * down, room - bias))
    below = QRectF(kernel.left(), kernel.bottom() + BIAS_GAP, kernel.width(), bias)
    return Place(title, kernel, below, _label(slot, below))


def _cell(shape: Shape, width: float, height: float) -> tuple[float, float]:
    """Return width and height of a cell; many cells may each be less than a pixel, all together are never so."""
    across, down = min(_LARGEST_CELL, width / shape.columns), min(_LARGEST_CELL, height / (shape.rows + shape.bias))
    if shape.square:
        return min(across, down), min(across, down)
    stretch = _STRETCH if min(across, down) >= _SPECK else _FAR_STRETCH
    least_across, least_down = _LEAST_SIDE / shape.columns, _LEAST_SIDE / shape.rows
    return min(across, max(stretch * down, least_across)), min(down, max(stretch * across, least_down))


def _label(slot: QRectF, bias: QRectF) -> QRectF:
    """Return the place for a word beside the bias row, empty where there is no room."""
    if slot.right() - bias.right() < LABEL:
        return QRectF()
    return QRectF(bias.right() + 4, bias.center().y() - TITLE / 2, LABEL - 4, TITLE)
