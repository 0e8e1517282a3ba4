from dataclasses import astuple

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from annstudio.core.errors import UserError
from annstudio.data.dataset import Column, DataSet, Schema, Task, one_hot
from annstudio.data.split import Shares, split_indices

seeds = st.integers(0, 2**32)


def classified(sizes):
    """A multi-class set with these numbers of samples per class, the classes mixed."""
    labels = np.random.default_rng(0).permutation(np.repeat(np.arange(len(sizes)), sizes))
    names = tuple(str(number) for number in range(len(sizes)))
    schema = Schema(Task.MULTI_CLASS, (Column("x"),), Column("y"), classes=names)
    return DataSet(schema, np.zeros((len(labels), 1)), one_hot(labels, len(sizes)))


def measured(samples):
    schema = Schema(Task.REGRESSION, (Column("x"),), Column("y"))
    return DataSet(schema, np.zeros((samples, 1)), np.zeros((samples, 1)))


@st.composite
def any_shares(draw):
    hundredths = st.integers(1, 100)
    train = draw(hundredths)
    validation = draw(st.integers(0, 100 - train))
    return Shares(train / 100, validation / 100, (100 - train - validation) / 100)


class_sizes = st.lists(st.integers(1, 60), min_size=2, max_size=12)
data_sets = st.one_of(class_sizes.map(classified), st.integers(1, 300).map(measured))


@given(data_sets, any_shares(), seeds)
def test_every_sample_is_in_exactly_one_part(data, shares, seed):
    parts = split_indices(data, shares, seed)
    assert sorted(np.concatenate(parts)) == list(range(data.samples))


@given(data_sets, any_shares(), seeds)
def test_a_part_is_empty_only_without_share_or_samples(data, shares, seed):
    wanted = [share > 0 for share in astuple(shares)]
    filled = [len(part) > 0 for part in split_indices(data, shares, seed)]
    assert filled[0]
    if data.samples >= sum(wanted):
        assert filled == wanted


@given(class_sizes, any_shares(), seeds)
def test_each_class_keeps_its_proportions(sizes, shares, seed):
    data = classified(sizes)
    # Below two samples a part may have to be filled at the expense of the proportions.
    assume(all(share == 0 or share * data.samples >= 2 for share in astuple(shares)))
    for part, share in zip(split_indices(data, shares, seed), astuple(shares), strict=True):
        counts = np.bincount(data.labels[part], minlength=len(sizes))
        assert (np.abs(counts - share * np.array(sizes)) < 1).all()
        assert abs(len(part) - share * data.samples) < 2


def test_many_small_classes_do_not_all_round_the_same_way():
    parts = split_indices(classified([2] * 10), Shares(), seed=0)
    assert [len(part) for part in parts] == [12, 4, 4]


@pytest.mark.parametrize(
    ("samples", "expected"), [(1, [1, 0, 0]), (2, [1, 1, 0]), (3, [1, 1, 1]), (5, [3, 1, 1]), (10, [6, 2, 2])]
)
def test_few_samples_reach_training_first(samples, expected):
    assert [len(part) for part in split_indices(measured(samples), Shares(), seed=3)] == expected


def test_train_gets_the_only_sample_even_with_the_smallest_share():
    assert len(split_indices(measured(1), Shares(0.1, 0.8, 0.1), seed=0)[0]) == 1


def test_same_seed_same_split_and_another_seed_another():
    data = classified([30, 40])
    first, again, other = (split_indices(data, Shares(), seed) for seed in (5, 5, 6))
    assert all(np.array_equal(a, b) for a, b in zip(first, again, strict=True))
    assert sorted(first[0]) != sorted(other[0])


def test_every_sample_is_as_likely_to_be_trained_on():
    data = classified([20, 20])
    chosen = np.zeros(data.samples)
    for seed in range(200):
        chosen[split_indices(data, Shares(0.5, 0.25, 0.25), seed)[0]] += 1
    # 200 draws at 1/2: a deviation of 5 standard deviations, 35, does not happen by chance.
    assert np.abs(chosen - 100).max() < 35


def test_training_samples_come_in_random_order():
    train = split_indices(classified([50, 50]), Shares(), seed=0)[0]
    assert not np.array_equal(train, np.sort(train))


@pytest.mark.parametrize(
    ("shares", "message"),
    [
        ((0.0, 0.5, 0.5), "Nothing is left to learn from"),
        ((0.6, 0.6, -0.2), "from 0 to 100 percent"),
        ((1.2, -0.1, -0.1), "from 0 to 100 percent"),
        ((float("nan"), 0.5, 0.5), "from 0 to 100 percent"),
        ((0.5, 0.2, 0.2), "add up to 90 percent"),
        ((0.6, 0.3, 0.2), "add up to 110 percent"),
    ],
)
def test_impossible_shares_are_refused_in_a_sentence(shares, message):
    with pytest.raises(UserError, match=message):
        Shares(*shares)


def test_shares_may_be_rounded():
    thirds = Shares(1 / 3, 1 / 3, 1 / 3)
    assert [len(part) for part in split_indices(measured(99), thirds, seed=0)] == [33, 33, 33]
    assert Shares(0.7, 0.2, 0.1).test == 0.1
