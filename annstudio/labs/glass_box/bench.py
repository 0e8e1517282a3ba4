"""Where steps of training are looked into: a trainer of its own, which goes on and back one batch at a time."""

from dataclasses import dataclass, replace
from enum import StrEnum

import msgspec
import numpy as np

from annstudio.data.prepare import Prepared
from annstudio.engine.trainer import Checkpoint, Trainer
from annstudio.engine.update import Clipping
from annstudio.labs.glass_box.chain import Difference, difference
from annstudio.labs.glass_box.moment import Moment
from annstudio.project.compile import Compiled, compile_trainer
from annstudio.project.model import Project, Settings

_MOST_NUMBERS = 20_000_000
"""In all the states that one can go back to."""


class Batch(StrEnum):
    """Which samples a step takes."""

    NEXT = "next"
    """Those that training takes next."""
    ONE = "one"
    """One sample alone."""
    ALL = "all"
    """All samples of the training part."""


@dataclass(frozen=True, eq=False)
class Subject:
    """What is looked into.

    Args:
        project: with its settings of training.
        compiled: its network.
        prepared: its data.
        checkpoint: where its training stands.
    """

    project: Project
    compiled: Compiled
    prepared: Prepared
    checkpoint: Checkpoint


class Bench:
    """Takes steps of training and shows their numbers, without touching the run that they come from.

    Args:
        subject: what to look into.
        batch: which samples each step takes.
        sample: number in the training part of the sample that is looked at.

    Attributes:
        steps: taken here.
    """

    def __init__(self, subject: Subject, batch: Batch = Batch.NEXT, sample: int | None = None) -> None:
        self.subject, self.batch = subject, batch
        self._sample = sample
        self._trainer, start = self._made(sample)
        self._kept: dict[int, Checkpoint] = {0: start}
        self._most = max(2, _MOST_NUMBERS // (start.weights.size * (1 + len(start.state))))
        self.steps = 0

    @property
    def earliest(self) -> int:
        """The step that one can go back to."""
        return next(iter(self._kept))

    @property
    def epoch_ends(self) -> bool:
        """Whether the next step is the last of its epoch."""
        return self._trainer.batch + 1 == self._trainer.batches.count

    def moment(self, focus: int | None = None) -> Moment:
        """Return the next step with all its numbers.

        Args:
            focus: place in the batch of the sample that is looked at; None is the sample asked for, else the first.
        """
        trainer = self._trainer
        coming = trainer.coming()
        inputs, targets = trainer.samples
        if focus is None or not 0 <= focus < len(coming):
            focus = self._wanted(coming)
        x, t = inputs[coming], targets[coming]
        return Moment(
            self.subject.compiled.network,
            trainer.optimizer,
            _clipping(self.subject.project),
            trainer.weights.copy(),
            np.array([self._sample or 0]) if self.batch is Batch.ONE else coming,
            x,
            t,
            trainer.trace(x, t, focus),
            {key: value.item() for key, value in trainer.live.items()},
        )

    def forward(self) -> bool:
        """Take the step; return whether the numbers have stayed finite, else it is not taken."""
        self._trainer.advance(1)
        if self._trainer.failure is not None:
            self._trainer.restore(self._kept[self.steps])
            return False
        self.steps += 1
        self._kept[self.steps] = self._trainer.checkpoint()
        # What is traced next takes the learning rate from here.
        self._trainer.restore(self._kept[self.steps])
        if len(self._kept) > self._most:
            del self._kept[self.earliest]
        return True

    def go_to(self, step: int) -> None:
        """Go back to where so many steps had been taken."""
        self.steps = max(step, self.earliest)
        self._kept = {kept: state for kept, state in self._kept.items() if kept <= self.steps}
        self._trainer.restore(self._kept[self.steps])

    def difference(self, moment: Moment, place: int, part: str, index: tuple[int, ...]) -> Difference:
        """Return the finite difference of the present step's cost by a parameter."""
        return difference(moment, place, part, index, self._trainer.luck)

    def _wanted(self, coming: np.ndarray) -> int:
        """Return the place in a batch of the sample that is asked for; the first if it is not there."""
        if self.batch is Batch.ONE or self._sample is None:
            return 0
        found = np.flatnonzero(coming == self._sample)
        return int(found[0]) if found.size else 0

    def _made(self, sample: int | None) -> tuple[Trainer, Checkpoint]:
        """Return a trainer on the chosen samples, as it stands."""
        subject, start = self.subject, self.subject.checkpoint
        project, prepared = subject.project, subject.prepared
        if self.batch is Batch.NEXT:
            trainer = compile_trainer(project, subject.compiled.network, prepared, start.weights)
            trainer.restore(start)
            return trainer, trainer.checkpoint()
        if self.batch is Batch.ONE:
            # A trainer wants two samples; here they are the same.
            chosen = [sample or 0] * 2
            part = replace(
                prepared.train,
                inputs=prepared.train.inputs[chosen],
                targets=prepared.train.targets[chosen],
                raw=prepared.train.raw[chosen],
            )
            prepared = replace(prepared, train=part)
        count = 1 if self.batch is Batch.ONE else len(prepared.train.inputs)
        training = Settings({**project.training.values, "batch_size": count})
        project = msgspec.structs.replace(project, training=training)
        trainer = compile_trainer(project, subject.compiled.network, prepared, start.weights)
        trainer.restore(replace(start, order=np.arange(len(prepared.train.inputs)), position=0))
        return trainer, trainer.checkpoint()


def _clipping(project: Project) -> Clipping:
    training = project.training.values
    return Clipping(float(training["clip_norm"]), float(training["clip_value"]))
