"""A run in plain words: how far it came, how well it does, what went wrong, and what to try."""

import math
from dataclasses import dataclass

import numpy as np

from annstudio.core.texts import QT_TRANSLATE_NOOP, Text, text
from annstudio.data.dataset import Task
from annstudio.engine.optimizers import optimizers
from annstudio.project.critic.base import Finding
from annstudio.training.snapshot import Snapshot

_BY_HEART, _LONG_AGO = 1.1, 0.8
"""A validation cost of so many times its lowest, which was before this share of the run, has got worse."""
_APART = 1.5
"""A validation cost of so many times the training cost is another one."""

_TRAINED = QT_TRANSLATE_NOOP(
    "annstudio", "{epochs} epochs, {steps} steps, by {optimizer} at a learning rate of {rate}, batches of {batch}."
)
_FELL = QT_TRANSLATE_NOOP("annstudio", "The training cost fell from {start} to {end}.")
_ROSE = QT_TRANSLATE_NOOP("annstudio", "The training cost did not fall: it was {start} and is {end}.")
_LOWEST = QT_TRANSLATE_NOOP("annstudio", "The validation cost is {end}; it was lowest at epoch {epoch}, with {lowest}.")
_STILL_LOWEST = QT_TRANSLATE_NOOP("annstudio", "The validation cost is {end}, as low as it has ever been.")
_RIGHT = QT_TRANSLATE_NOOP("annstudio", "Of the training samples {train} % are classified right, of new ones {new} %.")
_RIGHT_ONLY = QT_TRANSLATE_NOOP("annstudio", "Of the training samples {train} % are classified right.")
_EXPLAINED = QT_TRANSLATE_NOOP("annstudio", "R² is {train} on the training samples and {new} on new ones.")
_EXPLAINED_ONLY = QT_TRANSLATE_NOOP("annstudio", "R² is {train} on the training samples.")
_OVERFITS = QT_TRANSLATE_NOOP(
    "annstudio",
    "Since epoch {epoch} it has been learning its training samples by heart: they get better, new ones get worse. Stop "
    "early, use a smaller network, or L2 or dropout, or take more samples.",
)
_APART_FROM = QT_TRANSLATE_NOOP(
    "annstudio",
    "It does much better on the samples that it was trained on than on new ones. More samples, L2 or dropout bring the "
    "two closer.",
)
_CLOSE = QT_TRANSLATE_NOOP("annstudio", "It does about as well on new samples as on those that it was trained on.")
_WELL = QT_TRANSLATE_NOOP("annstudio", "The doctor finds nothing wrong with the run.")
_TRY = QT_TRANSLATE_NOOP("annstudio", "Try: {remedies}.")


@dataclass(frozen=True)
class Paragraph:
    """A few sentences under a heading.

    Attributes:
        heading: empty where the paragraph goes on with the one before.
        sentences: to be set one after the other.
    """

    heading: str
    sentences: tuple[Text, ...]


def report(snapshot: Snapshot) -> list[Paragraph]:
    """Return the report of a run as a snapshot shows it; nothing before there is a run."""
    if snapshot.project is None or not snapshot.step or not len(snapshot.history):
        return []
    how, well = QT_TRANSLATE_NOOP("annstudio", "How it was trained"), QT_TRANSLATE_NOOP("annstudio", "How well it does")
    wrong = QT_TRANSLATE_NOOP("annstudio", "What the doctor says")
    paragraphs = [Paragraph(how, (_trained(snapshot), *_changes(snapshot))), Paragraph(well, tuple(_success(snapshot)))]
    if not snapshot.findings:
        return [*paragraphs, Paragraph(wrong, (Text(_WELL),))]
    first, *others = (Paragraph("", _diagnosis(finding)) for finding in snapshot.findings)
    return [*paragraphs, Paragraph(wrong, first.sentences), *others]


def _trained(snapshot: Snapshot) -> Text:
    assert snapshot.project is not None
    training = snapshot.project.training
    return text(
        _TRAINED,
        epochs=f"{snapshot.epoch:,}",
        steps=f"{snapshot.step:,}",
        optimizer=Text(optimizers[str(training["optimizer"])].info.label),
        rate=f"{float(training['optimizer.learning_rate']):g}",
        batch=training["batch_size"],
    )


def _changes(snapshot: Snapshot) -> list[Text]:
    template = QT_TRANSLATE_NOOP("annstudio", "At epoch {epoch}: {changes}.")
    return [
        text(template, epoch=f"{mark.epoch:,.4g}", changes=tuple(mark.changes.values()))
        for mark in snapshot.marks
        if mark.epoch <= snapshot.at
    ]


def _success(snapshot: Snapshot) -> list[Text]:
    epochs, train, new, train_metric, new_metric = snapshot.history.columns(
        "epoch", "train_cost", "validation_cost", "train_metric", "validation_metric"
    )
    fell = train[-1] < train[0]
    found = [text(_FELL if fell else _ROSE, start=f"{train[0]:.3g}", end=f"{train[-1]:.3g}")]
    measured = bool(np.isfinite(new).any()) and math.isfinite(new[-1])
    if measured:
        found.append(_lowest(epochs, new))
    found.append(_metric(snapshot, float(train_metric[-1]), float(new_metric[-1])))
    if measured and fell:
        found.append(_generalizes(epochs, train, new))
    return found


def _lowest(epochs: np.ndarray, new: np.ndarray) -> Text:
    best = int(np.nanargmin(new))
    end = f"{new[-1]:.3g}"
    if new[best] >= new[-1]:
        return text(_STILL_LOWEST, end=end)
    return text(_LOWEST, end=end, epoch=f"{epochs[best]:,.4g}", lowest=f"{new[best]:.3g}")


def _metric(snapshot: Snapshot, train: float, new: float) -> Text:
    """Return the metric in words."""
    prepared = snapshot.prepared
    held_out = math.isfinite(new)
    if prepared is not None and prepared.data.schema.task is Task.REGRESSION:
        return text(_EXPLAINED if held_out else _EXPLAINED_ONLY, train=f"{train:.3g}", new=f"{new:.3g}")
    return text(_RIGHT if held_out else _RIGHT_ONLY, train=f"{100 * train:.1f}", new=f"{100 * new:.1f}")


def _generalizes(epochs: np.ndarray, train: np.ndarray, new: np.ndarray) -> Text:
    best = int(np.nanargmin(new))
    if new[-1] > _BY_HEART * new[best] and epochs[best] < _LONG_AGO * epochs[-1] and train[-1] < train[best]:
        return text(_OVERFITS, epoch=f"{epochs[best]:,.4g}")
    return Text(_APART_FROM if new[-1] > _APART * train[-1] else _CLOSE)


def _diagnosis(finding: Finding) -> tuple[Text, ...]:
    remedies = tuple(fix.label for fix in (finding.fix, *finding.others) if fix is not None)
    why = (finding.why,) if finding.why is not None else ()
    return (finding.message, *why, text(_TRY, remedies=remedies))
