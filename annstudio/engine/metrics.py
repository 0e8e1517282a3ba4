"""How good the outputs are, in numbers that a person can read: for classes and for quantities.

Losses are made to be minimized, metrics to be understood. Class metrics take class numbers from 0 to K − 1, true and
named; those of a ranking take the outputs themselves. A metric that the samples leave undefined is NaN.
"""

import numpy as np
from numpy.typing import NDArray

from annstudio.engine.calls import Array

Labels = NDArray[np.intp]
Counts = NDArray[np.intp]


def accuracy(true: Labels, named: Labels) -> float:
    """Return the share of samples whose class is named rightly; NaN without samples."""
    return np.count_nonzero(true == named) / len(true) if len(true) else float("nan")


def top_k_accuracy(true: Labels, outputs: Array, k: int) -> float:
    """Return the share of samples whose true class is among the k largest outputs; NaN without samples.

    Of equal outputs the one of the lower class counts as larger, as for argmax: with k = 1 it is the accuracy.

    Args:
        true: class numbers, (samples,).
        outputs: (samples, classes).
        k: from 1 to the number of classes.
    """
    if not len(true):
        return float("nan")
    own = np.take_along_axis(outputs, true[:, np.newaxis], axis=1)
    before = np.arange(outputs.shape[1]) < true[:, np.newaxis]
    # So written that an output that is no number is never among the largest.
    behind = (outputs < own) | ((outputs == own) & ~before)
    return float((outputs.shape[1] - behind.sum(axis=1) < k).mean())


def confusion_matrix(true: Labels, named: Labels, classes: int) -> Counts:
    """Return how often each class is taken for each, (classes, classes): the row is the true class."""
    counts = np.bincount(true * classes + named, minlength=classes * classes)
    return counts.reshape(classes, classes)


def precision(confusion: Counts) -> Array:
    """Return for each class the share of the samples named so that are so, (classes,).

    NaN for a class that is never named: of no samples, no share is right.
    """
    return _shares(np.diagonal(confusion), confusion.sum(axis=0))


def recall(confusion: Counts) -> Array:
    """Return for each class the share of its samples that are named so, (classes,); NaN for one without samples."""
    return _shares(np.diagonal(confusion), confusion.sum(axis=1))


def f1(confusion: Counts) -> Array:
    """Return the harmonic mean of precision and recall of each class, (classes,): F₁ = 2TP / (2TP + FP + FN).

    So written it is 0 for a class that has samples but is never named. NaN for one that has none and is never named.
    Source: van Rijsbergen 1979, Information retrieval, chapter 7.
    """
    right = 2 * np.diagonal(confusion)
    return _shares(right, confusion.sum(axis=0) + confusion.sum(axis=1))


def macro(values: Array) -> float:
    """Return the mean of a metric over the classes that have it, so that each class counts the same; NaN if none."""
    known = values[np.isfinite(values)]
    return float(known.mean()) if known.size else float("nan")


def micro(confusion: Counts) -> float:
    """Return precision over the samples of all classes together, so that each sample counts the same.

    Where a sample has one class and gets one name, each wrong name is a false positive of one class and a false
    negative of another, so precision, recall, F₁ and accuracy are all this number. NaN without samples.
    """
    return float(np.trace(confusion) / confusion.sum()) if confusion.any() else float("nan")


def roc_auc(positive: NDArray[np.bool_], scores: Array) -> float:
    """Return the area under the ROC curve: how likely a positive sample has a higher score than a negative one.

    By ranks, AUC = (R⁺ − n⁺(n⁺ + 1)/2) / (n⁺ n⁻), R⁺ the sum of the ranks of the positive ones; equal scores share
    their mean rank, so that a tie counts for one half. NaN where all samples are of one kind, since there is no pair
    to compare, or where a score is no number. Source: Hanley & McNeil 1982, The meaning and use of the area under a
    receiver operating characteristic (ROC) curve.

    Args:
        positive: which samples are positive, (samples,).
        scores: (samples,).
    """
    yes = int(positive.sum())
    no = len(positive) - yes
    if not yes or not no or np.isnan(scores).any():
        return float("nan")
    return float((_ranks(scores)[positive].sum() - yes * (yes + 1) / 2) / (yes * no))


def roc_auc_one_vs_rest(true: Labels, outputs: Array) -> float:
    """Return the mean of each class's area under the ROC curve, its samples against all others.

    Classes without samples, and one that has all of them, have none and do not count; NaN if no class has.

    Args:
        true: class numbers, (samples,).
        outputs: (samples, classes).
    """
    areas = [roc_auc(true == number, outputs[:, number]) for number in range(outputs.shape[1])]
    return macro(np.array(areas))


def rmse(outputs: Array, targets: Array) -> float:
    """Return the root of the mean squared error over all elements, in the unit of the targets; NaN without any."""
    squares = _squares(outputs, targets)
    return float(np.sqrt(squares.mean())) if squares.size else float("nan")


def mae(outputs: Array, targets: Array) -> float:
    """Return the mean absolute error over all elements, in the unit of the targets; NaN without any."""
    sizes = np.abs(outputs.astype(np.float64) - targets)
    return float(sizes.mean()) if sizes.size else float("nan")


def r_squared(outputs: Array, targets: Array) -> float:
    """Return R² = 1 − Σ(y − ŷ)² / Σ(y − ȳ)², over all elements, ȳ the mean of each output's targets.

    1 is perfect; 0 is what the mean achieves, and worse is negative. NaN where the targets do not vary, since there
    is nothing to explain, or without samples.
    """
    y = targets.astype(np.float64)
    spread = np.square(y - y.mean(axis=0)).sum() if len(y) else 0
    if spread == 0:
        return float("nan")
    return float(1 - _squares(outputs, targets).sum() / spread)


def _squares(outputs: Array, targets: Array) -> NDArray[np.float64]:
    with np.errstate(over="ignore"):
        squares: NDArray[np.float64] = np.square(outputs.astype(np.float64) - targets)
    return squares


def _shares(part: Counts, whole: Counts) -> Array:
    """Return part / whole, NaN where whole is 0."""
    shares: Array = np.divide(part, whole, out=np.full(whole.shape, np.nan), where=whole != 0)
    return shares


def _ranks(values: Array) -> NDArray[np.float64]:
    """Return the rank of each value from 1 on; equal values share the mean of theirs."""
    _, place, counts = np.unique(values, return_inverse=True, return_counts=True)
    last = np.cumsum(counts)
    means: NDArray[np.float64] = last - (counts - 1) / 2
    return means[place]
