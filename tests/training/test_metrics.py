"""Accuracy and R² by hand."""

import math

import numpy as np
import pytest

from annstudio.data.dataset import Task
from annstudio.training.metrics import all_metrics, classes_of, metric, metric_name


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


def test_scores_name_the_class_by_their_sign() -> None:
    outputs, targets = np.array([[-0.5], [0.2], [0.7], [0.0]]), np.array([[0.0], [1.0], [1.0], [0.0]])
    assert metric(Task.BINARY, outputs, targets, threshold=0.0) == 1
    assert metric(Task.BINARY, outputs, targets) == 0.75


def test_all_metrics_of_a_yes_or_no_task_are_those_of_class_1() -> None:
    outputs, targets = np.array([[0.9], [0.8], [0.4], [0.1]]), np.array([[1.0], [0.0], [1.0], [0.0]])
    found = all_metrics(Task.BINARY, outputs, targets)
    expected = {"accuracy": 0.5, "precision": 0.5, "recall": 0.5, "f1": 0.5, "auc": 0.75, "confusion": [[1, 1], [1, 1]]}
    assert found == expected


def test_all_metrics_of_several_classes_are_means_over_the_classes() -> None:
    outputs = np.array([[0.6, 0.4, 0.0, 0.0], [0.2, 0.1, 0.3, 0.4], [0.1, 0.2, 0.6, 0.1], [0.0, 0.1, 0.2, 0.7]])
    found = all_metrics(Task.MULTI_CLASS, outputs, np.eye(4)[[0, 1, 2, 3]])
    assert list(found) == ["accuracy", "precision", "recall", "f1", "auc", "top3", "confusion"]
    assert found["accuracy"] == found["top3"] == 0.75
    assert found["recall"] == 0.75
    assert found["precision"] == pytest.approx((1 + 1 + 1 / 2) / 3)
    assert "top3" not in all_metrics(Task.MULTI_CLASS, outputs[:, :3], np.eye(3)[[0, 1, 2, 0]])


def test_all_metrics_of_quantities() -> None:
    targets = np.array([[1.0], [2.0], [6.0]])
    found = all_metrics(Task.REGRESSION, targets + 1, targets)
    assert found == {"r2": pytest.approx(1 - 3 / 14), "rmse": 1, "mae": 1}


@pytest.mark.parametrize("task", list(Task))
def test_the_tasks_own_metric_comes_first(task: Task) -> None:
    assert next(iter(all_metrics(task, np.ones((2, 4)), np.eye(2, 4)))) == metric_name(task)


@pytest.mark.parametrize(
    ("task", "outputs", "targets"), [(Task.BINARY, 1, [[0.0], [1.0]]), (Task.MULTI_CLASS, 2, np.eye(2))]
)
def test_what_is_no_number_names_no_class_and_counts_as_wrong(
    task: Task, outputs: int, targets: list[list[float]]
) -> None:
    said = np.array(targets)
    said[0] = np.nan
    assert classes_of(task, said).tolist() == [-1, 1]
    assert metric(task, said, np.array(targets)) == 0.5
    found = all_metrics(task, said, np.array(targets))
    assert found["accuracy"] == 0.5
    assert found["confusion"] == [[0, 0], [0, 1]]
    assert found["recall"] == (1 if task is Task.BINARY else 0.5)
    assert metric(task, np.full((2, outputs), np.nan), np.array(targets)) == 0
