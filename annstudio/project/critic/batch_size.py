"""Batches that hold everything."""

from collections.abc import Iterator

from annstudio.core.registry import Info
from annstudio.core.texts import QT_TRANSLATE_NOOP, text
from annstudio.project.critic.base import Finding, Rule, Severity
from annstudio.project.model import Project


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
        """See Rule.check; it knows the number of samples only where that is a setting."""
        samples = project.data.values.get("source.samples")
        if samples is None:
            return
        training = round(float(samples) * float(project.data["train"]))
        batch_size = project.training["batch_size"]
        if int(batch_size) > training:
            yield self.finding(
                text(
                    QT_TRANSLATE_NOOP(
                        "annstudio",
                        "Batch size {batch_size} is more than the {training} training samples: "
                        "every step uses them all, so lower it if steps should differ.",
                    ),
                    batch_size=batch_size,
                    training=training,
                )
            )
