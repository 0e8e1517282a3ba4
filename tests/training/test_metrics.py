"""Accuracy and R² by hand."""

import math

import numpy as np
import pytest

from annstudio.data.dataset import Task
from annstudio.training.metrics import classes_of, metric


def test_binary_accuracy_cuts_at_one_half() -> None:
    outputs, targets = np.array([[0.4], [0.5], [0.51], [0.9]]), np.array([[0.0], [0.0], [1.0], [0.0]])
    assert metric(Task.BINARY, outputs, targets) == 0.75


def test_many_classes_by_the_largest_output() -> None:
    outputs = np.array([[0.1, 0.7, 0.2], [0.5, 0.2, 0.3]])
    assert classes_of(Task.MULTI_CLASS, outputs).tolist() == [1, 0]
    assert metric(Task.MULTI_CLASS, outputs, np.eye(3)[[1, 2]]) == 0.5


def test_r_squared_of_the_mean_is_zero_and_of_the_truth_one() -> None:
    targets = np.array([[1.0], [2.0], [6.0]])
    assert metric(Task.REGRESSION, targets, targets) == 1
    assert metric(Task.REGRESSION, np.full((3, 1), 3.0), targets) == pytest.approx(0)
    assert metric(Task.REGRESSION, np.array([[1.0], [2.0], [5.0]]), targets) == pytest.approx(1 - 1 / 14)


@pytest.mark.parametrize("task", list(Task))
def test_no_samples_have_no_metric(task: Task) -> None:
    assert math.isnan(metric(task, np.empty((0, 1)), np.empty((0, 1))))


def test_constant_targets_have_no_r_squared() -> None:
    assert math.isnan(metric(Task.REGRESSION, np.ones((3, 1)), np.ones((3, 1))))
