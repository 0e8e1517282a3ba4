"""More than one way in."""

from collections.abc import Iterator
from functools import partial

from msgspec.structs import replace

from annstudio.core.registry import Info
from annstudio.core.texts import QT_TRANSLATE_NOOP, Text, text
from annstudio.project import edits
from annstudio.project.critic.base import Finding, Fix, Rule
from annstudio.project.model import Project
from annstudio.project.names import title

_MANY = QT_TRANSLATE_NOOP("annstudio", "One Input brings in all features: remove {layer} or the other one.")
_WHY = QT_TRANSLATE_NOOP(
    "annstudio",
    "The Input gives out every feature of the data set, so a second one could only repeat it. Several wires may "
    "start from one Input.",
)
_MERGE = QT_TRANSLATE_NOOP("annstudio", "Use {first} instead of {layer}")


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
        inputs = project.design.of_kind("input")
        for node in inputs[1:]:
            names = {"layer": title(node), "first": title(inputs[0])}
            fix = Fix(text(_MERGE, **names), partial(_merged, first=inputs[0].id, other=node.id))
            yield self.finding(text(_MANY, **names), node.id, why=Text(_WHY), fix=fix)


def _merged(project: Project, first: str, other: str) -> Project:
    """Return the project with the wires of the other Input starting from the first one."""
    wires = tuple(
        dict.fromkeys(replace(wire, source=first) if wire.source == other else wire for wire in project.design.wires)
    )
    return edits.remove(replace(project, design=replace(project.design, wires=wires)), [other])
