"""Three kinds of flowers."""

from annstudio.core.registry import Info
from annstudio.core.texts import QT_TRANSLATE_NOOP
from annstudio.project.build import chain
from annstudio.project.model import Project
from annstudio.project.templates._groups import CLASSICS
from annstudio.project.templates.base import Template


class Iris(Template):
    """4-8-3, tanh, softmax."""

    info = Info(
        key="iris",
        label=QT_TRANSLATE_NOOP("annstudio", "Iris"),
        summary=QT_TRANSLATE_NOOP(
            "annstudio", "Four measures of a flower in, three kinds out: softmax shares the certainty among them."
        ),
        order=45,
        category=CLASSICS,
        more=True,
    )
    icon = "chart-scatter"

    def build(self) -> Project:
        """See Template.build."""
        return chain(
            "Iris",
            "iris",
            [(8, "tanh")],
            training={"optimizer": "adam", "optimizer.learning_rate": 0.01, "batch_size": 10},
        )
