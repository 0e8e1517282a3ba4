"""Planes through data with many features."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from annstudio.data.prepare import prepare
from annstudio.data.projection import along_components, along_features, projected, telling_features
from annstudio.data.split import Shares

IRIS = prepare("iris", {}, 0, Shares(0.6, 0.2), standardize=True)
DIGITS = prepare("digits", {}, 0, Shares(0.6, 0.2), standardize=False)
PLANES = {
    "features": along_features(IRIS, 2, 0),
    "components": along_components(IRIS),
    "with constant features": along_components(DIGITS),
}


@pytest.mark.parametrize("name", PLANES)
@given(x=st.floats(-50, 50), y=st.floats(-50, 50))
def test_what_is_lifted_from_the_plane_is_projected_to_where_it_was(name, x, y):
    plane = PLANES[name]
    np.testing.assert_allclose(plane.project(plane.lift(np.array([[x, y]]))), [[x, y]], atol=1e-9)


def test_a_slice_holds_all_other_features_at_the_means_of_the_training_part():
    lifted = along_features(IRIS, 2, 0).lift(np.array([[1.5, 6.5]]))[0]
    mean = IRIS.train.raw.mean(axis=0)
    np.testing.assert_allclose(lifted, [6.5, mean[1], 1.5, mean[3]])


def test_the_components_are_those_of_the_correlation_matrix():
    plane = along_components(IRIS)
    values, vectors = np.linalg.eigh(np.corrcoef(IRIS.train.raw.T))
    scaled = (IRIS.train.raw - IRIS.train.raw.mean(axis=0)) / IRIS.train.raw.std(axis=0)
    found = plane.project(IRIS.train.raw)
    for axis in (0, 1):
        expected = scaled @ vectors[:, -1 - axis]
        np.testing.assert_allclose(np.abs(found[:, axis]), np.abs(expected), atol=1e-9)
    assert plane.share == pytest.approx(values[-2:].sum() / values.sum())


def test_the_most_telling_features_of_iris_are_those_of_the_petals():
    assert telling_features(IRIS) == (2, 3)


def test_data_in_a_plane_keep_their_targets_and_parts():
    flat = projected(DIGITS, along_components(DIGITS))
    assert flat.data.schema.inputs == 2
    assert flat.data.schema.image_shape is None
    for part in ("train", "validation", "test"):
        seen, whole = getattr(flat, part), getattr(DIGITS, part)
        assert seen.raw.shape == (len(whole.raw), 2)
        assert seen.targets is whole.targets
