"""A network without data."""

from collections.abc import Iterator

from annstudio.core.registry import Info
from annstudio.core.texts import QT_TRANSLATE_NOOP, text
from annstudio.project.critic.base import Finding, Rule
from annstudio.project.model import Project


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
            yield self.finding(
                text(
                    QT_TRANSLATE_NOOP(
                        "annstudio",
                        "No data come in: drag an Input from the palette to the left of the network.",
                    )
                )
            )
