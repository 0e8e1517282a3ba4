"""More than one way in."""

from collections.abc import Iterator

from annstudio.core.registry import Info
from annstudio.core.texts import QT_TRANSLATE_NOOP, text
from annstudio.project.critic.base import Finding, Rule
from annstudio.project.model import Project
from annstudio.project.names import title


class SeveralInputs(Rule):
    """The data set enters as a whole, so one Input is enough."""

    info = Info(
        key="several_inputs",
        label=QT_TRANSLATE_NOOP("annstudio", "Several Inputs"),
        summary=QT_TRANSLATE_NOOP("annstudio", "All features come in by one Input."),
        order=11,
    )

    def check(self, project: Project) -> Iterator[Finding]:
        """See Rule.check."""
        for node in project.design.of_kind("input")[1:]:
            yield self.finding(
                text(
                    QT_TRANSLATE_NOOP(
                        "annstudio", "One Input brings in all features: remove {layer} or the other one."
                    ),
                    layer=title(node),
                ),
                node.id,
            )
