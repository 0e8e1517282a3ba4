"""This engine, as the app uses it.

It runs inside a session's worker thread, which also measures cost and accuracy of the training and the validation part
after each epoch, and copies the weights into a snapshot fifteen times a second, as beside the window.
"""

import time
from collections.abc import Iterator

from annstudio.data.prepare import Prepared
from annstudio.project.edits import set_value
from annstudio.project.model import Project
from annstudio.training.session import Session
from annstudio.training.snapshot import RunState, Snapshot
from tests.benchmarks._peers.base import Variant
from tests.benchmarks.workloads import Workload

LABEL = "ANN Studio"
NEEDS: tuple[str, ...] = ()

_FRAME = 1 / 15
"""Seconds between two looks into the mailbox; each makes the worker copy its weights anew."""
_BUSY = (RunState.PREPARING, RunState.RUNNING)


def variants(workload: Workload, data: Prepared) -> Iterator[Variant]:
    """Run in a session that prepares the same data from the project; see Peer.variants."""
    for threads in workload.threads:
        project = set_value(workload.project(), "training", "threads", threads)
        studio = _Studio(project)
        yield Variant("", threads, studio, studio.close)


class _Studio:
    def __init__(self, project: Project) -> None:
        self._session = Session(project)
        self._rest()

    def __call__(self, seconds: float) -> float:
        """Train for whole epochs, so that their measurements count in full; see Steps."""
        start, begin = time.perf_counter(), self._rest().step
        self._session.run()
        while time.perf_counter() - start < seconds:
            time.sleep(_FRAME)
            self._session.mailbox.take()
        self._session.step("epoch")
        steps = self._rest().step - begin
        return steps / (time.perf_counter() - start)

    def close(self) -> None:
        """End the thread."""
        self._session.close()

    def _rest(self) -> Snapshot:
        """Wait until the worker waits, and return where it is; the end is seen sooner than at the next frame."""
        frame = time.perf_counter()
        while (last := self._session.mailbox.last) is None or last.state in _BUSY:
            time.sleep(0.002)
            if time.perf_counter() - frame > _FRAME:
                frame = time.perf_counter()
                self._session.mailbox.take()
        return last
