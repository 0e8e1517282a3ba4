"""The vanishing gradient."""

from annstudio.core.registry import Info
from annstudio.core.texts import QT_TRANSLATE_NOOP
from annstudio.project.build import chain
from annstudio.project.model import Project
from annstudio.project.templates._groups import BROKEN
from annstudio.project.templates.base import Template


class DeepLogistic(Template):
    """Six layers of 8 logistic units, whose slope is at most 1/4.

    Measured with five seeds: .50 on the test part after 300 epochs. Mended by deep_relu and deep_batch_norm.
    """

    info = Info(
        key="deep_logistic",
        label=QT_TRANSLATE_NOOP("annstudio", "Vanishing gradient"),
        summary=QT_TRANSLATE_NOOP(
            "annstudio",
            "An easy problem and six logistic layers: the cost lies flat, epoch after epoch, and the plane stays pale.",
        ),
        order=90,
        category=BROKEN,
        reference="Glorot & Bengio 2010, Understanding the difficulty of training deep feedforward neural networks",
    )
    icon = "trending-down"
    flaw = QT_TRANSLATE_NOOP(
        "annstudio",
        "The slope of the logistic function is at most ¼, so each layer shrinks the gradient, and next to nothing "
        "reaches the first. ReLU or batch normalization mends it.",
    )

    def build(self) -> Project:
        """See Template.build."""
        return chain(
            "Vanishing gradient",
            "circle",
            [(8, "logistic")] * 6,
            training={"optimizer": "sgd", "optimizer.learning_rate": 0.1, "batch_size": 10},
        )
