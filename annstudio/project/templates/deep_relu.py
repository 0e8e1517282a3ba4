"""The vanishing gradient, mended by another activation."""

from annstudio.core.registry import Info
from annstudio.core.texts import QT_TRANSLATE_NOOP
from annstudio.project.build import chain
from annstudio.project.model import Project
from annstudio.project.templates._groups import DEEP
from annstudio.project.templates.base import Template


class DeepRelu(Template):
    """The layers of deep_logistic with ReLU, and the starting weights that suit it."""

    info = Info(
        key="deep_relu",
        label=QT_TRANSLATE_NOOP("annstudio", "Deep with ReLU"),
        summary=QT_TRANSLATE_NOOP(
            "annstudio",
            "The layers of “Vanishing gradient”, awake: ReLU lets the gradient through, down to the first of them.",
        ),
        order=50,
        category=DEEP,
        more=True,
        reference="Glorot, Bordes & Bengio 2011, Deep sparse rectifier neural networks",
    )
    icon = "layers"

    def build(self) -> Project:
        """See Template.build."""
        return chain(
            "Deep with ReLU",
            "circle",
            [(8, "relu")] * 6,
            training={"optimizer": "sgd", "optimizer.learning_rate": 0.1, "batch_size": 10},
        )
