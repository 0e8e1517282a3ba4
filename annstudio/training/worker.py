"""What the training thread does."""

import logging
import math
import queue
import time
from collections.abc import Callable
from dataclasses import dataclass

from annstudio.core.errors import UserError
from annstudio.core.texts import QT_TRANSLATE_NOOP, Text, text
from annstudio.engine.arithmetic import fast_arithmetic
from annstudio.engine.threads import set_blas_threads
from annstudio.engine.trainer import Checkpoint
from annstudio.project.model import Project
from annstudio.project.settings import STOPPING
from annstudio.training.adopt import Change, change_between, what_starts_anew
from annstudio.training.by_hand import WeightPlace
from annstudio.training.doctor import diagnose
from annstudio.training.marks import changes_between
from annstudio.training.parking import Parking
from annstudio.training.run import Run
from annstudio.training.snapshot import MOST_CHECKPOINTED, Mailbox, Past, RunState, Snapshot
from annstudio.training.stopping import Stopper
from annstudio.training.trained import LayerWeights, Trained

log = logging.getLogger(__name__)

Command = Callable[[], None]

_SLICE = 0.008
"""Seconds of training between two looks at the queue: a command waits no longer."""
_MEASURING_SHARE = 0.01
"""Flat out, epochs pass faster than anyone can see, and some go by unmeasured: measuring takes about this share …"""
_KEEPING_SHARE = 0.01
"""Keeping the past takes this share of the time."""
_UNMEASURED = 0.25
"""… unless the last measurement was so many seconds ago."""


_FORGOTTEN = QT_TRANSLATE_NOOP("annstudio", "This is as far back as the memory for the run’s past reaches.")


@dataclass
class _Spent:
    """Seconds that a run has spent so far, on what."""

    training: float = 0.0
    measuring: float = 0.0
    measured_at: float = 0.0
    """When the last measurement ended, by the performance counter."""

    keeping: float = 0.0
    """On the last moment that was kept for the timeline."""
    kept_at: float = 0.0
    """When that was, by the performance counter."""

    @property
    def may_keep(self) -> bool:
        """Keeping a moment again takes no more than its share of the time since the last."""
        return self.keeping <= _KEEPING_SHARE * (time.perf_counter() - self.kept_at)

    @property
    def may_skip(self) -> bool:
        """Measuring has taken more than its share, and the last measurement is recent."""
        recent = time.perf_counter() - self.measured_at < _UNMEASURED
        return recent and self.measuring > _MEASURING_SHARE * self.training


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
        self._parking = Parking()
        self._runs = 0
        self._state = RunState.PREPARING
        self._message: Text | None = None
        self._epoch_seconds = 0.0
        self._due = 0.0
        self._chunk = 1
        """Batches trained between two looks at the clock."""
        self._epochs_to_go = 0
        """Pause when so many epochs have ended; 0 is never."""
        self._stepping = False
        """They are to be made one by one, and not as the project says."""
        self._stopper: Stopper | None = None
        """May end the run earlier."""
        self._spent = _Spent()
        self._unusable: Text | None = None
        """Why the student's last edit could not be taken over, if it could not."""
        self._explosion: Text | None = None
        """Why the run is stopped, if its numbers were no longer finite."""
        self._unsettled = False
        """Paused, and what the run has come to is still to be measured and shown."""
        self._wanted_step: int | None = None
        """Where in the past the student wants to go; the latest wish counts, those before it are passed over."""
        self._hand_edits = 0
        """How often a weight has been set by hand; every snapshot tells which of them it has."""
        self._resets = 0
        """How often Reset has been asked for; every snapshot tells this as well."""
        self._closed = False

    def work(self) -> None:
        """Answer commands and train in between, until closed."""
        set_blas_threads(1)
        while True:
            try:
                self._answer()
                if self._closed:
                    return
                if self._state is RunState.RUNNING:
                    self._train_a_slice()
                elif self._unsettled:
                    self._settle()
            except UserError as error:
                self._fail(error.message)
            except MemoryError:
                self._fail(
                    text(QT_TRANSLATE_NOOP("annstudio", "There is not enough memory for a network of this size."))
                )
            except Exception:
                log.exception("training failed")
                self._fail(text(QT_TRANSLATE_NOOP("annstudio", "Training stopped because of an error in the program.")))

    def start(self, project: Project, trained: Trained | None) -> None:
        """Begin with this project."""
        self.adopt(project, trained)

    def run_on(self) -> None:
        """Train until told otherwise."""
        run = self._usable()
        if run is not None:
            run.take_up()
            self._aim(run)
            self._due = time.perf_counter()
            self._enter(RunState.RUNNING)

    def _aim(self, run: Run) -> None:
        """Go on for as long as the project says, from here."""
        self._stopper = Stopper(run.project.training)
        self._epochs_to_go, self._stepping = int(run.project.training["epochs"]), False

    def pause(self) -> None:
        """Stop after the batch at hand; what it has come to is measured when no other command waits."""
        if self._state is RunState.RUNNING:
            self._state, self._epochs_to_go, self._unsettled = RunState.PAUSED, 0, True

    def step(self, unit: str, count: int = 1) -> None:
        """Train for one batch, or to the end of so many epochs, and pause."""
        run = self._usable()
        if run is None:
            return
        run.take_up()
        if unit == "epoch":
            # In slices, so that the next command need not wait for the epoch's end.
            self._epochs_to_go = self._epochs_to_go + count if self._stepping else count
            self._stopper, self._stepping = None, True
            self._due = time.perf_counter()
            self._state, self._message = RunState.RUNNING, None
            return
        if run.judging.vitals.latest is None:
            run.look()
        run.trainer.advance(1)
        run.note_batches(1)
        if run.finite and run.measure():
            run.keep()
            run.note()
            run.look()
            self._enter(RunState.PAUSED)
        else:
            self._explode(run)

    def step_back(self, unit: str) -> None:
        """Pause and go back by one batch, or to the beginning of an epoch."""
        run = self._usable()
        if run is not None:
            trainer = run.trainer
            steps = 1 if unit == "batch" else trainer.batch or trainer.batches.count
            self._go_to(run, trainer.steps - steps)

    def want_step(self, step: int) -> None:
        """Say where to go at the next `go_to_wanted`; called from the other thread."""
        self._wanted_step = step

    def go_to_wanted(self) -> None:
        """Pause and go to the step of the past that is wanted now."""
        run, step, self._wanted_step = self._run, self._wanted_step, None
        if run is not None and step is not None:
            self._go_to(run, step)

    def _go_to(self, run: Run, step: int) -> None:
        first = run.timeline.before(step).step
        run.go_to(step, given_up=lambda: self._wanted_step is not None)
        message = text(_FORGOTTEN) if max(step, run.origin) < first else None
        self._enter(RunState.PAUSED if run.progress.step else RunState.READY, message)

    def reset(self) -> None:
        """Go back to the seed's starting weights."""
        self._resets += 1
        run = self._usable()
        if run is not None:
            self._begin(Run(run.project, earlier=run))

    def set_weight(self, place: WeightPlace, value: float) -> None:
        """Put a number into the weights by hand; a run that is going on goes on from there."""
        self._hand_edits += 1
        run = self._usable()
        if run is None:
            return
        run.take_up()
        run.set_weight(place, value)
        if self._state is RunState.FAILED:
            self._state, self._message = RunState.PAUSED, None
        self._publish()

    def adopt(self, project: Project, trained: Trained | None = None) -> None:
        """Go on with an edited project; at the start, with what it has learned before."""
        run = self._run
        # Until the edit has gone through, the run at hand is not what the student sees.
        self._unusable = text(QT_TRANSLATE_NOOP("annstudio", "The edited network could not be prepared."))
        try:
            if run is None:
                self._begin(Run(project, trained))
            else:
                self._change(run, project)
        except UserError as error:
            self._unusable = error.message
            raise
        self._unusable = None

    def set_pace(self, epochs_per_second: float) -> None:
        """Run no faster than this."""
        self._epoch_seconds = 0.0 if math.isinf(epochs_per_second) else 1 / epochs_per_second
        self._due = time.perf_counter()

    def close(self) -> None:
        """Let the thread end."""
        self._closed = True

    def _change(self, run: Run, project: Project) -> None:
        change = change_between(run.project, project)
        stops_otherwise = any(run.project.training[key] != project.training[key] for key in STOPPING)
        if change is Change.RESTART:
            self._restart(run, project)
            return
        run.mark(changes_between(run.project, project))
        if change is Change.TUNING:
            self._run = run.tuned(project)
            if self._stopper is not None:
                # What it had seen was another run's: there is no going back to its best epoch.
                self._stopper = Stopper(project.training)
            self._publish()
        elif change is Change.LEARNING_RATE:
            run.project = project
            run.set_learning_rate()
            self._publish()
        else:
            run.project = project
        if stops_otherwise and self._state is RunState.RUNNING and not self._stepping and self._run is not None:
            self._aim(self._run)
        if self._state is RunState.FAILED:
            self._enter(RunState.PAUSED if run.progress.step else RunState.READY)

    def _restart(self, run: Run, project: Project) -> None:
        """Start the edited network, or go on with it where it was left before an earlier edit."""
        parked = self._parking.fetch(project)
        if parked is None:
            fresh = Run(project, run.trained.kept_for(project), earlier=run)
            self._park(run)
            self._begin(fresh, what_starts_anew(fresh) or self._why_it_stopped())
            return
        resumed = run.resumed(project, parked.trained, parked.history)
        self._park(run)
        self._begin(resumed, _back(run, resumed), RunState.PAUSED if resumed.progress.step else RunState.READY)

    def _why_it_stopped(self) -> Text | None:
        """Return a sentence for the student in whose midst of training an edit has made another network."""
        if self._state is not RunState.RUNNING:
            return None
        return text(
            QT_TRANSLATE_NOOP(
                "annstudio", "Training has stopped: this is another network now. Press Run to train it from the start."
            )
        )

    def _park(self, run: Run) -> None:
        self._parking.park(run.trained, run.history, run.compiled.network.parameter_count)

    def _usable(self) -> Run | None:
        """Return the run, unless the last edit could not be prepared; then say so again."""
        if self._unusable is not None:
            self._fail(self._unusable)
            return None
        return self._run

    def _answer(self) -> None:
        """Carry out the commands that wait; when idle, wait for one."""
        timeout = 0.0 if self._unsettled else None
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

    def _settle(self) -> None:
        """Show where the pause has come, with the cost there."""
        if self._run is not None and not self._run.measured:
            self._run.measure()
            self._run.note()
            self._run.look()
        self._enter(RunState.PAUSED, self._message)

    def _train_a_slice(self) -> None:
        with fast_arithmetic():
            self._train_for_a_while()

    def _train_for_a_while(self) -> None:
        run = self._run
        if run is None or (self._epoch_seconds and time.perf_counter() < self._due):
            return
        if run.judging.vitals.latest is None:
            run.look()
        end = time.perf_counter() + _SLICE
        while (now := time.perf_counter()) < end:
            taken = run.trainer.advance(self._chunk)
            seconds = time.perf_counter() - now
            self._spent.training += seconds
            if not run.finite:
                break
            if self._epoch_seconds:
                run.note_batches(taken)
            if run.trainer.batch == 0 and not self._end_epoch(run):
                return
            if taken == self._chunk:
                self._adapt_chunk(seconds)
            if self._epoch_seconds and now + self._epoch_seconds > end:
                break
        if not run.finite:
            self._explode(run)
            return
        if not self._epoch_seconds:
            # Flat out there are too many batches to look at each.
            run.note_batches(1)
        self._note(run)
        if self._mailbox.empty:
            self._publish()

    def _note(self, run: Run) -> None:
        """Keep this moment, if that may take its time."""
        if self._spent.may_keep:
            begin = time.perf_counter()
            run.note()
            self._spent.kept_at = time.perf_counter()
            self._spent.keeping = self._spent.kept_at - begin

    def _end_epoch(self, run: Run) -> bool:
        """Measure, if it is time; return whether training goes on."""
        self._due = max(self._due + self._epoch_seconds, time.perf_counter() - _SLICE)
        last, self._epochs_to_go = self._epochs_to_go == 1, max(0, self._epochs_to_go - 1)
        if not last and self._skips_measuring(run):
            return True
        begin = time.perf_counter()
        if not (run.measure() and run.finite):
            self._explode(run)
            return False
        run.keep()
        if run.judging.vitals.due:
            run.look()
        self._spent.measured_at = time.perf_counter()
        self._spent.measuring += self._spent.measured_at - begin
        reason = self._stopper.update(run) if self._stopper is not None else None
        if reason is not None or last:
            if not run.behind:
                run.note()
                run.look()
            self._enter(RunState.PAUSED, reason)
            return False
        return True

    def _skips_measuring(self, run: Run) -> bool:
        """Return whether this epoch's end goes by unmeasured."""
        watched = self._stepping or (self._stopper is not None and self._stopper.watches)
        flat_out = not self._epoch_seconds and not watched
        return flat_out and not run.schedule_observes and self._spent.may_skip

    def _adapt_chunk(self, seconds: float) -> None:
        """Aim at chunks of half a slice: few enough to answer commands soon, long enough to cost nothing."""
        self._chunk = max(1, min(4096, int(self._chunk * min(2.0, 0.5 * _SLICE / max(seconds, 1e-6)))))

    def _begin(self, run: Run, message: Text | None = None, state: RunState = RunState.READY) -> None:
        self._run = run
        self._runs += 1
        self._chunk = 1
        self._spent = _Spent()
        self._enter(state, message)

    def _explode(self, run: Run) -> None:
        """Go back to before the numbers ceased to be finite, and say so."""
        explosion = run.restore()
        self._enter(RunState.FAILED, explosion, explosion)

    def _fail(self, message: Text) -> None:
        self._enter(RunState.FAILED, message)

    def _enter(self, state: RunState, message: Text | None = None, explosion: Text | None = None) -> None:
        if state is not RunState.RUNNING:
            self._epochs_to_go = 0
        self._state, self._message, self._unsettled, self._explosion = state, message, False, explosion
        self._publish()

    def _publish(self) -> None:
        run = self._run
        if run is None:
            state, message, edits = self._state, self._message, self._hand_edits
            self._mailbox.put(Snapshot(self._runs, state, message, 0, 0, 0, hand_edits=edits, resets=self._resets))
            return
        flat = run.trainer.weights.copy()
        self._mailbox.put(
            Snapshot(
                run=self._runs,
                state=self._state,
                message=self._message,
                epoch=run.progress.epoch,
                step=run.progress.step,
                batches=run.trainer.batches.count,
                flat=flat,
                weights={node_id: LayerWeights(parts) for node_id, parts in run.compiled.parts(flat).items()},
                project=run.project,
                learned=run.learned,
                history=run.history,
                prepared=run.prepared,
                compiled=run.compiled,
                surface=run.surface(),
                answers=run.probe.look(hurried=self._state is RunState.RUNNING),
                extent=run.extent,
                batch=run.trainer.batch,
                penalty=run.trainer.penalty(),
                exact=run.exact,
                hand_edits=self._hand_edits,
                resets=self._resets,
                learning_rate=run.trainer.live["learning_rate"].item(),
                past=_past(run),
                vitals=run.judging.vitals.kept,
                findings=diagnose(run.case(self._explosion)),
                at=run.at,
                marks=run.marks,
                checkpoint=self._checkpoint(run),
            )
        )

    def _checkpoint(self, run: Run) -> Checkpoint | None:
        """Return where the run stands, for those who look into its next step."""
        if self._state is RunState.RUNNING or run.compiled.network.size > MOST_CHECKPOINTED:
            return None
        return run.trainer.checkpoint()


def _past(run: Run) -> Past:
    moments = run.timeline.moments
    return Past(
        steps=tuple(moment.step for moment in moments),
        epochs=tuple(run.epochs_by(moment) for moment in moments),
        now=run.trainer.steps,
        future=run.future,
    )


def _back(run: Run, resumed: Run) -> Text | None:
    """Return what to say when an earlier network is back in place of a run; nothing while nothing has been learned."""
    if resumed.learned:
        return text(QT_TRANSLATE_NOOP("annstudio", "This network is back, with what it had learned."))
    if run.learned:
        return text(QT_TRANSLATE_NOOP("annstudio", "This network is back as it was: not trained yet."))
    return None
