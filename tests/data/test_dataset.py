import numpy as np
import pytest

from annstudio.data.dataset import Column, DataSet, Schema, Task, one_hot

X = (Column("x₁"), Column("x₂"))
Y = Column("y")
BINARY = Schema(Task.BINARY, X, Y, classes=("no", "yes"))
THREE = Schema(Task.MULTI_CLASS, X, Y, classes=("a", "b", "c"))
REGRESSION = Schema(Task.REGRESSION, X, Y)


@pytest.mark.parametrize(("schema", "outputs"), [(BINARY, 1), (THREE, 3), (REGRESSION, 1)])
def test_schema_counts_inputs_and_outputs(schema, outputs):
    assert (schema.inputs, schema.outputs) == (2, outputs)


@pytest.mark.parametrize(
    "parts",
    [
        {"task": Task.BINARY, "classes": ("only",)},
        {"task": Task.BINARY, "classes": ("a", "b", "c")},
        {"task": Task.MULTI_CLASS, "classes": ("only",)},
        {"task": Task.REGRESSION, "classes": ("a", "b")},
        {"task": Task.REGRESSION, "image_shape": (2, 2)},
        {"task": Task.REGRESSION, "features": ()},
    ],
)
def test_schema_refuses_parts_that_contradict_each_other(parts):
    with pytest.raises(ValueError, match=r"feature|classes|picture"):
        Schema(**{"features": X, "target": Y, **parts})


def test_labels_are_class_numbers():
    inputs = np.zeros((3, 2))
    assert DataSet(BINARY, inputs, np.array([[0.0], [1.0], [1.0]])).labels.tolist() == [0, 1, 1]
    assert DataSet(THREE, inputs, one_hot(np.array([2, 0, 1]), 3)).labels.tolist() == [2, 0, 1]


def test_a_regression_has_no_labels():
    data = DataSet(REGRESSION, np.zeros((1, 2)), np.zeros((1, 1)))
    with pytest.raises(ValueError, match="no classes"):
        _ = data.labels


def test_one_hot_marks_each_label_once():
    assert one_hot(np.array([1, 0, 1]), 3).tolist() == [[0, 1, 0], [1, 0, 0], [0, 1, 0]]


@pytest.mark.parametrize(
    ("schema", "inputs", "targets", "message"),
    [
        (REGRESSION, np.zeros((0, 2)), np.zeros((0, 1)), "at least one sample"),
        (REGRESSION, np.zeros((2, 3)), np.zeros((2, 1)), "inputs must be float64 of shape"),
        (REGRESSION, np.zeros(2), np.zeros((2, 1)), "inputs must be float64 of shape"),
        (REGRESSION, np.zeros((2, 2)), np.zeros((3, 1)), "targets must be float64 of shape"),
        (REGRESSION, np.zeros((2, 2), dtype=np.float32), np.zeros((2, 1)), "not float32"),
        (REGRESSION, np.array([[0.0, np.nan]]), np.zeros((1, 1)), "inputs must be finite"),
        (REGRESSION, np.zeros((1, 2)), np.array([[np.inf]]), "targets must be finite"),
        (BINARY, np.zeros((1, 2)), np.array([[0.5]]), "must be 0 or 1"),
        (THREE, np.zeros((1, 2)), np.array([[1.0, 1.0, 0.0]]), "one-hot"),
        (THREE, np.zeros((1, 2)), np.zeros((1, 3)), "one-hot"),
    ],
)
def test_arrays_that_do_not_fit_are_refused(schema, inputs, targets, message):
    with pytest.raises(ValueError, match=message):
        DataSet(schema, inputs, targets)
