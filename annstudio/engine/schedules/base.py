"""What a schedule is."""

from collections.abc import Sequence
from typing import ClassVar

import numpy as np

from annstudio.core.calls import Array
from annstudio.core.params import Value
from annstudio.core.registry import Info

Memory = dict[str, float]


class Schedule:
    """How the learning rate changes as training goes on: a factor on the optimizer's η.

    It is a factor and not a rate, because η may be changed in mid-run. It depends on the epochs done and not on the
    steps, so that another batch size in mid-run makes no jump.

    Attributes:
        per_step: the factor changes within an epoch. If not, it need only be asked for at the start of each, and
            after observe().
    """

    info: ClassVar[Info]
    per_step: ClassVar[bool] = False

    def __init__(self, **values: Value) -> None:
        self.params = self.info.check(values)

    def start(self) -> Memory:
        """Return what the schedule remembers, as it is before training: nothing, unless it observes the cost."""
        return {}

    def factor(self, epoch: int, batch: int, batches: int, memory: Memory) -> float:
        """Return the factor on η of the next step, finite and at least 0.

        Args:
            epoch: epochs done.
            batch: batches done since, from 0 to batches − 1.
            batches: in an epoch.
            memory: from start() or the last observe().
        """
        raise NotImplementedError

    def observe(self, cost: float, memory: Memory) -> Memory:
        """Return what to remember after an epoch.

        Args:
            cost: at the end of the epoch, of the validation part, or of the training part where there is no other.
            memory: as it was before; not changed.
        """
        return memory

    def curve(self, epochs: int, batches: int, costs: Sequence[float] = ()) -> Array:
        """Return the factors of all steps of a run, (epochs · batches,), float64: what a plot shows.

        Args:
            epochs: how long the run is.
            batches: steps per epoch.
            costs: at the end of the first epochs, for schedules that observe them.
        """
        memory, factors = self.start(), np.empty((epochs, batches))
        for epoch, row in enumerate(factors):
            asked = range(batches) if self.per_step else range(1)
            row[:] = [self.factor(epoch, batch, batches, memory) for batch in asked]
            if epoch < len(costs):
                memory = self.observe(costs[epoch], memory)
        return factors.ravel()
