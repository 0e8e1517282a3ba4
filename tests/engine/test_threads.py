"""The number of threads of the matrix library."""

import queue
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
    earlier, later = _Thread(), _Thread()
    earlier.sets(2)
    for count in (1, 2):
        later.sets(count)
        assert _numbers() == {count}
    earlier.end()
    later.end()


class _Thread:
    """Sets what it is told, and lives until it is ended."""

    def __init__(self) -> None:
        self._counts: queue.SimpleQueue[int] = queue.SimpleQueue()
        self._done = threading.Semaphore(0)
        self._thread = threading.Thread(target=self._work, daemon=True)
        self._thread.start()

    def sets(self, count: int) -> None:
        self._counts.put(count)
        assert self._done.acquire(timeout=10)

    def end(self) -> None:
        self._counts.put(0)
        self._thread.join()

    def _work(self) -> None:
        while count := self._counts.get():
            set_blas_threads(count)
            self._done.release()
