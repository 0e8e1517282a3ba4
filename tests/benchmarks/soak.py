"""An hour of use in some minutes: long training, starts and stops, project after project, in one window.

Memory is compared with that after the first part of each kind of use, when all that is loaded once is there.
"""

import ctypes
import gc
import importlib
import os
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from annstudio.project.templates import templates
from annstudio.training.snapshot import RunState
from tests.benchmarks._report import columns, main
from tests.benchmarks._window import UsedWindow, app_alone

EPOCHS, CYCLES, SWITCHES = 200_000, 500, 200
WARM = 0.2
"""The part of each kind of use after which memory should no longer grow."""
MOST_GROWTH = 0.05
GOAL = (
    f"over {EPOCHS:,} epochs, {CYCLES} runs begun, paused and reset, and {SWITCHES} projects opened, memory grows by "
    f"at most {100 * MOST_GROWTH:.0f} %, every command is answered, and no thread is left over"
)


def measure() -> dict[str, Any]:
    """Return memory before and after each kind of use, and what was left over."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    threads = threading.active_count()
    with app_alone() as app:
        user = _User(app)
        memory = {"epochs": user.train(EPOCHS), "cycles": user.cycle(CYCLES), "switches": user.switch(SWITCHES)}
        user.close()
    left = threading.active_count() - threads
    growth = {kind: after / before - 1 for kind, (before, after) in memory.items()}
    holds = left == 0 and max(growth.values()) <= MOST_GROWTH
    return {
        "memory": memory,
        "growth": growth,
        "threads_left": left,
        "lost": user.late,
        "holds": holds and not user.late,
    }


class _User(UsedWindow):
    """Somebody at the window."""

    def train(self, epochs: int) -> tuple[int, int]:
        """Train for so many epochs in one go."""
        self.controller.run()
        self.until(lambda: self._epoch() >= WARM * epochs)
        before = _memory()
        self.until(lambda: self._epoch() >= epochs, patience=1800)
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

    def _repeat(self, times: int, act: Callable[[int], None]) -> tuple[int, int]:
        before = 0
        for number in range(times):
            act(number)
            if number == int(WARM * times):
                before = _memory()
        return before, _memory()

    def _begin_and_reset(self, number: int) -> None:
        self.controller.run()
        self.until(lambda: self.controller.snapshot is not None and self.controller.snapshot.step > 0)
        self._pause()
        self.controller.reset()
        self.until(lambda: self.controller.state is RunState.READY)

    def _open(self, key: str) -> None:
        self.controller.open(templates[key]().build())
        self.until(lambda: self.controller.snapshot is not None)
        self.controller.run()
        self.until(lambda: self.controller.state is not RunState.READY)
        self.live(0.1)
        self.controller.pause()
        self.until(lambda: not self.controller.running)

    def _pause(self) -> None:
        self.controller.pause()
        self.until(lambda: self.controller.state is RunState.PAUSED)

    def _epoch(self) -> int:
        return self.controller.snapshot.epoch if self.controller.snapshot is not None else 0


def _memory() -> int:
    """Return the memory that the process takes now, in bytes; its peak where the system does not tell."""
    gc.collect()
    # What the allocator only holds for the next time is no leak.
    with suppress(AttributeError, OSError):
        ctypes.CDLL(None).malloc_trim(0)
    status = Path("/proc/self/statm")
    if status.exists():
        return int(status.read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    # Windows, which has no such module, does not tell without another library.
    resource: Any = importlib.import_module("resource")
    peak = int(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
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
