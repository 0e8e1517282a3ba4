import numpy as np
import pytest

from annstudio.core.calls import run
from annstudio.engine.clipping import clip_by_norm, clip_by_value
from tests.engine.oracle import memory_of

PRECISIONS = ["float32", "float64"]


def clipped(clip, gradient, limit, precision="float64"):
    g = np.array(gradient, precision)
    with np.errstate(all="ignore"):
        run(clip(g, np.array(limit, precision), np.empty_like))
    return g


@pytest.mark.parametrize("precision", PRECISIONS)
@pytest.mark.parametrize("limit", [1e-3, 0.5, 4.0, 5.0])
def test_a_long_gradient_is_cut_to_the_norm_as_in_pytorch(limit, precision):
    found = clipped(clip_by_norm, [3, -4, 0, 12], limit, precision)
    expected = np.array([3, -4, 0, 12]) * (limit / (13 + 1e-6))
    np.testing.assert_allclose(found, expected, rtol=3 * np.finfo(precision).eps)


@pytest.mark.parametrize("precision", PRECISIONS)
@pytest.mark.parametrize("limit", [13.1, 1e6])
def test_a_short_gradient_stays_as_it_is_to_the_bit(limit, precision):
    gradient = np.array([3, -4, 0, 12], precision) / 1.01
    np.testing.assert_array_equal(clipped(clip_by_norm, gradient, limit, precision), gradient)


@pytest.mark.parametrize("clip", [clip_by_norm, clip_by_value])
@pytest.mark.parametrize("gradient", [[0.0, 0, 0], [1e-45, -1e-40, 0]])
def test_what_is_almost_nothing_stays(clip, gradient):
    np.testing.assert_array_equal(clipped(clip, gradient, 1, "float32"), np.float32(gradient))


@pytest.mark.parametrize(("precision", "huge"), [("float32", 1e38), ("float64", 1e150)])
def test_huge_gradients_keep_their_direction(precision, huge):
    found = clipped(clip_by_norm, [0.6 * huge, -0.8 * huge], 2, precision)
    np.testing.assert_allclose(found, [1.2, -1.6], rtol=1e-6)


@pytest.mark.parametrize("precision", PRECISIONS)
def test_each_part_is_cut_to_the_value(precision):
    found = clipped(clip_by_value, [-3, -0.5, -0.25, 0, 0.5, 1e30, np.inf, -np.inf], 0.5, precision)
    assert found.tolist() == [-0.5, -0.5, -0.25, 0, 0.5, 0.5, 0.5, -0.5]


@pytest.mark.parametrize("clip", [clip_by_norm, clip_by_value])
def test_what_is_lost_is_not_hidden(clip):
    assert np.isnan(clipped(clip, [1, np.nan, 3], 1)).any()


@pytest.mark.parametrize("clip", [clip_by_norm, clip_by_value])
def test_a_limit_changed_in_mid_run_holds_from_the_next_step(clip):
    g, limit = np.array([5.0]), np.array(4.0)
    calls = clip(g, limit, np.empty_like)
    for value in (4.0, 3.0, 2.5):
        limit[()] = value
        g[:] = 5
        run(calls)
        np.testing.assert_allclose(g, value, rtol=1e-6)


@pytest.mark.parametrize("precision", PRECISIONS)
@pytest.mark.parametrize("clip", [clip_by_norm, clip_by_value])
def test_the_prepared_calls_allocate_nothing(clip, precision):
    g = np.ones(100_000, precision)
    growth, peak = memory_of(clip(g, np.array(1, precision), np.empty_like))
    assert growth < 4096
    assert peak < g.nbytes / 4, "a call makes a temporary array"
