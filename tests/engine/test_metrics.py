"""Metrics by hand, by what must hold of any samples, and where it is installed by scikit-learn."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annstudio.engine import metrics

CONFUSION = np.array([[3, 1, 0], [2, 4, 0], [1, 1, 0]])
"""Three classes of 4, 6 and 2 samples; the last is never named."""

NAN = float("nan")


@st.composite
def answers(draw, classes=4):
    """Draw true classes and coarse outputs, of which some are equal."""
    samples = draw(st.integers(1, 30))
    rng = np.random.default_rng(draw(st.integers(0, 10**6)))
    return rng.integers(classes, size=samples), rng.integers(0, 6, size=(samples, classes)) / 5


def test_a_confusion_matrix_counts_true_rows_and_named_columns():
    true, named = np.array([0, 0, 1, 2, 2]), np.array([0, 1, 1, 0, 0])
    assert metrics.confusion_matrix(true, named, 3).tolist() == [[1, 1, 0], [0, 1, 0], [2, 0, 0]]
    assert metrics.confusion_matrix(true[:0], named[:0], 2).tolist() == [[0, 0], [0, 0]]


def test_precision_recall_and_f1_by_hand():
    np.testing.assert_allclose(metrics.precision(CONFUSION), [3 / 6, 4 / 6, NAN], rtol=1e-15)
    np.testing.assert_allclose(metrics.recall(CONFUSION), [3 / 4, 4 / 6, 0], rtol=1e-15)
    np.testing.assert_allclose(metrics.f1(CONFUSION), [6 / 10, 8 / 12, 0], rtol=1e-15)
    assert metrics.macro(metrics.precision(CONFUSION)) == pytest.approx((1 / 2 + 2 / 3) / 2)
    assert metrics.macro(metrics.f1(CONFUSION)) == pytest.approx((0.6 + 2 / 3) / 3)
    assert metrics.micro(CONFUSION) == pytest.approx(7 / 12)


def test_a_class_that_is_neither_there_nor_named_has_no_metrics():
    confusion = np.array([[5, 0], [0, 0]])
    for measure in (metrics.precision, metrics.recall, metrics.f1):
        np.testing.assert_array_equal(measure(confusion), [1, NAN])
        assert metrics.macro(measure(confusion)) == 1


def test_without_samples_nothing_can_be_said():
    none, nothing = np.empty(0, np.intp), np.empty((0, 4))
    confusion = metrics.confusion_matrix(none, none, 4)
    found = [
        metrics.accuracy(none, none),
        metrics.top_k_accuracy(none, nothing, 3),
        metrics.micro(confusion),
        metrics.macro(metrics.f1(confusion)),
        metrics.roc_auc(none == 1, nothing[:, 0]),
        metrics.roc_auc_one_vs_rest(none, nothing),
        metrics.rmse(nothing, nothing),
        metrics.mae(nothing, nothing),
        metrics.r_squared(nothing, nothing),
    ]
    assert all(math.isnan(value) for value in found)


def test_the_true_class_is_among_the_largest_outputs():
    outputs = np.array([[0.1, 0.4, 0.3, 0.2]] * 4)
    true = np.arange(4)
    assert [metrics.top_k_accuracy(true, outputs, k) for k in (1, 2, 3, 4)] == [0.25, 0.5, 0.75, 1]
    equal = np.zeros((4, 4))
    assert [metrics.top_k_accuracy(true, equal, k) for k in (1, 3)] == [0.25, 0.75]
    assert metrics.top_k_accuracy(true, np.full((4, 4), NAN), 3) == 0


def test_the_area_under_the_roc_curve_by_hand():
    """Of the pairs (0.35, 0.8 against 0.1, 0.4), three are in order."""
    positive = np.array([False, False, True, True])
    assert metrics.roc_auc(positive, np.array([0.1, 0.4, 0.35, 0.8])) == 0.75
    assert metrics.roc_auc(positive, np.array([0.1, 0.4, 0.4, 0.8])) == 0.875
    assert metrics.roc_auc(positive, np.zeros(4)) == 0.5
    assert metrics.roc_auc(positive, np.array([3.0, 2, 1, 0])) == 0


def test_one_kind_of_sample_or_a_score_that_is_no_number_has_no_area():
    scores = np.array([0.2, 0.7])
    assert math.isnan(metrics.roc_auc(np.array([True, True]), scores))
    assert math.isnan(metrics.roc_auc(np.array([False, False]), scores))
    assert math.isnan(metrics.roc_auc(np.array([True, False]), np.array([0.2, NAN])))
    true, outputs = np.array([0, 1, 0]), np.array([[0.9, 0.1, 0], [0.2, 0.8, 0], [0.6, 0.4, 0]])
    assert metrics.roc_auc_one_vs_rest(true, outputs) == 1


def test_regression_by_hand():
    targets, outputs = np.array([[1.0], [2.0], [6.0]]), np.array([[1.0], [4.0], [5.0]])
    assert metrics.rmse(outputs, targets) == pytest.approx(math.sqrt(5 / 3))
    assert metrics.mae(outputs, targets) == 1
    assert metrics.r_squared(outputs, targets) == pytest.approx(1 - 5 / 14)
    assert metrics.r_squared(np.full((3, 1), 3.0), targets) == pytest.approx(0)
    assert math.isnan(metrics.r_squared(outputs, np.ones((3, 1))))


def test_outputs_beyond_all_bounds_have_infinite_errors():
    wild = np.array([[np.inf], [1e300]])
    targets = np.array([[0.0], [1.0]])
    assert (metrics.rmse(wild, targets), metrics.r_squared(wild, targets)) == (np.inf, -np.inf)


def test_lists_and_truths_as_numbers_will_do():
    assert metrics.accuracy([0, 1, 2, 2], [0, 1, 1, 2]) == 0.75
    assert metrics.confusion_matrix([0, 1], [1, 1], 2).tolist() == [[0, 1], [0, 1]]
    assert metrics.micro([[1, 1], [0, 2]]) == 0.75
    assert metrics.precision([[1, 0], [0, 2]]).tolist() == [1, 1]
    assert metrics.macro([0.5, NAN, 1.0]) == 0.75
    assert metrics.top_k_accuracy([0, 1], [[0.2, 0.8], [0.2, 0.8]], 1) == 0.5
    for positive in ([0, 0, 1, 1], np.array([0, 0, 1, 1]), [0.0, 0.0, 1.0, 1.0], [False, False, True, True]):
        assert metrics.roc_auc(positive, [0.1, 0.4, 0.35, 0.8]) == 0.75
    assert metrics.roc_auc_one_vs_rest([0, 1], [[0.9, 0.1], [0.2, 0.8]]) == 1
    assert (metrics.mae([1, 2], [1, 4]), metrics.rmse([0], [3])) == (1, 3)
    assert metrics.r_squared([1.0, 2.0], [1.0, 2.0]) == 1


@pytest.mark.parametrize("measure", [metrics.rmse, metrics.mae, metrics.r_squared])
def test_errors_of_other_shapes_are_refused(measure):
    with pytest.raises(ValueError, match=r"not \(3, 1\) and \(3,\)"):
        measure(np.zeros((3, 1)), np.arange(3.0))
    with pytest.raises(ValueError, match=r"not \(3,\) and \(1,\)"):
        measure([1, 2, 3], [1])


def test_classes_of_other_shapes_are_refused():
    with pytest.raises(ValueError, match=r"not \(2,\) and \(1,\)"):
        metrics.accuracy([0, 1], [0])
    with pytest.raises(ValueError, match=r"not \(2,\) and \(1,\)"):
        metrics.confusion_matrix([0, 1], [0], 2)
    with pytest.raises(ValueError, match=r"not \(2,\) and \(3,\)"):
        metrics.top_k_accuracy([0, 1], np.zeros((3, 2)), 1)
    with pytest.raises(ValueError, match=r"not \(2,\) and \(3,\)"):
        metrics.roc_auc([0, 1], [0.1, 0.2, 0.3])


@pytest.mark.parametrize("given", [[[1, 0], [0, 1]], [0.5, 1], [NAN, 0]], ids=["one-hot", "halves", "NaN"])
def test_what_is_no_class_number_is_refused(given):
    with pytest.raises(ValueError, match="class numbers must be whole"):
        metrics.accuracy(given, [0, 1])


@pytest.mark.parametrize("given", [[0, 2], [-1, 1]])
def test_classes_that_there_are_not_are_refused(given):
    with pytest.raises(ValueError, match="class numbers must be 0 to 1, not "):
        metrics.confusion_matrix(given, [0, 1], 2)
    with pytest.raises(ValueError, match="class numbers must be 0 to 1, not "):
        metrics.roc_auc(given, [0.2, 0.7])


@given(answers())
def test_what_holds_of_any_samples(drawn):
    true, outputs = drawn
    named = outputs.argmax(axis=1)
    confusion = metrics.confusion_matrix(true, named, 4)
    accuracy = metrics.accuracy(true, named)
    assert confusion.sum() == len(true)
    assert metrics.micro(confusion) == accuracy
    shares = [metrics.top_k_accuracy(true, outputs, k) for k in (1, 2, 3, 4)]
    assert shares == sorted(shares)
    assert (shares[0], shares[3]) == (accuracy, 1)
    with np.errstate(invalid="ignore"):
        p, r = metrics.precision(confusion), metrics.recall(confusion)
        harmonic = np.where(p + r > 0, 2 * p * r / (p + r), 0)
    both = np.isfinite(p) & np.isfinite(r)
    np.testing.assert_allclose(metrics.f1(confusion)[both], harmonic[both], rtol=1e-14)


@given(answers())
def test_the_area_is_the_share_of_pairs_in_order(drawn):
    true, outputs = drawn
    for number in range(4):
        positive, scores = true == number, outputs[:, number]
        high, low = scores[positive][:, None], scores[~positive]
        pairs = (high > low) + 0.5 * (high == low)
        area = metrics.roc_auc(positive, scores)
        assert math.isnan(area) if not pairs.size else area == pytest.approx(pairs.mean())
        assert math.isnan(area) or metrics.roc_auc(~positive, scores) == pytest.approx(1 - area)


@given(answers())
@settings(max_examples=15)
def test_scikit_learn_agrees(drawn):
    learn = pytest.importorskip("sklearn.metrics")
    true, outputs = drawn
    named, classes = outputs.argmax(axis=1), np.arange(4)
    confusion = metrics.confusion_matrix(true, named, 4)
    assert confusion.tolist() == learn.confusion_matrix(true, named, labels=classes).tolist()
    found = (metrics.precision(confusion), metrics.recall(confusion), metrics.f1(confusion))
    expected = learn.precision_recall_fscore_support(true, named, labels=classes, zero_division=np.nan)
    for ours, theirs in zip(found, expected, strict=False):
        np.testing.assert_allclose(ours, theirs, rtol=1e-14)
    present = (true == 0).any() and (true != 0).any()
    if present:
        assert metrics.roc_auc(true == 0, outputs[:, 0]) == pytest.approx(learn.roc_auc_score(true == 0, outputs[:, 0]))
    assert metrics.rmse(outputs[:, :1], true[:, None]) == pytest.approx(
        math.sqrt(learn.mean_squared_error(true, outputs[:, 0]))
    )
    if np.ptp(true):
        assert metrics.r_squared(outputs[:, :1], true[:, None]) == pytest.approx(learn.r2_score(true, outputs[:, 0]))
