"""What a run is judged by, and from where on."""

import math

import numpy as np

from annstudio.core.texts import Text
from annstudio.project.compile import Compiled
from annstudio.project.model import Project
from annstudio.training.doctor.base import Case
from annstudio.training.history import History
from annstudio.training.vitals import VitalsLog


class Judging:
    """Keeps where a run began, or was last changed so that what was before is another run's.

    `begin` says so for the first time.

    Args:
        untrained: cost of the training part with the weights that the seed draws, or the first cost where they are
            what the run begins with; not finite where there is none.

    Attributes:
        vitals: what was seen inside, now and then; it outlives changes of the settings.
    """

    def __init__(self, untrained: float, vitals: VitalsLog | None = None) -> None:
        self._untrained = untrained
        self.vitals = vitals if vitals is not None else VitalsLog()
        self._start, self._from, self._rate = untrained, 0.0, math.nan

    @property
    def start(self) -> float:
        """The cost of a network that has learned nothing; or what it was where the judging began, if that is more.

        A network that goes on with what it has learned hardly gets better, and is none the worse for it.
        """
        return self._start

    def begin(self, at: float, cost: float, rate: float) -> None:
        """Judge from here on.

        Args:
            at: on the axis of the curves.
            cost: of the training part there.
            rate: the learning rate from here on.
        """
        self._from, self._rate = at, rate
        self._start = max(filter(math.isfinite, (cost, self._untrained)), default=math.nan)
        self.vitals.hurry()

    def take_up(self, at: float, cost: float, rate: float) -> None:
        """Go on from a moment of the past: what came later has not been, and the learning rate may be another now."""
        self.vitals.truncate(at)
        if at < self._from or rate != self._rate:
            self.begin(at, cost, rate)

    def case(self, project: Project, compiled: Compiled, history: History, at: float, failure: Text | None) -> Case:
        """Return what there is to judge a run by that stands here.

        Args:
            project, compiled: of the run.
            history: its curves, which may go on behind this moment.
            at: where it stands on their axis.
            failure: why it had to go back, if it had to.
        """
        epochs, costs = history.columns("epoch", "train_cost")
        judged = slice(int(np.searchsorted(epochs, self._from)), int(np.searchsorted(epochs, at, side="right")))
        kept = self.vitals.kept
        seen = tuple(vitals for vitals in kept if self._from <= vitals.at <= at)
        first = kept[0] if kept and kept[0].at == 0 else None
        return Case(project, compiled, self._start, epochs[judged], costs[judged], seen, first, failure)
