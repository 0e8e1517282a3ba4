"""Where the heatmaps of the layers go."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSizeF

TITLE = 17.0
GAP = 14.0
BIAS_GAP = 3.0
BIAS_ROOM = 9.0
"""What a bias row of specks takes, with the gap above it."""
_LARGEST_CELL = 34.0
_MAIN_SHARE = 0.62
"""Share of the longer side that the selected layer gets."""
_SPECK = 2.5
_STRETCH, _FAR_STRETCH = 1.6, 8.0
"""How far a cell may be from square: while it is seen as a cell, and where it is a mere speck."""


@dataclass(frozen=True)
class Shape:
    """How many cells a kernel has on the screen.

    Args:
        rows, columns: the bias is not among them.
        square: the cells are pixels of pictures and must not be stretched.
    """

    rows: int
    columns: int
    square: bool = False


@dataclass(frozen=True)
class Place:
    """Where one layer is drawn.

    Attributes:
        title: line above the cells.
        kernel, bias: the cells.
    """

    title: QRectF
    kernel: QRectF
    bias: QRectF

    @property
    def cells(self) -> QRectF:
        """Kernel and bias together."""
        return self.kernel.united(self.bias)


def places(shapes: Sequence[Shape], bounds: QRectF, selected: int | None = None) -> list[Place]:
    """Return a place for each layer; the selected one gets most of the room.

    Args:
        shapes: of the kernels as they are drawn.
        bounds: the room for all.
        selected: number of the layer to enlarge.
    """
    if selected is None or len(shapes) == 1:
        return [_place(slot, shape) for slot, shape in zip(_slots(shapes, bounds), shapes, strict=True)]
    others = [shape for number, shape in enumerate(shapes) if number != selected]
    main, rest = _split(bounds)
    found = [_place(slot, shape) for slot, shape in zip(_slots(others, rest), others, strict=True)]
    found.insert(selected, _place(main, shapes[selected]))
    return found


def room_of(bounds: QRectF, layers: int, selected: bool) -> QSizeF:
    """Return about how much room a layer gets, before its shape is known."""
    if selected and layers > 1:
        return _split(bounds)[0].size()
    return QSizeF(bounds.width() / layers, bounds.height())


def _split(bounds: QRectF) -> tuple[QRectF, QRectF]:
    if bounds.width() >= bounds.height():
        cut = bounds.left() + _MAIN_SHARE * bounds.width()
        main = QRectF(bounds.left(), bounds.top(), cut - bounds.left() - GAP, bounds.height())
        return main, QRectF(cut, bounds.top(), bounds.right() - cut, bounds.height())
    cut = bounds.top() + _MAIN_SHARE * bounds.height()
    main = QRectF(bounds.left(), bounds.top(), bounds.width(), cut - bounds.top() - GAP)
    return main, QRectF(bounds.left(), cut, bounds.width(), bounds.bottom() - cut)


def _slots(shapes: Sequence[Shape], bounds: QRectF) -> list[QRectF]:
    """Return equal slots in the number of columns that makes the cells largest."""
    choices = [_grid(len(shapes), columns, bounds) for columns in range(1, len(shapes) + 1)]
    return max(choices, key=lambda slots: _cell_sizes(slots, shapes))


def _grid(count: int, columns: int, bounds: QRectF) -> list[QRectF]:
    rows = math.ceil(count / columns)
    width = (bounds.width() - (columns - 1) * GAP) / columns
    height = (bounds.height() - (rows - 1) * GAP / 2) / rows
    return [
        QRectF(
            bounds.left() + (number % columns) * (width + GAP),
            bounds.top() + (number // columns) * (height + GAP / 2),
            max(1.0, width),
            max(1.0, height),
        )
        for number in range(count)
    ]


def _cell_sizes(slots: Sequence[QRectF], shapes: Sequence[Shape]) -> float:
    """Return the sum of the cells' shorter sides."""
    kernels = [_place(slot, shape).kernel for slot, shape in zip(slots, shapes, strict=True)]
    return sum(
        min(kernel.width() / shape.columns, kernel.height() / shape.rows)
        for kernel, shape in zip(kernels, shapes, strict=True)
    )


def _place(slot: QRectF, shape: Shape) -> Place:
    rows, columns = shape.rows, shape.columns
    room = max(1.0, slot.height() - TITLE - BIAS_GAP)
    across = min(_LARGEST_CELL, slot.width() / columns)
    down = min(_LARGEST_CELL, room / (rows + 1))
    stretch = 1.0 if shape.square else _STRETCH if min(across, down) >= _SPECK else _FAR_STRETCH
    across, down = min(across, stretch * down), min(down, stretch * across)
    # A bias row thinner than this could not be seen nor hit.
    bias = max(down, min(BIAS_ROOM - BIAS_GAP, room / 4))
    kernel = QRectF(slot.left(), slot.top() + TITLE, columns * across, min(rows * down, room - bias))
    below = QRectF(kernel.left(), kernel.bottom() + BIAS_GAP, kernel.width(), bias)
    return Place(QRectF(slot.left(), slot.top(), slot.width(), TITLE), kernel, below)
