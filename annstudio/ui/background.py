"""Work that takes too long for the window's thread."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any

from PySide6.QtCore import QObject, QTimer

_LOOK = 15
"""Milliseconds between two looks at what is done."""

Then = Callable[[Future[Any]], None]


class Background(QObject):
    """Does one thing after the other beside the window's thread; what comes of it is taken up in the window's own.

    Args:
        parent: what it lives with.
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._worker = ThreadPoolExecutor(max_workers=1, thread_name_prefix="annstudio-beside")
        self._waiting: list[tuple[Future[Any], Then]] = []
        self._latest: Future[Any] | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK)
        self._timer.timeout.connect(self._on_look)

    def do(self, work: Callable[[], Any], then: Then) -> Future[Any]:
        """Have something done.

        Args:
            work: what to do; it touches no widget.
            then: called with the finished future, in the window's thread; not if the work was called off in time.
        """
        future = self._worker.submit(work)
        self._waiting.append((future, then))
        self._timer.start()
        return future

    def do_latest(self, work: Callable[[], Any], then: Then) -> Future[Any]:
        """Have something done as `do` does; what was asked for in this way before, and has not begun, is called off.

        So whoever follows a run has what it came to, and not a queue of what it was.
        """
        if self._latest is not None:
            self._latest.cancel()
        self._latest = self.do(work, then)
        return self._latest

    def forget(self) -> None:
        """Call off what has not begun, and take up nothing of what is being done."""
        for future, _ in self._waiting:
            future.cancel()
        self._waiting = []

    def close(self) -> None:
        """Call off what has not begun; what is being done ends by itself, and nothing is taken up any more."""
        self._timer.stop()
        self._worker.shutdown(wait=False, cancel_futures=True)

    def _on_look(self) -> None:
        done = [(future, then) for future, then in self._waiting if future.done()]
        self._waiting = [pair for pair in self._waiting if pair not in done]
        if not self._waiting:
            self._timer.stop()
        for future, then in done:
            if not future.cancelled():
                then(future)
