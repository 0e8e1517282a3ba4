"""A second thread for the long vectors of an optimizer.

NumPy lets go of the interpreter lock while it works on long arrays, so two threads that run prepared calls on a half
each take little more than half the time. Matrix products have threads of their own (threads.py).

Every thread that trains has a helper to itself: an old run may still be in the midst of a batch when the next begins.
"""

import threading
import weakref

from annstudio.core.calls import Calls, run
from annstudio.engine.arithmetic import fast_arithmetic


class _Channel:
    """What a helper and its thread know of each other."""

    def __init__(self) -> None:
        self.calls: Calls = []
        self.wanted, self.done = threading.Semaphore(0), threading.Semaphore(0)
        self.ended = False

    def end(self) -> None:
        """Let the thread end when it has nothing left to do."""
        self.ended = True
        self.wanted.release()


class Helper:
    """Runs prepared calls in a thread of its own, beside the caller; the thread ends with the helper."""

    def __init__(self) -> None:
        self._channel = _Channel()
        self._busy = False
        self.thread = threading.Thread(target=_work, args=(self._channel,), name="annstudio-helper", daemon=True)
        self.thread.start()
        weakref.finalize(self, self._channel.end)

    def begin(self, calls: Calls) -> None:
        """Start with these calls."""
        if self._busy:
            # The caller was interrupted before it could wait.
            self.wait()
        self._channel.calls, self._busy = calls, True
        self._channel.wanted.release()

    def wait(self) -> None:
        """Return when they have been made."""
        self._channel.done.acquire()
        self._busy = False


def begin(calls: Calls) -> None:
    """Start with these calls in the helper of the calling thread, which is made at the first time."""
    if not hasattr(_own, "helper"):
        _own.helper = Helper()
    _own.helper.begin(calls)


def wait() -> None:
    """Return when they have been made."""
    _own.helper.wait()


_own = threading.local()
"""The helper of each thread; it goes when the thread ends."""


def _work(channel: _Channel) -> None:
    # How numbers are treated is a matter of each thread.
    with fast_arithmetic():
        while True:
            channel.wanted.acquire()
            if channel.ended:
                return
            run(channel.calls)
            channel.done.release()
