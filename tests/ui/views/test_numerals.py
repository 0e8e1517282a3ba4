import math
from itertools import pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from annstudio.ui.views.numerals import (
    figure,
    log_ticks,
    nice_ceiling,
    nice_step,
    nice_ticks,
    percent,
    power_label,
    short_figure,
    subscript,
    tick_labels,
)

NUMBERS = st.floats(-1e9, 1e9)
SPANS = st.floats(1e-6, 1e9)


@given(NUMBERS, SPANS, st.integers(1, 20))
def test_ticks_are_round_even_within_and_not_too_many(low, span, most):
    high = low + span
    assume(high - low > 1e-7 * max(abs(low), abs(high)))
    ticks = nice_ticks(low, high, most)
    step = nice_step(high - low, most)
    assert round(step / 10 ** math.floor(math.log10(step) + 1e-9), 6) in {1, 2, 5}
    assert len(ticks) <= most + 1
    slack = 1e-6 * step
    assert all(low - slack <= tick <= high + slack for tick in ticks)
    assert all(b - a == pytest.approx(step) for a, b in pairwise(ticks))
    # No round number of this step is left out at either end.
    assert not ticks or (ticks[0] - step < low + slack and ticks[-1] + step > high - slack)


@given(st.floats(-1e4, 1e4), st.floats(0.01, 1e4), st.integers(2, 12))
def test_labels_say_the_ticks_and_differ(low, span, most):
    ticks = nice_ticks(low, low + span, most)
    assume(len(ticks) > 1)
    labels = tick_labels(ticks)
    assert len(set(labels)) == len(labels)
    written = [float(label.replace("−", "-").replace(",", "")) for label in labels]
    assert written == pytest.approx(ticks, abs=1e-9 * max(1, *map(abs, ticks)))


@pytest.mark.parametrize(("low", "high"), [(1, 1), (2, 1), (0, math.inf), (math.nan, 1), (1e16, 1e16 + 2)])
def test_no_ticks_where_there_is_no_range(low, high):
    assert nice_ticks(low, high, 5) == []


def test_known_ticks():
    assert tick_labels(nice_ticks(-1.2, 13.2, 4)) == ["0", "5", "10"]
    assert tick_labels(nice_ticks(0, 0.8, 4)) == ["0.0", "0.2", "0.4", "0.6", "0.8"]
    assert tick_labels(nice_ticks(-1.8, 1.8, 4)) == ["−1", "0", "1"]
    assert tick_labels(nice_ticks(0, 30000, 3)) == ["0", "10,000", "20,000", "30,000"]


def test_log_ticks_are_powers_of_ten_with_two_and_five_where_there_is_room():
    assert log_ticks(0.01, 100, 5) == pytest.approx([0.01, 0.1, 1, 10, 100])
    assert log_ticks(0.1, 1, 6) == pytest.approx([0.1, 0.2, 0.5, 1])
    assert log_ticks(1e-8, 1, 4) == pytest.approx([1e-8, 1e-6, 1e-4, 1e-2, 1])
    assert [power_label(tick) for tick in (0.01, 500, 1e-6, 2e-5)] == ["0.01", "500", "10⁻⁶", "2·10⁻⁵"]


@given(st.floats(1e-30, 1e30))
def test_ceiling_is_close_above(value):
    assert value * (1 - 1e-8) <= nice_ceiling(value) <= 1.34 * value


@pytest.mark.parametrize("value", [0, -3, math.nan, math.inf])
def test_ceiling_of_nothing(value):
    assert nice_ceiling(value) == 1


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (0.114, "0.114"),
        (0.1, "0.100"),
        (-0.4821, "−0.482"),
        (12, "12.0"),
        (128.4, "128"),
        (999.4, "999"),
        (999.6, "1,000"),
        (12345.6, "12,346"),
        (1.8e-5, "1.80e−5"),
        (-2e9, "−2.00e9"),
        (0, "0"),
        (-0.0, "0"),
        (math.nan, "–"),
        (math.inf, "∞"),
        (-math.inf, "−∞"),
    ],
)
def test_figure(value, written):
    assert figure(value) == written


@pytest.mark.parametrize(
    ("value", "written"), [(15, "15"), (7.5, "7.5"), (-0.125, "−0.125"), (0, "0"), (-0.0, "0"), (4321, "4,321")]
)
def test_short_figure(value, written):
    assert short_figure(value) == written


def test_percent_never_claims_certainty():
    assert percent(0.834) == "83"
    assert percent(1) == "100"
    assert percent(0) == "0"
    assert percent(0.9999).endswith("99")
    assert percent(0.9999).startswith(">")
    assert percent(0.0001).startswith("<")


def test_subscript():
    assert subscript(120) == "₁₂₀"
