"""Iris and digits against facts about the published sets."""

import numpy as np
import pytest

from annstudio.core.random import stream
from annstudio.core.resources import resources
from annstudio.data.sources import _bundled, sources

BUNDLED = [key for key, source in sources.items() if source.info.category == "Real data"]


def load(key):
    return sources[key]().make({}, stream(0, "data"))


def test_iris_has_fishers_numbers():
    data = load("iris")
    assert np.bincount(data.labels).tolist() == [50, 50, 50]
    np.testing.assert_allclose(data.inputs.mean(axis=0), [5.8433, 3.0573, 3.758, 1.1993], atol=5e-5)
    # Setosa alone has petals shorter than 2 cm.
    assert np.array_equal(data.inputs[:, 2] < 2, data.labels == 0)
    # The two flowers in which the UCI copy differs from Fisher's paper.
    assert data.inputs[34].tolist() == [4.9, 3.1, 1.5, 0.2]
    assert data.inputs[37].tolist() == [4.9, 3.6, 1.4, 0.1]


def test_digits_are_the_published_test_set():
    data = load("digits")
    assert np.bincount(data.labels).tolist() == [178, 182, 177, 183, 181, 182, 181, 179, 174, 180]
    assert (data.inputs.min(), data.inputs.max()) == (0, 16)
    assert np.array_equal(data.inputs, np.round(data.inputs))
    assert data.inputs.sum() == 561718
    assert (np.ptp(data.inputs, axis=0) == 0).sum() == 3


def test_digit_pixels_run_row_by_row():
    data = load("digits")
    zero = data.inputs[data.labels == 0].mean(axis=0).reshape(data.schema.image_shape)
    # A zero has a hole: ink left and right of its center, none in it.
    assert zero[3, 3] < 3
    assert min(zero[3, 2], zero[3, 5]) > 6
    assert data.schema.features[8 * 2 + 4].name == "(3, 5)"


@pytest.mark.parametrize("key", BUNDLED)
def test_tables_are_shared_and_cannot_be_written_to(key):
    first, second = load(key), load(key)
    assert first.inputs is second.inputs
    with pytest.raises(ValueError, match="read-only"):
        first.inputs[0, 0] = 1
    with pytest.raises(ValueError, match="read-only"):
        first.targets[0, 0] = 1


@pytest.mark.parametrize("key", BUNDLED)
def test_reading_a_table_takes_less_than_60_ms(key, fastest):
    def read_anew():
        _bundled.read_classes.cache_clear()
        load(key)

    assert fastest(read_anew) < 0.06


def test_every_bundled_table_tells_its_origin_and_license():
    folder = resources() / "data"
    account = (folder / "README.md").read_text(encoding="utf-8")
    tables = [path.name for path in folder.glob("*.csv")]
    assert tables
    assert all(f"`{name}`" in account for name in tables)
    assert "scikit-learn developers" in (folder / "scikit-learn-LICENSE.txt").read_text(encoding="utf-8")
