import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from annstudio.training.trained import LayerWeights
from annstudio.ui.views.heatmap import SMALLEST_PIXEL, Cell, Tiles, matrix_heatmap, picture_heatmap, pool

SIZES = st.integers(1, 40)


def layer(inputs, units, seed=0):
    rng = np.random.default_rng(seed)
    return LayerWeights({"kernel": rng.normal(size=(inputs, units)), "bias": rng.normal(size=units)})


@given(SIZES, SIZES, SIZES, SIZES)
def test_pooling_shows_the_largest_of_every_block(rows, columns, most_rows, most_columns):
    matrix = layer(rows, columns).kernel
    cells = pool(matrix, most_rows, most_columns)
    assert cells.shape == (min(rows, most_rows), min(columns, most_columns))
    assert np.abs(cells).max() == np.abs(matrix).max()
    assert np.isin(cells, matrix).all()
    tops, lefts = (np.arange(n + 1) * have // n for n, have in zip(cells.shape, matrix.shape, strict=True))
    for i in range(cells.shape[0]):
        for j in range(cells.shape[1]):
            block = matrix[tops[i] : tops[i + 1], lefts[j] : lefts[j + 1]]
            assert abs(cells[i, j]) == np.abs(block).max()


@given(SIZES, SIZES, st.floats(0, 0.999), st.floats(0, 0.999))
def test_a_cell_is_the_weight_at_its_place(inputs, units, down, across):
    weights = layer(inputs, units)
    heat = matrix_heatmap(weights, 100, 100)
    row, column = int(down * inputs), int(across * units)
    assert heat.kernel_cell(down, across) == Cell(row, column, weights.kernel[row, column])
    assert heat.bias_cell(across) == Cell(None, column, weights.bias[column])
    assert not heat.pooled


@given(st.floats(0, 0.999), st.floats(0, 0.999))
def test_a_pooled_cell_is_read_as_the_weight_it_shows(down, across):
    weights = layer(37, 23)
    heat = matrix_heatmap(weights, 10, 7)
    cell = heat.kernel_cell(down, across)
    assert heat.pooled
    assert cell.value == heat.kernel[int(down * 10), int(across * 7)] == weights.kernel[cell.source, cell.unit]
    bias = heat.bias_cell(across)
    assert bias.value == heat.bias[int(across * 7)] == weights.bias[bias.unit]


@pytest.mark.parametrize(("units", "columns"), [(1, 1), (5, 3), (6, 3), (12, 5)])
def test_pictures_show_each_units_own_weights(units, columns):
    weights = layer(12, units)
    heat = picture_heatmap(weights, Tiles((3, 4), columns, units), 100)
    rows = -(-units // columns)
    assert heat.kernel.shape == (rows * 4 - 1, columns * 5 - 1)
    for unit in range(units):
        top, left = 4 * (unit // columns), 5 * (unit % columns)
        assert (heat.kernel[top : top + 3, left : left + 4] == weights.kernel[:, unit].reshape(3, 4)).all()
    assert np.isnan(heat.kernel).sum() == heat.kernel.size - 12 * units


def test_a_place_in_a_picture_is_the_weight_there_and_the_gap_is_none():
    weights = layer(12, 5)
    heat = picture_heatmap(weights, Tiles((3, 4), 3, 5), 100)
    rows, columns = heat.kernel.shape
    for y in range(rows):
        for x in range(columns):
            cell = heat.kernel_cell((y + 0.5) / rows, (x + 0.5) / columns)
            shown = heat.kernel[y, x]
            assert (cell is None) == np.isnan(shown)
            if cell is not None:
                assert cell.value == shown == weights.kernel[cell.source, cell.unit]


@given(st.integers(1, 300), st.floats(30, 1000), st.floats(30, 1000))
def test_pictures_fit_the_room(units, width, height):
    tiles = Tiles.fitting((8, 8), units, width, height)
    assert 1 <= tiles.units <= units
    rows = -(-tiles.units // tiles.columns)
    if tiles.units > 1:
        assert min(width / (tiles.columns * 9), height / (rows * 9)) >= SMALLEST_PIXEL - 1e-9
