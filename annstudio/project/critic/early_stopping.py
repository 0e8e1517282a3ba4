"""Early stopping without a validation part."""

from collections.abc import Iterator

from annstudio.core.registry import Info
from annstudio.core.texts import QT_TRANSLATE_NOOP, Text, text
from annstudio.project.critic.base import Finding, Rule, Severity
from annstudio.project.fixes import setting
from annstudio.project.model import Project

_BLIND = QT_TRANSLATE_NOOP(
    "annstudio",
    "Training is to stop early, but no samples are set apart for validation: raise the validation share, or let it go "
    "on.",
)
_WHY = QT_TRANSLATE_NOOP(
    "annstudio",
    "The training cost goes on falling while the network learns its samples by heart. Only samples that it is not "
    "trained on tell when it no longer gets better at new ones.",
)


class EarlyStopping(Rule):
    """What is not measured cannot tell when to stop."""

    info = Info(
        key="early_stopping",
        label=QT_TRANSLATE_NOOP("annstudio", "Early stopping"),
        summary=QT_TRANSLATE_NOOP("annstudio", "Stopping early goes by the validation cost."),
        order=93,
    )
    severity = Severity.WARNING

    def check(self, project: Project) -> Iterator[Finding]:
        """See Rule.check."""
        if project.training["patience"] and not project.data["validation"]:
            label = text(QT_TRANSLATE_NOOP("annstudio", "Never stop early"))
            fix = setting(label, ("training", "patience", 0))
            yield self.finding(Text(_BLIND), why=Text(_WHY), fix=fix, setting=("data", "validation"))
