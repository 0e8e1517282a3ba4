"""Batches that hold everything."""

from collections.abc import Iterator

from annstudio.core.registry import Info
from annstudio.core.texts import QT_TRANSLATE_NOOP, Text, text
from annstudio.project.critic._samples import about_training_samples, fitting_batch_size
from annstudio.project.critic.base import Finding, Rule, Severity
from annstudio.project.fixes import set_batch_size
from annstudio.project.model import Project

_TOO_LARGE = QT_TRANSLATE_NOOP(
    "annstudio",
    "Batch size {batch_size} is more than the {training} training samples: lower it if steps should differ.",
)
_WHY = QT_TRANSLATE_NOOP(
    "annstudio",
    "Every step then looks at all samples, so an epoch is a single step. Smaller batches take more steps in the same "
    "time, and the chance in them helps to get out of poor places.",
)
_USUAL = 10
"""The batch size to go to, if there are as many samples."""


class BatchSize(Rule):
    """A batch cannot hold more than there is; the step then uses all samples."""

    info = Info(
        key="batch_size",
        label=QT_TRANSLATE_NOOP("annstudio", "Batch size"),
        summary=QT_TRANSLATE_NOOP("annstudio", "A batch cannot hold more than the training samples."),
        order=90,
    )
    severity = Severity.NOTE

    def check(self, project: Project) -> Iterator[Finding]:
        """See Rule.check."""
        training = about_training_samples(project)
        batch_size = int(project.training["batch_size"])
        if training is not None and batch_size > max(training, 1):
            smaller = fitting_batch_size(project, min(_USUAL, max(training, 1)))
            message = text(_TOO_LARGE, batch_size=batch_size, training=training)
            fix = set_batch_size(smaller)
            yield self.finding(message, why=Text(_WHY), fix=fix, setting=("training", "batch_size"))
