"""Two arms around each other."""

from annstudio.core.registry import Info
from annstudio.core.texts import QT_TRANSLATE_NOOP
from annstudio.project.build import chain
from annstudio.project.model import Project
from annstudio.project.templates._groups import CLASSICS
from annstudio.project.templates.base import Template


class Spiral(Template):
    """2-16-16-1, ReLU: separates the arms within about fifty epochs."""

    info = Info(
        key="spiral",
        label=QT_TRANSLATE_NOOP("annstudio", "Spiral"),
        summary=QT_TRANSLATE_NOOP(
            "annstudio", "Two arms around each other: the hardest of the flat problems. It wants width and depth."
        ),
        order=40,
        category=CLASSICS,
    )
    icon = "flower-2"

    def build(self) -> Project:
        """See Template.build."""
        return chain(
            "Spiral",
            "spiral",
            [(16, "relu"), (16, "relu")],
            training={"optimizer": "adam", "optimizer.learning_rate": 0.01, "batch_size": 10},
        )
