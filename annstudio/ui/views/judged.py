"""A part of the data with the network's answers to it."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from annstudio.data.dataset import Schema, Task
from annstudio.data.prepare import Part
from annstudio.engine import metrics
from annstudio.engine.losses.base import Loss
from annstudio.training.metrics import NO_CLASS, classes_of

Numbers = NDArray[np.floating[Any]]
Curve = tuple[Numbers, Numbers]


@dataclass(frozen=True, eq=False)
class Judged:
    """Samples and answers.

    Args:
        schema: what the data mean.
        part: the samples; at least one.
        outputs: of the network, (samples, outputs).
        loss: by which they are to be read.
    """

    schema: Schema
    part: Part
    outputs: Numbers
    loss: type[Loss] = Loss

    @cached_property
    def true(self) -> NDArray[np.intp]:
        """The class of each sample, (samples,)."""
        return classes_of(self.schema.task, self.part.targets)

    @cached_property
    def said(self) -> NDArray[np.intp]:
        """The class that the network names, or NO_CLASS."""
        return classes_of(self.schema.task, self.outputs, self.loss.threshold())

    @cached_property
    def confusion(self) -> NDArray[np.intp]:
        """How often each class (row) is taken for each (column); samples without an answer are left out."""
        count = len(self.schema.classes)
        answered = self.said != NO_CLASS
        return np.asarray(metrics.confusion_matrix(self.true[answered], self.said[answered], count), np.intp)

    def cell(self, true: int, said: int) -> NDArray[np.intp]:
        """Return the numbers of the samples of a cell."""
        return np.flatnonzero((self.true == true) & (self.said == said))

    @cached_property
    def wrongness(self) -> Numbers:
        """How far each answer is from what it should be, (samples,): larger is worse, and NaN the worst."""
        if self.schema.task is Task.MULTI_CLASS:
            own = np.take_along_axis(self.outputs, self.true[:, None], axis=1)[:, 0]
            others = self.outputs.copy()
            np.put_along_axis(others, self.true[:, None], -np.inf, axis=1)
            return others.max(axis=1) - own
        low, high = self.loss.answers if self.schema.task is Task.BINARY else (0.0, 1.0)
        return np.abs(self.outputs - (low + (high - low) * self.part.targets)).max(axis=1)

    def worst(self, most: int) -> NDArray[np.intp]:
        """Return the numbers of the samples that are answered worst, the very worst first."""
        return np.argsort(-np.nan_to_num(self.wrongness, nan=np.inf), kind="stable")[:most]

    def roc(self, number: int) -> Curve:
        """Return the curve of a class against all others: false positive rates and true positive rates, ascending.

        Source: Fawcett 2006, An introduction to ROC analysis, algorithm 1.
        """
        scores = self.outputs[:, 0] if self.schema.task is Task.BINARY else self.outputs[:, number]
        positive = self.true == (1 if self.schema.task is Task.BINARY else number)
        order = np.argsort(-scores, kind="stable")
        hits, ordered = positive[order], scores[order]
        # Equal scores pass the threshold together.
        ends = np.append(np.flatnonzero(np.diff(ordered)), len(ordered) - 1)
        true, false = np.cumsum(hits)[ends], np.cumsum(~hits)[ends]
        return (
            np.append(0.0, false / max(1, int((~positive).sum()))),
            np.append(0.0, true / max(1, int(positive.sum()))),
        )

    def auc(self, number: int) -> float:
        """Return the area below the curve of a class; NaN where there is only one kind of sample."""
        binary = self.schema.task is Task.BINARY
        scores = self.outputs[:, 0 if binary else number]
        return metrics.roc_auc(self.true == (1 if binary else number), scores)

    @property
    def residuals(self) -> Numbers:
        """Answer − target of a regression, (samples,)."""
        found: Numbers = (self.outputs - self.part.targets)[:, 0]
        return found
