"""A network without an answer."""

from collections.abc import Iterator

from annstudio.core.registry import Info
from annstudio.core.texts import QT_TRANSLATE_NOOP, Text
from annstudio.project import edits
from annstudio.project.critic.base import Finding, Fix, Rule
from annstudio.project.model import Project

_MISSING = QT_TRANSLATE_NOOP(
    "annstudio", "The network gives no answer: drag an Output from the palette to its right end."
)
_WHY = QT_TRANSLATE_NOOP(
    "annstudio", "Training compares the answers of the Output with the targets: without answers there is nothing to do."
)
_ADD = QT_TRANSLATE_NOOP("annstudio", "Add an Output")


class NoOutput(Rule):
    """There must be an answer to compare with the targets."""

    info = Info(
        key="no_output",
        label=QT_TRANSLATE_NOOP("annstudio", "No Output"),
        summary=QT_TRANSLATE_NOOP("annstudio", "The loss needs an answer to compare with the targets."),
        order=20,
    )

    def check(self, project: Project) -> Iterator[Finding]:
        """See Rule.check."""
        if not project.design.of_kind("output"):
            yield self.finding(Text(_MISSING), why=Text(_WHY), fix=Fix(Text(_ADD), _added))


def _added(project: Project) -> Project:
    return edits.append_node(project, "output")[0]
