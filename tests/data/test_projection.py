"""Planes through data with many features."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from annstudio.data.prepare import prepare
from annstudio.data.projection import along_components, along_features, projected, telling_features, turned_like
from annstudio.data.split import Shares

IRIS = prepare("iris", {}, 0, Shares(0.6, 0.2), standardize=True)
DIGITS = prepare("digits", {}, 0, Shares(0.6, 0.2), standardize=False)
PLANES = {
    "features": along_features(IRIS, 2, 0),
    "components": along_components(IRIS.train.raw),
    "with constant features": along_components(DIGITS.train.raw),
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
    plane = along_components(IRIS.train.raw)
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
    flat = projected(DIGITS, along_components(DIGITS.train.raw))
    assert flat.data.schema.inputs == 2
    assert flat.data.schema.image_shape is None
    for part in ("train", "validation", "test"):
        seen, whole = getattr(flat, part), getattr(DIGITS, part)
        assert seen.raw.shape == (len(whole.raw), 2)
        assert seen.targets is whole.targets


@pytest.mark.parametrize("shape", [(40, 7), (12, 30), (2, 9), (1, 5)], ids=str)
def test_few_samples_have_the_same_components_as_by_singular_values(shape):
    raw = np.random.default_rng(1).normal(size=shape) * np.arange(1, shape[1] + 1)
    plane = along_components(raw)
    found = plane.project(raw)
    deviation = raw.std(axis=0)
    scaled = (raw - raw.mean(axis=0)) / np.where(deviation > 0, deviation, 1)
    sizes = np.zeros(2)
    singular = np.linalg.svd(scaled, compute_uv=False)[:2]
    sizes[: len(singular)] = singular
    np.testing.assert_allclose(np.linalg.norm(found, axis=0), sizes, atol=1e-6 * max(1, sizes[0]))


def test_samples_that_are_all_the_same_stand_in_one_place():
    plane = along_components(np.full((6, 4), 0.1))
    assert not plane.project(np.full((6, 4), 0.1)).any()
    assert np.isnan(plane.share)


def test_a_turned_plane_is_the_same_plane():
    raw = IRIS.train.raw
    plane = along_components(raw)
    turned = turned_like(plane, raw, plane.project(raw) @ np.array([[0.6, 0.8], [0.8, -0.6]]))
    np.testing.assert_allclose(turned.lift(turned.project(raw)), plane.lift(plane.project(raw)), atol=1e-9)
    np.testing.assert_allclose(turned.project(raw), plane.project(raw) @ [[0.6, 0.8], [0.8, -0.6]], atol=1e-9)
