"""Gradient descent that climbs."""

from annstudio.core.registry import Info
from annstudio.core.texts import QT_TRANSLATE_NOOP
from annstudio.project.build import chain
from annstudio.project.model import Project
from annstudio.project.templates._groups import BROKEN
from annstudio.project.templates.base import Template


class RateTooLarge(Template):
    """The neuron of line with all samples in one batch, whose error each step makes 1.2 times as large.

    Above a learning rate of 1, a step passes the lowest point by more than the way to it.
    """

    info = Info(
        key="rate_too_large",
        label=QT_TRANSLATE_NOOP("annstudio", "Learning rate too large"),
        summary=QT_TRANSLATE_NOOP(
            "annstudio",
            "The line swings to and fro, wider each time, and the cost climbs until the numbers are beyond all bounds.",
        ),
        order=92,
        category=BROKEN,
        more=True,
    )
    icon = "zap"
    flaw = QT_TRANSLATE_NOOP(
        "annstudio",
        "The learning rate of 1.1 is too large: each step lands on the other side of the valley, and higher up. A "
        "rate of 0.5 mends it.",
    )

    def build(self) -> Project:
        """See Template.build."""
        return chain(
            "Learning rate too large",
            "linear",
            [],
            training={"optimizer": "sgd", "optimizer.learning_rate": 1.1, "batch_size": 60},
        )
