"""An hour of use in some minutes: long training, starts and stops, project after project, in one window.

Memory is compared with that after the first part of each kind of use, when all that is loaded once is there.
"""

import ctypes
import gc
import os
import resource
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from annstudio.project.templates import templates
from annstudio.training.snapshot import RunState
from annstudio.ui.app import make_app
from annstudio.ui.appearance import Appearance
from annstudio.ui.document import Document
from annstudio.ui.main_window import MainWindow
from annstudio.ui.run_controller import RunController
from tests.benchmarks._report import columns, main
from tests.benchmarks.workloads import WORKLOADS

EPOCHS, CYCLES, SWITCHES = 200_000, 500, 200
WARM = 0.2
"""The part of each kind of use after which memory should no longer grow."""
MOST_GROWTH = 0.05
GOAL = (
    f"over {EPOCHS:,} epochs, {CYCLES} runs begun, paused and reset, and {SWITCHES} projects opened, memory grows by "
    f"at most {100 * MOST_GROWTH:.0f} %, every command is answered, and no thread is left over"
)
_PATIENCE = 120.0


def measure() -> dict[str, Any]:
    """Return memory before and after each kind of use, and what was left over."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    threads = threading.active_count()
    with tempfile.TemporaryDirectory() as settings:
        os.environ["XDG_CONFIG_HOME"] = settings
        user = _User(make_app())
        memory = {"epochs": user.train(EPOCHS), "cycles": user.cycle(CYCLES), "switches": user.switch(SWITCHES)}
        user.close()
    left = threading.active_count() - threads
    growth = {kind: after / before - 1 for kind, (before, after) in memory.items()}
    holds = left == 0 and max(growth.values()) <= MOST_GROWTH
    return {
        "memory": memory,
        "growth": growth,
        "threads_left": left,
        "lost": user.lost,
        "holds": holds and not user.lost,
    }


class _User:
    """Somebody at the window."""

    def __init__(self, app: QApplication) -> None:
        self._app = app
        self._document = Document(WORKLOADS["A"].project())
        self._controller = RunController(self._document)
        self._window = MainWindow(self._document, self._controller, Appearance(app))
        self._window.painted.connect(self._window.start)
        self._window.resize(1366, 740)
        self._window.show()
        self.lost = 0
        """Commands that were not answered."""
        self._until(lambda: self._controller.snapshot is not None)
        self._window.run_bar.pace.setValue(self._window.run_bar.pace.maximum())

    def train(self, epochs: int) -> tuple[int, int]:
        """Train for so many epochs in one go."""
        self._controller.run()
        self._until(lambda: self._epoch() >= WARM * epochs)
        before = _memory()
        self._until(lambda: self._epoch() >= epochs, patience=1800)
        after = _memory()
        self._pause()
        return before, after

    def cycle(self, cycles: int) -> tuple[int, int]:
        """Begin, pause and reset again and again."""
        return self._repeat(cycles, self._begin_and_reset)

    def switch(self, switches: int) -> tuple[int, int]:
        """Open one example after the other, and let each train for a moment."""
        keys = [key for key in templates if key != "digits_filters"]
        return self._repeat(switches, lambda number: self._open(keys[number % len(keys)]))

    def close(self) -> None:
        """Leave."""
        self._window.shut_down()
        self._window.close()

    def _repeat(self, times: int, act: Callable[[int], None]) -> tuple[int, int]:
        before = 0
        for number in range(times):
            act(number)
            if number == int(WARM * times):
                before = _memory()
        return before, _memory()

    def _begin_and_reset(self, number: int) -> None:
        self._controller.run()
        self._until(lambda: self._controller.snapshot is not None and self._controller.snapshot.step > 0)
        self._pause()
        self._controller.reset()
        self._until(lambda: self._controller.state is RunState.READY)

    def _open(self, key: str) -> None:
        self._controller.open(templates[key]().build())
        self._until(lambda: self._controller.snapshot is not None)
        self._controller.run()
        self._until(lambda: self._controller.state is not RunState.READY)
        self._live(0.1)
        self._controller.pause()
        self._until(lambda: not self._controller.running)

    def _pause(self) -> None:
        self._controller.pause()
        self._until(lambda: self._controller.state is RunState.PAUSED)

    def _epoch(self) -> int:
        return self._controller.snapshot.epoch if self._controller.snapshot is not None else 0

    def _until(self, condition: Callable[[], bool], patience: float = _PATIENCE) -> None:
        end = time.monotonic() + patience
        while not condition():
            if time.monotonic() > end:
                self.lost += 1
                return
            self._live(0.005)

    def _live(self, seconds: float) -> None:
        timer = QTimer(self._window)
        timer.setSingleShot(True)
        timer.timeout.connect(self._app.quit)
        timer.start(round(1000 * seconds))
        self._app.exec()
        timer.deleteLater()


def _memory() -> int:
    """Return the memory that the process takes now, in bytes; its peak where the system does not tell."""
    gc.collect()
    # What the allocator only holds for the next time is no leak.
    with suppress(AttributeError, OSError):
        ctypes.CDLL(None).malloc_trim(0)
    status = Path("/proc/self/statm")
    if status.exists():
        return int(status.read_text().split()[1]) * resource.getpagesize()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else 1024 * peak


def table(figures: dict[str, Any]) -> str:
    """Return the figures as a table for people."""
    rows: list[list[object]] = [["MB", "after a fifth", "in the end", "growth"]]
    for kind, (before, after) in figures["memory"].items():
        growth = f"{100 * figures['growth'][kind]:.1f} %"
        rows.append([kind, f"{before / 1e6:.0f}", f"{after / 1e6:.0f}", growth])
    rows.append(["threads left over", figures["threads_left"], "", ""])
    rows.append(["commands not answered", figures["lost"], "", ""])
    return columns(rows)


if __name__ == "__main__":
    main(GOAL, measure, table)
