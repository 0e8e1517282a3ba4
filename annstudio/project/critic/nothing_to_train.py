"""Networks of which every weight is frozen."""

from collections.abc import Iterator

from annstudio.core.registry import Info
from annstudio.core.texts import QT_TRANSLATE_NOOP, Text, text
from annstudio.project.critic._trained import trained
from annstudio.project.critic.base import Finding, Rule
from annstudio.project.fixes import setting
from annstudio.project.graph import graph_of
from annstudio.project.model import Project
from annstudio.project.names import title
from annstudio.project.shapes import flow

_ALL_FROZEN = QT_TRANSLATE_NOOP(
    "annstudio", "There is nothing to train, since all layers with weights are frozen: switch Trainable on in one."
)
_WHY = QT_TRANSLATE_NOOP(
    "annstudio", "Training changes weights, and a frozen layer keeps those it has: every step would change nothing."
)
_THAW = QT_TRANSLATE_NOOP("annstudio", "Let {layer} learn")


class NothingToTrain(Rule):
    """A run needs something that it may change."""

    info = Info(
        key="nothing_to_train",
        label=QT_TRANSLATE_NOOP("annstudio", "Nothing to train"),
        summary=QT_TRANSLATE_NOOP("annstudio", "At least one layer must learn."),
        order=65,
    )

    def check(self, project: Project) -> Iterator[Finding]:
        """See Rule.check; it waits until all layers before the Output know what comes in."""
        used, flows = graph_of(project).used, flow(project)
        unknown = any(flows[node_id].inputs is None for node_id in used)
        weighted = [node for node in project.design.nodes if node.id in used and flows[node.id].parameters]
        if weighted and not unknown and not trained(project):
            last = weighted[-1]
            switch = (last.id, "trainable")
            fix = setting(text(_THAW, layer=title(last)), (*switch, True))
            yield self.finding(Text(_ALL_FROZEN), why=Text(_WHY), fix=fix, setting=switch)
