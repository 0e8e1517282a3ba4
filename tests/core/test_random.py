"""Random streams: the same name gives the same numbers, another name independent ones."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from annstudio.core.random import stream

SEEDS = st.integers(0, 2**31 - 1)
NAMES = st.lists(st.text(max_size=8) | st.integers(0, 1000), min_size=1, max_size=3).map(tuple)


@given(SEEDS, NAMES)
def test_the_same_purpose_draws_the_same_numbers(seed: int, name: tuple[str | int, ...]) -> None:
    np.testing.assert_array_equal(stream(seed, *name).random(5), stream(seed, *name).random(5))


@given(SEEDS)
def test_other_purposes_and_other_seeds_draw_other_numbers(seed: int) -> None:
    streams = [
        stream(seed, "data"),
        stream(seed, "split"),
        stream(seed, "initialization", 0),
        stream(seed, "initialization", 1),
        stream(seed + 1, "data"),
    ]
    assert len({each.integers(2**63) for each in streams}) == len(streams)


def test_drawing_from_one_leaves_the_others_alone() -> None:
    one, other = stream(3, "data"), stream(3, "split")
    one.random(1000)
    np.testing.assert_array_equal(other.random(4), stream(3, "split").random(4))


def test_the_numbers_are_the_same_on_every_machine() -> None:
    """The name enters by its checksum, which no hash seed of Python changes."""
    sequence = np.random.SeedSequence([7, 0xADF3F363, 2])
    np.testing.assert_array_equal(
        stream(7, "data", 2).integers(100, size=8),
        np.random.Generator(np.random.PCG64(sequence)).integers(100, size=8),
    )


def test_a_negative_seed_is_a_mistake_of_ours() -> None:
    with pytest.raises(ValueError, match="non-negative"):
        stream(-1, "data")


def test_streams_do_not_resemble_each_other() -> None:
    first, second = (stream(0, name).standard_normal(20_000) for name in ("initialization", "shuffle"))
    assert abs(np.corrcoef(first, second)[0, 1]) < 0.03
