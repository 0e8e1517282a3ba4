"""What the worker thread shows of a run, and how it gets across."""

import threading
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING

from annstudio.core.calls import Array
from annstudio.core.texts import Text
from annstudio.data.prepare import Prepared
from annstudio.engine.losses.base import Loss
from annstudio.project.compile import Compiled
from annstudio.project.critic.base import Finding
from annstudio.project.model import Project
from annstudio.training.answers import Answers
from annstudio.training.by_hand import WeightPlace
from annstudio.training.history import History
from annstudio.training.marks import Mark
from annstudio.training.trained import LayerWeights, Progress, Trained
from annstudio.training.vitals import Vitals

if TYPE_CHECKING:
    from annstudio.engine.trainer import Checkpoint


MOST_CHECKPOINTED = 500_000
"""Weights up to which a run that rests shows all that its next step depends on."""


class RunState(StrEnum):
    """What a run is doing."""

    PREPARING = "preparing"
    READY = "ready"
    RUNNING = "running"
    PAUSED = "paused"
    FAILED = "failed"


@dataclass(frozen=True, eq=False)
class Past:
    """What of a run one can go back to.

    Attributes:
        steps: of the moments that are kept, ascending; batches since the run began.
        epochs: whole epochs done by each of them.
        now: the step that is shown.
        future: where that is not the latest, the curves as far as the run had come.
    """

    steps: tuple[int, ...] = ()
    epochs: tuple[int, ...] = ()
    now: int = 0
    future: History | None = None

    @property
    def behind(self) -> bool:
        """The run is shown as it was."""
        return self.future is not None

    @property
    def reaches_back(self) -> bool:
        """There is something before the step that is shown."""
        return bool(self.steps) and self.now > self.steps[0]


@dataclass(frozen=True, eq=False)
class Snapshot:
    """The state of a run at one moment. Everything in it is the reader's to keep.

    Attributes:
        run: number of the run; grows with every reset or new design, so that nothing old is taken for new.
        state: what the run is doing.
        message: why it stopped or what started anew, for the status line; None when there is nothing to say.
        epoch: whole epochs done.
        step: batches done in all.
        batches: batches per epoch.
        batch: batches done in the epoch under way; 0 between epochs.
        flat: all weights in the network's one vector, its type the run's; None before there is a network.
        weights: by node id, in the order of the network; views of flat.
        project: what runs.
        learned: ids of the nodes whose weights are no longer the seed's.
        history: cost and metrics so far; append-only, shared, safe to read.
        prepared: the data of this run.
        compiled: the network of this run.
        surface: the network's outputs over the grid of a 2-input data set, (rows, columns, outputs), row 0 at the
            bottom; over a line of a 1-input set, (1, columns, outputs); None for other data. The first and the last
            column stand exactly at the ends of the extent; likewise the rows.
        extent: the ranges of the grid in the data's own units, ((x0, x1), (y0, y1)).
        answers: what the first units of each layer answer, by node id, the data included; of a moment ago where asking
            takes long, and none for very large networks.
        exact: cost and metric of the training part are those of the present weights; not so for very large ones, where
            each sample's answer is from when it was last trained on.
        penalty: what L1 and L2 add to the costs of the history, which are without it; 0 where no layer has any.
        hand_edits: how many weights set by hand the session had taken in.
        resets: how often the session had gone back to the seed's weights by then.
        learning_rate: in use, as the schedule has it; 0 before there is a network.
        past: what one can go back to.
        vitals: what was seen inside the run, in order; none for very large networks.
        findings: what is going wrong, the likeliest cause first.
        at: where it stands on the axis of the curves, in epochs.
        marks: where settings were changed in the midst of the run.
        checkpoint: all that the next step depends on; None while the run is going on, and for very large networks.
    """

    run: int
    state: RunState
    message: Text | None
    epoch: int
    step: int
    batches: int
    weights: Mapping[str, LayerWeights] = field(default_factory=lambda: MappingProxyType({}))
    project: Project | None = None
    learned: frozenset[str] = frozenset()
    history: History = field(default_factory=History)
    prepared: Prepared | None = None
    compiled: Compiled | None = None
    surface: Array | None = None
    extent: tuple[tuple[float, float], tuple[float, float]] | None = None
    answers: Mapping[str, Answers] = field(default_factory=lambda: MappingProxyType({}))
    batch: int = 0
    flat: Array | None = None
    penalty: float = 0.0
    exact: bool = True
    hand_edits: int = 0
    resets: int = 0
    learning_rate: float = 0.0
    past: Past = field(default_factory=Past)
    vitals: tuple[Vitals, ...] = ()
    findings: tuple[Finding, ...] = ()
    at: float = 0.0
    marks: tuple[Mark, ...] = ()
    checkpoint: "Checkpoint | None" = None

    @property
    def scheduled(self) -> bool:
        """The learning rate changes with time."""
        return self.project is not None and self.project.training["schedule"] != "constant"

    @property
    def loss(self) -> type[Loss]:
        """By what the outputs are to be read: what the network was asked for."""
        return Loss if self.compiled is None else type(self.compiled.network.objective.loss)

    def with_weight(self, place: WeightPlace, value: float) -> "Snapshot":
        """Return this moment with one number of the weights changed; the surface and the costs are those from before.

        Args:
            place: of a layer in this network.
            value: finite in the run's precision.
        """
        if self.compiled is None or self.flat is None:
            raise ValueError("there is no network yet")
        flat = self.flat.copy()
        parts = self.compiled.parts(flat)
        parts[place.node_id][place.part][place.index] = value
        weights = {node_id: LayerWeights(named) for node_id, named in parts.items()}
        return replace(self, flat=flat, weights=weights, learned=self.learned | {place.node_id})

    @property
    def trained(self) -> Trained | None:
        """What the network has learned by now; None before there is a network."""
        if self.project is None:
            return None
        weights = {node_id: weights for node_id, weights in self.weights.items() if node_id in self.learned}
        return Trained(self.project, weights, Progress(self.epoch, self.step))


def snapshot_for(snapshot: Snapshot | None, project: Project) -> Snapshot | None:
    """Return a snapshot if it is of a project's data, and None if it is of others: its answers say nothing then."""
    of = snapshot.project if snapshot is not None else None
    return None if of is not None and of.data != project.data else snapshot


class Mailbox:
    """Holds the latest snapshot only: a slow reader never falls behind, a fast writer never waits.

    A snapshot that ends something (not running) is never replaced by an older one, because only one thread writes.
    While the box is held, a run that is going on is shown as paused: that is what the reader has asked for, and the
    writer is only finishing the batch at hand.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._held = False
        self._written: Snapshot | None = None
        self._unread: Snapshot | None = None
        self.last: Snapshot | None = None
        """The latest snapshot, whether taken or not."""

    def put(self, snapshot: Snapshot) -> None:
        """Replace what is in the box."""
        with self._lock:
            self._written = snapshot
            self._show(snapshot)

    def hold(self, held: bool) -> None:
        """Show what is running as paused from now on, or no longer; at once also what is in the box."""
        with self._lock:
            changed, self._held = held is not self._held, held
            if changed and self._written is not None and self._written.state is RunState.RUNNING:
                self._show(self._written)

    def take(self) -> Snapshot | None:
        """Return the snapshot that came since the last call, or None."""
        with self._lock:
            unread, self._unread = self._unread, None
            return unread

    @property
    def empty(self) -> bool:
        """The reader has taken what was there."""
        return self._unread is None

    def _show(self, snapshot: Snapshot) -> None:
        if self._held and snapshot.state is RunState.RUNNING:
            snapshot = replace(snapshot, state=RunState.PAUSED)
        self._unread = self.last = snapshot
