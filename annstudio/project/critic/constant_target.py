"""Quantities that never change."""

from collections.abc import Iterator

from annstudio.core.registry import Info
from annstudio.core.texts import QT_TRANSLATE_NOOP, Text, text
from annstudio.data.dataset import Task
from annstudio.project.critic._data import training_part
from annstudio.project.critic.base import Finding, Rule, Severity
from annstudio.project.model import Project
from annstudio.project.settings import source_of

_CONSTANT = QT_TRANSLATE_NOOP(
    "annstudio", "The target “{target}” is {value} in every training sample: choose other settings of the data."
)
_WHY = QT_TRANSLATE_NOOP(
    "annstudio",
    "Where the answer is always the same, a bias alone can learn it, and the features have no say. How well that works "
    "cannot be measured either: R² compares with the spread of the targets, and there is none.",
)


class ConstantTarget(Rule):
    """A quantity that does not vary says nothing about the features.

    Measured on the line with slope 0 and no noise, 100 epochs of SGD at 0.03: the weight ends at 0.00, the bias at the
    target, and R² has no value.
    """

    info = Info(
        key="constant_target",
        label=QT_TRANSLATE_NOOP("annstudio", "A target that never changes"),
        summary=QT_TRANSLATE_NOOP("annstudio", "Targets must differ for a network to learn from them."),
        order=98,
    )
    severity = Severity.WARNING

    def check(self, project: Project) -> Iterator[Finding]:
        """See Rule.check; the samples of regressions are made, once for each choice of data."""
        source = source_of(project.data)
        schema = source.schema
        asked = schema.task is Task.REGRESSION and not source.exhaustive
        part = training_part(project) if asked else None
        if part is None or not len(part.targets) or (part.targets != part.targets[0]).any():
            return
        value = f"{part.targets[0, 0]:.3g}"
        message = text(_CONSTANT, target=Text(schema.target.name), value=value)
        yield self.finding(message, why=Text(_WHY), setting=("data", "source"))
