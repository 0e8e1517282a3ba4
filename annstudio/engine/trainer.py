"""Gradient descent by mini-batches."""

from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from annstudio.core.random import stream
from annstudio.engine.calls import Array, Calls
from annstudio.engine.network import Network
from annstudio.engine.optimizers.base import Optimizer, State
from annstudio.engine.plan import Evaluator, GradientPlan

Precision = Literal["float32", "float64"]


@dataclass(eq=False)
class Checkpoint:
    """The state of a trainer at one moment, between two batches.

    Attributes:
        weights: flat.
        state: the optimizer's.
        epoch, steps: done so far.
    """

    weights: Array
    state: State
    epoch: int
    steps: int


class Trainer:
    """Trains a network on its own copy of everything: weights, gradient, optimizer state, order of samples.

    The samples are reshuffled before every epoch. They are copied in their new order, a segment at a time, so that
    each batch is a slice; the calls of every slice are prepared once.

    Args:
        network: what to train.
        inputs: training inputs, (samples, features), finite.
        targets: training targets, (samples, outputs).
        optimizer: how to step.
        batch_size: samples per step; more than there are means all of them.
        seed: of initial weights and order.
        precision: type of all numbers.
        weights: flat starting weights instead of the seed's own.
    """

    SEGMENT = 256
    """Batches prepared at a time: it bounds the memory of a run, whatever the number of samples."""

    def __init__(
        self,
        network: Network,
        inputs: NDArray[Any],
        targets: NDArray[Any],
        optimizer: Optimizer,
        batch_size: int,
        seed: int = 0,
        precision: Precision = "float32",
        weights: NDArray[Any] | None = None,
    ) -> None:
        self.network = network
        self.optimizer = optimizer
        start = network.initial_weights(seed) if weights is None else weights
        self.weights: Array = np.array(start, dtype=precision)
        self.gradient: Array = np.zeros_like(self.weights)
        self.evaluator = Evaluator(network, self.weights)
        self.epoch = 0
        self.steps = 0
        self._position = 0
        self._shuffle = stream(seed, "shuffle")
        self._prepare_update()
        self._prepare_batches(np.asarray(inputs, precision), np.asarray(targets, precision), batch_size)

    @property
    def batches(self) -> int:
        """Steps per epoch."""
        return -(-self._samples // self._batch)

    @property
    def batch(self) -> int:
        """Batches done in this epoch; 0 between epochs."""
        return self._position

    def advance(self, most: int) -> int:
        """Take at most this many steps, but never past the end of the epoch; return how many were taken."""
        taken = 0
        with np.errstate(all="ignore"):
            while taken < most:
                slot = self._position % self.SEGMENT
                if slot == 0:
                    self._fill_segment()
                left_here = min(self.SEGMENT - slot, self.batches - self._position)
                count = min(left_here, most - taken)
                self._run(slot, count)
                taken += count
                self._position += count
                if self._position == self.batches:
                    self._position = 0
                    self.epoch += 1
                    break
        self.steps += taken
        return taken

    def set_learning_rate(self, value: float) -> None:
        """Change the learning rate from the next step on."""
        self.live["learning_rate"][()] = value

    def checkpoint(self, into: Checkpoint | None = None) -> Checkpoint:
        """Return a copy of the state of this moment, in a new checkpoint or in the given one."""
        if into is None:
            state = {slot: np.empty_like(values) for slot, values in self.state.items()}
            into = Checkpoint(np.empty_like(self.weights), state, 0, 0)
        np.copyto(into.weights, self.weights)
        for slot, values in self.state.items():
            np.copyto(into.state[slot], values)
        into.epoch, into.steps = self.epoch, self.steps
        return into

    def restore(self, checkpoint: Checkpoint) -> None:
        """Go back to a checkpoint; the next batch begins an epoch, in an order of its own."""
        np.copyto(self.weights, checkpoint.weights)
        for slot, values in self.state.items():
            np.copyto(values, checkpoint.state[slot])
        self.epoch, self.steps, self._position = checkpoint.epoch, checkpoint.steps, 0

    def continue_order_of(self, other: "Trainer") -> None:
        """Draw the orders to come from where another trainer of the same data has got to."""
        self._shuffle = other._shuffle

    def _prepare_update(self) -> None:
        optimizer, w = self.optimizer, self.weights
        self.state: State = {slot: np.zeros_like(w) for slot in optimizer.slots}
        if optimizer.counts_steps:
            self.state["step"] = np.zeros((), np.float64)
        self.live = {
            key: np.array(value, w.dtype) for key, value in optimizer.params.items() if isinstance(value, float)
        }
        self._update = optimizer.update(w, self.gradient, self.state, self.live, np.empty_like)

    def _prepare_batches(self, inputs: Array, targets: Array, batch_size: int) -> None:
        self._samples = len(inputs)
        self._batch = min(batch_size, self._samples)
        self._inputs = np.hstack([inputs, np.ones((self._samples, 1), inputs.dtype)])
        self._targets = targets
        slots = min(self.batches, self.SEGMENT)
        self._segment_inputs = np.empty((slots * self._batch, self._inputs.shape[1]), inputs.dtype)
        self._segment_targets = np.empty((slots, targets.shape[1], self._batch), inputs.dtype)
        full = self._plan(self._batch)
        self._slots: list[Calls] = [self._slot_calls(full, slot, self._batch) for slot in range(slots)]
        self._prepare_last_batch()

    def _prepare_last_batch(self) -> None:
        """The samples left over at an epoch's end are a batch too, with a plan of their own size."""
        self._last: Calls | None = None
        rest = self._samples % self._batch
        if rest:
            slot = (self.batches - 1) % self.SEGMENT
            self._last = self._slot_calls(self._plan(rest), slot, rest)

    def _plan(self, batch: int) -> GradientPlan:
        return GradientPlan(self.network, self.weights, self.gradient, batch)

    def _slot_calls(self, plan: GradientPlan, slot: int, size: int) -> Calls:
        start = slot * self._batch
        h = self._segment_inputs[start : start + size].T
        return plan.calls(h, self._segment_targets[slot, :, :size]) + self._update

    def _run(self, slot: int, count: int) -> None:
        slots = self._slots[slot : slot + count]
        if self._last is not None and self._position + count == self.batches:
            slots[-1] = self._last
        for calls in slots:
            for function, arguments in calls:
                function(*arguments)

    def _fill_segment(self) -> None:
        if self._position == 0:
            self._order = self._shuffle.permutation(self._samples)
        start = self._position * self._batch
        chosen = self._order[start : start + len(self._segment_inputs)]
        self._inputs.take(chosen, 0, self._segment_inputs[: len(chosen)], "clip")
        targets = self._targets.take(chosen, 0)
        whole = len(chosen) // self._batch
        outputs = targets.shape[1]
        self._segment_targets[:whole] = (
            targets[: whole * self._batch].reshape(whole, self._batch, outputs).transpose(0, 2, 1)
        )
        rest = targets[whole * self._batch :]
        if len(rest):
            self._segment_targets[whole, :, : len(rest)] = rest.T
