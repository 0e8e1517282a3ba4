"""A layer's weights as colored cells: from numbers to images and back from a cell to its number."""

import math
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from annstudio.training.trained import LayerWeights

SMALLEST_PIXEL = 1.5
"""A picture's pixels are at least this large on the screen."""

Numbers = NDArray[np.floating[Any]]


class Cell(NamedTuple):
    """One weight.

    Attributes:
        source: number of the input, from 0; None for a bias.
        unit: number of the unit, from 0.
        value: the weight.
    """

    source: int | None
    unit: int
    value: float


@dataclass(frozen=True, eq=False)
class Heatmap:
    """The cells of a layer as they are drawn.

    Attributes:
        kernel: cells of the kernel, (rows, columns); NaN where there is none, between two pictures.
        bias: cells of the bias, (columns of the bias,); None for a layer without.
        weights: what they are made from; there is a kernel.
        tiles: how the units' pictures are laid out; None where rows are inputs and columns are units.
        pooled: a cell may stand for several weights, of which it shows the largest in size.
    """

    kernel: Numbers
    bias: Numbers | None
    weights: LayerWeights
    tiles: "Tiles | None" = None
    pooled: bool = False

    def kernel_cell(self, down: float, across: float) -> Cell | None:
        """Return the weight shown at a place of the kernel, both from 0 to 1; None between two pictures."""
        kernel = self.weights.kernel
        if self.tiles is not None:
            return self.tiles.cell(kernel, down, across)
        rows, columns = self.kernel.shape
        block = _block(kernel, (rows, columns), _index(down, rows), _index(across, columns))
        return Cell(*block, float(kernel[block]))

    def bias_cell(self, across: float) -> Cell:
        """Return the bias shown at a place of the bias row, from 0 to 1; for a layer with biases."""
        assert self.bias is not None
        bias, columns = self.weights.bias[None, :], len(self.bias)
        _, unit = _block(bias, (1, columns), 0, _index(across, columns))
        return Cell(None, unit, float(bias[0, unit]))


@dataclass(frozen=True)
class Tiles:
    """Pictures of the units side by side: each shows the kernel's column of one unit as the pixels it weighs.

    Args:
        image: (rows, columns) of a picture.
        columns: pictures in a row.
        units: pictures in all.
    """

    image: tuple[int, int]
    columns: int
    units: int

    @classmethod
    def fitting(cls, image: tuple[int, int], units: int, width: float, height: float) -> "Tiles":
        """Return the layout with the largest pixels; pictures for which they would be too small are left out.

        Args:
            image: (rows, columns) of a picture.
            units: pictures in all.
            width, height: of the room for them.
        """
        wide, tall = image[1] + 1, image[0] + 1
        most = int(width / (SMALLEST_PIXEL * wide)) * int(height / (SMALLEST_PIXEL * tall))
        shown = max(1, min(units, most))
        columns = np.arange(1, shown + 1)
        pixels = np.minimum(width / (columns * wide), height / (np.ceil(shown / columns) * tall))
        return cls(image, int(columns[pixels.argmax()]), shown)

    def arrange(self, kernel: Numbers) -> Numbers:
        """Return the pictures as one matrix, NaN between them and where there is none.

        Args:
            kernel: (inputs, units), the inputs being the pixels row by row.
        """
        height, width = self.image
        rows = math.ceil(self.units / self.columns)
        whole = np.full((rows * self.columns, height + 1, width + 1), np.nan, dtype=kernel.dtype)
        whole[: self.units, :-1, :-1] = kernel[:, : self.units].T.reshape(-1, height, width)
        wide = whole.reshape(rows, self.columns, height + 1, width + 1).swapaxes(1, 2)
        return wide.reshape(rows * (height + 1), self.columns * (width + 1))[:-1, :-1]

    def cell(self, kernel: Numbers, down: float, across: float) -> Cell | None:
        """Return the weight at a place, both from 0 to 1; None between two pictures."""
        height, width = self.image
        rows = math.ceil(self.units / self.columns)
        tile_row, y = divmod(_index(down, rows * (height + 1) - 1), height + 1)
        tile_column, x = divmod(_index(across, self.columns * (width + 1) - 1), width + 1)
        unit = tile_row * self.columns + tile_column
        if y == height or x == width or unit >= self.units:
            return None
        return Cell(y * width + x, unit, float(kernel[y * width + x, unit]))


def matrix_heatmap(weights: LayerWeights, most_rows: int, most_columns: int) -> Heatmap:
    """Return the cells of a layer, pooled where there are more weights than places.

    Args:
        weights: of the layer.
        most_rows, most_columns: places there are, at least 1.
    """
    kernel = pool(weights.kernel, most_rows, most_columns)
    bias = _pooled_bias(weights, most_columns)
    return Heatmap(kernel, bias, weights, pooled=kernel.shape != weights.kernel.shape)


def picture_heatmap(weights: LayerWeights, tiles: Tiles, most_columns: int) -> Heatmap:
    """Return a layer's kernel as pictures, one per unit."""
    bias = _pooled_bias(weights, most_columns)
    return Heatmap(tiles.arrange(weights.kernel), bias, weights, tiles)


def pool(matrix: Numbers, most_rows: int, most_columns: int) -> Numbers:
    """Return the matrix brought down to so many cells, each the block's weight that is largest in size.

    Leaving rows out could hide the one weight that matters, and averages hide weights that cancel out.
    """
    rows, columns = (min(have, most) for have, most in zip(matrix.shape, (most_rows, most_columns), strict=True))
    if (rows, columns) == matrix.shape:
        return matrix
    tops = [_starts(have, cells) for have, cells in zip(matrix.shape, (rows, columns), strict=True)]
    # Strip by strip: reduceat along the rows would do the same, but takes twenty times as long in a large layer.
    strips = np.split(matrix, tops[0][1:])
    highest = np.maximum.reduceat([strip.max(axis=0) for strip in strips], tops[1], axis=1)
    lowest = np.minimum.reduceat([strip.min(axis=0) for strip in strips], tops[1], axis=1)
    return np.where(highest >= -lowest, highest, lowest)


def _pooled_bias(weights: LayerWeights, most_columns: int) -> Numbers | None:
    return pool(weights.bias[None, :], 1, most_columns)[0] if "bias" in weights.parts else None


def _starts(length: int, cells: int) -> NDArray[np.intp]:
    """Return where each of so many nearly equal blocks begins."""
    return np.arange(cells) * length // cells


def _block(matrix: Numbers, cells: tuple[int, int], row: int, column: int) -> tuple[int, int]:
    """Return row and column of the weight that a pooled cell shows."""
    ends = [
        (index * have // count, (index + 1) * have // count)
        for index, have, count in zip((row, column), matrix.shape, cells, strict=True)
    ]
    (top, bottom), (left, right) = ends
    block = np.abs(matrix[top:bottom, left:right])
    down, across = divmod(int(block.argmax()), right - left)
    return top + down, left + across


def _index(share: float, count: int) -> int:
    return max(0, min(count - 1, int(share * count)))
