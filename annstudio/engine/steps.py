"""The prepared calls of every batch: from its samples to the weights behind its step."""

import math
from collections.abc import Sequence

import numpy as np

from annstudio.core.calls import Array, Calls, flat, make, run
from annstudio.engine.activations.base import Activation
from annstudio.engine.batches import Batches
from annstudio.engine.board import Board
from annstudio.engine.network import Network
from annstudio.engine.objective import Objective
from annstudio.engine.plan import GradientPlan
from annstudio.engine.update import Update


class Steps:
    """Binds the calls of every slot of a segment once, and makes them.

    Args:
        network: what to train.
        objective: what is made small.
        weights, gradient: the flat vectors.
        batches: the samples.
        update: from the gradient to the new weights.
        luck: generators of the layers that draw, by place.
        before: calls to be made before every step.
    """

    def __init__(
        self,
        network: Network,
        objective: Objective,
        weights: Array,
        gradient: Array,
        batches: Batches,
        update: Update,
        luck: Sequence[np.random.Generator],
        before: Calls,
    ) -> None:
        self._batches, self._update, self._objective, self._before = batches, update, objective, before
        sizes = [batches.size, *([batches.rest] if batches.rest else [])]
        boards = [Board(network, weights, size, gradient, luck, objective=objective) for size in sizes]
        self._plans = [GradientPlan(board) for board in boards]
        slots = [flat(self._prepare(self._plans[0], slot, batches.size)) for slot in range(batches.slots)]
        self._each = len(slots[0])
        self._calls = [call for slot in slots for call in slot]
        # The samples left over at an epoch's end are a batch too, with a plan of their own size.
        self._last = flat(self._prepare(self._plans[-1], batches.last_slot, sizes[-1]))

    def run(self, slot: int, count: int, ends_epoch: bool) -> None:
        """Make these steps; the last of them may be the last of the epoch."""
        whole = count - 1 if ends_epoch else count
        make(self._calls[slot * self._each : (slot + whole) * self._each])
        if ends_epoch:
            make(self._last)

    def set_rate(self, rate: float) -> None:
        """Set the learning rate of the next step."""
        self._update.live["learning_rate"][()] = rate
        for plan in self._plans:
            plan.factor[()] = plan.scale * (rate if self._update.folds_rate else 1)

    def cost(self, slot: int, ends_epoch: bool) -> float:
        """Return the cost of a batch that has been trained, with the weights from before its step."""
        batch = self._batches.batch(slot, self._batches.rest if ends_epoch and self._batches.rest else None)
        z = batch.z.T
        return self._objective.cost(z, self.activation.value(z), batch.t.T)

    def sound(self, slot: int, count: int) -> bool:
        """Return whether the costs of these batches surely were finite; for all at once, so not exactly."""
        kept = self._batches.kept[slot : slot + count]
        if not math.isfinite(np.dot(kept.ravel(), kept.ravel())):
            return False
        if self._objective.finite_with_z:
            return True
        # The rest of a smaller batch's buffers holds something, too: a false alarm is found out by looking closer.
        z = kept.transpose(0, 2, 1).reshape(-1, kept.shape[1])
        t = self._batches.targets(slot, count).transpose(0, 2, 1).reshape(z.shape)
        return math.isfinite(self._objective.cost(z, self.activation.value(z), t))

    @property
    def activation(self) -> Activation:
        """The output layer's, with what it has learned."""
        return self._plans[0].board.stages[-1].activation or self._objective.activation

    def _prepare(self, plan: GradientPlan, slot: int, size: int) -> Calls:
        batch = self._batches.batch(slot, size)
        calls = plan.calls(batch.h, batch.t, batch.z)
        if not self._update.evaluates:
            return [*self._before, *calls, *self._update.calls]
        return [*self._before, (self._search, (calls, batch.z, slot))]

    def _search(self, calls: Calls, z: Array, slot: int) -> None:
        """Take a step that tries several weights; z is left as it was at the first of them, those before the step."""
        first: list[Array] = []

        def evaluate() -> float:
            run(calls)
            if not first:
                first.append(z.copy())
            return self.cost(slot, ends_epoch=False)

        self._update.search(evaluate)
        np.copyto(z, first[0])
