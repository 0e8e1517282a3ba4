"""The mailbox: the latest snapshot only, and a held run is shown as paused."""

import pytest

from annstudio.training.snapshot import Mailbox, RunState, Snapshot


def snapshot(state: RunState, step: int = 0) -> Snapshot:
    return Snapshot(1, state, None, 0, step, 1)


def taken(box: Mailbox) -> tuple[RunState, int] | None:
    latest = box.take()
    assert latest is None or box.last is latest
    return (latest.state, latest.step) if latest is not None else None


def test_only_the_latest_is_kept_and_is_taken_once() -> None:
    box = Mailbox()
    assert box.empty
    box.put(snapshot(RunState.READY))
    box.put(snapshot(RunState.RUNNING, 1))
    assert not box.empty
    assert taken(box) == (RunState.RUNNING, 1)
    assert box.empty
    assert taken(box) is None


def test_a_hold_shows_what_runs_as_paused_at_once_and_a_release_as_running_again() -> None:
    box = Mailbox()
    box.put(snapshot(RunState.RUNNING, 1))
    box.take()
    box.hold(True)
    assert taken(box) == (RunState.PAUSED, 1)
    box.put(snapshot(RunState.RUNNING, 2))
    assert taken(box) == (RunState.PAUSED, 2)
    box.hold(False)
    assert taken(box) == (RunState.RUNNING, 2)
    box.put(snapshot(RunState.RUNNING, 3))
    assert taken(box) == (RunState.RUNNING, 3)


def test_a_hold_that_changes_nothing_says_nothing() -> None:
    box = Mailbox()
    box.hold(True)
    assert taken(box) is None
    box.put(snapshot(RunState.RUNNING))
    box.take()
    box.hold(True)
    assert taken(box) is None


@pytest.mark.parametrize("state", set(RunState) - {RunState.RUNNING})
def test_a_hold_leaves_what_does_not_run_as_it_is(state: RunState) -> None:
    box = Mailbox()
    box.put(snapshot(state, 1))
    box.take()
    box.hold(True)
    assert taken(box) is None
    box.put(snapshot(state, 2))
    assert taken(box) == (state, 2)
    box.hold(False)
    assert taken(box) is None
