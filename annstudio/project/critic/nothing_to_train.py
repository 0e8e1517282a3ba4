"""Networks of which every weight is frozen."""

from collections.abc import Iterator

from annstudio.core.registry import Info
from annstudio.core.texts import QT_TRANSLATE_NOOP, Text
from annstudio.project.critic._trained import trained
from annstudio.project.critic.base import Finding, Rule
from annstudio.project.graph import Graph
from annstudio.project.model import Project
from annstudio.project.shapes import flow

_ALL_FROZEN = QT_TRANSLATE_NOOP(
    "annstudio", "There is nothing to train: all layers with weights are frozen. Switch Trainable on in one of them."
)


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
        used, flows = Graph(project.design).used(), flow(project)
        unknown = any(flows[node_id].inputs is None for node_id in used)
        if used and not unknown and not trained(project):
            yield self.finding(Text(_ALL_FROZEN))
