"""The history: complete, in order, bounded."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from annstudio.training import history as module
from annstudio.training.history import BATCHES, COLUMNS, PENALTY, History


def test_rows_come_back_as_they_went_in() -> None:
    log = History()
    for i in range(3000):
        log.append([i, 10 * i, 20 * i, 0.5, float("nan")])
    assert len(log) == 3000
    assert np.array_equal(log.column("epoch"), np.arange(3000))
    assert np.array_equal(log.column("validation_cost"), 20 * np.arange(3000))
    assert np.isnan(log.column("validation_metric")).all()


def test_a_reader_cannot_write() -> None:
    log = History()
    log.append([0.0] * len(COLUMNS))
    with pytest.raises(ValueError, match="read-only"):
        log.column("epoch")[0] = 1


@given(points=st.integers(1, 9000))
def test_its_memory_is_bounded_and_its_points_even(points: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "MOST_POINTS", 2048)
        log = History()
        for i in range(points):
            log.append([i, 0, 0, 0, 0])
    epochs = log.column("epoch")
    assert len(epochs) <= 2048
    assert epochs[0] == 0
    assert set(np.diff(epochs[:-1])) <= {log.stride}
    assert epochs[-1] == points - 1


def test_what_is_left_out_of_a_row_is_nan() -> None:
    log = History()
    log.append([0, 1, 2, 3, 4])
    log.append([1, 1, 2, 3, 4, 0.5])
    np.testing.assert_array_equal(log.column(PENALTY), [np.nan, 0.5])


def test_the_batches_end_where_the_history_ends() -> None:
    log = History()
    for epoch in range(4):
        log.append([epoch, 0, 0, 0, 0])
        log.batches.append([epoch + 0.5, 10 * epoch])
    past = log.until(2)
    assert past.column("epoch").tolist() == [0, 1, 2]
    assert past.batches.columns(*BATCHES)[1].tolist() == [0, 10]
    past.batches.append([2.5, 7])
    assert log.batches.column("cost").tolist() == [0, 10, 20, 30]
