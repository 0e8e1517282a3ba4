"""A second thread for the long vectors of an optimizer.

NumPy lets go of the interpreter lock while it works on long arrays, so two threads that run prepared calls on a half
each take little more than half the time. Matrix products have threads of their own (threads.py).
"""

import threading

import numpy as np

from annstudio.core.calls import Calls, run


class Helper:
    """Runs prepared calls in a thread of its own, beside the caller. One caller at a time."""

    def __init__(self) -> None:
        self._calls: Calls = []
        self._wanted, self._done = threading.Semaphore(0), threading.Semaphore(0)
        self._thread: threading.Thread | None = None
        self._busy = False

    def begin(self, calls: Calls) -> None:
        """Start with these calls; the thread is made at the first time."""
        if self._thread is None:
            self._thread = threading.Thread(target=self._work, name="annstudio-helper", daemon=True)
            self._thread.start()
        if self._busy:
            # The caller was interrupted before it could wait.
            self.wait()
        self._calls, self._busy = calls, True
        self._wanted.release()

    def wait(self) -> None:
        """Return when they have been made."""
        self._done.acquire()
        self._busy = False

    def close(self) -> None:
        """End the thread, if there is one; another `begin` makes a new one."""
        if self._busy:
            self.wait()
        thread, self._thread = self._thread, None
        if thread is not None:
            self._calls = []
            self._wanted.release()
            thread.join()
            self._done.acquire()

    def _work(self) -> None:
        # How NumPy treats overflows is a matter of each thread.
        with np.errstate(all="ignore"):
            while True:
                self._wanted.acquire()
                run(self._calls)
                ended = self._thread is not threading.current_thread()
                self._done.release()
                if ended:
                    return


HELPER = Helper()
"""There is one for the process: only one network trains at a time."""
