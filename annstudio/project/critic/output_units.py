"""As many answers as there are targets."""

from collections.abc import Iterator

from annstudio.core.registry import Info
from annstudio.core.texts import QT_TRANSLATE_NOOP, Text, text
from annstudio.data.dataset import Task
from annstudio.project.critic.base import Finding, Rule
from annstudio.project.fixes import setting
from annstudio.project.model import Project
from annstudio.project.names import title
from annstudio.project.settings import source_of

_BY_TASK = {
    Task.BINARY: (
        QT_TRANSLATE_NOOP("annstudio", "“{data}” asks yes or no: set the units of {layer} to 1."),
        QT_TRANSLATE_NOOP(
            "annstudio", "One unit gives the chance of a yes, and what is missing to 1 is the chance of a no."
        ),
    ),
    Task.MULTI_CLASS: (
        QT_TRANSLATE_NOOP("annstudio", "“{data}” has {outputs} classes: set the units of {layer} to {outputs}."),
        QT_TRANSLATE_NOOP(
            "annstudio", "One unit stands for each class and gives its probability; the largest one is the answer."
        ),
    ),
    Task.REGRESSION: (
        QT_TRANSLATE_NOOP(
            "annstudio", "“{data}” asks for {outputs} number per sample: set the units of {layer} to {outputs}."
        ),
        QT_TRANSLATE_NOOP("annstudio", "Each unit gives one number, and the loss compares it with the target."),
    ),
}
"""What to say, and why."""
_UNITS = QT_TRANSLATE_NOOP("annstudio", "{outputs} units for {layer}")
_ONE_UNIT = QT_TRANSLATE_NOOP("annstudio", "1 unit for {layer}")


class OutputUnits(Rule):
    """The Output's units must be as many as the target's columns."""

    info = Info(
        key="output_units",
        label=QT_TRANSLATE_NOOP("annstudio", "Units of the Output"),
        summary=QT_TRANSLATE_NOOP("annstudio", "The Output needs one unit per target."),
        order=60,
    )

    def check(self, project: Project) -> Iterator[Finding]:
        """See Rule.check."""
        source = source_of(project.data)
        for node in project.design.of_kind("output"):
            if node["units"] != source.schema.outputs:
                outputs = source.schema.outputs
                names = {"data": Text(source.info.label), "outputs": outputs, "layer": title(node)}
                message, why = _BY_TASK[source.schema.task]
                fix = setting(text(_ONE_UNIT if outputs == 1 else _UNITS, **names), (node.id, "units", outputs))
                yield self.finding(text(message, **names), node.id, why=Text(why), fix=fix, setting=(node.id, "units"))
