"""Networks that would not fit."""

from collections.abc import Iterator

from annstudio.core.registry import Info
from annstudio.core.texts import QT_TRANSLATE_NOOP, Text, text
from annstudio.project.critic.base import Finding, Rule
from annstudio.project.limits import MAXIMUM_PARAMETERS
from annstudio.project.model import Project
from annstudio.project.shapes import parameters

_WHY = QT_TRANSLATE_NOOP(
    "annstudio",
    "A step needs more than the weights: a gradient for each, and up to two numbers that the optimizer remembers. All "
    "of it must lie in memory at once.",
)


class ParametersLimit(Rule):
    """All weights, their gradients and the optimizer's memory must fit into the computer."""

    info = Info(
        key="parameters_limit",
        label=QT_TRANSLATE_NOOP("annstudio", "Too many parameters"),
        summary=QT_TRANSLATE_NOOP("annstudio", "The network must fit into the computer's memory."),
        order=91,
    )

    def check(self, project: Project) -> Iterator[Finding]:
        """See Rule.check."""
        count = parameters(project)
        if count > MAXIMUM_PARAMETERS:
            yield self.finding(
                text(
                    QT_TRANSLATE_NOOP(
                        "annstudio",
                        "{count} million weights and biases do not fit (at most {most} million): "
                        "use fewer units or layers.",
                    ),
                    count=f"{count / 1e6:.1f}",
                    most=f"{MAXIMUM_PARAMETERS / 1e6:g}",
                ),
                why=Text(_WHY),
            )
