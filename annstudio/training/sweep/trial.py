"""One trial of a sweep, in a process of its own."""

import math
import multiprocessing
import os
import threading
from contextlib import suppress
from dataclasses import dataclass

import numpy as np

from annstudio.core.errors import UserError
from annstudio.engine.threads import set_blas_threads
from annstudio.project.kept import thinned
from annstudio.project.model import Project
from annstudio.training.history import COLUMNS
from annstudio.training.run import Run

_MOST_POINTS = 200


@dataclass(frozen=True)
class Result:
    """What became of a trial.

    Attributes:
        key: of the trial.
        curves: rows of history.COLUMNS; a few hundred at most.
        failed: its numbers were no longer finite, or it could not be prepared.
    """

    key: str
    curves: tuple[tuple[float, ...], ...]
    failed: bool = False

    @property
    def cost(self) -> float:
        """What it is ranked by: the validation cost in the end, or that of training; infinite where it failed."""
        if self.failed or not self.curves:
            return math.inf
        new = self.curves[-1][2]
        return self.curves[-1][1] if math.isnan(new) else new

    @property
    def metric(self) -> float:
        """Accuracy, or R², in the end, of new samples where there are any."""
        if not self.curves:
            return math.nan
        new = self.curves[-1][4]
        return self.curves[-1][3] if math.isnan(new) else new


def prepare_process() -> None:
    """Leave the window its processor, and end with it; called once in every process of a sweep."""
    set_blas_threads(1)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    if hasattr(os, "nice"):
        with suppress(OSError):
            os.nice(10)


def _end_with_parent() -> None:
    """End this process when the one that started it is gone, even if that was killed."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def conduct(key: str, project: Project, epochs: int) -> Result:
    """Train a project for so many epochs from the weights of its seed."""
    try:
        run = Run(project)
    except UserError:
        return Result(key, (), failed=True)
    every = max(1, epochs // _MOST_POINTS)
    for epoch in range(1, epochs + 1):
        run.trainer.advance(run.trainer.batches.count)
        if not run.finite or ((epoch % every == 0 or epoch == epochs or run.schedule_observes) and not run.measure()):
            return Result(key, _curves(run), failed=True)
    return Result(key, _curves(run))


def _curves(run: Run) -> tuple[tuple[float, ...], ...]:
    rows = np.stack(run.history.columns(*COLUMNS), axis=1)
    return tuple(map(tuple, thinned(rows).tolist()))
