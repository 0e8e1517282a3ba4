"""Prepared calls are made in order, whichever way."""

import numpy as np
import pytest

from annstudio.core.calls import flat, make, positive, run


def test_both_ways_make_the_calls_in_order():
    seen = []
    calls = [(seen.append, (1,)), (seen.extend, ([2, 3],)), (seen.append, (4,))]
    run(calls)
    make(flat(calls))
    assert seen == [1, 2, 3, 4, 1, 2, 3, 4]


def test_an_error_comes_through_and_ends_it():
    seen = []
    with pytest.raises(ZeroDivisionError):
        make(flat([(seen.append, (1,)), (divmod, (1, 0)), (seen.append, (2,))]))
    assert seen == [1]


@pytest.mark.parametrize("count", [5, 5000])
@pytest.mark.parametrize("precision", ["float32", "float64"])
def test_positive_is_one_behind_zero_in_short_and_long_arrays(count, precision):
    x = np.maximum(np.random.default_rng(0).normal(size=count), 0).astype(precision)
    x[:2] = 0, np.finfo(precision).tiny
    out = np.full_like(x, 7)
    run([positive(x, out)])
    np.testing.assert_array_equal(out, (x > 0).astype(precision))
