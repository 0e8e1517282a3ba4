"""The past of a run: its complete state at some moments, so many that they fit into a bounded memory."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from annstudio.engine.trainer import Checkpoint
from annstudio.training.trained import UNTRAINED, Progress

MOST_BYTES = 200_000_000
MOST_MOMENTS = 600
"""More than a slider has places for."""


@dataclass(frozen=True, eq=False)
class Moment:
    """A run between two batches.

    Attributes:
        checkpoint: the complete state.
        drawn: epochs from before the trainer began, on the axis of the curves.
        before: what the weights had been trained before the trainer began.
        fixed: a setting or a weight was changed by hand here, so that an earlier moment would not lead to what follows.
        alone: it leads to no later moment: what followed was trained by settings that are no longer there.
    """

    checkpoint: Checkpoint
    drawn: float
    before: Progress = UNTRAINED
    fixed: bool = False
    alone: bool = False

    @property
    def step(self) -> int:
        """Batches done since the trainer began; negative for moments from before that."""
        return self.checkpoint.steps

    @cached_property
    def size(self) -> int:
        """Memory that it takes, in bytes."""
        kept = self.checkpoint
        return kept.weights.nbytes + kept.order.nbytes + sum(values.nbytes for values in kept.state.values())


class Timeline:
    """Moments in the order of their steps: the first, the latest, all fixed ones, and others in between.

    Those in between stand the closer, the nearer they are to the latest: a step back is taken from there. Where there
    is no room for more than fixed ones, the run's earliest past is given up.

    Args:
        most_bytes, most_moments: bounds; the latest moment is kept whatever its size.
    """

    def __init__(self, most_bytes: int = MOST_BYTES, most_moments: int = MOST_MOMENTS) -> None:
        self._most_bytes, self._most_moments = most_bytes, most_moments
        self._moments: list[Moment] = []

    @property
    def moments(self) -> Sequence[Moment]:
        """All that are kept, in order."""
        return tuple(self._moments)

    @property
    def latest(self) -> Moment:
        """The last one kept."""
        return self._moments[-1]

    @property
    def size(self) -> int:
        """Memory that all take, in bytes."""
        return sum(moment.size for moment in self._moments)

    def keep(self, moment: Moment) -> None:
        """Add a moment, in place of those at its step or behind it, which are no longer what follows."""
        fixed = moment.fixed or any(kept.fixed for kept in self._moments if kept.step == moment.step)
        self.truncate(moment.step - 1)
        self._moments.append(replace(moment, fixed=fixed))
        self._make_room()

    def precede(self, moments: Iterable[Moment]) -> None:
        """Put these before all that are kept, in their order."""
        self._moments[:0] = moments
        self._make_room()

    def _make_room(self) -> None:
        while len(self._moments) > 1 and self._is_full():
            self._drop_one()

    def truncate(self, step: int) -> None:
        """Forget what is behind this step."""
        del self._moments[self._count_until(step) :]

    def before(self, step: int) -> Moment:
        """Return the latest moment at or before a step; the first one if all are later."""
        return self._moments[max(0, self._count_until(step) - 1)]

    def _count_until(self, step: int) -> int:
        return bisect_right(self._moments, step, key=lambda moment: moment.step)

    def _is_full(self) -> bool:
        return len(self._moments) > self._most_moments or self.size > self._most_bytes

    def _drop_one(self) -> None:
        """Drop the moment that is missed least: the gap that it leaves is small for its age."""
        steps = np.array([moment.step for moment in self._moments], float)
        gaps, ages = steps[2:] - steps[:-2], steps[-1] - steps[1:-1]
        missed = gaps / np.sqrt(ages + 1)
        missed[[moment.fixed for moment in self._moments[1:-1]]] = np.inf
        if np.isfinite(missed).any():
            del self._moments[1 + int(missed.argmin())]
        else:
            del self._moments[0]
