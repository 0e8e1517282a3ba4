"""A network without an answer."""

from collections.abc import Iterator

from annstudio.core.registry import Info
from annstudio.core.texts import QT_TRANSLATE_NOOP, text
from annstudio.project.critic.base import Finding, Rule
from annstudio.project.model import Project


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
            yield self.finding(
                text(
                    QT_TRANSLATE_NOOP(
                        "annstudio",
                        "The network gives no answer: drag an Output from the palette to its right end.",
                    )
                )
            )
