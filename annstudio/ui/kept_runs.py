"""The runs that are kept with the open project."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoCommand, QUndoStack

from annstudio.project.kept import MOST_RUNS, KeptRun, thinned
from annstudio.training.history import COLUMNS
from annstudio.training.snapshot import Snapshot


class KeptRuns(QObject):
    """Holds them; whatever is done to them is an edit that can be undone.

    Args:
        stack: of the document's edits.
    """

    changed = Signal()

    def __init__(self, stack: QUndoStack, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._stack = stack
        self._runs: tuple[KeptRun, ...] = ()

    @property
    def runs(self) -> Sequence[KeptRun]:
        """All of them, in the order in which they were kept."""
        return self._runs

    @property
    def is_full(self) -> bool:
        """No more can be kept."""
        return len(self._runs) >= MOST_RUNS

    def replace(self, runs: Sequence[KeptRun]) -> None:
        """Take those of another project."""
        self._set(tuple(runs))

    def keep(self, snapshot: Snapshot) -> None:
        """Keep a run as it is shown; nothing happens while there is nothing to keep, or when there are too many."""
        if snapshot.project is None or not snapshot.step or self.is_full:
            return
        history = snapshot.history.until(snapshot.at)
        curves = thinned(np.stack(history.columns(*COLUMNS), axis=1))
        run = KeptRun(self._free_name(), snapshot.project, snapshot.epoch, curves)
        self._apply(self.tr("Keep run"), (*self._runs, run))

    def remove(self, number: int) -> None:
        """Forget a run."""
        self._apply(self.tr("Remove run"), self._runs[:number] + self._runs[number + 1 :])

    def rename(self, number: int, name: str) -> None:
        """Call a run otherwise."""
        if name.strip() and name != self._runs[number].name:
            self._change(self.tr("Rename run"), number, replace(self._runs[number], name=name.strip()))

    def annotate(self, number: int, note: str) -> None:
        """Write something about a run."""
        if note != self._runs[number].note:
            self._change(self.tr("Note about a run"), number, replace(self._runs[number], note=note))

    def _free_name(self) -> str:
        taken = {run.name for run in self._runs}
        names = (self.tr("Run {number}").format(number=number) for number in range(1, len(taken) + 2))
        return next(name for name in names if name not in taken)

    def _change(self, text: str, number: int, run: KeptRun) -> None:
        self._apply(text, (*self._runs[:number], run, *self._runs[number + 1 :]))

    def _apply(self, text: str, runs: tuple[KeptRun, ...]) -> None:
        self._stack.push(_Edit(self, self._runs, runs, text))

    def _set(self, runs: tuple[KeptRun, ...]) -> None:
        self._runs = runs
        self.changed.emit()


class _Edit(QUndoCommand):
    """Going from some runs to others, and back."""

    def __init__(self, kept: KeptRuns, before: tuple[KeptRun, ...], after: tuple[KeptRun, ...], text: str) -> None:
        super().__init__(text)
        self._kept, self._before, self._after = kept, before, after

    def redo(self) -> None:
        self._kept._set(self._after)

    def undo(self) -> None:
        self._kept._set(self._before)
