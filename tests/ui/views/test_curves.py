import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from annstudio.ui.views.curves import Curves, cost_scale, metric_scale, smoothed, thin
from tests.ui.views.runs import history


def curves(train, validation=None):
    train = np.asarray(train, float)
    other = np.full(len(train), np.nan) if validation is None else np.asarray(validation, float)
    return Curves(np.arange(len(train), dtype=float), train, other)


def test_of_reads_the_measure():
    cost, metric = Curves.of(history(), "cost"), Curves.of(history(), "metric")
    assert cost.train[-1] == 0.114
    assert metric.validation[0] == 0.4


@given(st.lists(st.floats(0, 100), min_size=1, max_size=30, unique=True), st.floats(-10, 110))
def test_nearest_is_nearest(epochs, wanted):
    epochs = np.sort(np.array(epochs))
    found = Curves(epochs, epochs, epochs).nearest(wanted)
    assert abs(epochs[found] - wanted) == np.abs(epochs - wanted).min()


@given(st.integers(1, 3000), st.integers(1, 200), st.integers(0, 2**31))
def test_thinning_keeps_the_extremes_and_bounds_the_points(points, columns, seed):
    rng = np.random.default_rng(seed)
    x, y = np.sort(rng.uniform(0, 50, points)), rng.normal(size=points)
    thin_x, thin_y = thin(x, y, 50.0, columns)
    assert len(thin_x) == len(thin_y) <= 2 * columns
    assert (thin_y.min(), thin_y.max()) == (y.min(), y.max())
    assert (np.diff(thin_x) >= 0).all()
    # Every pixel column shows its own smallest and largest value.
    if points > 2 * columns:
        column = np.minimum(
            np.searchsorted(np.linspace(0, 50, columns, endpoint=False), x, side="right") - 1, columns - 1
        )
        for k in np.unique(column)[:5]:
            assert {y[column == k].min(), y[column == k].max()} <= set(thin_y)


def test_thinning_leaves_out_what_is_not_finite():
    x, y = thin(np.arange(4.0), np.array([1, np.nan, np.inf, 2]), 4.0, 10)
    assert (x.tolist(), y.tolist()) == ([0, 3], [1, 2])


def test_cost_axis_starts_at_zero_and_holds_both_curves():
    scale = cost_scale(curves([0.7, 0.1], [0.93, 0.2]), False, 4)
    assert (scale.low, scale.high) == (0, 1.0)
    assert scale.ticks[0] == 0


def test_cost_axis_keeps_still_while_the_cost_falls():
    long, short = curves([0.7, 0.5, 0.3, 0.01]), curves([0.7])
    assert cost_scale(long, False, 4) == cost_scale(short, False, 4)


def test_logarithmic_axis_starts_and_ends_where_the_data_do():
    scale = cost_scale(curves([0.7, 0.004]), True, 4)
    assert (10**scale.low, 10**scale.high) == (pytest.approx(0.002), pytest.approx(1))
    assert scale.place_one(0.1) == pytest.approx(-1)
    assert scale.place_one(0.0) == scale.low


@given(st.floats(-12, 12), st.floats(0, 7))
@example(0.0, 1.000000001)
def test_logarithmic_axis_holds_its_data_and_wastes_little(lowest, decades):
    scale = cost_scale(curves([10**lowest, 10 ** (lowest + decades)]), True, 4)
    assert scale.low <= lowest + 1e-6
    assert lowest + decades <= scale.high + 1e-6
    assert scale.high - scale.low < max(decades + 0.8, 1.4)


def test_logarithmic_axis_of_a_cost_that_reaches_zero():
    scale = cost_scale(curves([1.0, 0.0]), True, 4)
    assert (scale.low, scale.high) == (-8, 0)


def test_axis_of_nothing_and_of_infinity():
    assert cost_scale(curves([np.nan]), False, 4).high == 1
    assert cost_scale(curves([np.inf, 0.5]), False, 4).high == 0.5


def test_r2_axis_goes_below_zero_but_not_endlessly():
    assert metric_scale(curves([0.2, 0.9]), True, 4).low == 0
    assert metric_scale(curves([-0.3, 0.9]), False, 4).low == -0.5
    assert metric_scale(curves([-1e6, 0.9]), False, 4).low == -1


@given(st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=300))
def test_smoothed_points_lie_within_their_neighbors(values):
    values = np.array(values)
    reach = max(2, len(values) // 40)
    found = smoothed(values)
    assert found[0] == pytest.approx(values[0], abs=1e-6)
    for place, value in enumerate(found):
        near = values[max(0, place - reach) : place + reach + 1]
        assert near.min() - 1e-6 <= value <= near.max() + 1e-6


def test_smoothing_leaves_out_what_is_not_finite():
    found = smoothed(np.array([1.0, np.nan, 3.0, np.inf, 5.0]))
    assert found.tolist() == [1, 2, 3, 4, 4]
    assert np.isnan(smoothed(np.full(3, np.nan))).all()
