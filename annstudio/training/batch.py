"""Training without a window, from start to end."""

import math
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

from annstudio.core.errors import UserError
from annstudio.core.texts import QT_TRANSLATE_NOOP, Text, text
from annstudio.engine.stopping import Criterion, EarlyStopping
from annstudio.project.file import Progress, save
from annstudio.project.kept import KeptRun
from annstudio.project.model import Project
from annstudio.training.metrics import metric_name
from annstudio.training.run import Run
from annstudio.training.stopping import report_of

_NOTHING: Mapping[str, Criterion] = MappingProxyType({})


@dataclass(frozen=True, eq=False)
class Outcome:
    """What came out of a training.

    Attributes:
        run: with the trained weights; if training did not reach its end, those of the last sound epoch.
        last_epoch: the one in which training stopped, from 1.
        seconds: spent on training.
        stopped_by: "epochs", "not finite", "interrupted", or the name of a criterion.
        culprit: name of the layer where numbers were first not finite; None if all were, or if it is not known.
    """

    run: Run
    last_epoch: int
    seconds: float
    stopped_by: str
    culprit: str | Text | None = None

    @property
    def learned(self) -> bool:
        """At least one epoch is kept; otherwise the weights are still the seed's."""
        return self.run.progress.epoch > 0

    @property
    def problem(self) -> Text | None:
        """What has to be known before the weights are used; None if nothing."""
        if self.stopped_by == "not finite":
            return self._explosion() if math.isfinite(self._start_cost) else self._undefined()
        if self.stopped_by == "interrupted" and not self.learned:
            return Text(
                QT_TRANSLATE_NOOP("annstudio", "Training was interrupted so soon that there is nothing to keep.")
            )
        return None

    @property
    def _start_cost(self) -> float:
        return float(self.run.history.column("train_cost")[0])

    def _undefined(self) -> Text:
        """Return what to say where there was no cost to begin with: no learning rate could help."""
        if self.culprit is None:
            return Text(
                QT_TRANSLATE_NOOP(
                    "annstudio",
                    "The cost is not a finite number from the start: choose another loss, or scale the data.",
                )
            )
        return text(
            QT_TRANSLATE_NOOP(
                "annstudio",
                "The numbers are not finite from the start, first in {layer}: its function has no finite value "
                "for what comes in. Choose another function for it, or change what comes in.",
            ),
            layer=self.culprit,
        )

    def _explosion(self) -> Text:
        where = text(
            QT_TRANSLATE_NOOP("annstudio", "in epoch {epoch}")
            if self.culprit is None
            else QT_TRANSLATE_NOOP("annstudio", "in epoch {epoch}, first in {layer}"),
            epoch=self.last_epoch,
            layer=self.culprit,
        )
        if not self.learned:
            return text(
                QT_TRANSLATE_NOOP(
                    "annstudio",
                    "The numbers grew beyond all bounds {where}, and there is nothing to keep: try a smaller learning "
                    "rate.",
                ),
                where=where,
            )
        return text(
            QT_TRANSLATE_NOOP(
                "annstudio",
                "The numbers grew beyond all bounds {where}, and the weights are those of epoch {kept}: try a smaller "
                "learning rate.",
            ),
            where=where,
            kept=self.run.progress.epoch,
        )

    def as_json(self) -> dict[str, Any]:
        """Return the outcome as plain values; numbers that are not finite become None."""
        run = self.run
        parts = {
            name: run.judge(part)
            for name, part in (
                ("train", run.prepared.train),
                ("validation", run.prepared.validation),
                ("test", run.prepared.test),
            )
        }
        measure = metric_name(run.prepared.data.schema.task)
        history = run.history
        return {
            "epochs": run.progress.epoch,
            "steps": run.progress.step,
            "seconds": round(self.seconds, 6),
            "stopped_by": self.stopped_by,
            "cost": {name: _number(cost) for name, (cost, _) in parts.items()},
            "penalty": _number(run.trainer.penalty()),
            "metrics": {name: _finite(found) for name, (_, found) in parts.items()},
            "history": {
                "epoch": _numbers(history.column("epoch")),
                "cost": {
                    "train": _numbers(history.column("train_cost")),
                    "validation": _numbers(history.column("validation_cost")),
                },
                measure: {
                    "train": _numbers(history.column("train_metric")),
                    "validation": _numbers(history.column("validation_metric")),
                },
            },
        }

    def as_text(self) -> str:
        """Return the outcome as a short table for people."""
        plain = self.as_json()
        lines = [
            f"{plain['epochs']} epochs, {plain['steps']} steps in {self.seconds:.2f} s; stopped by: {self.stopped_by}",
            f"{'':12}{'cost':>12}{next(iter(plain['metrics']['train'])):>12}",
        ]
        for name, cost in plain["cost"].items():
            value = next(iter(plain["metrics"][name].values()))
            lines.append(f"{name:12}{_shown(cost):>12}{_shown(value):>12}")
        return "\n".join(lines)

    def save(self, path: Path, kept_runs: Sequence[KeptRun] = ()) -> None:
        """Write the project with the trained weights, and the runs that are kept with it."""
        weights = self.run.compiled.parts(self.run.trainer.weights)
        progress = self.run.progress
        save(path, self.run.project, weights, Progress(progress.epoch, progress.step), kept_runs)


def train(
    project: Project, epochs: int, after_epoch: Callable[[float], None], until: Mapping[str, Criterion] = _NOTHING
) -> Outcome:
    """Train a project from the starting weights of its seed.

    Args:
        project: what to train; its file's weights, if any, are not used.
        epochs: how long, unless a criterion speaks, the cost stops being finite or the user interrupts.
        after_epoch: called with the training cost after each epoch.
        until: criteria by the name that stopped_by gives them. After early stopping the best epoch's weights are back.

    Raises:
        UserError: the network cannot run, or is to stop early by a validation part that it has not got.
    """
    run = Run(project)
    _check_validation(run, until.values())
    begin = time.perf_counter()
    stopped_by, culprit = "epochs", None
    epoch = 0
    try:
        while epoch < epochs:
            epoch += 1
            run.trainer.advance(run.trainer.batches.count)
            if not (run.finite and run.measure()):
                culprit = _culprit(run)
                run.restore()
                stopped_by = "not finite"
                break
            run.keep()
            after_epoch(float(run.history.column("train_cost")[-1]))
            report = report_of(run, until.values())
            reason = next((name for name, criterion in until.items() if criterion.update(report) is not None), None)
            if any(isinstance(criterion, EarlyStopping) and criterion.improved for criterion in until.values()):
                run.keep_best()
            if reason is not None:
                stopped_by = reason
                run.restore_best()
                break
    except KeyboardInterrupt:
        run.restore()
        stopped_by = "interrupted"
    return Outcome(run, epoch, time.perf_counter() - begin, stopped_by, culprit)


def _check_validation(run: Run, criteria: Iterable[Criterion]) -> None:
    """Refuse early stopping where there is no validation part."""
    stops_early = any(isinstance(criterion, EarlyStopping) for criterion in criteria)
    if stops_early and not len(run.prepared.validation.inputs):
        raise UserError(
            text(
                QT_TRANSLATE_NOOP(
                    "annstudio",
                    "Stopping early goes by the validation cost, and no samples are set apart for validation: raise "
                    "the validation share, or train without patience.",
                )
            )
        )


def _culprit(run: Run) -> str | Text | None:
    """Return the name of the layer that the trainer blames.

    Where only the measured cost has told so far, the next batch tells the trainer; the run goes back anyway.
    """
    if run.finite:
        run.trainer.advance(1)
    failure = run.trainer.failure
    return None if failure is None else run.compiled.network.names[failure.place]


def _number(value: float) -> float | None:
    return float(value) if math.isfinite(value) else None


def _finite(found: Mapping[str, Any]) -> dict[str, Any]:
    return {name: _number(value) if isinstance(value, float) else value for name, value in found.items()}


def _numbers(values: Any) -> list[float | None]:
    return [_number(float(value)) for value in values]


def _shown(value: float | None) -> str:
    return "–" if value is None else f"{value:.4g}"
