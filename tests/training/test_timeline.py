"""Which moments of a run are kept."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from annstudio.engine.trainer import Checkpoint
from annstudio.training.timeline import Moment, Timeline


def moment(step, fixed=False, numbers=10):
    state = {"average": np.zeros(numbers)}
    return Moment(Checkpoint(np.zeros(numbers), state, {}, {}, (), np.arange(4), 0, 0, step), 0.0, fixed=fixed)


SIZE = moment(0).size


def steps(timeline):
    return [kept.step for kept in timeline.moments]


def test_what_a_moment_takes_is_its_arrays():
    assert SIZE == 10 * 8 + 10 * 8 + 4 * 8


def test_the_latest_moment_at_or_before_a_step_is_found():
    timeline = Timeline()
    for step in (0, 5, 9):
        timeline.keep(moment(step))
    assert [timeline.before(step).step for step in (0, 4, 5, 8, 9, 100)] == [0, 0, 5, 5, 9, 9]
    assert timeline.before(-1).step == 0
    assert timeline.latest.step == 9


def test_a_moment_takes_the_place_of_what_is_no_longer_what_follows():
    timeline = Timeline()
    for step in (0, 5, 9, 12):
        timeline.keep(moment(step))
    timeline.keep(moment(7))
    assert steps(timeline) == [0, 5, 7]
    again = moment(7)
    timeline.keep(again)
    assert steps(timeline) == [0, 5, 7]
    assert timeline.latest.checkpoint is again.checkpoint


def test_a_fixed_moment_stays_fixed_when_its_step_is_kept_again():
    timeline = Timeline(most_moments=3)
    timeline.keep(moment(0))
    timeline.keep(moment(1, fixed=True))
    timeline.keep(moment(1))
    for step in range(2, 50):
        timeline.keep(moment(step))
    assert steps(timeline) == [0, 1, 49]


def test_the_past_is_denser_near_the_present_and_reaches_back_to_the_start():
    timeline = Timeline(most_moments=40)
    for step in range(2000):
        timeline.keep(moment(step))
    kept = np.array(steps(timeline))
    assert kept[0] == 0
    assert kept[-1] == 1999
    gaps = np.diff(kept)
    assert gaps.max() < 2000 / 8
    assert gaps[-5:].max() < np.median(gaps[:10])


@given(
    st.lists(st.tuples(st.integers(1, 30), st.booleans(), st.integers(1, 60)), min_size=1, max_size=60),
    st.integers(1, 8),
    st.integers(1, 3000),
)
def test_bounds_hold_whatever_is_kept(moves, most, most_bytes):
    timeline, step = Timeline(most_bytes, most), 0
    for further, fixed, numbers in moves:
        step += further
        before = set(steps(timeline))
        timeline.keep(moment(step, fixed, numbers))
        kept = steps(timeline)
        assert kept == sorted(set(kept))
        assert kept[-1] == step
        assert len(kept) <= most
        assert timeline.size <= most_bytes or len(kept) == 1
        lost = before - set(kept)
        # What may be replayed from the moments that are left leads across no fixed moment that is gone.
        assert all(gone < kept[0] for gone in lost if gone in fixed_steps(moves))


def fixed_steps(moves):
    step, found = 0, set()
    for further, fixed, _ in moves:
        step += further
        if fixed:
            found.add(step)
    return found


@pytest.mark.parametrize("step", [3, 4, 100])
def test_truncating_keeps_what_is_at_or_before_a_step(step):
    timeline = Timeline()
    for kept in (0, 3, 6):
        timeline.keep(moment(kept))
    timeline.truncate(step)
    assert steps(timeline) == [kept for kept in (0, 3, 6) if kept <= step]
