"""A sweep beside the window: a thread waits for its processes, and the window takes up what has come."""

import logging
import queue
import threading

from PySide6.QtCore import QObject, QTimer, Signal

from annstudio.core.errors import UserError
from annstudio.core.texts import QT_TRANSLATE_NOOP, Text
from annstudio.training.sweep.plan import Plan
from annstudio.training.sweep.runner import results_of
from annstudio.training.sweep.trial import Result

log = logging.getLogger(__name__)

_LOOK = 150
"""Milliseconds between two looks at what has come."""
_PATIENCE = 5.0


class Memory:
    """Results by key, so that a sweep that was called off goes on where it was."""

    def __init__(self) -> None:
        self._results: dict[str, Result] = {}

    def read(self) -> dict[str, Result]:
        """Return all that are there."""
        return dict(self._results)

    def add(self, result: Result) -> None:
        """Keep one more."""
        self._results[result.key] = result


class SweepJob(QObject):
    """Carries out one sweep at a time; call it from the window's thread."""

    progressed = Signal()
    """There are more results."""
    ended = Signal(object)
    """(error: Text | None): it is over, by itself, called off, or because of an error."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._memory = Memory()
        self._arrived: queue.SimpleQueue[Result | Text | None] = queue.SimpleQueue()
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK)
        self._timer.timeout.connect(self._on_look)
        self.results: list[Result] = []

    @property
    def running(self) -> bool:
        """A sweep is going on."""
        return self._thread is not None

    def start(self, plan: Plan) -> None:
        """Begin; one that is going on is called off before."""
        self.close()
        self.results, self._arrived = [], queue.SimpleQueue()
        self._stop = threading.Event()
        arguments = (plan, self._memory, self._arrived, self._stop)
        self._thread = threading.Thread(target=_work, args=arguments, name="annstudio-sweep", daemon=True)
        self._thread.start()
        self._timer.start()

    def cancel(self) -> None:
        """Call it off; it ends soon, and says so."""
        self._stop.set()

    def close(self) -> None:
        """Call it off and wait for its end; nothing is said any more."""
        self._stop.set()
        self._timer.stop()
        if self._thread is not None:
            self._thread.join(_PATIENCE)
            self._thread = None

    def _on_look(self) -> None:
        more, over, error = False, False, None
        while not self._arrived.empty():
            found = self._arrived.get()
            if isinstance(found, Result):
                self.results.append(found)
                more = True
            else:
                over, error = True, found
        if more:
            self.progressed.emit()
        if over:
            self.close()
            self.ended.emit(error)


def _work(
    plan: Plan, memory: Memory, arrived: "queue.SimpleQueue[Result | Text | None]", stop: threading.Event
) -> None:
    """Conduct a sweep; the last thing that arrives is None, or why it could not be finished."""
    error: Text | None = None
    try:
        for result in results_of(plan, memory, stop.is_set):
            arrived.put(result)
    except UserError as problem:
        error = problem.message
    except Exception:
        log.exception("a sweep failed")
        error = Text(QT_TRANSLATE_NOOP("annstudio", "The sweep stopped because of an error in the program."))
    arrived.put(error)
