"""One run: a project's private, compiled copy, and what is known of it."""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from annstudio.core.calls import Array
from annstudio.core.texts import QT_TRANSLATE_NOOP, Text, text
from annstudio.data.prepare import Part, Prepared
from annstudio.engine.plan import Evaluator
from annstudio.engine.threads import set_blas_threads
from annstudio.engine.trainer import Checkpoint, Trainer
from annstudio.project.compile import Compiled, compile_data, compile_network, compile_trainer
from annstudio.project.model import Project
from annstudio.training.answers import Probe
from annstudio.training.bends import sharpness_of
from annstudio.training.by_hand import WeightPlace
from annstudio.training.carried import carried
from annstudio.training.doctor.base import Case
from annstudio.training.history import History
from annstudio.training.judging import Judging
from annstudio.training.marks import Changes, Mark
from annstudio.training.metrics import all_metrics, metric_of
from annstudio.training.surface import Extent, grid
from annstudio.training.timeline import Moment, Timeline
from annstudio.training.trained import LayerWeights, Progress, Trained
from annstudio.training.vitals import Examination

_EXPLODING = 3.0
"""A cost of so many times the one at the start is beyond saving: healthy runs do not get there."""
_MOST_WORK = 2e8
"""Multiplications for one measurement of the training part, some milliseconds: larger ones would slow training down."""
_MOST_MARKS = 200
_REPLAYED = 256
"""Batches trained once more between two looks at whether they are still wanted."""


class Run:
    """A network, its data and its trainer, compiled from a project and owned by one thread.

    Args:
        project: what to run; compiled here, so this may raise UserError.
        trained: layers whose shapes fit start from these weights, the others from the seed.
        earlier: the run before; data that would be the same are taken from it.

    Attributes:
        weighted: ids of the nodes that have weights, in the order of the network.
        learned: those of them whose weights are no longer the seed's.
        probe: tells what each layer answers.
        timeline: the past of the trainer.
        future: while the run is shown as it was, the curves as far as it has come; then `history` ends at this moment.
        marks: where settings were changed in its midst.
        judging: what it is judged by, and from where on.
        origin: the step that its past may reach back to, negative where it goes on from a run with other settings.
    """

    def __init__(self, project: Project, trained: Trained | None = None, earlier: "Run | None" = None) -> None:
        self.project = project
        set_blas_threads(int(project.training["threads"]))
        self.compiled: Compiled = compile_network(project)
        self.prepared: Prepared = _prepared(project, earlier)
        given = trained or Trained(project)
        start, self._taken = _starting_weights(self.compiled, project, given.weights)
        self.weighted = tuple(self.compiled.parts(start))
        self._before = given.progress
        self.trainer: Trainer = compile_trainer(project, self.compiled.network, self.prepared, start)
        self.history = History()
        self._epochs_drawn = float(given.progress.epoch)
        self._parts = [_cast(part, self.trainer.weights) for part in (self.prepared.train, self.prepared.validation)]
        task = self.prepared.data.schema.task
        self._judges = [metric_of(task, targets, self._threshold) for _, targets in self._parts]
        self._grid = grid(self.prepared, self.compiled.network.parameter_count)
        self.probe = Probe(project, self.compiled, self.prepared, self.trainer.weights)
        self._good = self.trainer.checkpoint()
        self._best: Moment | None = None
        self._observed, self._measured_at = 0, math.nan
        self.measure()
        self.judging = Judging(self._untrained_cost() if self.learned else self._latest_cost)
        self.timeline = Timeline()
        self.origin = 0
        self.future: History | None = None
        self.marks: tuple[Mark, ...] = ()
        self._examination = Examination(self.compiled, self.trainer, int(project.training["seed"]))
        self._begin()

    def _begin(self) -> None:
        """Start from here: judge from this moment on, and keep it."""
        self.judge_from_here()
        self.note(fixed=True)

    def resumed(self, project: Project, trained: Trained, history: History) -> "Run":
        """Return a run of another project, that goes on from what it had learned and where its curves ended."""
        run = Run(project, trained, earlier=self)
        run.history, run._epochs_drawn = history, float(history.column("epoch")[-1])
        run._begin()
        return run

    def tuned(self, project: Project) -> "Run":
        """Return this run with other training settings: same network, weights and order of samples to come."""
        run = Run(project, self.trained, earlier=self)
        run.trainer.continue_luck_of(self.trainer)
        run.trainer.continue_state_of(self.trainer)
        run._epochs_drawn, run.judging.vitals = self.at, self.judging.vitals
        run._begin()
        if self.project.training["loss"] == project.training["loss"]:
            run.history, run.marks = self.history, self._marks_until_now()
            run.timeline.precede(carried(self, run))
            run.origin = self.origin - self.trainer.steps
        return run

    @property
    def progress(self) -> Progress:
        """How far the weights have been trained, in this run and before."""
        return Progress(self._before.epoch + self.trainer.epoch, self._before.step + self.trainer.steps)

    @property
    def learned(self) -> frozenset[str]:
        """Ids of the nodes whose weights are no longer the seed's."""
        return frozenset(self.weighted) if self.progress.step else self._taken

    @property
    def trained(self) -> Trained:
        """What the network has learned by now; a copy."""
        weights = {node_id: weights for node_id, weights in self.layer_weights().items() if node_id in self.learned}
        return Trained(self.project, weights, self.progress)

    @property
    def at(self) -> float:
        """Where the run stands on the axis of the curves: epochs, and the part of the one under way."""
        return self._epochs_drawn + self.trainer.epoch + self.trainer.batch / self.trainer.batches.count

    def measure(self) -> bool:
        """Measure cost and metric of the training and validation parts, and note them in the history.

        Returns:
            The training cost is a finite number.
        """
        row = self._figures()
        self.history.append(row)
        self._measured_at = self.trainer.steps
        self._observe(row)
        return math.isfinite(row[1])

    @property
    def _latest_cost(self) -> float:
        return float(self.history.column("train_cost")[-1])

    def _untrained_cost(self) -> float:
        """Return what the training part, or as much of it as may be asked for, costs with the weights of the seed."""
        network = self.compiled.network
        drawn = network.initial_weights(int(self.project.training["seed"])).astype(self.trainer.weights.dtype)
        asked = slice(max(1, int(_MOST_WORK / max(1, network.parameter_count))))
        inputs, targets = self._parts[0]
        return Evaluator(network, drawn).cost(inputs[asked], targets[asked])[0]

    def _figures(self) -> list[float]:
        """Return a row of the history for this moment."""
        measure = self.trainer.evaluator.cost
        train_cost, train = measure(*self._parts[0]) if self.exact else self.trainer.seen_cost()
        validation_cost, validation = measure(*self._parts[1])
        metrics = self._judges[0](train), self._judges[1](validation)
        return [self.at, train_cost, validation_cost, *metrics, self.trainer.penalty()]

    @property
    def exact(self) -> bool:
        """Cost and metric of the training part are those of the present weights, not of each sample's latest batch.

        They are where a schedule goes by them: what each sample's latest batch said cannot be replayed.
        """
        little = len(self._parts[0][0]) * self.compiled.network.parameter_count <= _MOST_WORK
        return little or self.schedule_observes

    @property
    def measured(self) -> bool:
        """The last point of the history is this moment's."""
        return self._measured_at == self.trainer.steps

    def _observe(self, row: Sequence[float]) -> None:
        """Tell the schedule the costs at the end of an epoch, once."""
        train_cost, validation_cost = row[1:3]
        if not self.trainer.batch and self.trainer.epoch != self._observed:
            self._observed = self.trainer.epoch
            self.trainer.observe(train_cost if math.isnan(validation_cost) else validation_cost)

    @property
    def schedule_observes(self) -> bool:
        """The learning rate depends on the cost at the end of every epoch."""
        return bool(self.trainer.schedule.start())

    def note_batches(self, count: int) -> None:
        """Keep what so many batches have cost, the last ones trained."""
        at, batches = self.at, self.trainer.batches.count
        costs = self.trainer.last_costs(count)
        for back, cost in zip(range(len(costs) - 1, -1, -1), costs, strict=True):
            self.history.batches.append((at - back / batches, cost))

    def keep(self) -> None:
        """Remember this moment as the last sound one, unless the cost is already on its way to infinity."""
        if not self._latest_cost > _EXPLODING * self.judging.start:
            self.trainer.checkpoint(self._good)

    def keep_best(self) -> None:
        """Remember this moment as the best one."""
        self._best = self._moment(self._best.checkpoint if self._best is not None else None)

    def go_to_best(self) -> None:
        """Show the run as it was at the best moment; what followed is kept until `take_up`."""
        if self._best is not None and self._best.step < self.trainer.steps:
            self._leave_the_latest()
            self._restore(self._best)
            self._arrive()

    def restore_best(self) -> None:
        """Go back to the best moment, if one has been kept; the curves stay."""
        if self._best is not None:
            self.trainer.restore(self._best.checkpoint)

    def note(self, *, fixed: bool = False) -> None:
        """Keep this moment in the timeline; see Moment for what is fixed."""
        self.timeline.keep(replace(self._moment(), fixed=fixed))

    def _moment(self, into: Checkpoint | None = None) -> Moment:
        return Moment(self.trainer.checkpoint(into), self._epochs_drawn, self._before)

    def epochs_by(self, moment: Moment) -> int:
        """Return how many whole epochs had been done by a moment, in this run and before."""
        return moment.before.epoch + moment.checkpoint.epoch

    @property
    def behind(self) -> bool:
        """The run is shown as it was; what came later is still there to go back to."""
        return self.future is not None

    def go_to(self, step: int, given_up: Callable[[], bool] = lambda: False) -> None:
        """Go to a step of the past, or from there back towards the latest; what follows is kept until `take_up`.

        Steps that are not kept are trained once more, which leads to the very same weights; those from before a change
        of the settings are passed over.

        Args:
            step: of the trainer; the first and the last one kept are the ends.
            given_up: asked in between whether the nearest kept moment will do.
        """
        self._leave_the_latest()
        moment = self.timeline.before(step)
        self._restore(moment)
        end = moment.step if moment.alone else min(step, self.timeline.latest.step)
        while self.trainer.steps < end and self.finite and not given_up():
            self.trainer.advance(min(step - self.trainer.steps, _REPLAYED))
            if not self.trainer.batch and self.schedule_observes:
                self._observe(self._figures())
        self._arrive()

    def _leave_the_latest(self) -> None:
        """Note how far the run has come, if it is shown so."""
        if self.future is None:
            self.note()
            self.future = self.history

    def _arrive(self) -> None:
        """Show the run as it is at the moment where the trainer is."""
        assert self.future is not None
        self.trainer.checkpoint(self._good)
        if self.trainer.steps == self.timeline.latest.step:
            self.history, self.future = self.future, None
        else:
            self.history = self._history_until_now(self.future)
        self._measured_at = self.trainer.steps
        self.set_learning_rate()

    def _history_until_now(self, whole: History) -> History:
        row = self._figures()
        history = whole.until(row[0])
        if not len(history) or history.column("epoch")[-1] < row[0]:
            history.append(row)
        return history

    def take_up(self) -> None:
        """Go on from this moment of the past: what came later is no longer what follows."""
        if self.behind:
            self.future = None
            self.judging.take_up(self.at, self._latest_cost, self.trainer.learning_rate)
            # What was changed later counts from here on now.
            later = {key: told for mark in self.marks if mark.epoch > self.at for key, told in mark.changes.items()}
            self.marks = self._marks_until_now()
            self.mark(later)
            self.note(fixed=True)

    def look(self) -> None:
        """See how the layers are doing, and keep it."""
        self.judging.vitals.look(self._examination, self.at)

    def case(self, failure: Text | None = None) -> Case:
        """Return what there is to judge the run by.

        Args:
            failure: what `restore` has said.
        """
        case = self.judging.case(self.project, self.compiled, self.future or self.history, self.at, failure)
        return case if self.progress.step else replace(case, sharpness=self._sharpness)

    @cached_property
    def _sharpness(self) -> float:
        """How sharply the cost bends where the run begins; see sharpness_of."""
        return sharpness_of(self.project, self.trainer)

    def judge_from_here(self) -> None:
        """Judge anew: what was before is another run's."""
        self.judging.begin(self.at, self._latest_cost, self.trainer.learning_rate)

    def mark(self, changes: Changes) -> None:
        """Remember for the plot that settings were changed here, if anything has been learned before."""
        if not changes or not self.progress.step:
            return
        *others, last = self.marks or (Mark(-1, {}),)
        if last.epoch == self.at:
            changes = {**last.changes, **changes}
        else:
            others.append(last)
        marks = [mark for mark in others if mark.epoch >= 0]
        self.marks = (*marks, Mark(self.at, changes))[-_MOST_MARKS:]

    def _marks_until_now(self) -> tuple[Mark, ...]:
        return tuple(mark for mark in self.marks if mark.epoch <= self.at)

    def set_learning_rate(self) -> None:
        """Take over the learning rate of the project, from the next batch on."""
        rate = self.project.training["optimizer.learning_rate"]
        assert isinstance(rate, float)
        if rate != self.trainer.learning_rate:
            self.trainer.set_learning_rate(rate)
            if not self.behind:
                self._begin()

    def _restore(self, moment: Moment) -> None:
        self.trainer.restore(moment.checkpoint)
        self._epochs_drawn, self._before, self._observed = moment.drawn, moment.before, self.trainer.epoch

    def set_weight(self, place: WeightPlace, value: float) -> None:
        """Put a number into the weights by hand; all else goes on as it is, and failures go back to no earlier moment.

        Args:
            place: of a layer in this network.
            value: finite in the run's precision.
        """
        now = self.trainer.checkpoint()
        self.compiled.parts(now.weights)[place.node_id][place.part][place.index] = value
        self.trainer.restore(now)
        self._taken |= {place.node_id}
        if self.measure():
            self._good = now
        self._begin()

    @property
    def finite(self) -> bool:
        """Training goes on: cost and weights are finite numbers."""
        return self.trainer.failure is None

    def restore(self) -> Text:
        """Go back to the last sound moment; return what happened, for the student."""
        failure, drawn = self.trainer.failure, self.at
        epoch = self.progress.epoch + (1 if self.trainer.batch else 0)
        self.trainer.restore(self._good)
        # The curves go on to the right of the explosion, which stays to be seen.
        self._epochs_drawn += drawn - self.at
        self._observed = self.trainer.epoch
        startable = math.isfinite(self.judging.start)
        self.measure()
        self._begin()
        if failure is None:
            return text(
                QT_TRANSLATE_NOOP(
                    "annstudio",
                    "Training stopped in epoch {epoch}: the numbers grew beyond all bounds. The weights from before "
                    "are back; try a smaller learning rate.",
                ),
                epoch=epoch,
            )
        if not startable:
            return text(
                QT_TRANSLATE_NOOP(
                    "annstudio",
                    "Training cannot start: {layer} has no value for some of what comes in, so there is no cost to "
                    "make smaller. Choose another function there.",
                ),
                layer=self.compiled.network.names[failure.place],
            )
        return text(
            QT_TRANSLATE_NOOP(
                "annstudio",
                "Training stopped in epoch {epoch}: the numbers grew beyond all bounds, first in {layer}. The weights "
                "from before are back; try a smaller learning rate.",
            ),
            epoch=self._before.epoch + failure.epoch,
            layer=self.compiled.network.names[failure.place],
        )

    def layer_weights(self) -> dict[str, LayerWeights]:
        """Return a copy of each layer's weights by node id."""
        return {
            node_id: LayerWeights({name: part.copy() for name, part in parts.items()})
            for node_id, parts in self.compiled.parts(self.trainer.weights).items()
        }

    @property
    def extent(self) -> Extent | None:
        """The ranges over which surface asks, in the data's own units."""
        return self._grid[0] if self._grid else None

    def surface(self) -> Array | None:
        """Return the outputs all over the plane, (rows, columns, outputs); None for more than two features."""
        if self._grid is None:
            return None
        _, (rows, columns), points = self._grid
        _, outputs = self.trainer.evaluator.outputs(points)
        return self.compiled.network.objective.readable(outputs).reshape(rows, columns, -1)

    def judge(self, part: Part) -> tuple[float, dict[str, Any]]:
        """Return the cost of any part of the data, as things stand, and all metrics by name."""
        inputs, targets = _cast(part, self.trainer.weights)
        cost, outputs = self.trainer.evaluator.cost(inputs, targets)
        return cost, all_metrics(self.prepared.data.schema.task, outputs, targets, self._threshold)

    @property
    def _threshold(self) -> float:
        return self.compiled.network.objective.loss.threshold()


def _prepared(project: Project, earlier: Run | None) -> Prepared:
    if earlier is not None and earlier.project.data == project.data:
        return earlier.prepared
    return compile_data(project)


def _cast(part: Part, like: Array) -> tuple[Array, Array]:
    # Columns in one piece, as the network's own outputs are: the cost takes a fraction of the time.
    return part.inputs.astype(like.dtype), np.asfortranarray(part.targets, like.dtype)


def _starting_weights(
    compiled: Compiled, project: Project, given: Mapping[str, LayerWeights]
) -> tuple[NDArray[Any], frozenset[str]]:
    """Return the flat starting weights, and the ids of the nodes that start from the given ones."""
    network = compiled.network
    flat = network.initial_weights(int(project.training["seed"]))
    taken = set()
    for node_id, parts in compiled.parts(flat).items():
        old = given[node_id].parts if node_id in given else {}
        if {name: part.shape for name, part in old.items()} == {name: part.shape for name, part in parts.items()}:
            for name, part in parts.items():
                np.copyto(part, old[name])
            taken.add(node_id)
    return flat, frozenset(taken)
