"""How good the outputs are, in the words of the task: accuracy for classes, R² for numbers, and what else there is."""

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from annstudio.data.dataset import Task
from annstudio.engine import metrics
from annstudio.engine.metrics import r_squared

__all__ = ["NO_CLASS", "all_metrics", "classes_of", "metric", "metric_name", "metric_of", "r_squared"]

Outputs = NDArray[np.floating[Any]]

_HALF = 0.5
"""Lies between the targets 0 and 1, and between the outputs that most losses ask for."""

NO_CLASS = -1
"""In place of the class where the outputs name none; it counts as wrong."""


def metric_name(task: Task) -> str:
    """Return the key of the task's metric: "accuracy" or "r2"."""
    return "r2" if task is Task.REGRESSION else "accuracy"


def metric_of(task: Task, targets: Outputs, threshold: float = _HALF) -> Callable[[Outputs], float]:
    """Return what measures the task's metric of outputs, (samples, outputs), again and again.

    It gives NaN where there are no samples.

    Args:
        task: what the targets mean.
        targets: (samples, outputs).
        threshold: of the loss that the network is trained with; see classes_of.
    """
    if task is Task.REGRESSION:
        return lambda outputs: r_squared(outputs, targets)
    true = classes_of(task, targets)
    return lambda outputs: metrics.accuracy(true, classes_of(task, outputs, threshold))


def metric(task: Task, outputs: Outputs, targets: Outputs, threshold: float = _HALF) -> float:
    """Return the task's metric of these outputs; see metric_of."""
    return metric_of(task, targets, threshold)(outputs)


def classes_of(task: Task, outputs: Outputs, threshold: float = _HALF) -> NDArray[np.intp]:
    """Return the class that each sample's outputs name, (samples,); −1 where an output is no number.

    Args:
        task: binary or multi-class.
        outputs: of the network, or targets, (samples, outputs).
        threshold: where a single output passes from class 0 to class 1: ½ for targets and for most losses, 0 for the
            scores of a hinge loss; see Loss.threshold. Of several outputs the largest names the class.
    """
    named = outputs[:, 0] > threshold if task is Task.BINARY else outputs.argmax(axis=1)
    return np.where(np.isnan(outputs).any(axis=1), NO_CLASS, named.astype(np.intp))


def all_metrics(task: Task, outputs: Outputs, targets: Outputs, threshold: float = _HALF) -> dict[str, Any]:
    """Return everything that can be measured by name, the task's metric first; arguments as in metric.

    Precision, recall and F₁ are those of class 1 for a yes-or-no task, else the means over the classes. "confusion"
    has a row per true class; a sample without an answer is in none of its columns.
    """
    if task is Task.REGRESSION:
        names = {"r2": r_squared, "rmse": metrics.rmse, "mae": metrics.mae}
        return {name: measure(outputs, targets) for name, measure in names.items()}
    true, named = classes_of(task, targets), classes_of(task, outputs, threshold)
    binary = task is Task.BINARY
    classes = 2 if binary else outputs.shape[1]
    # The last column is that of no class, so that such samples count where they belong.
    counts = metrics.confusion_matrix(true, named % (classes + 1), classes + 1)
    by_class = {"precision": metrics.precision, "recall": metrics.recall, "f1": metrics.f1}
    found: dict[str, Any] = {"accuracy": metrics.accuracy(true, named)}
    for name, measure in by_class.items():
        values = measure(counts)[:classes]
        found[name] = float(values[1]) if binary else metrics.macro(values)
    found["auc"] = metrics.roc_auc(true == 1, outputs[:, 0]) if binary else metrics.roc_auc_one_vs_rest(true, outputs)
    if classes > 3:
        found["top3"] = metrics.top_k_accuracy(true, outputs, 3)
    return {**found, "confusion": counts[:classes, :classes].tolist()}
