"""Training as a generator of step reports: for scripts, lessons and whoever wants to look at every step."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from annstudio.core.calls import Array, run
from annstudio.core.errors import UserError
from annstudio.core.texts import QT_TRANSLATE_NOOP, text
from annstudio.engine.board import Board
from annstudio.engine.network import Network
from annstudio.engine.penalty import Penalty
from annstudio.engine.plan import GradientPlan
from annstudio.engine.stopping import Convergence, Criterion, EarlyStopping, EpochReport, MaximumEpochs, Reason
from annstudio.engine.trainer import Checkpoint, Trainer

Samples = tuple[NDArray[Any], NDArray[Any]]
"""Inputs (samples, features) and targets (samples, outputs)."""


@dataclass(frozen=True)
class StepReport:
    """One step of training.

    Attributes:
        epoch: it belongs to, from 1.
        step: its number, from 1.
        cost: J of its batch, before the step.
        learning_rate: of the step.
        ended: what was measured, if the step ended an epoch.
        stopped: why training ends here, if it does.
    """

    epoch: int
    step: int
    cost: float
    learning_rate: float
    ended: EpochReport | None = None
    stopped: Reason | None = None


def fit(
    trainer: Trainer,
    validation: Samples | None = None,
    until: Sequence[Criterion] = (MaximumEpochs(10),),
    restore_best: bool = False,
) -> Iterator[StepReport]:
    """Train step by step until a criterion says stop, or until numbers stop being finite; yield every step.

    In the latter case a last report, without a cost, says so; the weights are the last finite ones, or the best.

    Args:
        trainer: what goes on from where it is.
        validation: samples to measure at the end of every epoch, not to train on.
        until: criteria; the first that speaks ends the training.
        restore_best: end with the weights of the epoch whose validation cost was lowest.

    Raises:
        UserError: the validation samples do not fit the network, or are missing where the best epoch is wanted.
    """
    if validation is None and (restore_best or any(isinstance(each, EarlyStopping) for each in until)):
        raise UserError(
            text(QT_TRANSLATE_NOOP("annstudio", "The best epoch is found by validation samples: give some."))
        )
    best = _Best(trainer) if restore_best else None
    while True:
        epoch = trainer.epoch + 1
        if not trainer.advance(1):
            if best is not None:
                best.restore()
            yield _failed(trainer, epoch)
            return
        report = StepReport(epoch, trainer.steps, trainer.last_cost(), float(trainer.live["learning_rate"]))
        if trainer.batch == 0:
            report = _ended(trainer, report, validation, until)
            if best is not None and report.ended is not None:
                best.see(report.ended.validation_cost)
        if report.stopped is not None and best is not None:
            best.restore()
        yield report
        if report.stopped is not None:
            return


def _ended(trainer: Trainer, report: StepReport, validation: Samples | None, until: Sequence[Criterion]) -> StepReport:
    """Measure the epoch that a step has ended, and ask the criteria."""
    ended = _epoch_report(trainer, validation, until)
    trainer.observe(ended.train_cost if math.isnan(ended.validation_cost) else ended.validation_cost)
    reasons = [criterion.update(ended) for criterion in until]
    stopped = next((reason for reason in reasons if reason is not None), None)
    return replace(report, ended=ended, stopped=stopped)


def _failed(trainer: Trainer, epoch: int) -> StepReport:
    """Return the last report of a training whose numbers are no longer finite; it has made no step."""
    failure = trainer.failure
    layer = trainer.network.names[failure.place] if failure is not None else ""
    reason = text(
        QT_TRANSLATE_NOOP("annstudio", "In epoch {epoch} the numbers stopped being finite, first in {layer}."),
        epoch=epoch,
        layer=layer,
    )
    return StepReport(epoch, trainer.steps, math.nan, float(trainer.live["learning_rate"]), stopped=reason)


class _Best:
    """Keeps the state of the epoch whose validation cost was lowest."""

    def __init__(self, trainer: Trainer) -> None:
        self._trainer = trainer
        self._lowest = math.inf
        self._kept: Checkpoint | None = None

    def see(self, cost: float) -> None:
        """Take note of an epoch's validation cost."""
        if cost < self._lowest:
            self._lowest, self._kept = cost, self._trainer.checkpoint(self._kept)

    def restore(self) -> None:
        """Bring that epoch back, if there was any."""
        if self._kept is not None:
            self._trainer.restore(self._kept)


def gradient_norm(network: Network, weights: Array, inputs: Array, targets: Array) -> float:
    """Return ‖dJ/dw‖ of these samples as one batch, with the penalty: what is zero at a minimum.

    Args:
        network: what to differentiate.
        weights: its flat vector; a copy is used.
        inputs: (samples, features).
        targets: (samples, outputs).
    """
    gradient = np.zeros(network.trainable_count, weights.dtype)
    plan = GradientPlan(Board(network, weights.copy(), len(inputs), gradient))
    h = np.vstack([inputs.T, np.ones((1, len(inputs)), weights.dtype)]).astype(weights.dtype)
    with np.errstate(all="ignore"):
        run(plan.calls(h, np.ascontiguousarray(targets.T, weights.dtype)))
        run(Penalty(network).calls(weights, gradient, np.empty_like))
        return float(np.linalg.norm(gradient.astype(np.float64)))


def _epoch_report(trainer: Trainer, validation: Samples | None, until: Sequence[Criterion]) -> EpochReport:
    inputs, targets = trainer.samples
    validation_cost = math.nan if validation is None else trainer.cost(*validation)[0]
    wanted = any(isinstance(criterion, Convergence) and criterion.gradient_tolerance > 0 for criterion in until)
    norm = gradient_norm(trainer.network, trainer.weights, inputs, targets) if wanted else math.nan
    return EpochReport(trainer.epoch, trainer.steps, trainer.cost(inputs, targets)[0], validation_cost, norm)
