"""Carries a sweep out: trials in processes beside each other, results in a journal, so that it can be resumed."""

import json
import math
import multiprocessing
import os
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path
from typing import Protocol

from annstudio.core.errors import UserError
from annstudio.core.texts import QT_TRANSLATE_NOOP, text
from annstudio.training.history import COLUMNS
from annstudio.training.sweep.plan import Plan
from annstudio.training.sweep.trial import Result, conduct, prepare_process

_LOOK = 0.2
"""Seconds between two looks at whether it is to be ended."""


class Store(Protocol):
    """Where results are kept."""

    def read(self) -> dict[str, Result]:
        """Return the results that are there, by key."""

    def add(self, result: Result) -> None:
        """Keep one more."""


class Journal:
    """A file with a line for each result.

    A line that is not whole, because the program was killed while it wrote it, counts for nothing.

    Args:
        path: of the file, made when the first result comes.
    """

    def __init__(self, path: Path) -> None:
        self._path = path

    def read(self) -> dict[str, Result]:
        """Return the results that are there, by key; none if there is no file.

        Raises:
            UserError: it cannot be read.
        """
        try:
            lines = self._path.read_text(encoding="utf-8", errors="replace").splitlines()
        except FileNotFoundError:
            return {}
        except OSError:
            told = QT_TRANSLATE_NOOP("annstudio", "The journal “{name}” cannot be read; choose another file.")
            raise UserError(text(told, name=self._path.name)) from None
        found = (_result(line) for line in lines)
        return {result.key: result for result in found if result is not None}

    def add(self, result: Result) -> None:
        """Write a result down, for good.

        Raises:
            UserError: it cannot be written.
        """
        curves = [[value if math.isfinite(value) else None for value in row] for row in result.curves]
        line = json.dumps({"key": result.key, "failed": result.failed, "curves": curves})
        try:
            with self._path.open("a", encoding="utf-8") as stream:
                # What a killed program has left without its end is kept apart.
                stream.write(f"\n{line}\n")
                stream.flush()
                os.fsync(stream.fileno())
        except OSError:
            told = QT_TRANSLATE_NOOP("annstudio", "The journal “{name}” cannot be written there; choose another file.")
            raise UserError(text(told, name=self._path.name)) from None


def results_of(
    plan: Plan, journal: Store | None = None, ended: Callable[[], bool] = lambda: False, processes: int | None = None
) -> Iterator[Result]:
    """Yield the result of every trial as it comes; first those that the journal has.

    Args:
        plan: what to try.
        journal: where results are kept.
        ended: asked now and then whether to stop.
        processes: how many at most; one less than the machine has, so that something is left for the window.

    Raises:
        UserError: the journal cannot be read or written, or a process ended by itself.
    """
    there = journal.read() if journal is not None else {}
    wanted = {trial.key: trial for trial in plan.trials}
    yield from (there[key] for key in wanted if key in there)
    missing = [trial for key, trial in wanted.items() if key not in there]
    if not missing:
        return
    count = min(len(missing), processes or max(1, (os.cpu_count() or 2) - 1))
    # A copy of a process that has threads, as the window has, would not be sound.
    context = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(count, context, initializer=prepare_process)
    try:
        waiting: set[Future[Result]] = set()
        left = iter(missing)
        while not ended():
            # Few at a time: what has not begun is called off at once.
            for trial in left:
                waiting.add(pool.submit(conduct, trial.key, trial.project, plan.epochs))
                if len(waiting) > count:
                    break
            if not waiting:
                return
            done, waiting = wait(waiting, _LOOK, FIRST_COMPLETED)
            for future in done:
                result = future.result()
                if journal is not None:
                    journal.add(result)
                yield result
    except BrokenProcessPool:
        told = QT_TRANSLATE_NOOP("annstudio", "A process of the sweep has ended by itself; start the sweep again.")
        raise UserError(text(told)) from None
    finally:
        pool.shutdown(wait=False, cancel_futures=True)
        if ended():
            for process in multiprocessing.active_children():
                process.terminate()


def _result(line: str) -> Result | None:
    """Return the result of a line; None where it is not whole."""
    try:
        found = json.loads(line)
        curves = tuple(tuple(math.nan if cell is None else float(cell) for cell in row) for row in found["curves"])
        if isinstance(found["key"], str) and all(len(row) == len(COLUMNS) for row in curves):
            return Result(found["key"], curves, bool(found["failed"]))
    except (ValueError, KeyError, TypeError):
        pass
    return None
