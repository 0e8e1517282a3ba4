"""What a data set is: its columns, its task and its numbers."""

from dataclasses import dataclass
from enum import StrEnum
from math import prod

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Indices = NDArray[np.intp]


class Task(StrEnum):
    """What a network is to learn from the data; it decides the outputs and which losses fit."""

    BINARY = "binary"
    MULTI_CLASS = "multi_class"
    REGRESSION = "regression"


@dataclass(frozen=True)
class Column:
    """One measured quantity.

    Args:
        name: marked name for axes and tables.
        unit: marked unit, empty when there is none.
    """

    name: str
    unit: str = ""


@dataclass(frozen=True)
class Schema:
    """What the numbers of a data set mean.

    Args:
        task: what is to be learned.
        features: one column per input.
        target: what is to be predicted.
        classes: marked class names by class number, two for a binary task, none for regression.
        image_shape: (rows, columns) when the features are the pixels of a picture, row by row.
        others: further targets of a regression.

    Raises:
        ValueError: the parts contradict each other (an error of the program).
    """

    task: Task
    features: tuple[Column, ...]
    target: Column
    classes: tuple[str, ...] = ()
    image_shape: tuple[int, int] | None = None
    others: tuple[Column, ...] = ()

    def __post_init__(self) -> None:
        if not self.features:
            raise ValueError("a schema needs at least one feature")
        if not _classes_fit(self.task, len(self.classes)):
            raise ValueError(f"{len(self.classes)} classes do not fit the task {self.task}")
        if self.image_shape is not None and prod(self.image_shape) != len(self.features):
            raise ValueError(f"{len(self.features)} features are no picture of shape {self.image_shape}")

    @property
    def inputs(self) -> int:
        """Number of features."""
        return len(self.features)

    @property
    def outputs(self) -> int:
        """Number of target columns: one or those of a regression, or one per class of a multi-class task."""
        return len(self.classes) if self.task is Task.MULTI_CLASS else len(self.answers)

    @property
    def answers(self) -> tuple[Column, ...]:
        """What is to be predicted: the target, and the others of a regression."""
        return (self.target, *self.others)


@dataclass(frozen=True, eq=False)
class DataSet:
    """Samples to learn from. The arrays may be shared between data sets: never write into them.

    Args:
        schema: what the columns mean.
        inputs: (samples, features), in the units of the columns.
        targets: (samples, outputs); 0 or 1 for a binary task, one-hot rows for multi-class, else values.

    Raises:
        ValueError: the arrays do not fit the schema or are not finite (an error of the program).
    """

    schema: Schema
    inputs: Array
    targets: Array

    def __post_init__(self) -> None:
        samples = len(self.inputs)
        if samples == 0:
            raise ValueError("a data set needs at least one sample")
        _check_array("inputs", self.inputs, (samples, self.schema.inputs))
        _check_array("targets", self.targets, (samples, self.schema.outputs))
        if self.schema.task is not Task.REGRESSION and not _are_indicators(self.targets):
            raise ValueError("class targets must be 0 or 1, and one-hot when there are several columns")

    @property
    def samples(self) -> int:
        """Number of samples."""
        return len(self.inputs)

    @property
    def labels(self) -> Indices:
        """The class number of every sample, (samples,).

        Raises:
            ValueError: the task is regression, which has no classes.
        """
        if self.schema.task is Task.REGRESSION:
            raise ValueError("a regression has no classes")
        if self.schema.task is Task.BINARY:
            return self.targets[:, 0].astype(np.intp)
        labels: Indices = self.targets.argmax(axis=1)
        return labels


def one_hot(labels: Indices, classes: int) -> Array:
    """Return one row per label with a 1 at the label's place.

    Args:
        labels: class numbers from 0 to classes − 1, (samples,).
        classes: number of columns of the result, (samples, classes).
    """
    return np.eye(classes)[labels]


def _classes_fit(task: Task, classes: int) -> bool:
    if task is Task.REGRESSION:
        return classes == 0
    return classes == 2 if task is Task.BINARY else classes >= 2


def _check_array(name: str, array: Array, shape: tuple[int, int]) -> None:
    if array.dtype != np.float64 or array.shape != shape:
        raise ValueError(f"{name} must be float64 of shape {shape}, not {array.dtype} of shape {array.shape}")
    if not np.isfinite(array).all():
        raise ValueError(f"{name} must be finite")


def _are_indicators(targets: Array) -> bool:
    zero_or_one = bool(np.isin(targets, (0.0, 1.0)).all())
    return zero_or_one and (targets.shape[1] == 1 or bool((targets.sum(axis=1) == 1).all()))
