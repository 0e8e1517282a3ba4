import math

import numpy as np
import pytest

from annstudio.core.calls import run
from annstudio.engine.erfc import erfc
from tests.engine.oracle import ARRAYS, arrays_in, memory_of


def value(x):
    out = np.empty_like(x)
    with np.errstate(all="ignore"):
        run(erfc(x, out, np.empty_like))
    return out


def exact(x):
    return np.array([math.erfc(each) for each in x])


@pytest.mark.parametrize(("low", "high", "rtol"), [(-6, 0, 1e-15), (0, 3, 3e-15), (3, 10, 2e-14), (10, 26.5, 1e-13)])
def test_it_meets_the_standard_library(low, high, rtol):
    x = np.linspace(low, high, 20_001)
    np.testing.assert_allclose(value(x), exact(x), rtol=rtol)


def test_it_meets_the_reference_values_of_gelu():
    x = ARRAYS["act.x"][np.abs(ARRAYS["act.x"]) < 37.5]
    expected = ARRAYS["act.gelu_erf.y_true"][np.abs(ARRAYS["act.x"]) < 37.5]
    np.testing.assert_allclose(x / 2 * value(-x / math.sqrt(2)), expected, rtol=2e-13, atol=5e-324)


def test_the_tail_follows_its_asymptotic_series():
    """erfc x = exp(−x²) / (x√π)·(1 − 1/(2x²) + 3/(4x⁴) − 15/(8x⁶) + …)."""
    x = np.linspace(20, 26.5, 1001)
    w = 1 / (2 * x * x)
    series = 1 - w * (1 - 3 * w * (1 - 5 * w * (1 - 7 * w * (1 - 9 * w))))
    np.testing.assert_allclose(value(x), np.exp(-x * x) / (x * math.sqrt(math.pi)) * series, rtol=2e-13)


def test_ends_zeros_and_nan():
    found = value(np.array([-np.inf, -1e300, -0.0, 0.0, 1e300, np.inf, np.nan]))
    np.testing.assert_allclose(found, [2, 2, 1, 1, 0, 0, np.nan], rtol=1e-15)


def test_x_and_its_opposite_make_two():
    x = np.linspace(0, 6, 1001)
    np.testing.assert_allclose(value(x) + value(-x), 2, rtol=3e-16)


def test_single_precision_stays_single_and_needs_fewer_terms():
    x = np.linspace(-4, 4, 1001, dtype=np.float32)
    np.testing.assert_allclose(value(x), exact(x), rtol=3e-6)
    assert value(x).dtype == np.float32
    calls = erfc(x, np.empty_like(x), np.empty_like)
    assert {array.dtype for array in arrays_in(calls)} == {np.dtype(np.float32)}
    double = x.astype(np.float64)
    assert len(calls) < len(erfc(double, np.empty_like(double), np.empty_like))


def test_it_allocates_nothing():
    x = np.random.default_rng(0).normal(size=(64, 1024))
    growth, peak = memory_of(erfc(x, np.empty_like(x), np.empty_like))
    assert growth < 4096
    assert peak < x.nbytes / 4
