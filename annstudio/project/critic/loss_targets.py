"""Whether the loss suits what the data ask for."""

from collections.abc import Iterator

from annstudio.core.registry import Info
from annstudio.core.texts import QT_TRANSLATE_NOOP, Text, text
from annstudio.data.dataset import Task
from annstudio.engine.losses import losses
from annstudio.project.critic.base import Finding, Rule
from annstudio.project.fixes import choose_loss
from annstudio.project.model import Project
from annstudio.project.settings import source_of

_MISFIT = QT_TRANSLATE_NOOP(
    "annstudio", "{loss} is for classes, but “{data}” asks for a quantity: choose Mean squared error."
)
_PROBABILITY = QT_TRANSLATE_NOOP(
    "annstudio",
    "{loss} judges the probability of a class. A quantity has none; what counts is how far an answer lies from it.",
)
_FOR_CLASSES = {
    "probabilities": _PROBABILITY,
    "shares": _PROBABILITY,
    "scores": QT_TRANSLATE_NOOP(
        "annstudio",
        "{loss} judges on which side of the border between two classes a sample lies. A quantity has no sides; what "
        "counts is how far an answer lies from it.",
    ),
}
"""Why, by what the loss judges."""


class LossTargets(Rule):
    """A loss of probabilities or of scores cannot judge quantities."""

    info = Info(
        key="loss_targets",
        label=QT_TRANSLATE_NOOP("annstudio", "Loss and targets"),
        summary=QT_TRANSLATE_NOOP("annstudio", "Losses for classes cannot judge quantities."),
        order=62,
    )

    def check(self, project: Project) -> Iterator[Finding]:
        """See Rule.check."""
        source = source_of(project.data)
        loss = losses[str(project.training["loss"])]
        if source.schema.task is Task.REGRESSION and loss.judges in _FOR_CLASSES:
            names = {"loss": Text(loss.info.label), "data": Text(source.info.label)}
            why = text(_FOR_CLASSES[loss.judges], **names)
            fix = choose_loss("mse")
            yield self.finding(text(_MISFIT, **names), why=why, fix=fix, setting=("training", "loss"))
