"""More than one answer."""

from collections.abc import Iterator

from annstudio.core.registry import Info
from annstudio.core.texts import QT_TRANSLATE_NOOP, Text, text
from annstudio.project.critic.base import Finding, Rule
from annstudio.project.fixes import remove
from annstudio.project.model import Project
from annstudio.project.names import title

_MANY = QT_TRANSLATE_NOOP("annstudio", "The loss can judge one answer only: remove {layer} or the other Output.")
_WHY = QT_TRANSLATE_NOOP(
    "annstudio",
    "Training makes one number small, the cost. Two answers would have two, and what helps the one may harm the other.",
)


class SeveralOutputs(Rule):
    """The loss compares one answer with the targets."""

    info = Info(
        key="several_outputs",
        label=QT_TRANSLATE_NOOP("annstudio", "Several Outputs"),
        summary=QT_TRANSLATE_NOOP("annstudio", "The loss can judge one Output only."),
        order=21,
    )

    def check(self, project: Project) -> Iterator[Finding]:
        """See Rule.check."""
        for node in project.design.of_kind("output")[1:]:
            yield self.finding(text(_MANY, layer=title(node)), node.id, why=Text(_WHY), fix=remove(node))
