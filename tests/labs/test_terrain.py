import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annstudio.core.errors import UserError
from annstudio.labs.surfaces import surfaces
from annstudio.labs.terrain import GRID, Terrain

TERRAINS = {key: Terrain.typed(entry.info.formula, entry.extent, entry.start) for key, entry in surfaces.items()}

LOWEST = {
    "bowl": [(0, 0)],
    "saddle": [(-np.pi / 2, 0)],
    "elliptic_bowl": [(0, 0)],
    "plateau": [(0, 0)],
    "ravine": [(0, 0)],
    "rosenbrock": [(1, 1)],
    "beale": [(3, 0.5)],
    "himmelblau": [(3, 2), (3.584428, -1.848127), (-3.779310, -3.283186), (-2.805118, 3.131313)],
}


@pytest.mark.parametrize("key", LOWEST)
def test_the_lowest_places_are_those_of_the_literature(key):
    found = sorted(TERRAINS[key].lowest)
    np.testing.assert_allclose(found, sorted(LOWEST[key]), atol=1e-6)


@pytest.mark.parametrize("key", TERRAINS)
def test_nothing_on_the_grid_is_lower(key):
    terrain = TERRAINS[key]
    assert terrain.height(*terrain.lowest[0]) <= terrain.heights.min() + 1e-9


@pytest.mark.parametrize("key", TERRAINS)
@settings(max_examples=30)
@given(x=st.floats(-1, 1), y=st.floats(-1, 1))
def test_slopes_are_exact(key, x, y):
    terrain, h = TERRAINS[key], 1e-5
    x, y = 0.1 + x * 0.8, 0.15 + y * 0.8
    by_x = (terrain.height(x + h, y) - terrain.height(x - h, y)) / (2 * h)
    by_y = (terrain.height(x, y + h) - terrain.height(x, y - h)) / (2 * h)
    np.testing.assert_allclose(terrain.slope(x, y), (by_x, by_y), rtol=2e-4, atol=2e-3)


@pytest.mark.parametrize("key", TERRAINS)
def test_the_start_is_on_the_map_and_looks_go_from_bottom_to_top(key):
    terrain = TERRAINS[key]
    terrain.check_start(*terrain.start)
    assert terrain.relief.shape == (GRID, GRID)
    assert terrain.relief.min() == 0
    assert terrain.relief.max() == 1
    order = np.argsort(terrain.heights.ravel())
    assert (np.diff(terrain.relief.ravel()[order]) >= 0).all()


@pytest.mark.parametrize(
    "line", ["", "x +", "__import__('os')", "9**9**9", "q + y", "x if y else 1", "log(-1 - x**2)", "x" * 600]
)
def test_what_is_no_surface_is_refused(line):
    with pytest.raises(UserError):
        Terrain.typed(line, 2.0)


def test_a_start_outside_or_without_a_slope_is_refused():
    with pytest.raises(UserError, match="outside"):
        TERRAINS["bowl"].check_start(2.5, 0)
    with pytest.raises(UserError, match="no finite"):
        Terrain.typed("log(x) + y**2", 2.0).check_start(-1.0, 0.0)


def test_a_surface_with_holes_can_be_shown():
    terrain = Terrain.typed("sqrt(x) + y**2", 2.0)
    assert np.isfinite(terrain.relief).all()


def test_an_edge_is_no_lowest_place():
    assert Terrain.typed("x + y", 2.0).lowest == ()
    assert Terrain.typed("x + y", 2.0).distance(0, 0) is None
