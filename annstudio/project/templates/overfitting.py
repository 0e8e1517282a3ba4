"""A network that learns by heart."""

from annstudio.core.registry import Info
from annstudio.core.texts import QT_TRANSLATE_NOOP
from annstudio.project.build import chain
from annstudio.project.model import Project
from annstudio.project.templates._groups import BROKEN
from annstudio.project.templates.base import Template


class Overfitting(Template):
    """2-32-32-1, tanh, for 36 noisy points: 1185 parameters.

    Measured with five seeds after 200 epochs: .97 on the training part, .67 on the test part. With 1000 points
    .87 on the test part after 100 epochs; three units in each layer change nothing.
    """

    info = Info(
        key="overfitting",
        label=QT_TRANSLATE_NOOP("annstudio", "Overfitting"),
        summary=QT_TRANSLATE_NOOP(
            "annstudio",
            "36 noisy points, a thousand weights: the cost of training falls, and that of validation soon climbs.",
        ),
        order=95,
        category=BROKEN,
        more=True,
        reference="Geman, Bienenstock & Doursat 1992, Neural networks and the bias/variance dilemma",
    )
    icon = "book-open"
    flaw = QT_TRANSLATE_NOOP(
        "annstudio",
        "The network is far too large for so few points, so it learns their noise as well. A thousand points mend it.",
    )

    def build(self) -> Project:
        """See Template.build."""
        return chain(
            "Overfitting",
            "circle",
            [(32, "tanh"), (32, "tanh")],
            data={"source.samples": 60, "source.noise": 0.3},
            training={"optimizer": "adam", "optimizer.learning_rate": 0.01, "batch_size": 10},
        )
