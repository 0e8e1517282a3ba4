"""What a peer is."""

import time
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple, Protocol

import numpy as np

from annstudio.data.prepare import Prepared
from tests.benchmarks.workloads import Workload

Steps = Callable[[float], float]
"""Trains for about this many seconds and returns steps per second."""


class Variant(NamedTuple):
    """One way to run a peer.

    Attributes:
        about: what is special about it.
        threads: how many the matrix products may use.
        run: see Steps.
        close: lets go of what it holds.
    """

    about: str
    threads: int
    run: Steps
    close: Callable[[], None] = lambda: None


class Peer(Protocol):
    """A module of this package.

    Attributes:
        LABEL: for people.
        NEEDS: the modules that it imports, beyond those of the app.
    """

    LABEL: str
    NEEDS: tuple[str, ...]

    def variants(self, workload: Workload, data: Prepared) -> Iterator[Variant]:
        """Return the ways to run this peer; the fastest one is compared."""
        ...


def samples(workload: Workload, data: Prepared) -> tuple[Any, Any]:
    """Return the training part in single precision: inputs, and class numbers where the workload has classes."""
    x, t = data.train.inputs.astype("float32"), data.train.targets.astype("float32")
    return x, t.argmax(axis=1) if workload.classes else t


def epochs(epoch: Callable[[Any], int], count: int) -> Steps:
    """Return a loop over whole epochs, each with an order of its own.

    Args:
        epoch: trains on all samples in this order and returns the number of steps.
        count: of samples.
    """
    rng = np.random.default_rng(0)

    def run(seconds: float) -> float:
        steps, start = 0, time.perf_counter()
        while time.perf_counter() - start < seconds:
            steps += epoch(rng.permutation(count))
        return steps / (time.perf_counter() - start)

    return run
