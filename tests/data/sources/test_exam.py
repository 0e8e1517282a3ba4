import numpy as np
import pytest

from annstudio.core.random import stream
from annstudio.data.sources import sources

EXAM = sources["exam"]


def drawn(seed=0, **params):
    return EXAM().make(EXAM.info.check(params), stream(seed, "data"))


def chance(data, noise):
    """The stated rule, written out once more."""
    lectures, hours = data.inputs.T
    return 1 / (1 + np.exp(-(2 * lectures + hours - 33) / noise))


def test_lectures_are_whole_and_hours_are_halves():
    lectures, hours = drawn(samples=5000).inputs.T
    assert set(lectures) == set(range(13))
    assert np.array_equal(2 * hours, np.round(2 * hours))
    assert 0 <= hours.min() < 2
    assert 37 < hours.max() <= 40


@pytest.mark.parametrize("seed", range(10))
def test_by_default_the_classes_are_balanced_and_nine_of_ten_predictable(seed):
    data = drawn(seed)
    p = chance(data, EXAM.info.param("noise").default)
    assert 0.4 < data.labels.mean() < 0.6
    assert np.maximum(p, 1 - p).mean() == pytest.approx(0.91, abs=0.02)
    assert ((p > 0.5) == data.labels).mean() == pytest.approx(0.91, abs=0.06)


@pytest.mark.parametrize("noise", [0.5, 2.0, 20.0])
def test_labels_are_drawn_with_the_stated_chance(noise):
    data = drawn(samples=5000, noise=noise)
    p = chance(data, noise)
    for low, high in ((0.0, 0.2), (0.2, 0.4), (0.4, 0.6), (0.6, 0.8), (0.8, 1.0)):
        here = (low <= p) & (p <= high)
        tolerance = 5 * np.sqrt((p[here] * (1 - p[here])).sum())
        assert abs(data.labels[here].sum() - p[here].sum()) <= tolerance


def test_without_luck_the_points_decide():
    data = drawn(noise=0.0)
    lectures, hours = data.inputs.T
    assert np.array_equal(data.labels == 1, 2 * lectures + hours >= 33)


def test_luck_changes_the_results_and_not_the_students():
    assert np.array_equal(drawn(noise=0.0).inputs, drawn(noise=5.0).inputs)
