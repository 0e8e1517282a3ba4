"""A network without data."""

from collections.abc import Iterator

from annstudio.core.registry import Info
from annstudio.core.texts import QT_TRANSLATE_NOOP, Text
from annstudio.project import edits
from annstudio.project.critic.base import Finding, Fix, Rule
from annstudio.project.model import Project

_MISSING = QT_TRANSLATE_NOOP("annstudio", "No data come in: drag an Input from the palette to the left of the network.")
_WHY = QT_TRANSLATE_NOOP(
    "annstudio", "The samples enter the network by the Input: one value for each feature of the data set."
)
_ADD = QT_TRANSLATE_NOOP("annstudio", "Add an Input")


class NoInput(Rule):
    """Data must come in somewhere."""

    info = Info(
        key="no_input",
        label=QT_TRANSLATE_NOOP("annstudio", "No Input"),
        summary=QT_TRANSLATE_NOOP("annstudio", "The data need a layer to come in by."),
        order=10,
    )

    def check(self, project: Project) -> Iterator[Finding]:
        """See Rule.check."""
        if not project.design.of_kind("input"):
            yield self.finding(Text(_MISSING), why=Text(_WHY), fix=Fix(Text(_ADD), _added))


def _added(project: Project) -> Project:
    return edits.append_node(project, "input")[0]
