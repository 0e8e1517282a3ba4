"""Gradient descent by mini-batches."""

import copy
import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from annstudio.core.calls import Array
from annstudio.engine.arithmetic import fast_arithmetic
from annstudio.engine.batches import SEGMENT, Batches
from annstudio.engine.checks import (
    check_data,
    check_inputs,
    check_precision,
    check_samples,
    check_seed,
    check_trainable,
    check_weights,
    culprit,
)
from annstudio.engine.luck import Luck
from annstudio.engine.network import Network
from annstudio.engine.optimizers import optimizers
from annstudio.engine.optimizers.base import Optimizer, State
from annstudio.engine.plan import Evaluator
from annstudio.engine.rate import Rate
from annstudio.engine.schedules import schedules
from annstudio.engine.schedules.base import Memory, Schedule
from annstudio.engine.schedules.constant import Constant
from annstudio.engine.seen import Seen
from annstudio.engine.steps import Steps
from annstudio.engine.tracing import Trace, trace
from annstudio.engine.update import Clipping, Update

Precision = Literal["float32", "float64"]

_CONSTANT = Constant()
_NO_CLIPPING = Clipping()


@dataclass(frozen=True)
class Failure:
    """Why a trainer cannot go on: the cost, or a weight, is no longer a finite number.

    Attributes:
        epoch: under way, from 1.
        step: number of the batch that could not be trained, from 1.
        place: of the layer where it began.
    """

    epoch: int
    step: int
    place: int


@dataclass(eq=False)
class Checkpoint:
    """The complete state of a trainer at one moment, between two batches: what comes next follows from it alone.

    Attributes:
        weights: the network's flat vector.
        state: what the optimizer remembers.
        live: its numbers as they were then.
        memory: what the schedule remembers.
        luck: states of the generators: of the orders, then of each layer that draws.
        order: of the samples in the epoch.
        position: batches done in the epoch.
        epoch, steps: done so far.
    """

    weights: Array
    state: State
    live: Mapping[str, float]
    memory: Memory
    luck: tuple[Any, ...]
    order: NDArray[np.intp]
    position: int
    epoch: int
    steps: int


class Trainer:
    """Trains a network on its own copy of everything: weights, gradient, optimizer state, order of samples.

    Args:
        network: what to train.
        inputs: training inputs, (samples, features), finite.
        targets: training targets, (samples, outputs).
        optimizer: how to step; an entry or its key.
        batch_size: samples per step; optimizers that evaluate the cost themselves take all of them.
        seed: of initial weights, order and dropout.
        precision: type of all numbers.
        weights: flat starting vector instead of the seed's own.
        schedule: how the learning rate changes with time; an entry or its key.
        clipping: what gradients are cut back to.
        threads: two share the work of an optimizer on long vectors; the result is the same.

    Raises:
        UserError: the data do not fit the network, or the optimizer or a layer cannot work with batches of this size.
    """

    MARK = 64
    """Batches between two marks: after a failure, the batches since the last one are trained anew, one by one."""

    def __init__(
        self,
        network: Network,
        inputs: NDArray[Any],
        targets: NDArray[Any],
        optimizer: Optimizer | str,
        batch_size: int,
        seed: int = 0,
        precision: Precision = "float32",
        weights: NDArray[Any] | None = None,
        schedule: Schedule | str = _CONSTANT,
        clipping: Clipping = _NO_CLIPPING,
        threads: int = 1,
    ) -> None:
        optimizer, schedule = optimizers.made(optimizer), schedules.made(schedule)
        check_precision(precision)
        check_seed(seed)
        check_trainable(network)
        x, t = check_data(network, inputs, targets, None if optimizer.evaluates else batch_size, precision)
        size = len(x) if optimizer.evaluates else batch_size
        self.network = network
        self._precision = precision
        self.optimizer = optimizer
        self.schedule = schedule
        self.epoch = 0
        self.steps = 0
        self.failure: Failure | None = None
        start = network.initial_weights(seed) if weights is None else weights
        self.weights: Array = check_weights(network, start, precision)
        self.gradient: Array = np.zeros(network.trainable_count, precision)
        self.evaluator = Evaluator(network, self.weights)
        self._luck = Luck(network, seed)
        self.batches = Batches(x, t, size, self._luck.shuffle)
        self._position = 0
        self._objective = replace(network.objective, own_error=optimizer.own_error)
        self._update = Update(network, optimizer, self.weights, self.gradient, clipping, threads=threads)
        rate = float(optimizer.params["learning_rate"])
        self._rate = Rate(rate, schedule, self.batches.count, self._set_rate)
        self._steps = Steps(
            network,
            self._objective,
            self.weights,
            self.gradient,
            self.batches,
            self._update,
            self._luck.layers,
            self._rate.calls,
        )
        self._rate.begin(0, 0)
        self._mark: Checkpoint | None = None
        self._spare: Checkpoint | None = None
        self._seen: Seen | None = None
        self._has_cost = False

    @property
    def state(self) -> State:
        """What the optimizer remembers."""
        return self._update.state

    @property
    def live(self) -> Mapping[str, Array]:
        """The optimizer's numbers, as they are now."""
        return self._update.live

    @property
    def batch(self) -> int:
        """Batches done in this epoch; 0 between epochs."""
        return self._position

    def penalty(self) -> float:
        """Return what L1 and L2 add to the cost at present."""
        return self._update.penalty.cost(self.weights)

    @property
    def samples(self) -> tuple[Array, Array]:
        """The training inputs, (samples, features), and targets, (samples, outputs), in their own order."""
        return self.batches.samples

    def last_cost(self) -> float:
        """Return the cost of the last batch, with the weights from before its step; NaN until there has been one."""
        return self.last_costs(1)[0] if self._has_cost else math.nan

    def last_costs(self, most: int) -> list[float]:
        """Return the costs of the last batches, in order, each with the weights from before its step.

        Args:
            most: how many; there are fewer where an epoch, or a part of it, has only just begun.
        """
        if not self._has_cost:
            return []
        end = self._position or self.batches.count
        known = min(most, (end - 1) % SEGMENT + 1)
        return [
            self._steps.cost((position - 1) % SEGMENT, position == self.batches.count)
            for position in range(end - known + 1, end + 1)
        ]

    def cost(self, inputs: NDArray[Any], targets: NDArray[Any]) -> tuple[float, Array]:
        """Return the cost J of these samples, without the penalty, and the outputs, (samples, outputs).

        Raises:
            UserError: the samples do not fit the network.
        """
        return self.evaluator.cost(*check_samples(self.network, inputs, targets, self._precision))

    def seen_cost(self) -> tuple[float, Array]:
        """Return cost and outputs of the training samples, each as its latest batch saw it; exact at the first call.

        Where that is too much work to be done again and again, it stands in for `cost` of the training part.
        """
        inputs, targets = self.samples
        if self._seen is None:
            self._seen = Seen(self.batches, self.evaluator.outputs(inputs)[0])
        z = self._seen.z
        with np.errstate(all="ignore"):
            a = self._steps.activation.value(z)
            return self.network.objective.cost(z, a, targets), a

    def predict(self, inputs: NDArray[Any]) -> Array:
        """Return the network's outputs for any samples, (samples, outputs), as after training.

        Raises:
            UserError: the samples do not fit the network.
        """
        return self.evaluator.outputs(check_inputs(self.network, inputs, self._precision))[1]

    def advance(self, most: int) -> int:
        """Take at most this many steps, but never past the end of the epoch; return how many were taken.

        Where the cost or a weight would no longer be a finite number, training stops before that step, and `failure`
        says so; the weights are the last finite ones.
        """
        start = self.steps
        with fast_arithmetic():
            while (left := start + most - self.steps) > 0 and self.failure is None:
                self._advance_to_mark(left)
                if self._position == self.batches.count:
                    self._position = 0
                    self.epoch += 1
                    break
        return max(0, self.steps - start)

    def _advance_to_mark(self, most: int) -> None:
        """Take at most this many steps, but not past the next mark or the end of the epoch."""
        slot = self._position % SEGMENT
        if slot == 0:
            self._begin_segment()
        count = min(most, self.MARK - slot % self.MARK, self.batches.count - self._position)
        mark, begin = self._marked(slot), self._position
        self._train(slot, count)
        if not self._sound(slot, count):
            self._retrace(mark, slot + count)
        if self._seen is not None:
            self._seen.note(begin, self._position)

    def trace(self, inputs: NDArray[Any], targets: NDArray[Any], focus: int = 0) -> Trace:
        """Return what the next step would compute if these samples were its batch; nothing is changed.

        Args:
            inputs: (batch, features).
            targets: (batch, outputs).
            focus: number of the sample whose terms are kept.
        """
        return trace(
            self.network, self.weights, inputs, targets, focus, self._update, self._luck.layers, self._objective
        )

    def coming(self) -> NDArray[np.intp]:
        """Return the numbers of the samples that the next step will take; nothing is changed."""
        order = self.batches.order if self._position else self._luck.next_order(len(self.batches.order))
        start = self._position * self.batches.size
        return order[start : start + self.batches.size]

    @property
    def luck(self) -> list[np.random.Generator]:
        """Copies of the generators that the layers draw from, by place."""
        return copy.deepcopy(self._luck.layers)

    @property
    def learning_rate(self) -> float:
        """The learning rate, before what the schedule makes of it."""
        return self._rate.value

    def set_learning_rate(self, value: float) -> None:
        """Change the learning rate, before what the schedule makes of it, from the next step on."""
        self._rate.set(value)
        self._mark = None

    def observe(self, cost: float) -> None:
        """Tell the schedule the cost at an epoch's end; some lower the learning rate when it no longer falls."""
        self._rate.observe(cost)
        self._mark = None

    def checkpoint(self, into: Checkpoint | None = None) -> Checkpoint:
        """Return a copy of the complete state of this moment, in a new checkpoint or in the given one."""
        into = self._note(into)
        into.live = {key: value.item() for key, value in self.live.items()} | {"learning_rate": self._rate.value}
        into.memory = self._rate.memory
        into.luck = self._luck.state()
        return into

    def _note(self, into: Checkpoint | None) -> Checkpoint:
        """Copy as much of the state as changes from batch to batch."""
        if into is None:
            empty = {slot: np.empty_like(values) for slot, values in self.state.items()}
            into = Checkpoint(np.empty_like(self.weights), empty, {}, {}, (), self.batches.order, 0, 0, 0)
        np.copyto(into.weights, self.weights)
        for slot, values in self.state.items():
            np.copyto(into.state[slot], values)
        into.luck = self._luck.drawn()
        into.order = self.batches.order
        into.position, into.epoch, into.steps = self._position, self.epoch, self.steps
        return into

    def restore(self, checkpoint: Checkpoint) -> None:
        """Go back to a checkpoint; from there, everything comes again as it came then."""
        self._recall(checkpoint)
        for key, value in checkpoint.live.items():
            self.live[key][()] = value
        self._rate.value, self._rate.memory = checkpoint.live["learning_rate"], checkpoint.memory
        self._rate.begin(self.epoch, self._position)
        self.failure = self._mark = self._seen = None
        self._has_cost = False
        slot = self._position % SEGMENT
        if slot:
            self.batches.fill(self._position - slot)

    def continue_luck_of(self, other: "Trainer") -> None:
        """Draw what is to come from where another trainer of the same network and data has got to."""
        self._luck.recall(other._luck.state())

    def continue_state_of(self, other: "Trainer") -> None:
        """Remember what another trainer's optimizer does, if it is of the same kind and moves as many weights."""
        if type(self.optimizer) is not type(other.optimizer):
            return
        shapes = [{slot: values.shape for slot, values in each.state.items()} for each in (self, other)]
        if shapes[0] == shapes[1]:
            for slot, values in self.state.items():
                np.copyto(values, other.state[slot])

    def _set_rate(self, rate: float) -> None:
        self._steps.set_rate(rate)

    def _recall(self, checkpoint: Checkpoint) -> None:
        np.copyto(self.weights, checkpoint.weights)
        for slot, values in self.state.items():
            np.copyto(values, checkpoint.state[slot])
        self._luck.recall(checkpoint.luck)
        self.batches.order = checkpoint.order
        self._position, self.epoch, self.steps = checkpoint.position, checkpoint.epoch, checkpoint.steps

    def _begin_segment(self) -> None:
        if self._position == 0:
            self.batches.reorder()
            self._rate.begin(self.epoch, 0)
        self.batches.fill(self._position)
        self._mark = None

    def _marked(self, slot: int) -> Checkpoint:
        """Return the last mark, a new one where it is time."""
        if self._mark is None or slot % self.MARK == 0:
            self._mark = self._spare = self._note(self._spare)
        return self._mark

    def _train(self, slot: int, count: int) -> None:
        """Train the batches from this slot on."""
        self._position += count
        self.steps += count
        self._steps.run(slot, count, ends_epoch=self._position == self.batches.count)
        self._has_cost = True

    def _sound(self, slot: int, count: int) -> bool:
        """Return whether these batches surely went well; checked for all of them at once, so not exactly."""
        if not self._steps.sound(slot, count):
            return False
        at_mark = (slot + count) % self.MARK == 0 or self._position == self.batches.count
        return not at_mark or math.isfinite(self.weights.sum())

    def _retrace(self, mark: Checkpoint, end: int) -> None:
        """Train the batches since the mark once more, looking after each; the first that goes wrong is taken back."""
        self._recall(mark)
        self._rate.begin(self.epoch, self._position)
        before = self._note(None)
        for slot in range(self._position % SEGMENT, end):
            self._note(before)
            self._train(slot, 1)
            if not (math.isfinite(self.last_cost()) and np.isfinite(self.weights).all()):
                self._recall(before)
                place = culprit(self.network, self.weights, mark.weights, self.batches.batch(slot).h)
                self.failure = Failure(self.epoch + 1, self.steps + 1, place)
                break
