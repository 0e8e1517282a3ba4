"""What cannot be trained or answered is refused before anything is computed, with a sentence that says why."""

import numpy as np
import pytest

from annstudio.core.errors import UserError
from annstudio.engine import checks
from annstudio.engine.layers.batch_norm import BatchNorm
from annstudio.engine.layers.dense import Dense
from annstudio.engine.layers.dropout import Dropout
from annstudio.engine.network import Network

X = np.arange(8.0).reshape(4, 2)
T = np.arange(4.0).reshape(4, 1)
ONE = Network(1, [Dense(1)], "mse")
TWO = Network(2, [Dense(1)], "mse")
CLASSES = Network(2, [Dense(3, "softmax")], "cross_entropy")


def refused(call, *given):
    with pytest.raises(UserError) as error:
        call(*given)
    return str(error.value)


@pytest.mark.parametrize("precision", ["float32", "float64"])
def test_samples_come_back_in_the_precision(precision):
    for inputs, targets in ((X, T), (X.astype(int).tolist(), T.tolist()), (X.astype(object), T > 1)):
        x, t = checks.check_samples(TWO, inputs, targets, precision)
        assert (x.dtype, t.dtype) == (precision, precision)
        np.testing.assert_array_equal(x, X)
    x, t = checks.check_data(TWO, X, T, 2, precision)
    assert (x.dtype, x.shape, t.shape) == (precision, (4, 2), (4, 1))
    assert checks.check_inputs(TWO, X, precision).dtype == precision


def test_what_has_the_precision_is_not_copied():
    assert checks.check_inputs(TWO, X, "float64") is X
    assert checks.check_inputs(TWO, X) is X


@pytest.mark.parametrize(
    ("network", "inputs", "sentence"),
    [
        (
            ONE,
            [1, 2, 3, 4],
            "The inputs are 4 numbers without rows, but the network expects rows of 1 values: reshape them to (4, 1).",
        ),
        (
            TWO,
            [1, 2],
            "The inputs are 2 numbers without rows, but the network expects rows of 2 values: reshape them to (1, 2).",
        ),
        (TWO, [1, 2, 3, 4], "The inputs are 4 numbers without rows, but the network expects rows of 2 values."),
        (
            ONE,
            3.0,
            "The inputs are 1 numbers without rows, but the network expects rows of 1 values: reshape them to (1, 1).",
        ),
        (
            TWO,
            np.zeros((3, 1, 2)),
            "The inputs are 3 × 1 × 2, but the network expects rows of 2 values: reshape them to (3, 2).",
        ),
        (TWO, np.zeros((3, 3)), "The inputs are 3 × 3, but the network expects rows of 2 values."),
        (TWO, np.zeros((3, 2, 2)), "The inputs are 3 × 2 × 2, but the network expects rows of 2 values."),
    ],
)
def test_inputs_without_rows_get_to_know_their_shape(network, inputs, sentence):
    assert refused(checks.check_inputs, network, inputs) == sentence


@pytest.mark.parametrize(
    "inputs", [[["a", "b"]], [["1", "2"]], [[1, 2], [3]], [[1j, 2]], [[{}, 1]], [[10**400, 1]], "12"]
)
def test_what_holds_no_numbers_is_refused(inputs):
    assert "The inputs are no table of numbers" in refused(checks.check_inputs, TWO, inputs, "float32")


@pytest.mark.parametrize("value", [None, np.nan, -np.inf])
def test_the_first_that_is_no_number_is_found(value):
    said = refused(checks.check_inputs, TWO, [[1, 2], [3, value]], "float32")
    assert said == "The inputs hold something that is no number, first in row 2, column 2."


def test_what_is_too_large_for_single_precision_is_told_from_infinity():
    inputs = [[1, 2], [-1e300, 4]]
    said = refused(checks.check_inputs, TWO, inputs, "float32")
    assert said.startswith("The inputs hold -1e+300, first in row 2, column 1, which single precision cannot")
    assert checks.check_inputs(TWO, inputs, "float64")[1, 0] == -1e300


@pytest.mark.parametrize("numbers", [[0, 1, 2, 1], [[0], [1], [2], [1]]])
def test_class_numbers_are_told_from_columns(numbers):
    said = refused(checks.check_samples, CLASSES, X, numbers)
    assert "needs a column for each of the 3 classes" in said
    assert "np.eye(3)[targets]" in said
    checks.check_samples(CLASSES, X, np.eye(3)[np.ravel(numbers)])
    assert "rows of 3 values" in refused(checks.check_samples, CLASSES, X, [0, 1, 2])


@pytest.mark.parametrize(
    ("batch_size", "sentence"),
    [
        (0, "The batch size cannot be 0: choose a number of at least 1."),
        (-2, "The batch size cannot be -2: choose a number of at least 1."),
        (2.0, "The batch size must be a whole number, not 2.0."),
        (True, "The batch size must be a whole number, not True."),
        ("4", "The batch size must be a number, and “4” is a text."),
        (5, "A batch of 5 cannot be taken from 4 samples: lower the batch size."),
    ],
)
def test_batches_that_cannot_be_are_refused(batch_size, sentence):
    assert refused(checks.check_data, TWO, X, T, batch_size) == sentence


def test_all_samples_are_a_batch():
    checks.check_data(TWO, X, T, None)
    checks.check_data(TWO, X, T, np.int64(4))
    measuring = Network(2, [BatchNorm(), Dense(1)], "mse")
    assert "leave one over" in refused(checks.check_data, measuring, X, T, 3)


def test_seeds_and_precisions():
    assert (checks.check_seed(0), checks.check_precision("float64")) == (0, "float64")
    assert refused(checks.check_seed, -1) == "The seed cannot be -1: choose a number of at least 0."
    assert refused(checks.check_seed, 1.5) == "The seed must be a whole number, not 1.5."
    said = refused(checks.check_precision, "float16")
    assert said == "The precision cannot be float16: choose one of float32, float64."


def test_weights_are_copied_and_checked():
    start = TWO.initial_weights(0)
    weights = checks.check_weights(TWO, start, "float64")
    assert weights is not start
    np.testing.assert_array_equal(weights, start)
    assert checks.check_weights(TWO, start.tolist(), "float32").dtype == np.float32
    assert "The weights are 2, but the network takes 3" in refused(checks.check_weights, TWO, start[:2], "float32")
    assert "The weights are 1 × 3," in refused(checks.check_weights, TWO, start[np.newaxis], "float32")
    start[1] = np.nan
    said = refused(checks.check_weights, TWO, start, "float32")
    assert said == "The weights hold something that is no number, first in place 2."


def test_a_network_without_anything_to_train_is_refused():
    frozen = Network(2, [Dense(2, trainable=False), Dropout(0.5), Dense(1, trainable=False)], "mse")
    for network in (frozen, Network(2, [Dropout(0.5)], "mse")):
        assert "There is nothing to train" in refused(checks.check_trainable, network)
    checks.check_trainable(TWO)
