"""When to stop training: criteria that read what each epoch reports.

A criterion is fed with the report of every epoch, in order, and says why to stop as soon as there is a reason. It
serves one run; another run needs a new one. Each refuses what it cannot count or compare with a UserError.
"""

import math
from collections import deque
from dataclasses import dataclass
from itertools import islice
from typing import Protocol, TypeAlias

from annstudio.core.errors import UserError
from annstudio.core.texts import QT_TRANSLATE_NOOP, Text, text
from annstudio.engine.arguments import real, whole

Reason: TypeAlias = Text


@dataclass(frozen=True)
class EpochReport:
    """What is known at the end of an epoch; NaN stands for what was not measured.

    Attributes:
        epoch, step: done so far, from 1.
        train_cost, validation_cost: J over the whole part, with the weights at the end of the epoch.
        gradient_norm: Euclidean length of dJ/dw over the training part.
    """

    epoch: int
    step: int
    train_cost: float
    validation_cost: float = math.nan
    gradient_norm: float = math.nan


class Criterion(Protocol):
    """A reason to stop, waiting for its moment."""

    def update(self, report: EpochReport) -> Reason | None:
        """Take note of an epoch, and return a sentence if training should stop here."""


class MaximumEpochs:
    """Stops at the end of an epoch of this number, or of a later one.

    The trainer's epochs count in all, also those from before: a trainer that has done 10 goes on for 5 until 15.

    Args:
        epochs: at least 1.
    """

    def __init__(self, epochs: int) -> None:
        self.epochs = whole(QT_TRANSLATE_NOOP("annstudio", "The number of epochs"), epochs)

    def update(self, report: EpochReport) -> Reason | None:
        """See Criterion.update."""
        if report.epoch < self.epochs:
            return None
        return text(QT_TRANSLATE_NOOP("annstudio", "Epoch {epoch} was to be the last."), epoch=self.epochs)


class EarlyStopping:
    """Stops when the validation cost has not become lower for `patience` epochs.

    An epoch is better if its cost is below the lowest so far by more than min_delta; one without a number for its cost
    never is. Whoever wants the weights of the best epoch back keeps them whenever `improved` says so.

    Args:
        patience: epochs without improvement, at least 1.
        min_delta: by how much the cost must fall to count, at least 0.

    Attributes:
        best_epoch: the one with the lowest cost; None before there is any.
        improved: the last report was that of the best epoch.

    Source: Prechelt 1998, Early stopping – but when?, criterion UP, with any patience.
    """

    def __init__(self, patience: int, min_delta: float = 0.0) -> None:
        self.patience = whole(QT_TRANSLATE_NOOP("annstudio", "Patience"), patience)
        self.min_delta = real(QT_TRANSLATE_NOOP("annstudio", "The smallest improvement"), min_delta)
        self.best_epoch: int | None = None
        self.improved = False
        self._best = math.inf
        self._waited = 0

    def update(self, report: EpochReport) -> Reason | None:
        """See Criterion.update."""
        self.improved = report.validation_cost < self._best - self.min_delta
        if self.improved:
            self._best, self.best_epoch, self._waited = report.validation_cost, report.epoch, 0
            return None
        self._waited += 1
        return self._reason() if self._waited >= self.patience else None

    def _reason(self) -> Reason:
        if self.best_epoch is None:
            return text(QT_TRANSLATE_NOOP("annstudio", "Stopped early: there was no validation cost to go by."))
        return text(
            QT_TRANSLATE_NOOP(
                "annstudio",
                "Stopped early: the validation cost was lowest in epoch {best} and has not got better in {waited} "
                "epochs since.",
            ),
            best=self.best_epoch,
            waited=self._waited,
        )


class Convergence:
    """Stops when training no longer gets anywhere: the gradient is almost zero, or the cost hardly changes.

    With the training costs J of the last `window` epochs, and m₁ and m₂ the means over the first and the second half of
    them, it is converged if

        ‖dJ/dw‖ ≤ gradient_tolerance   or   |m₁ − m₂| ≤ cost_tolerance · max(|m₁|, |m₂|).

    Means of halves are compared, and not neighbors, since the noise of mini-batches makes single epochs go up and down.

    Args:
        gradient_tolerance: at least 0.
        cost_tolerance: the relative change that counts as none, at least 0.
        window: number of epochs, even, at least 2.

    Source: Gill, Murray & Wright 1981, Practical optimization, section 8.2 (the two tests, for single values).
    """

    def __init__(self, gradient_tolerance: float = 1e-6, cost_tolerance: float = 1e-4, window: int = 20) -> None:
        self.gradient_tolerance = real(QT_TRANSLATE_NOOP("annstudio", "Gradient tolerance"), gradient_tolerance)
        self.cost_tolerance = real(QT_TRANSLATE_NOOP("annstudio", "Cost tolerance"), cost_tolerance)
        self._costs: deque[float] = deque(maxlen=_even(window))
        self._half = window // 2

    def update(self, report: EpochReport) -> Reason | None:
        """See Criterion.update."""
        self._costs.append(report.train_cost)
        if report.gradient_norm <= self.gradient_tolerance:
            return text(QT_TRANSLATE_NOOP("annstudio", "Converged: the gradient is as good as zero."))
        if len(self._costs) == self._costs.maxlen and self._is_flat():
            return text(
                QT_TRANSLATE_NOOP("annstudio", "Converged: the cost has hardly changed in the last {window} epochs."),
                window=len(self._costs),
            )
        return None

    def _is_flat(self) -> bool:
        first = sum(islice(self._costs, self._half)) / self._half
        second = sum(islice(self._costs, self._half, None)) / self._half
        nothing = self.cost_tolerance * max(abs(first), abs(second))
        return abs(first - second) <= nothing < math.inf


def _even(window: int) -> int:
    """Return the number of epochs in a window, which has two halves."""
    epochs = whole(QT_TRANSLATE_NOOP("annstudio", "The window"), window, least=2)
    if epochs % 2:
        template = QT_TRANSLATE_NOOP("annstudio", "The window cannot be {epochs}: choose an even number of epochs.")
        raise UserError(text(template, epochs=epochs))
    return epochs
