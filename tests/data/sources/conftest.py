import time

import pytest


@pytest.fixture
def fastest():
    """Return a function: the shortest of a few runs in seconds, what the work takes when nothing disturbs."""

    def seconds(call, runs=7):
        taken = []
        for _ in range(runs):
            start = time.perf_counter()
            call()
            taken.append(time.perf_counter() - start)
        return min(taken)

    return seconds
