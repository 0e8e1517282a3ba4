"""Batches of a single sample before layers that compare samples."""

from collections.abc import Iterator

from annstudio.core.registry import Info
from annstudio.core.texts import QT_TRANSLATE_NOOP, Text, text
from annstudio.engine.layers import layers
from annstudio.project.critic._samples import fitting_batch_size, training_samples
from annstudio.project.critic.base import Finding, Rule
from annstudio.project.fixes import set_batch_size
from annstudio.project.graph import graph_of
from annstudio.project.model import Project
from annstudio.project.names import title

_ALWAYS = QT_TRANSLATE_NOOP(
    "annstudio",
    "{layer} needs two samples in a batch at least: set the batch size to 2 or more.",
)
_LAST = QT_TRANSLATE_NOOP(
    "annstudio",
    "Of {training} training samples in batches of {batch_size} one is left over, too few for {layer}: choose another "
    "batch size.",
)
_WHY = QT_TRANSLATE_NOOP(
    "annstudio",
    "It measures how the samples of a batch differ and divides by that. A single sample differs from nothing, and "
    "nothing can be divided by zero.",
)
_USUAL = 10
"""The batch size to go to from 1."""


class BatchOfOne(Rule):
    """The deviation of one sample is zero, and nothing can be divided by it."""

    info = Info(
        key="batch_of_one",
        label=QT_TRANSLATE_NOOP("annstudio", "Batches of one sample"),
        summary=QT_TRANSLATE_NOOP("annstudio", "Layers that compare the samples of a batch need two at least."),
        order=92,
    )

    def check(self, project: Project) -> Iterator[Finding]:
        """See Rule.check; where the number of samples is no setting, the run says it when it is prepared."""
        training, batch_size = training_samples(project), int(project.training["batch_size"])
        if batch_size > 1 and (training is None or training % batch_size != 1):
            return
        template = _ALWAYS if batch_size == 1 else _LAST
        fix = set_batch_size(fitting_batch_size(project, _USUAL if batch_size == 1 else batch_size + 1))
        used = graph_of(project).used
        for node in project.design.nodes:
            if node.id in used and layers[node.kind].needs_batch:
                message = text(template, layer=title(node), training=training or 0, batch_size=batch_size)
                yield self.finding(message, node.id, why=Text(_WHY), fix=fix, setting=("training", "batch_size"))
