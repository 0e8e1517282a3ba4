"""What is said of answers, against the same said by hand."""

import numpy as np
import pytest

from annstudio.data.prepare import Part
from annstudio.data.sources import sources
from annstudio.ui.views.judged import Judged

EXAM, IRIS, LINE = (sources[key].schema for key in ("exam", "iris", "linear"))


def judged(schema, targets, outputs):
    targets, outputs = np.array(targets, float), np.array(outputs, float)
    inputs = np.zeros((len(targets), schema.inputs))
    return Judged(schema, Part(inputs, targets, inputs), outputs)


@pytest.fixture
def binary():
    return judged(EXAM, [[1], [0], [1], [0], [1]], [[0.9], [0.6], [0.4], [0.1], [0.8]])


@pytest.fixture
def multi():
    rows = [[0.7, 0.2, 0.1], [0.1, 0.3, 0.6], [0.2, 0.5, 0.3], [np.nan, 0.5, 0.5]]
    return judged(IRIS, np.eye(3)[[0, 1, 1, 2]], rows)


def test_cells_count_what_is_taken_for_what(binary, multi):
    assert binary.confusion.tolist() == [[1, 1], [1, 2]]
    assert multi.confusion.tolist() == [[1, 0, 0], [0, 1, 1], [0, 0, 0]]
    assert binary.cell(1, 0).tolist() == [2]
    assert multi.cell(1, 2).tolist() == [1]


def test_the_worst_come_first_and_no_answer_is_the_worst(binary, multi):
    assert binary.worst(3).tolist() == [1, 2, 4]
    assert multi.worst(2).tolist() == [3, 1]


def test_the_curve_goes_through_every_threshold_and_its_area_is_the_auc(binary):
    false, true = binary.roc(1)
    assert list(zip(false.tolist(), true.round(3).tolist(), strict=True)) == [
        (0, 0),
        (0, 0.333),
        (0, 0.667),
        (0.5, 0.667),
        (0.5, 1),
        (1, 1),
    ]
    assert np.trapezoid(true, false) == pytest.approx(binary.auc(1))


def test_equal_scores_pass_together():
    tied = judged(EXAM, [[1], [0], [1], [0]], [[0.5], [0.5], [0.5], [0.1]])
    false, true = tied.roc(1)
    assert false.tolist() == [0, 0.5, 1]
    assert true.tolist() == [0, 1, 1]
    assert np.trapezoid(true, false) == pytest.approx(tied.auc(1))


def test_the_area_below_random_curves_is_the_auc():
    rng = np.random.default_rng(0)
    for _ in range(20):
        size = int(rng.integers(5, 60))
        targets = rng.integers(0, 2, (size, 1))
        targets[:2] = [[0], [1]]
        some = judged(EXAM, targets, rng.integers(0, 6, (size, 1)) / 5)
        false, true = some.roc(1)
        assert np.trapezoid(true, false) == pytest.approx(some.auc(1))


def test_residuals_are_answer_minus_target():
    some = judged(LINE, [[1.0], [2.0]], [[1.5], [1.0]])
    assert some.residuals.tolist() == [0.5, -1.0]
    assert some.worst(1).tolist() == [1]
