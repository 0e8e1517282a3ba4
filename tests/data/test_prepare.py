import numpy as np
import pytest

from annstudio.core.errors import UserError
from annstudio.core.random import stream
from annstudio.data.prepare import prepare
from annstudio.data.sources import sources
from annstudio.data.split import Shares, split_indices


def arrays_of(prepared):
    for part in (prepared.train, prepared.validation, prepared.test):
        yield from (part.inputs, part.targets, part.raw)


def default(key, seed=0, **params):
    source = sources[key]
    return prepare(key, params, seed, source.shares, source.standardize)


@pytest.mark.parametrize("key", sources)
def test_the_same_seed_gives_the_same_numbers(key):
    first, again = default(key, seed=7), default(key, seed=7)
    assert all(np.array_equal(a, b) for a, b in zip(arrays_of(first), arrays_of(again), strict=True))


@pytest.mark.parametrize("key", sources)
def test_parts_are_the_split_of_the_data(key):
    prepared = default(key, seed=3)
    parts = split_indices(prepared.data, sources[key].shares, seed=3)
    for part, chosen in zip((prepared.train, prepared.validation, prepared.test), parts, strict=True):
        assert np.array_equal(part.raw, prepared.data.inputs[chosen])
        assert np.array_equal(part.targets, prepared.data.targets[chosen])
        assert np.array_equal(part.inputs, prepared.scaler.transform(part.raw))


def test_only_the_training_part_decides_the_scale():
    prepared = default("iris")
    np.testing.assert_allclose(prepared.train.inputs.mean(axis=0), 0, atol=1e-12)
    np.testing.assert_allclose(prepared.train.inputs.std(axis=0), 1, atol=1e-12)
    assert np.array_equal(prepared.scaler.mean, prepared.train.raw.mean(axis=0))


def test_without_standardization_inputs_are_raw():
    prepared = prepare("exam", {}, 0, Shares(), standardize=False)
    assert np.array_equal(prepared.train.inputs, prepared.train.raw)


def test_data_come_from_a_stream_of_their_own():
    source = sources["exam"]
    expected = source().make(source.info.check({}), stream(11, "data"))
    assert np.array_equal(default("exam", seed=11).data.inputs, expected.inputs)


def test_other_shares_leave_the_data_as_they_are():
    half = prepare("spiral", {"noise": 0.2}, 4, Shares(0.5, 0.25, 0.25), standardize=True)
    most = prepare("spiral", {"noise": 0.2}, 4, Shares(0.9, 0.1, 0.0), standardize=True)
    assert np.array_equal(half.data.inputs, most.data.inputs)
    assert (len(half.test.raw), len(most.test.raw)) == (125, 0)
    assert most.test.inputs.shape == (0, 2)


def test_settings_reach_the_source():
    assert default("circle", samples=50).data.samples == 50


@pytest.mark.parametrize(
    ("key", "params", "message"),
    [
        ("cirle", {}, "There is no data set “cirle”"),
        ("circle", {"samples": 3}, "Samples cannot be 3"),
        ("circle", {"noise": float("nan")}, "must be a finite number"),
        ("iris", {"samples": 10}, "There is no setting “samples”"),
    ],
)
def test_bad_choices_are_refused_in_a_sentence(key, params, message):
    with pytest.raises(UserError, match=message):
        prepare(key, params, 0, Shares(), standardize=True)
