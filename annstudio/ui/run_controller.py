"""Between the window and the training thread: commands go in, snapshots come out at a rate the window can paint."""

import math
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer, Signal

from annstudio.core.calls import Array
from annstudio.core.texts import Text
from annstudio.project.critic import Finding, Severity, criticize
from annstudio.project.kept import KeptRun
from annstudio.project.model import Project
from annstudio.training.by_hand import WeightPlace
from annstudio.training.snapshot import RunState, Snapshot, snapshot_for
from annstudio.training.trained import Trained
from annstudio.ui.document import Document
from annstudio.ui.kept_runs import KeptRuns
from annstudio.ui.translate import translate

if TYPE_CHECKING:
    from annstudio.training.session import Session

MakeSession = Callable[[Project, Trained | None], "Session"]

_SHORTEST = 1 / 15
"""Seconds between two refreshes: faster costs training time and shows an eye nothing more."""
_LONGEST = 1.0
_PAINTING_SHARE = 0.2
_PATIENCE = 5.0
"""Seconds to wait for the training thread when the program ends."""
_SWITCH_INTERVAL = 0.001
"""Seconds until the training thread hands over the interpreter; shorter than usual keeps the window at hand.

It holds at rest as well: while an edit is shown, the thread makes the new network ready, and the window would wait the
usual time at call after call of Qt's.
"""

_QUIET = 30
"""Milliseconds without an edit until the session learns of the last one.

Making a large network ready takes the interpreter; the canvas is to show this edit, and those that follow, before."""

_PAINTED = QEvent.Type(QEvent.registerEventType())


class PaintBudget:
    """Finds the pace of refreshes at which painting takes at most a fifth of the time."""

    def __init__(self) -> None:
        self._cost = 0.0

    def note(self, seconds: float) -> None:
        """Take in what a refresh cost."""
        self._cost += 0.3 * (seconds - self._cost)

    @property
    def interval(self) -> float:
        """Seconds from one refresh to the next."""
        return min(max(self._cost / _PAINTING_SHARE, _SHORTEST), _LONGEST)


class RunController(QObject):
    """Owns the session of the open project and lets the window see it.

    Args:
        document: what is trained; its edits reach the session once nothing forbids running.
        make_session: for tests; the real session otherwise, loaded when it is first needed.
    """

    snapshot_arrived = Signal(object)
    """(snapshot: Snapshot | None), at most 15 times a second; None when another document takes the run's place."""
    pinned_changed = Signal(object)
    """(pinned: Snapshot | None)"""
    state_changed = Signal(object)
    """(state: RunState)"""
    message = Signal(str)
    """A sentence for the status line."""
    checked = Signal(object)
    """(blocker: Finding | None), whenever what forbids running may have changed."""
    refused = Signal(object)
    """(blocker: Finding): someone asked for a run that is forbidden."""

    def __init__(
        self, document: Document, make_session: MakeSession | None = None, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._document = document
        self._make_session = make_session or _real_session
        self._session: Session | None = None
        self._loaded: Trained | None = None
        self._pace = math.inf
        self._started = False
        self._budget = PaintBudget()
        self._switch_interval = sys.getswitchinterval()
        self._told: object = None
        self._hand_edits = 0
        """How often this session has been asked to set a weight; what comes from before is out of date."""
        self.resets = 0
        """How often this session has been asked for the seed's weights; likewise."""
        self.snapshot: Snapshot | None = None
        self.pinned: Snapshot | None = None
        self.kept = KeptRuns(document.undo_stack, self)
        self.state = RunState.PREPARING
        self.blocker = first_error(document.project)
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._on_tick)
        self._edited = QTimer(self)
        self._edited.setSingleShot(True)
        self._edited.setInterval(_QUIET)
        self._edited.timeout.connect(self._adopt)
        document.changed.connect(self._on_document_changed)

    def start(self) -> None:
        """Begin: prepare the data, show the untrained network. Called after the window has been painted."""
        self._started = True
        sys.setswitchinterval(_SWITCH_INTERVAL)
        self._timer.start(round(_SHORTEST * 1000))
        self.checked.emit(self.blocker)
        self._adopt()

    def open(self, project: Project, trained: Trained | None = None, kept: Sequence[KeptRun] = ()) -> None:
        """Replace the document and everything that was trained.

        Args:
            project: the new document.
            trained: what came with it.
            kept: the runs that came with it.
        """
        # A very large batch may still be on its way: the old thread ends after it, by itself.
        self._end_session(patience=0.0)
        self._loaded = trained
        self.unpin()
        self.kept.replace(kept)
        self.snapshot_arrived.emit(None)
        self._document.replace(project)

    @property
    def trained(self) -> Trained:
        """What the network of the document as it stands has learned, whether it can run at the moment or not."""
        project = self._document.project
        latest = self.snapshot.trained if self.snapshot is not None else None
        known = latest or self._loaded or Trained(project)
        return known.kept_for(project)

    @property
    def running(self) -> bool:
        """Training is going on."""
        return self.state is RunState.RUNNING

    @property
    def failure(self) -> Text | None:
        """Why the run stopped, if it failed and the doctor does not say so."""
        if self.snapshot is None or self.snapshot.state is not RunState.FAILED or self.snapshot.findings:
            return None
        return self.snapshot.message

    def toggle(self) -> None:
        """Run or pause."""
        if self.running:
            self.pause()
        else:
            self.run()

    def run(self) -> None:
        """Train until paused."""
        if session := self._ready_session():
            session.run()

    def pause(self) -> None:
        """Stop after the batch at hand; it shows at once, and the figures follow when they are there."""
        if self._session is not None:
            self._session.pause()
            if self.running:
                self._enter(RunState.PAUSED)

    def step_batch(self) -> None:
        """Train for one batch."""
        if session := self._ready_session():
            session.step("batch")

    def step_epoch(self) -> None:
        """Train to the end of the epoch."""
        self.step_epochs(1)

    def step_epochs(self, count: int) -> None:
        """Train to the end of so many epochs."""
        if session := self._ready_session():
            session.step("epoch", count)

    def step_back_batch(self) -> None:
        """Go back by one batch."""
        if session := self._ready_session():
            session.step_back("batch")

    def step_back_epoch(self) -> None:
        """Go back to the beginning of the epoch, or of the one before."""
        if session := self._ready_session():
            session.step_back("epoch")

    def go_to(self, step: int) -> None:
        """Show the run as it was at a step of its past; see Past."""
        if session := self._ready_session():
            session.go_to(step)

    def go_to_latest(self) -> None:
        """Show the run as far as it has come."""
        past = self.snapshot.past if self.snapshot is not None else None
        if past is not None and past.behind:
            self.go_to(past.steps[-1])

    def pin(self) -> None:
        """Keep the moment that is shown in view, in place of one that was pinned before."""
        shown = self.snapshot
        if shown is not None and shown.weights:
            # The curves are shared with the run, which goes on.
            self._set_pinned(replace(shown, history=shown.history.until(shown.at)))

    def keep(self) -> None:
        """Keep the run as it is shown with the project, to compare others with."""
        if self.snapshot is not None:
            self.kept.keep(self.snapshot)

    def unpin(self) -> None:
        """Forget the pinned moment."""
        self._set_pinned(None)

    def reset(self) -> None:
        """Go back to the weights that the seed gives."""
        if session := self._ready_session():
            self.resets += 1
            session.reset()

    def weight(self, place: WeightPlace) -> "np.floating[Any] | None":
        """Return the number at a place as it is shown, in the run's precision.

        None where there is none, and while those of the seed are on their way.
        """
        current = self.snapshot is not None and self.snapshot.resets == self.resets
        weights = self.snapshot.weights if self.snapshot is not None and current else {}
        try:
            number: np.floating[Any] = weights[place.node_id].parts[place.part][place.index]
        except (KeyError, IndexError):
            return None
        return number

    def set_weight(self, place: WeightPlace, value: float) -> None:
        """Put a number into the weights; it shows at once, and costs and pictures follow.

        Args:
            place: of a layer in the network of the document.
            value: see by_hand.WEIGHT.
        """
        self._hand_over()
        if self._session is None:
            return
        self._hand_edits += 1
        self._session.set_weight(place, value)
        # After an edit that has just been taken back, what is shown may still be another network.
        if self.snapshot is not None and self.weight(place) is not None:
            # What is shown may be from before a pause that its session has not answered yet.
            self._show(replace(self.snapshot.with_weight(place, value), state=self.state))

    def set_pace(self, epochs_per_second: float) -> None:
        """Train no faster than this; infinity is as fast as it goes."""
        self._pace = epochs_per_second
        if self._session is not None:
            self._session.set_pace(epochs_per_second)

    def predict(self, raw: NDArray[Any]) -> Array | None:
        """Return the network's answers, (samples, outputs), to inputs in the data's own units.

        None while there is no network yet.
        """
        return self._session.predict(raw) if self._session is not None else None

    def close(self) -> None:
        """End the training thread; nothing arrives afterwards."""
        self._timer.stop()
        self._started = False
        self._end_session()
        sys.setswitchinterval(self._switch_interval)

    def customEvent(self, event: QEvent) -> None:
        """Learn what the last refresh cost, its repaints included."""
        if isinstance(event, _Painted):
            self._budget.note(time.thread_time() - event.started)
            self._timer.setInterval(round(self._budget.interval * 1000))

    def _ready_session(self) -> "Session | None":
        """Return the session, or None after saying why there cannot be a run."""
        if self.blocker is not None:
            self.message.emit(translate(self.blocker.message))
            self.refused.emit(self.blocker)
            return None
        self._hand_over()
        if self._session is None:
            self._adopt()
        return self._session

    def _hand_over(self) -> None:
        """Let the session learn of the last edit now, if it does not know of it yet."""
        if self._edited.isActive():
            self._adopt()

    def _on_document_changed(self, before: Project, after: Project) -> None:
        self.blocker = first_error(after)
        self.checked.emit(self.blocker)
        if not self._started:
            return
        if self._session is None or self.blocker is not None:
            self._adopt()
        else:
            self._edited.start()

    def _adopt(self) -> None:
        """Hand the project to the session, or hold the session while something forbids running."""
        self._edited.stop()
        if self.blocker is not None:
            self.pause()
        elif self._session is not None:
            self._session.adopt(self._document.project)
        else:
            self._session = self._make_session(self._document.project, self.trained)
            self._session.set_pace(self._pace)

    def _end_session(self, patience: float = _PATIENCE) -> None:
        self._edited.stop()
        if self._session is not None:
            self._session.close(patience)
            self._session = None
        self.snapshot, self._hand_edits, self.resets = None, 0, 0
        self._enter(RunState.PREPARING)

    def _on_tick(self) -> None:
        snapshot = self._session.mailbox.take() if self._session is not None else None
        if snapshot is None or self._is_old(snapshot):
            return
        started = time.thread_time()
        self._show(snapshot)
        # Repaints asked for just now have this priority as well, and come first.
        QCoreApplication.postEvent(self, _Painted(started), Qt.EventPriority.LowEventPriority.value)

    def _is_old(self, snapshot: Snapshot) -> bool:
        """Return whether what is shown already is newer."""
        shown = self.snapshot
        asked = snapshot.hand_edits >= self._hand_edits and snapshot.resets >= self.resets
        return shown is not None and (snapshot.run < shown.run or not asked)

    def _show(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot
        self.snapshot_arrived.emit(snapshot)
        self._enter(snapshot.state)
        if snapshot.message is not None and snapshot.message is not self._told:
            self._told = snapshot.message
            self.message.emit(translate(snapshot.message))

    def _set_pinned(self, snapshot: Snapshot | None) -> None:
        if snapshot is not self.pinned:
            self.pinned = snapshot
            self.pinned_changed.emit(snapshot)

    def _enter(self, state: RunState) -> None:
        if state is not self.state:
            self.state = state
            self.state_changed.emit(state)


def still_shown(snapshot: Snapshot | None, project: Project) -> Snapshot | None:
    """Return what stays of a run in the pictures beside a project that may have been edited since.

    If the project cannot run, that is nothing of other data; else it stays until the run brings the new, because the
    pictures would only flicker.
    """
    return snapshot if first_error(project) is None else snapshot_for(snapshot, project)


def first_error(project: Project) -> Finding | None:
    """Return the first finding that forbids running, if there is one."""
    return next((found for found in criticize(project) if found.severity is Severity.ERROR), None)


class _Painted(QEvent):
    """Comes round after the repaints of a refresh.

    Args:
        started: processor time of the thread when the refresh began, seconds.
    """

    def __init__(self, started: float) -> None:
        super().__init__(_PAINTED)
        self.started = started


def _real_session(project: Project, trained: Trained | None) -> "Session":
    from annstudio.training.session import Session

    return Session(project, trained)
