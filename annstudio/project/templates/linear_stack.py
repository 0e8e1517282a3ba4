"""Layers that are worth one."""

from annstudio.core.registry import Info
from annstudio.core.texts import QT_TRANSLATE_NOOP
from annstudio.project.build import chain
from annstudio.project.model import Project
from annstudio.project.templates._groups import BROKEN
from annstudio.project.templates.base import Template


class LinearStack(Template):
    """Three layers of 8 units without a bend: together they are still a straight line."""

    info = Info(
        key="linear_stack",
        label=QT_TRANSLATE_NOOP("annstudio", "Deep but linear"),
        summary=QT_TRANSLATE_NOOP(
            "annstudio",
            "Three layers of eight units: however long they learn, the border stays a straight line, and the ring is "
            "missed.",
        ),
        order=93,
        category=BROKEN,
        more=True,
    )
    icon = "equal"
    flaw = QT_TRANSLATE_NOOP(
        "annstudio",
        "Every activation is Identity, and a sum of sums is a sum: the layers are worth one neuron. Tanh or ReLU "
        "mends it.",
    )

    def build(self) -> Project:
        """See Template.build."""
        return chain(
            "Deep but linear",
            "circle",
            [(8, "identity")] * 3,
            training={"optimizer": "sgd", "optimizer.learning_rate": 0.03, "batch_size": 10},
        )
