"""The learning rate of every moment: the student's, times what the schedule makes of it."""

from collections.abc import Callable

from annstudio.core.calls import Calls
from annstudio.engine.schedules.base import Memory, Schedule


class Rate:
    """Applies a schedule to a learning rate that may be changed in mid-run.

    Args:
        value: the learning rate, before the schedule.
        schedule: a factor on it over time.
        batches: steps per epoch.
        apply: takes the learning rate of the next step.

    Attributes:
        calls: to be made before every step; none where the factor only changes between epochs.
    """

    def __init__(self, value: float, schedule: Schedule, batches: int, apply: Callable[[float], None]) -> None:
        self.value = value
        self.memory: Memory = schedule.start()
        self.calls: Calls = [(self._tick, ())] if schedule.per_step else []
        self._schedule, self._batches, self._apply = schedule, batches, apply
        self._epoch = self._batch = 0

    def set(self, value: float) -> None:
        """Change the learning rate from the next step on."""
        self.value = value
        self._refresh()

    def observe(self, cost: float) -> None:
        """Tell the schedule the cost at an epoch's end."""
        self.memory = self._schedule.observe(cost, self.memory)
        self._refresh()

    def begin(self, epoch: int, batch: int) -> None:
        """Go on at this batch of this epoch."""
        self._epoch, self._batch = epoch, batch
        self._refresh()

    def _tick(self) -> None:
        self._refresh()
        self._batch += 1

    def _refresh(self) -> None:
        batch = min(self._batch, self._batches - 1) if self._schedule.per_step else 0
        self._apply(self.value * self._schedule.factor(self._epoch, batch, self._batches, self.memory))
