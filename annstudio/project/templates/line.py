"""Linear regression."""

from annstudio.core.registry import Info
from annstudio.core.texts import QT_TRANSLATE_NOOP
from annstudio.project.build import chain
from annstudio.project.model import Project
from annstudio.project.templates._groups import FIRST_STEPS
from annstudio.project.templates.base import Template


class Line(Template):
    """One neuron without a bend, trained by plain gradient descent."""

    info = Info(
        key="line",
        label=QT_TRANSLATE_NOOP("annstudio", "Linear regression"),
        summary=QT_TRANSLATE_NOOP(
            "annstudio", "One neuron without a bend: gradient descent finds the line through the points."
        ),
        order=13,
        category=FIRST_STEPS,
    )
    icon = "chart-line"

    def build(self) -> Project:
        """See Template.build."""
        return chain(
            "Linear regression",
            "linear",
            [],
            training={"optimizer": "sgd", "optimizer.learning_rate": 0.03, "batch_size": 10},
        )
