"""How good the outputs are, in numbers that a person can read: for classes and for quantities.

Losses are made to be minimized, metrics to be understood. Class metrics take class numbers from 0 to K − 1, true and
named; those of a ranking take the outputs themselves. A metric that the samples leave undefined is NaN. All take
lists as well as arrays, and raise a ValueError where shapes differ that must be the same: broadcast, they would give a
number that means nothing.
"""

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from annstudio.core.calls import Array

Labels = NDArray[np.intp]
Counts = NDArray[np.intp]


def accuracy(true: ArrayLike, named: ArrayLike) -> float:
    """Return the share of samples whose class is named rightly; NaN without samples."""
    true, named = _labels(true), _labels(named)
    _check_alike(true, named)
    return np.count_nonzero(true == named) / len(true) if len(true) else float("nan")


def top_k_accuracy(true: ArrayLike, outputs: ArrayLike, k: int) -> float:
    """Return the share of samples whose true class is among the k largest outputs; NaN without samples.

    Of equal outputs the one of the lower class counts as larger, as for argmax: with k = 1 it is the accuracy.

    Args:
        true: class numbers, (samples,).
        outputs: (samples, classes).
        k: from 1 to the number of classes.
    """
    true, outputs = _labels(true), np.asarray(outputs)
    _check_alike(true, outputs[:, 0])
    if not len(true):
        return float("nan")
    own = np.take_along_axis(outputs, true[:, np.newaxis], axis=1)
    before = np.arange(outputs.shape[1]) < true[:, np.newaxis]
    # So written that an output that is no number is never among the largest.
    behind = (outputs < own) | ((outputs == own) & ~before)
    return float((outputs.shape[1] - behind.sum(axis=1) < k).mean())


def confusion_matrix(true: ArrayLike, named: ArrayLike, classes: int) -> Counts:
    """Return how often each class is taken for each, (classes, classes): the row is the true class."""
    true, named = _labels(true, classes), _labels(named, classes)
    _check_alike(true, named)
    counts = np.bincount(true * classes + named, minlength=classes * classes)
    return counts.reshape(classes, classes)


def precision(confusion: ArrayLike) -> Array:
    """Return for each class the share of the samples named so that are so, (classes,).

    NaN for a class that is never named: of no samples, no share is right.
    """
    counts = np.asarray(confusion)
    return _shares(np.diagonal(counts), counts.sum(axis=0))


def recall(confusion: ArrayLike) -> Array:
    """Return for each class the share of its samples that are named so, (classes,); NaN for one without samples."""
    counts = np.asarray(confusion)
    return _shares(np.diagonal(counts), counts.sum(axis=1))


def f1(confusion: ArrayLike) -> Array:
    """Return the harmonic mean of precision and recall of each class, (classes,): F₁ = 2TP / (2TP + FP + FN).

    So written it is 0 for a class that has samples but is never named. NaN for one that has none and is never named.
    Source: van Rijsbergen 1979, Information retrieval, chapter 7.
    """
    counts = np.asarray(confusion)
    return _shares(2 * np.diagonal(counts), counts.sum(axis=0) + counts.sum(axis=1))


def macro(values: ArrayLike) -> float:
    """Return the mean of a metric over the classes that have it, so that each class counts the same; NaN if none."""
    values = np.asarray(values)
    known = values[np.isfinite(values)]
    return float(known.mean()) if known.size else float("nan")


def micro(confusion: ArrayLike) -> float:
    """Return precision over the samples of all classes together, so that each sample counts the same.

    Where a sample has one class and gets one name, each wrong name is a false positive of one class and a false
    negative of another, so precision, recall, F₁ and accuracy are all this number. NaN without samples.
    """
    counts = np.asarray(confusion)
    return float(np.trace(counts) / counts.sum()) if counts.any() else float("nan")


def roc_auc(positive: ArrayLike, scores: ArrayLike) -> float:
    """Return the area under the ROC curve: how likely a positive sample has a higher score than a negative one.

    By ranks, AUC = (R⁺ − n⁺(n⁺ + 1)/2) / (n⁺ n⁻), R⁺ the sum of the ranks of the positive ones; equal scores share
    their mean rank, so that a tie counts for one half. NaN where all samples are of one kind, since there is no pair
    to compare, or where a score is no number. Source: Hanley & McNeil 1982, The meaning and use of the area under a
    receiver operating characteristic (ROC) curve.

    Args:
        positive: which samples are positive, (samples,): truths, or 1 and 0.
        scores: (samples,).
    """
    positive, scores = _labels(positive, 2).astype(bool), np.asarray(scores)
    _check_alike(positive, scores)
    yes = int(positive.sum())
    no = len(positive) - yes
    if not yes or not no or np.isnan(scores).any():
        return float("nan")
    return float((_ranks(scores)[positive].sum() - yes * (yes + 1) / 2) / (yes * no))


def roc_auc_one_vs_rest(true: ArrayLike, outputs: ArrayLike) -> float:
    """Return the mean of each class's area under the ROC curve, its samples against all others.

    Classes without samples, and one that has all of them, have none and do not count; NaN if no class has.

    Args:
        true: class numbers, (samples,).
        outputs: (samples, classes).
    """
    true, outputs = _labels(true), np.asarray(outputs)
    areas = [roc_auc(true == number, outputs[:, number]) for number in range(outputs.shape[1])]
    return macro(np.array(areas))


def rmse(outputs: ArrayLike, targets: ArrayLike) -> float:
    """Return the root of the mean squared error over all elements, in the unit of the targets; NaN without any."""
    errors = _errors(outputs, targets)
    with np.errstate(over="ignore"):
        return float(np.sqrt(np.square(errors).mean())) if errors.size else float("nan")


def mae(outputs: ArrayLike, targets: ArrayLike) -> float:
    """Return the mean absolute error over all elements, in the unit of the targets; NaN without any."""
    sizes = np.abs(_errors(outputs, targets))
    return float(sizes.mean()) if sizes.size else float("nan")


def r_squared(outputs: ArrayLike, targets: ArrayLike) -> float:
    """Return R² = 1 − Σ(y − ŷ)² / Σ(y − ȳ)², over all elements, ȳ the mean of each output's targets.

    1 is perfect; 0 is what the mean achieves, and worse is negative. NaN where the targets do not vary, since there
    is nothing to explain, or without samples.
    """
    errors, y = _errors(outputs, targets), np.asarray(targets, np.float64)
    spread = np.square(y - y.mean(axis=0)).sum() if len(y) else 0
    if spread == 0:
        return float("nan")
    with np.errstate(over="ignore"):
        return float(1 - np.square(errors).sum() / spread)


def _errors(outputs: ArrayLike, targets: ArrayLike) -> NDArray[np.float64]:
    """Return ŷ − y in double precision."""
    y_pred, y = np.asarray(outputs, np.float64), np.asarray(targets, np.float64)
    _check_alike(y_pred, y)
    return y_pred - y


def _labels(given: ArrayLike, classes: int | None = None) -> Labels:
    """Return class numbers as an array, (samples,)."""
    values = np.asarray(given)
    with np.errstate(invalid="ignore"):
        labels = values.astype(np.intp)
    if values.ndim != 1 or (labels != values).any():
        raise ValueError(f"class numbers must be whole numbers, (samples,), not {values.dtype} of shape {values.shape}")
    if classes is not None and not ((labels >= 0) & (labels < classes)).all():
        raise ValueError(f"class numbers must be 0 to {classes - 1}, not {labels.min()} to {labels.max()}")
    return labels


def _check_alike(one: NDArray[Any], other: NDArray[Any]) -> None:
    if one.shape != other.shape:
        raise ValueError(f"shapes must be the same, not {one.shape} and {other.shape}")


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
