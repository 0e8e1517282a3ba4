"""The number of threads of the matrix library."""

import threading
from collections.abc import Iterator

import numpy as np
import pytest
from threadpoolctl import threadpool_info

from annstudio.engine.threads import set_blas_threads


def _numbers() -> set[int]:
    return {library["num_threads"] for library in threadpool_info() if library["user_api"] == "blas"}


@pytest.fixture(autouse=True)
def one_thread_afterwards() -> Iterator[None]:
    """Leave the process as the other tests expect it."""
    np.ones((2, 2)) @ np.ones((2, 2))
    yield
    set_blas_threads(1)


@pytest.mark.parametrize("count", [1, 2])
def test_the_number_is_set(count: int) -> None:
    set_blas_threads(count)
    assert _numbers() == {count}


def test_the_thread_that_comes_last_decides() -> None:
    """A run begins while the thread of the one before it is still alive."""
    set_first, stay = threading.Event(), threading.Event()

    def earlier() -> None:
        set_blas_threads(2)
        set_first.set()
        stay.wait()

    thread = threading.Thread(target=earlier)
    thread.start()
    try:
        set_first.wait()
        for count in (1, 2):
            set_blas_threads(count)
            assert _numbers() == {count}
    finally:
        stay.set()
        thread.join()
