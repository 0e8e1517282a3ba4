import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays

from annstudio.data.scale import Scaler

tables = arrays(
    np.float64,
    array_shapes(min_dims=2, max_dims=2, max_side=20),
    # To a thousandth: a spread far below the rounding of the mean cannot be brought to 1.
    elements=st.integers(-(10**6), 10**6).map(lambda thousandths: thousandths / 1000),
)


@given(tables)
def test_fitted_columns_have_mean_0_and_deviation_1(inputs):
    scaled = Scaler.fit(inputs).transform(inputs)
    changing = np.ptp(inputs, axis=0) > 0
    np.testing.assert_allclose(scaled.mean(axis=0), 0, atol=1e-7)
    np.testing.assert_allclose(scaled.std(axis=0), changing.astype(float), atol=1e-7)


@given(tables)
def test_inverse_brings_the_units_back(inputs):
    scaler = Scaler.fit(inputs)
    np.testing.assert_allclose(scaler.inverse(scaler.transform(inputs)), inputs, atol=1e-9)


def test_known_numbers():
    scaler = Scaler.fit(np.array([[1.0, 10.0], [3.0, 30.0]]))
    assert scaler.mean.tolist() == [2, 20]
    assert scaler.deviation.tolist() == [1, 10]
    assert scaler.transform(np.array([[4.0, 0.0]])).tolist() == [[2, -2]]


def test_a_constant_column_becomes_exactly_0_and_other_values_stay_near():
    # The mean of three times 0.1 is not 0.1 in floating point.
    scaler = Scaler.fit(np.full((3, 1), 0.1))
    assert scaler.transform(np.array([[0.1], [2.1]])).tolist() == [[0], [2]]


def test_identity_changes_nothing():
    inputs = np.array([[1.5, -2.0, 1e9]])
    scaler = Scaler.identity(3)
    assert np.array_equal(scaler.transform(inputs), inputs)
    assert np.array_equal(scaler.inverse(inputs), inputs)
