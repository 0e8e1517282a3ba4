"""Where the heatmaps of the layers go."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF

TITLE = 17.0
GAP = 14.0
BIAS_GAP = 3.0
_LARGEST_CELL = 34.0
_MAIN_SHARE = 0.62
"""Share of the longer side that the selected layer gets."""
_FEW_PIXELS = 6.0
_STRETCH, _FAR_STRETCH = 1.6, 8.0
"""How far a cell may be from square: while it is seen as a cell, and where it is a speck anyway."""

Shape = tuple[int, int]
"""Rows, the bias not among them, and columns."""


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


def _split(bounds: QRectF) -> tuple[QRectF, QRectF]:
    if bounds.width() >= bounds.height():
        cut = bounds.left() + _MAIN_SHARE * bounds.width()
        main = QRectF(bounds.left(), bounds.top(), cut - bounds.left() - GAP, bounds.height())
        return main, QRectF(cut, bounds.top(), bounds.right() - cut, bounds.height())
    cut = bounds.top() + _MAIN_SHARE * bounds.height()
    main = QRectF(bounds.left(), bounds.top(), bounds.width(), cut - bounds.top() - GAP)
    return main, QRectF(bounds.left(), cut, bounds.width(), bounds.bottom() - cut)


def _slots(shapes: Sequence[Shape], bounds: QRectF) -> list[QRectF]:
    """Return equal slots in the number of columns that lets the cells cover most."""
    choices = [_grid(len(shapes), columns, bounds) for columns in range(1, len(shapes) + 1)]
    return max(choices, key=lambda slots: _covered(slots, shapes))


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


def _covered(slots: Sequence[QRectF], shapes: Sequence[Shape]) -> float:
    # Square roots, so that no layer is squeezed to nothing for the sake of another.
    return sum(
        math.sqrt(kernel.width() * kernel.height())
        for kernel in (_place(slot, shape).kernel for slot, shape in zip(slots, shapes, strict=True))
    )


def _place(slot: QRectF, shape: Shape) -> Place:
    rows, columns = shape
    room = max(1.0, slot.height() - TITLE - BIAS_GAP)
    across = min(_LARGEST_CELL, slot.width() / columns)
    down = min(_LARGEST_CELL, room / (rows + 1))
    stretch = _STRETCH if min(across, down) >= _FEW_PIXELS else _FAR_STRETCH
    across, down = min(across, stretch * down), min(down, stretch * across)
    # A bias row thinner than this could not be seen nor hit.
    bias = max(down, min(_FEW_PIXELS, room / 4))
    kernel = QRectF(slot.left(), slot.top() + TITLE, columns * across, min(rows * down, room - bias))
    below = QRectF(kernel.left(), kernel.bottom() + BIAS_GAP, kernel.width(), bias)
    return Place(QRectF(slot.left(), slot.top(), slot.width(), TITLE), kernel, below)
