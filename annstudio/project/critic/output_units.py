"""As many answers as there are targets."""

from collections.abc import Iterator

from annstudio.core.registry import Info
from annstudio.core.texts import QT_TRANSLATE_NOOP, Text, text
from annstudio.data.dataset import Task
from annstudio.project.critic.base import Finding, Rule
from annstudio.project.model import Project
from annstudio.project.names import title
from annstudio.project.settings import source_of

_ONE_PER_CLASS = QT_TRANSLATE_NOOP(
    "annstudio", "{data} has {outputs} classes and {layer} one unit per class: set its units to {outputs}."
)
_ONE_CHANCE = QT_TRANSLATE_NOOP(
    "annstudio",
    "{data} asks yes or no, and one unit gives the chance of a yes: set the units of {layer} to 1.",
)
_ONE_NUMBER = QT_TRANSLATE_NOOP(
    "annstudio", "{data} asks for {outputs} number per sample: set the units of {layer} to {outputs}."
)
_BY_TASK = {Task.BINARY: _ONE_CHANCE, Task.MULTI_CLASS: _ONE_PER_CLASS, Task.REGRESSION: _ONE_NUMBER}


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
                message = text(
                    _BY_TASK[source.schema.task],
                    data=Text(source.info.label),
                    outputs=source.schema.outputs,
                    layer=title(node),
                )
                yield self.finding(message, node.id)
