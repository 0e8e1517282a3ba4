"""When a run ends by itself, as the settings of its project say."""

import math
from collections.abc import Iterable

from annstudio.core.texts import Text
from annstudio.engine.fitting import gradient_norm
from annstudio.engine.stopping import Convergence, Criterion, EarlyStopping, EpochReport
from annstudio.project.model import Settings
from annstudio.training.run import Run


class Stopper:
    """Watches the epochs of one run from when it is told to go on.

    Args:
        training: the settings of training.
    """

    def __init__(self, training: Settings) -> None:
        patience = int(training["patience"])
        self._early = EarlyStopping(patience) if patience else None
        self._criteria: list[Criterion] = [] if self._early is None else [self._early]
        if training["until_converged"]:
            self._criteria.append(Convergence())

    @property
    def watches(self) -> bool:
        """Every epoch is to be measured."""
        return bool(self._criteria)

    def update(self, run: Run) -> Text | None:
        """Take note of an epoch that has been measured; return why the run ends here, if it does.

        After early stopping the run is shown as it was in its best epoch.
        """
        if not self._criteria:
            return None
        report = report_of(run, self._criteria)
        reasons = [criterion.update(report) for criterion in self._criteria]
        if self._early is not None and self._early.improved:
            run.keep_best()
        if self._early is not None and reasons[0] is not None:
            run.go_to_best()
        return next((reason for reason in reasons if reason is not None), None)


def report_of(run: Run, criteria: Iterable[Criterion]) -> EpochReport:
    """Return what criteria want to know of the epoch that has just ended and been measured."""
    train_cost, validation_cost = (float(run.history.column(f"{part}_cost")[-1]) for part in ("train", "validation"))
    norm = math.nan
    if any(isinstance(criterion, Convergence) for criterion in criteria):
        trainer = run.trainer
        norm = gradient_norm(trainer.network, trainer.weights, *trainer.samples)
    return EpochReport(run.progress.epoch, run.progress.step, train_cost, validation_cost, norm)
