"""How good the outputs are, in the words of the task: accuracy for classes, R² for numbers."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from annstudio.data.dataset import Task

Outputs = NDArray[np.floating[Any]]


def metric_name(task: Task) -> str:
    """Return the key of the task's metric: "accuracy" or "r2"."""
    return "r2" if task is Task.REGRESSION else "accuracy"


def metric(task: Task, outputs: Outputs, targets: Outputs) -> float:
    """Return the task's metric of these outputs; NaN without samples.

    Args:
        task: what the targets mean.
        outputs: of the network, (samples, outputs).
        targets: same shape.
    """
    if not len(targets):
        return float("nan")
    if task is Task.REGRESSION:
        return r_squared(outputs, targets)
    return float((classes_of(task, outputs) == classes_of(task, targets)).mean())


def classes_of(task: Task, outputs: Outputs) -> NDArray[np.intp]:
    """Return the class that each sample's outputs name, (samples,): the larger side of ½, or the largest output."""
    if task is Task.BINARY:
        return (outputs[:, 0] > 0.5).astype(np.intp)
    return np.asarray(outputs.argmax(axis=1), np.intp)


def r_squared(outputs: Outputs, targets: Outputs) -> float:
    """Return R² = 1 − Σ(y − ŷ)² / Σ(y − ȳ)², over all outputs; NaN where the targets do not vary."""
    y, y_pred = targets.astype(np.float64), outputs.astype(np.float64)
    spread = np.square(y - y.mean(axis=0)).sum()
    if spread == 0:
        return float("nan")
    return float(1 - np.square(y - y_pred).sum() / spread)
