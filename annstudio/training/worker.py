"""What the training thread does."""

import logging
import math
import queue
import time
from collections.abc import Callable, Mapping

from annstudio.core.errors import UserError
from annstudio.core.texts import QT_TRANSLATE_NOOP, Text, text
from annstudio.engine.threads import set_blas_threads
from annstudio.project.model import Project
from annstudio.training.adopt import (
    Change,
    change_between,
    kept_weights,
    learning_rate,
    what_starts_anew,
)
from annstudio.training.run import Progress, Run
from annstudio.training.snapshot import LayerWeights, Mailbox, RunState, Snapshot

log = logging.getLogger(__name__)

Command = Callable[[], None]

_SLICE = 0.008
"""Seconds of training between two looks at the queue: a command waits no longer."""


class Worker:
    """Owns the run; everything here happens in the worker thread.

    Args:
        commands: what the session asks for, in order.
        mailbox: where the latest state goes.
    """

    def __init__(self, commands: "queue.SimpleQueue[Command]", mailbox: Mailbox) -> None:
        self._commands = commands
        self._mailbox = mailbox
        self._run: Run | None = None
        self._runs = 0
        self._state = RunState.PREPARING
        self._message: Text | None = None
        self._epoch_seconds = 0.0
        self._due = 0.0
        self._chunk = 1
        self._closed = False

    def work(self) -> None:
        """Answer commands and train in between, until closed."""
        set_blas_threads(1)
        while not self._closed:
            try:
                self._answer()
                if self._state is RunState.RUNNING:
                    self._train_a_slice()
            except UserError as error:
                self._fail(error.message)
            except Exception:
                log.exception("training failed")
                self._fail(text(QT_TRANSLATE_NOOP("annstudio", "Training stopped because of an error in the program.")))

    def start(self, project: Project, weights: Mapping[str, LayerWeights], progress: Progress) -> None:
        """Begin with this project."""
        self._begin(Run(project, weights, progress))

    def run_on(self) -> None:
        """Train until told otherwise."""
        if self._run is not None:
            self._due = time.perf_counter()
            self._enter(RunState.RUNNING)

    def pause(self) -> None:
        """Stop after the batch at hand."""
        if self._state is RunState.RUNNING:
            self._note_partial_epoch()
            self._enter(RunState.PAUSED, self._message)

    def step(self, unit: str) -> None:
        """Train for one batch, or to the end of the epoch, and pause."""
        run = self._run
        if run is None:
            return
        run.trainer.advance(1 if unit == "batch" else run.trainer.batches)
        if run.finite and run.measure():
            run.keep()
            self._enter(RunState.PAUSED)
        else:
            self._fail(run.restore())

    def reset(self) -> None:
        """Go back to the seed's starting weights."""
        if self._run is not None:
            self._begin(Run(self._run.project, earlier=self._run))

    def adopt(self, project: Project) -> None:
        """Go on with an edited project."""
        run = self._run
        if run is None:
            self._begin(Run(project))
            return
        change = change_between(run.project, project)
        if change is Change.RESTART:
            kept = kept_weights(run, project)
            restarted = Run(project, kept, earlier=run)
            self._begin(restarted, what_starts_anew(restarted, kept))
        elif change is Change.TUNING:
            self._retune(run, project)
        elif change is Change.LEARNING_RATE:
            run.trainer.set_learning_rate(learning_rate(project))
        if self._run is not None:
            self._run.project = project

    def set_pace(self, epochs_per_second: float) -> None:
        """Run no faster than this."""
        self._epoch_seconds = 0.0 if math.isinf(epochs_per_second) else 1 / epochs_per_second
        self._due = time.perf_counter()

    def close(self) -> None:
        """Let the thread end."""
        self._closed = True

    def _answer(self) -> None:
        """Carry out the commands that wait; when idle, wait for one."""
        timeout: float | None = None
        if self._state is RunState.RUNNING:
            timeout = max(0.0, self._due - time.perf_counter()) if self._epoch_seconds else 0.0
        try:
            if timeout == 0.0:
                self._commands.get_nowait()()
            else:
                self._commands.get(timeout=timeout)()
            while not self._closed:
                self._commands.get_nowait()()
        except queue.Empty:
            return

    def _train_a_slice(self) -> None:
        run = self._run
        if run is None or (self._epoch_seconds and time.perf_counter() < self._due):
            return
        end = time.perf_counter() + _SLICE
        while (now := time.perf_counter()) < end:
            taken = run.trainer.advance(self._chunk)
            if run.trainer.batch == 0 and not self._end_epoch(run):
                return
            if taken == self._chunk:
                self._adapt_chunk(time.perf_counter() - now)
            if self._epoch_seconds and now + self._epoch_seconds > end:
                break
        if not run.finite:
            self._fail(run.restore())
        elif self._mailbox.empty:
            self._publish()

    def _end_epoch(self, run: Run) -> bool:
        """Measure; return whether training goes on."""
        self._due = max(self._due + self._epoch_seconds, time.perf_counter() - _SLICE)
        if run.measure() and run.finite:
            run.keep()
            return True
        self._fail(run.restore())
        return False

    def _adapt_chunk(self, seconds: float) -> None:
        """Aim at chunks of half a slice: few enough to answer commands soon, long enough to cost nothing."""
        self._chunk = max(1, min(4096, int(self._chunk * min(2.0, 0.5 * _SLICE / max(seconds, 1e-6)))))

    def _note_partial_epoch(self) -> None:
        if self._run is not None and self._run.trainer.batch:
            self._run.measure()

    def _retune(self, run: Run, project: Project) -> None:
        tuned = Run(project, run.layer_weights(), run.progress, earlier=run)
        if run.project.training["loss"] == project.training["loss"]:
            tuned.history = run.history
        self._run = tuned
        self._publish()

    def _begin(self, run: Run, message: Text | None = None) -> None:
        self._run = run
        self._runs += 1
        self._chunk = 1
        self._enter(RunState.READY, message)

    def _fail(self, message: Text) -> None:
        self._enter(RunState.FAILED, message)

    def _enter(self, state: RunState, message: Text | None = None) -> None:
        self._state, self._message = state, message
        self._publish()

    def _publish(self) -> None:
        run = self._run
        if run is None:
            self._mailbox.put(Snapshot(self._runs, self._state, self._message, 0, 0, 0))
            return
        self._mailbox.put(
            Snapshot(
                run=self._runs,
                state=self._state,
                message=self._message,
                epoch=run.progress.epoch,
                step=run.progress.step,
                batches=run.trainer.batches,
                weights=run.layer_weights(),
                history=run.history,
                prepared=run.prepared,
                compiled=run.compiled,
                surface=run.surface(),
                extent=run.extent,
            )
        )
