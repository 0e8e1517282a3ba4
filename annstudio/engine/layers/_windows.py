"""Windows that slide over pictures: what each of them sees, as numbers of rows.

A picture of a batch lies in memory as rows, (channels · height · width, batch). Which of them a window sees is worked
out once; a step only takes rows by their numbers, which NumPy does at the speed of copying.
"""

from dataclasses import dataclass

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from annstudio.core.calls import Array, Call, Calls, New
from annstudio.core.errors import UserError
from annstudio.core.params import Integer
from annstudio.core.texts import QT_TRANSLATE_NOOP, text
from annstudio.engine.layers.base import Shape, shown_shape

Index = NDArray[np.intp]

STRIDE = Integer(
    "stride",
    QT_TRANSLATE_NOOP("annstudio", "Stride"),
    default=1,
    minimum=1,
    maximum=16,
    help=QT_TRANSLATE_NOOP("annstudio", "How far the window moves from one place to the next; 2 halves the picture."),
)


@dataclass(frozen=True)
class Windows:
    """Square windows over a picture, at every stride-th place.

    Args:
        shape: of the picture, (channels, height, width).
        size: height and width of a window.
        stride: from one place to the next.
        same: the picture gets a margin, so that with stride 1 there are as many places as pixels; otherwise windows
            stay inside.

    Raises:
        UserError: the window is larger than the picture.
    """

    shape: Shape
    size: int
    stride: int
    same: bool = False

    def __post_init__(self) -> None:
        if not self.same and self.size > min(self.shape[1:]):
            raise UserError(
                text(
                    QT_TRANSLATE_NOOP(
                        "annstudio", "its window of {window} does not fit into a picture of {picture}: make it smaller."
                    ),
                    window=shown_shape((self.size, self.size)),
                    picture=shown_shape(self.shape[1:]),
                )
            )

    @property
    def places(self) -> tuple[int, int]:
        """How many windows there are above each other, and side by side."""
        _, height, width = self.shape
        return self._along(height), self._along(width)

    def seen(self) -> Index:
        """Return which row each window sees, (channels, size, size, rows, columns).

        In the margin there is the number after that of the last row.
        """
        channels, height, width = self.shape
        rows = np.arange(channels * height * width).reshape(self.shape)
        if self.same:
            margins = ((0, 0), self._margin(height), self._margin(width))
            rows = np.pad(rows, margins, constant_values=rows.size)
        views = sliding_window_view(rows, (self.size, self.size), (1, 2))
        return views[:, :: self.stride, :: self.stride].transpose(0, 3, 4, 1, 2)

    def _along(self, length: int) -> int:
        return -(-length // self.stride) if self.same else (length - self.size) // self.stride + 1

    def _margin(self, length: int) -> tuple[int, int]:
        """Return the margins before and after; an odd one is larger behind, as in PyTorch and Keras."""
        margin = max((self._along(length) - 1) * self.stride + self.size - length, 0)
        return margin // 2, margin - margin // 2


def readers(seen: Index, rows: int, nobody: int) -> Index:
    """Return where each row was taken to, (most readers of a row, rows): the other way round of seen.

    Args:
        seen: numbers of rows, flat.
        rows: how many there are; higher numbers are none.
        nobody: stands where a row has fewer readers.
    """
    order = np.argsort(seen, kind="stable")
    numbers = seen[order]
    order, numbers = order[numbers < rows], numbers[numbers < rows]
    counts = np.bincount(numbers, minlength=rows)
    first = np.cumsum(counts) - counts
    found = np.full((max(counts.max(), 1), rows), nobody, np.intp)
    found[np.arange(len(order)) - first[numbers], numbers] = order
    return found


def gathered(values: Array, index: Index, out: Array, new: New) -> Calls:
    """Return the calls that add up, for every row of out, those rows of values that the index names.

    Args:
        values: (rows, batch).
        index: (terms, rows of out).
        out: result.
        new: gives scratch buffers.
    """
    first, *others = index
    calls: Calls = [taken(values, first, out)]
    part = new(out)
    for rows in others:
        calls += [taken(values, rows, part), (np.add, (out, part, out))]
    return calls


def taken(values: Array, rows: Index, out: Array) -> Call:
    """Return the call that copies these rows of values into out; the mode "clip" spares NumPy a copy of its own."""
    return values.take, (rows, 0, out, "clip")
