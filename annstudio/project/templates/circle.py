"""A class inside a ring."""

from annstudio.core.registry import Info
from annstudio.core.texts import QT_TRANSLATE_NOOP
from annstudio.project.build import chain
from annstudio.project.model import Project
from annstudio.project.templates._groups import CLASSICS
from annstudio.project.templates.base import Template


class Circle(Template):
    """2-4-2-1, tanh, plain gradient descent: where the TensorFlow Playground starts."""

    info = Info(
        key="circle",
        label=QT_TRANSLATE_NOOP("annstudio", "Circle"),
        summary=QT_TRANSLATE_NOOP(
            "annstudio", "One class inside, one around: watch straight lines join to a closed border."
        ),
        order=30,
        category=CLASSICS,
        more=True,
    )
    icon = "circle-dot"

    def build(self) -> Project:
        """See Template.build."""
        return chain(
            "Circle",
            "circle",
            [(4, "tanh"), (2, "tanh")],
            training={"optimizer": "sgd", "optimizer.learning_rate": 0.03, "batch_size": 10},
        )
