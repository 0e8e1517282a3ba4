"""Repeated blocks without one way in and one way out."""

from collections.abc import Iterator

from annstudio.core.registry import Info
from annstudio.core.texts import QT_TRANSLATE_NOOP, Text, text
from annstudio.project.critic.base import Finding, Fix, Rule
from annstudio.project.groups import NO_WAY, name_of, repeat
from annstudio.project.model import Group, Project
from annstudio.project.unroll import exit_of

_WHY = QT_TRANSLATE_NOOP(
    "annstudio",
    "Each pass through a block takes what the pass before it gave. With several ways in or out nobody could say which "
    "values those are.",
)
_ONCE = QT_TRANSLATE_NOOP("annstudio", "Go through {block} once")


class Repeated(Rule):
    """Which values go from one pass to the next must be clear."""

    info = Info(
        key="repeated",
        label=QT_TRANSLATE_NOOP("annstudio", "Block that cannot be repeated"),
        summary=QT_TRANSLATE_NOOP("annstudio", "A repeated block needs one way in and one way out."),
        order=54,
    )

    def check(self, project: Project) -> Iterator[Finding]:
        """See Rule.check; edits refuse to repeat such a block, but its wires may change afterwards."""
        for group in project.design.groups:
            if group.times > 1 and exit_of(project.design, group) is None:
                name = name_of(group)
                yield self.finding(
                    text(NO_WAY, block=name),
                    group.members[0],
                    why=Text(_WHY),
                    fix=_once(group, text(_ONCE, block=name)),
                )


def _once(group: Group, label: Text) -> Fix:
    return Fix(label, lambda project: repeat(project, group.id, 1))
